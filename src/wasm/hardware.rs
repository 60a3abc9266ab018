//! Hardware at the boundary.

use super::Thrown;
use super::error::{broken, thrown};
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
    devices::find_hardware(text).map_err(thrown)?.into_ts().map_err(broken)
}

/// The table of devices.
#[wasm_bindgen]
pub fn list_hardware() -> Thrown<Ts<DeviceTable>> {
    DeviceTable { devices: devices::known_devices() }.into_ts().map_err(broken)
}
