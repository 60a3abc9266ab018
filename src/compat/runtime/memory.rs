//! Weights alone that are larger than the memory do not load, whatever else is set. Whether all fits is the plan's matter.

use super::case::{Case, sure};
use super::report::{Effect, Note, Report, Words};
use crate::extract::conflicts::bits;
use crate::model::Hardware;
use crate::model::metadata::VariantLabel;

/// Runtimes that keep in the computer's memory what the device has no room for.
const OFFLOADS: [&str; 4] = ["llama.cpp", "transformers", "diffusers", "stable-diffusion.cpp"];

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let Some((least, known)) = least_bytes(case).zip(Room::of(case)) else { return };
    if least <= known.devices {
        return;
    }
    let offloads = OFFLOADS.contains(&case.engine.runtime.id());
    let all = known.devices.saturating_add(known.ram.unwrap_or(u64::MAX));
    let (code, effect) = if offloads && least <= all {
        ("memory_partly", Effect::FallsBack)
    } else {
        ("memory_too_small", Effect::Refuses)
    };
    let sure = sure(case.model.metadata.evidence.parameters.grade);
    report.add(Note { code, effect, field: "hardware", fact: None, sure }, &|| {
        let (needs, has) = (gigabytes(least), gigabytes(known.devices));
        match effect {
            Effect::Refuses => Words(
                format!("the weights alone take at least {needs}, and the hardware has {has}"),
                Some("take a smaller variant, or more hardware".to_owned()),
            ),
            _ => Words(
                format!(
                    "the weights alone take at least {needs}, of which {has} lie on the device"
                ),
                Some("take a smaller variant to have all of it on the device".to_owned()),
            ),
        }
    });
}

/// Memory that is known.
struct Room {
    devices: u64,
    ram: Option<u64>,
}

impl Room {
    fn of(case: &Case<'_, '_>) -> Option<Self> {
        let Hardware { devices, ram_bytes, .. } = case.target.options.hardware.as_ref()?;
        let Some(first) = devices.first() else {
            return ram_bytes.map(|devices| Self { devices, ram: Some(0) });
        };
        let total = devices.iter().fold(0, |sum: u64, one| sum.saturating_add(one.memory_bytes));
        let ram = if first.unified { Some(0) } else { *ram_bytes };
        (total > 0).then_some(Self { devices: total, ram })
    }
}

/// What the parameters take at least, at the bits that the variant's label promises.
pub(super) fn least_bytes(case: &Case<'_, '_>) -> Option<u64> {
    let count = case.model.metadata.parameter_count?;
    let bits = least_bits(case.variant?, case.model.needs.dtype)?;
    Some(count.saturating_mul(bits) / 8)
}

/// Bytes of the largest tensor: what the headers of the variant say, else at least what the table of token embeddings
/// takes, at the bits that the variant's label promises.
pub(super) fn largest_tensor(case: &Case<'_, '_>) -> Option<u64> {
    let read = case.header().and_then(|read| {
        let shards = case.model.needs.headers.iter();
        let same = shards.filter(|one| (&one.format, &one.label) == (&read.format, &read.label));
        same.filter_map(|one| one.largest_tensor).max()
    });
    let table = || {
        let bits = least_bits(case.variant?, case.model.needs.dtype)?;
        Some(case.model.needs.embeddings?.saturating_mul(bits) / 8)
    };
    read.or_else(table)
}

fn least_bits(variant: &VariantLabel, dtype: Option<&str>) -> Option<u64> {
    let Some(label) = &variant.quantization else {
        return (sure(variant.grade) >= 90).then_some(if dtype == Some("f32") { 32 } else { 16 });
    };
    bits(label).map(u64::from).filter(|bits| (1..=32).contains(bits))
}

fn gigabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000_000;
    format!("{}.{} GB", tenths / 10, tenths % 10)
}
