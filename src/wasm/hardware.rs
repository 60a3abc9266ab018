//! Hardware at the boundary.

use super::error::thrown;
use super::{Thrown, encode};
use crate::facts::devices;
use crate::model::{Hardware, KnownDevice};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

/// All devices of the table.
#[derive(Serialize, Tsify)]
pub struct DeviceTable {
    devices: Vec<KnownDevice>,
}

/// The hardware that a text names: `2x3090 + 64 GB RAM`.
#[wasm_bindgen]
pub fn find_hardware(text: &str) -> Thrown<Ts<Hardware>> {
    encode(&devices::find_hardware(text).map_err(thrown)?)
}

/// The table of devices.
#[wasm_bindgen]
pub fn list_hardware() -> Thrown<Ts<DeviceTable>> {
    encode(&DeviceTable { devices: devices::known_devices() })
}
