//! What is asked about: a model, hardware, and how much it is to do at once.

use super::usable;
use crate::error::Result;
use crate::model::arguments::Arguments;
use crate::model::runtime_memory::{MemoryLimit, Weights};
use crate::model::spread::Spread;
use crate::model::{Device, Geometry, Hardware};

/// What an estimate is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The runtime's id.
    pub runtime: &'a str,
    /// The model's shape.
    pub geometry: &'a Geometry,
    /// The model's weights.
    pub weights: &'a Weights,
    /// What it is to run on, where known.
    pub hardware: Option<&'a Hardware>,
    /// Tokens of each sequence.
    pub context: Option<u64>,
    /// Sequences at the same time.
    pub sequences: u64,
    /// Elements of all weights, where known.
    pub parameters: Option<u64>,
}

/// Tokens of a sequence where nobody says: what the models' own maximum would make of an estimate has shocked many.
pub(super) const USUAL_CONTEXT: u64 = 8192;

impl<'a> Ask<'a> {
    /// The same with what the settings say of the work: `context`, `sequences`, `parameters`.
    pub(super) fn with(mut self, settings: &mut Arguments<'_>) -> Result<Self> {
        self.context = settings.count("context")?.or(self.context);
        self.sequences = settings.count("sequences")?.unwrap_or(self.sequences).max(1);
        self.parameters = settings.count("parameters")?.or(self.parameters);
        Ok(self)
    }

    /// Tokens of each sequence: those asked for, or 8192, or what the model was made for where that is less.
    pub(super) fn context_or_usual(&self) -> u64 {
        let most = self.geometry.context_length;
        let usual = if most > 0 { USUAL_CONTEXT.min(most) } else { USUAL_CONTEXT };
        self.context.unwrap_or(usual)
    }

    /// The device with least memory of the first ones that share a model; none where there are fewer.
    pub(super) fn smallest_device(&self, count: u64) -> Option<&'a Device> {
        let devices = &self.hardware?.devices;
        let count = usize::try_from(count).ok()?;
        devices.get(..count)?.iter().min_by_key(|device| device.memory_bytes)
    }

    /// What models may use of the memory that the first device computes in: at least what a desktop and a driver
    /// leave, at most all of it.
    pub(super) fn usable(&self) -> Option<MemoryLimit> {
        let hardware = self.hardware?;
        let found = match hardware.devices.first() {
            Some(device) => usable::of_device(device),
            None => usable::of_computer(hardware)?,
        };
        let all = found.bytes.saturating_add(found.reserve);
        let bytes = Spread::of(found.bytes, found.bytes, all);
        (all > 0).then_some(MemoryLimit { bytes, source: found.source })
    }

    /// Bytes of the memory that the first device computes in: its own, or that of a computer without one.
    pub(super) fn device_bytes(&self) -> Option<u64> {
        let hardware = self.hardware?;
        let first = hardware.devices.first();
        first.map(|device| device.memory_bytes).or(hardware.ram_bytes).filter(|bytes| *bytes > 0)
    }
}
