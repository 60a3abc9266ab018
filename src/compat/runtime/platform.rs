//! The runtime must run on the hardware at all: `facts/written/platforms.tsv`.

use super::case::Case;
use super::fact::{Fact, written_status};
use super::report::{Effect, Note, Report, Words};
use crate::facts::{Asked, Facts, Row, Status};
use crate::model::{Device, Hardware};

/// How a runtime reaches hardware.
pub(super) struct Platform<'f> {
    reach: Reach,
    /// The row that says so.
    fact: Option<Fact<'f>>,
    /// What the device is called.
    device: String,
    /// What the runtime runs on.
    known: Vec<&'f str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Native,
    /// By another way than that of the device's maker.
    Fallback,
    /// Not the device: its CPU.
    Cpu,
    Not,
}

impl<'f> Platform<'f> {
    /// None where the device is not known, or nothing is written of the runtime.
    pub(super) fn of(facts: &'f Facts, asked: &Asked<'f>, hardware: &Hardware) -> Option<Self> {
        let first = hardware.devices.first();
        if first.is_some_and(|device| matches!(device.backend.as_str(), "" | "unknown")) {
            return None;
        }
        let rows = facts.written("platforms")?.find(asked.runtime.id());
        // Cells: runtime, backend, level, ….
        let rows: Vec<Row<'f>> =
            rows.filter(|row| written_status(asked, *row) == Status::Supported).collect();
        let of_way = |way: &str| rows.iter().copied().find(|row| row.cell(1) == Some(way));
        let ways = first.map_or(vec!["cpu", "wasm"], ways);
        let found = ways.iter().find_map(|way| of_way(way));
        let row = found.or_else(|| of_way("cpu")).or_else(|| of_way("wasm"));
        let reach = match (found, row) {
            (Some(row), _) if row.cell(2) == Some("fallback") => Reach::Fallback,
            (Some(_), _) => Reach::Native,
            (None, Some(_)) => Reach::Cpu,
            (None, None) => Reach::Not,
        };
        Some(Self {
            reach,
            fact: row.map(|row| Fact::of_row(asked, row, Status::Supported)),
            device: first.map_or("the CPU", |device| &device.name).to_owned(),
            known: rows.iter().filter_map(|row| row.cell(1)).collect(),
        })
    }
}

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let Some(platform) = &case.target.platform else { return };
    let (code, effect) = match platform.reach {
        Reach::Native => ("hardware_supported", Effect::Supports),
        Reach::Fallback => ("hardware_supported", Effect::FallsBack),
        Reach::Cpu => ("hardware_unused", Effect::FallsBack),
        Reach::Not => ("hardware_unsupported", Effect::Refuses),
    };
    let note = Note { code, effect, field: "hardware", fact: platform.fact.as_ref(), sure: 100 };
    report.add(note, &|| words(case, platform));
}

fn words(case: &Case<'_, '_>, platform: &Platform<'_>) -> Words {
    let (runtime, device) = (case.runtime(), &platform.device);
    match platform.reach {
        Reach::Native | Reach::Fallback => {
            let way = platform.fact.as_ref().and_then(|fact| fact.cell("backend"));
            Words(format!("{runtime} runs on {device} ({})", way.unwrap_or_default()), None)
        }
        Reach::Cpu => Words(
            format!("{runtime} does not use {device}: it runs on the CPU"),
            Some("choose a runtime that uses the device".to_owned()),
        ),
        Reach::Not => Words(
            format!("{runtime} does not run on {device}"),
            Some(format!("it runs on: {}", platform.known.join(", "))),
        ),
    }
}

/// The ways to a device, that of its maker first.
fn ways(device: &Device) -> Vec<&str> {
    let more: &[&str] = match device.backend.as_str() {
        "cuda" | "rocm" => &["vulkan", "webgpu", "opencl"],
        "metal" => &["webgpu"],
        "sycl" => &["openvino", "vulkan", "webgpu", "opencl"],
        "cpu" => &["wasm"],
        _ => &[],
    };
    std::iter::once(device.backend.as_str()).chain(more.iter().copied()).collect()
}
