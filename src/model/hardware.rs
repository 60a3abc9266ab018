//! Hardware: the devices that a model could run on.

use super::Json;
use serde::Serialize;

/// Devices of one machine, and the memory of its CPU.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Hardware {
    /// As it was asked for, in the words of the table: `2 x RTX 3090 24 GB + 64 GB RAM`.
    pub name: String,
    /// Its accelerators, in order; none where there is a CPU alone.
    pub devices: Vec<Device>,
    /// Bytes of the CPU's memory, where known. Of a machine with shared memory it is that memory.
    pub ram_bytes: Option<u64>,
    /// Bytes per second of the CPU's memory, where known.
    pub ram_bandwidth: Option<f64>,
}

/// One accelerator.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// `RTX 4090`.
    pub name: String,
    /// `NVIDIA`, `AMD`, `Intel`, `Apple`, `Qualcomm`, `CPU`; or `unknown`.
    pub vendor: String,
    /// How runtimes reach it: `cuda`, `rocm`, `metal`, `sycl`, `vulkan`, `opencl`, `hpu`, `webgpu`, `cpu`.
    pub backend: String,
    /// Bytes of memory it has, or shares.
    pub memory_bytes: u64,
    /// Whether it shares the CPU's memory.
    pub unified: bool,
    /// Bytes per second, where known.
    pub bandwidth: Option<f64>,
    /// FP16 operations per second without sparsity, where known.
    pub flops: Option<f64>,
    /// CUDA compute capability (`8.9`) or gfx version (`gfx1100`).
    pub arch: Option<String>,
}

/// A device of the table: one row for each memory size.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct KnownDevice {
    /// The device.
    pub device: Device,
    /// Other names of it.
    pub aliases: Vec<String>,
    /// Where its figures are from.
    pub source: String,
}

/// More devices than any machine has; others are left out.
const MAX_DEVICES: usize = 64;

impl Hardware {
    /// Reads it from its JSON. What is left out counts as 0, as no, or as not known.
    #[must_use]
    pub fn from_json(json: Json<'_>) -> Option<Self> {
        json.is_object().then(|| Self {
            name: text(json, "name"),
            devices: json.get("devices").items().take(MAX_DEVICES).map(device).collect(),
            ram_bytes: json.get("ramBytes").count(),
            ram_bandwidth: json.get("ramBandwidth").number(),
        })
    }
}

fn device(json: Json<'_>) -> Device {
    Device {
        name: text(json, "name"),
        vendor: text(json, "vendor"),
        backend: text(json, "backend"),
        memory_bytes: json.get("memoryBytes").count().unwrap_or(0),
        unified: json.get("unified").flag().unwrap_or(false),
        bandwidth: json.get("bandwidth").number(),
        flops: json.get("flops").number(),
        arch: json.get("arch").text().map(std::borrow::Cow::into_owned),
    }
}

fn text(json: Json<'_>, key: &str) -> String {
    json.get(key).text().unwrap_or_default().into_owned()
}
