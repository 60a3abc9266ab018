//! The runtime must run on the hardware at all: `facts/written/platforms.tsv`.

use super::case::Case;
use super::fact::{Fact, written_status};
use super::report::{Effect, Note, Report, Words};
use crate::facts::Status;
use crate::model::Device;

pub(super) fn check<'f>(case: &Case<'_, 'f>, report: &mut Report) {
    let Some(hardware) = &case.target.options.hardware else { return };
    let mut rows = case.target.written("platforms").peekable();
    if rows.peek().is_none() {
        return;
    }
    let ways = hardware.devices.first().map_or(vec!["cpu", "wasm"], ways);
    let of_way = |way: &str| {
        let rows = case.target.written("platforms").filter(|row| row.cell(1) == Some(way));
        rows.map(|row| {
            Fact::of_row(&case.target.asked, row, written_status(&case.target.asked, row))
        })
        .find(|fact| fact.status == Status::Supported)
    };
    let found = ways.iter().find_map(|way| of_way(way));
    let on_cpu = || of_way("cpu").or_else(|| of_way("wasm"));
    let add =
        |report: &mut Report, code, effect, fact: Option<&Fact<'f>>, words: &dyn Fn() -> Words| {
            report.add(Note { code, effect, field: "hardware", fact, sure: 100 }, words);
        };
    let name = || hardware.devices.first().map_or("the CPU", |device| &device.name);
    if let Some(fact) = found {
        let effect = if fact.cell("level") == Some("fallback") {
            Effect::FallsBack
        } else {
            Effect::Supports
        };
        add(report, "hardware_supported", effect, Some(&fact), &|| {
            let way = fact.cell("backend").unwrap_or_default();
            Words(format!("{} runs on {} ({way})", case.runtime(), name()), None)
        });
    } else if let Some(fact) = on_cpu() {
        add(report, "hardware_unused", Effect::FallsBack, Some(&fact), &|| {
            let message = format!("{} does not use {}: it runs on the CPU", case.runtime(), name());
            Words(message, Some("choose a runtime that uses the device".to_owned()))
        });
    } else {
        add(report, "hardware_unsupported", Effect::Refuses, None, &|| {
            let message = format!("{} does not run on {}", case.runtime(), name());
            let known: Vec<_> =
                case.target.written("platforms").filter_map(|row| row.cell(1)).collect();
            Words(message, Some(format!("it runs on: {}", known.join(", "))))
        });
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
