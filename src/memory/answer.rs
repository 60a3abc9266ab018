//! How an answer is put together: parts, a limit, and what follows from both.

use super::ask::Ask;
use super::elements::Elements;
use super::quantity::{largest, ratio};
use crate::model::runtime_memory::{
    Capacity, Concurrency, Fit, MemoryLimit, MemoryPart, PartName, Place, RuntimeMemory,
};
use crate::model::spread::Spread;
use crate::model::{Finding, Severity};

/// An answer that is being put together.
pub(super) struct Answer {
    memory: RuntimeMemory,
    /// Whether something that takes memory is not known.
    unknown: bool,
    /// Whether the rules themselves may be others.
    doubtful: bool,
}

impl Answer {
    /// The answer of a runtime at a version, about a context of so many tokens.
    pub(super) fn new(ask: &Ask<'_>, version: &'static str, context: u64) -> Self {
        let memory = RuntimeMemory {
            runtime: ask.runtime.to_owned(),
            version,
            devices: 1,
            context_length: context,
            sequences: ask.sequences,
            ..RuntimeMemory::default()
        };
        let mut answer = Self { memory, unknown: false, doubtful: false };
        if ask.weights.bytes() == 0 {
            let message = "bytes of weights are missing: the sum is a lower bound".to_owned();
            answer.unknown("weights_missing", "weights", message);
        }
        answer
    }

    /// Names what is missing of a model.
    pub(super) fn about(&mut self, elements: &Elements) {
        if elements.compressed {
            let message =
                "layers keep a compressed history, which is not counted: the sum is a lower bound";
            self.unknown("compression_not_counted", "compression", message.to_owned());
        }
        self.memory.missing.clone_from(&elements.missing);
        self.memory.upper_bound = !elements.missing.is_empty() && !elements.unknown();
        if elements.missing.is_empty() {
            return;
        }
        let (code, what) = if elements.unknown() {
            self.unknown = true;
            ("geometry_missing", "so nothing is known of caches, and the sum is a lower bound")
        } else {
            ("geometry_incomplete", "so caches are at most what is said")
        };
        let message = format!("missing: {}; {what}", elements.missing.join(", "));
        self.finding(code, Severity::Unknown, elements.missing.first().unwrap_or(&""), message);
    }

    pub(super) fn devices(&mut self, devices: u64) {
        self.memory.devices = devices.max(1);
    }

    /// Says that something that takes memory is not known.
    pub(super) fn unknown(&mut self, code: &str, field: &str, message: String) {
        self.unknown = true;
        self.finding(code, Severity::Unknown, field, message);
    }

    /// Says that the rules themselves may be others: nothing fits for sure.
    pub(super) fn doubt(&mut self, code: &str, field: &str, message: String) {
        self.doubtful = true;
        self.finding(code, Severity::Unknown, field, message);
    }

    pub(super) fn finding(&mut self, code: &str, severity: Severity, field: &str, message: String) {
        self.told(Finding::new(code, severity, field, message));
    }

    /// Hands on what another estimate found.
    pub(super) fn told(&mut self, finding: Finding) {
        self.memory.findings.push(finding);
    }

    /// Says whether caches are at most what is said.
    pub(super) fn bounded(&mut self, upper_bound: bool) {
        self.memory.upper_bound = upper_bound;
    }

    /// The runtime refuses a setting.
    pub(super) fn refused(&mut self, field: &str, message: String) {
        self.finding("setting_refused", Severity::Error, field, message);
    }

    pub(super) fn warn(&mut self, code: &str, field: &str, message: String) {
        self.finding(code, Severity::Warning, field, message);
    }

    /// Adds what lies on the device that computes.
    pub(super) fn part(&mut self, name: PartName, bytes: Spread, source: &'static str) {
        self.placed(name, Place::Device, bytes, source);
    }

    /// Adds a part, unless there is nothing of it.
    pub(super) fn placed(
        &mut self,
        name: PartName,
        place: Place,
        bytes: Spread,
        source: &'static str,
    ) {
        if bytes.high > 0 {
            self.memory.parts.push(MemoryPart { name, place, bytes, source });
        }
    }

    pub(super) fn total(&self, place: Place) -> Spread {
        let parts = self.memory.parts.iter().filter(|part| part.place == place);
        parts.fold(Spread::default(), |total, part| total.plus(part.bytes))
    }

    pub(super) fn limit(&mut self, bytes: Spread, source: &'static str) {
        self.memory.limit = Some(MemoryLimit { bytes, source });
    }

    /// The limit of the first device, where the hardware is known.
    pub(super) fn limit_of(&mut self, ask: &Ask<'_>) {
        self.memory.limit = ask.usable();
    }

    pub(super) fn capacity(&mut self, capacity: Capacity) {
        self.memory.capacity = Some(capacity);
    }

    /// What fits into the limit where caches grow as they are filled: `needed` says how many bytes of it so many
    /// sequences of so many tokens take, and what a step takes more than with the context that is asked about.
    pub(super) fn fill(&mut self, ask: &Ask<'_>, needed: &dyn Fn(u64, u64) -> u64) {
        let Some(limit) = self.memory.limit else { return };
        if self.unknown {
            return;
        }
        let caches = |part: &&MemoryPart| !matches!(part.name, PartName::Cache | PartName::State);
        let parts = self.memory.parts.iter().filter(|part| part.place == Place::Device);
        let beside = parts.filter(caches).fold(Spread::default(), |sum, part| sum.plus(part.bytes));
        let room = limit.bytes.minus(beside);
        let context = self.memory.context_length.max(1);
        let bound = ask.geometry.context_length.max(context);
        let one = needed(context, 1);
        if one == 0 {
            // Nothing is kept: there is nothing to count.
            return;
        }
        let concurrency = |room: u64| ratio(room, one);
        let alone = |room: u64| largest(bound, &|tokens| needed(tokens, 1) <= room);
        let all = |room: u64| room.checked_div(one).unwrap_or(0).saturating_mul(context);
        self.capacity(Capacity {
            cache_bytes: room,
            block: None,
            tokens: room.map(&all),
            largest_context: room.map(&alone),
            concurrency: Concurrency::of(room, &concurrency),
        });
    }

    /// The answer, with its sums and whether it fits.
    pub(super) fn done(mut self) -> RuntimeMemory {
        self.memory.device = self.total(Place::Device);
        self.memory.host = self.total(Place::Host);
        self.memory.fits = self.fits();
        self.memory.cap();
        self.memory
    }

    fn fits(&self) -> Fit {
        if self.memory.findings.iter().any(|one| one.severity == Severity::Error) {
            return Fit::No;
        }
        let Some(MemoryLimit { bytes: limit, .. }) = self.memory.limit else { return Fit::Unknown };
        let needed = self.memory.device;
        if needed.low > limit.high {
            Fit::No
        } else if self.unknown {
            Fit::Unknown
        } else if needed.high <= limit.low && !self.doubtful {
            Fit::Yes
        } else {
            Fit::Maybe
        }
    }
}
