//! Plans in runtimes beside llama.cpp's family: each variant as the runtime's own rule estimates it.

use super::choice::{Ranked, choose, sorted};
use super::settings_text::{counts, has, with};
use super::speed::{self, Reads};
use super::subject::{Candidate, Subject};
use super::{USUAL_CONTEXT, loads, quality, steps};
use crate::error::Result;
use crate::memory::llama_cpp::{Model, Request};
use crate::memory::{runtime_estimate, runtime_ids};
use crate::model::plan::{Advice, CurvePoint, Plan, PlanFit, PlannedVariant};
use crate::model::runtime_memory::{Fit, PartName, Place, RuntimeMemory, Weights};
use crate::model::spread::Spread;
use crate::model::weight_layout::WeightLayout;
use crate::model::{Finding, Hardware, Severity};

/// The setting of a runtime that says how long a sequence may be: it goes with the context that is planned for.
const LENGTHS: [(&str, &str); 3] =
    [("vllm", "max_model_len"), ("sglang", "context_length"), ("web-llm", "context_window_size")];

/// How components of a pipeline take turns, the fastest way first.
const OFFLOADS: [&str; 2] = ["model", "sequential"];

/// Runtimes that write no tokens.
const WITHOUT_TOKENS: [&str; 4] = ["diffusers", "stable-diffusion.cpp", "whisper.cpp", "training"];

/// Shorter contexts that are tried, the longest first.
const CONTEXTS: [u64; 5] = [16_384, 8192, 4096, 2048, 1024];

/// Where curves start, and how many points they have at most.
const SHORTEST: u64 = 1024;
const MOST_POINTS: usize = 24;

/// What is planned with.
struct Work<'a> {
    runtime: &'a str,
    model: &'a Model,
    subject: &'a Subject,
    hardware: Option<&'a Hardware>,
    settings: &'a str,
    /// Tokens of each sequence.
    context: u64,
}

/// A variant, and what it takes.
struct Looked<'a> {
    candidate: &'a Candidate,
    shown: PlannedVariant,
    rank: f64,
    memory: RuntimeMemory,
    offload: Option<&'static str>,
}

fn ranked<'l>(looked: &'l Looked<'_>) -> Ranked<'l> {
    (&looked.shown, looked.rank)
}

/// Which of a model's variants to take in a runtime, by its id, with settings by the runtime's own names as JSON; those of
/// one variant (the `dtype` of an ONNX file) stand with it. Without a context it is 8,192 tokens of each sequence.
///
/// Errors: those of [`runtime_estimate`].
pub fn in_runtime(
    runtime: &str,
    model: &Model,
    subject: &Subject,
    hardware: Option<&Hardware>,
    settings: &str,
) -> Result<Plan> {
    let settings = if settings.is_empty() { "{}" } else { settings };
    let trained = model.geometry().context_length;
    let usual = if trained > 0 { USUAL_CONTEXT.min(trained) } else { USUAL_CONTEXT };
    let own = LENGTHS.iter().find(|(id, _)| *id == runtime).map(|(_, key)| *key);
    let said = ["context"].into_iter().chain(own).find(|key| counts(settings, key));
    // What is refused is refused whatever the variants are.
    let weights = Weights::Bytes(0);
    let whole =
        runtime_estimate(runtime, model.geometry(), &weights, hardware, settings.as_bytes())?;
    let context = if said.is_some() { whole.context_length } else { usual };
    let work = Work { runtime, model, subject, hardware, settings, context };
    let mut plan = Plan {
        runtime: runtime_ids().find(|id| *id == runtime).unwrap_or_default(),
        version: whole.version,
        hardware: hardware.map(|hardware| hardware.name.clone()),
        speed_source: speed::SOURCE,
        ..Plan::default()
    };
    let formats = loads::formats(runtime);
    let loaded = subject.variants.iter().filter(|one| formats.contains(&one.format.as_str()));
    let all: Result<Vec<_>> = loaded.map(|one| work.look(one, context)).collect();
    let all = sorted(all?, ranked);
    plan.chosen = choose(&all.iter().map(ranked).collect::<Vec<_>>());
    plan.findings = work.findings(&all);
    if let Some(best) = plan.chosen.and_then(|index| all.get(index)) {
        plan.fit = best.shown.fit;
        plan.total = best.shown.total;
        plan.offload = best.offload;
        plan.curve = work.curve(best)?;
        plan.findings.extend(best.memory.findings.iter().cloned());
        plan.memory = Some(best.memory.clone());
    } else if !all.is_empty() && all.iter().all(|one| one.shown.fit == PlanFit::No) {
        plan.fit = PlanFit::No;
        plan.advice = work.advice(&all)?;
    }
    plan.variants = all.into_iter().map(|one| one.shown).collect();
    (plan.up, plan.down) = steps::beside(&plan.variants, plan.chosen);
    Ok(plan)
}

impl Work<'_> {
    /// A variant as it is, or with components that take turns where it does not fit otherwise.
    fn look<'c>(&self, candidate: &'c Candidate, context: u64) -> Result<Looked<'c>> {
        let mut memory = self.estimate(candidate, context, None)?;
        let (mut found, mut offload) = (fit(&memory), None);
        let turns = self.runtime == "diffusers" && !has(self.settings, "offload");
        if turns && found == PlanFit::No {
            for way in OFFLOADS {
                let other = self.estimate(candidate, context, Some(way))?;
                if fit(&other) == PlanFit::Full && self.holds(&other) {
                    (memory, found, offload) = (other, PlanFit::Partial, Some(way));
                    break;
                }
            }
        }
        let layout = self.layout(candidate);
        let shown = self.describe(candidate, &layout, found, &memory);
        let bits = shown.bits_per_weight.unwrap_or_else(|| self.bits_beside_others(shown.bytes));
        let rank = quality::rank(bits, shown.loss);
        Ok(Looked { candidate, shown, rank, memory, offload })
    }

    fn estimate(
        &self,
        candidate: &Candidate,
        context: u64,
        offload: Option<&str>,
    ) -> Result<RuntimeMemory> {
        let mut settings = match &candidate.settings {
            Some(own) => own.clone(),
            None => self.settings.to_owned(),
        };
        let length = LENGTHS.iter().find(|(id, _)| *id == self.runtime).map(|(_, key)| *key);
        for key in ["context"].into_iter().chain(length) {
            settings = with(&settings, key, &context.to_string());
        }
        if let Some(way) = offload {
            settings = with(&settings, "offload", &["\"", way, "\""].concat());
        }
        if let Some(count) = self.subject.parameters.filter(|_| !has(&settings, "parameters")) {
            settings = with(&settings, "parameters", &count.to_string());
        }
        let weights = if candidate.components.is_empty() {
            Weights::Layout(self.layout(candidate))
        } else {
            Weights::Components(candidate.components.clone())
        };
        let (geometry, settings) = (self.model.geometry(), settings.as_bytes());
        runtime_estimate(self.runtime, geometry, &weights, self.hardware, settings)
    }

    fn layout(&self, candidate: &Candidate) -> WeightLayout {
        candidate.layout(self.model)
    }

    /// Whether the computer's memory holds what waits there.
    fn holds(&self, memory: &RuntimeMemory) -> bool {
        let ram = self.hardware.and_then(crate::memory::usable::of_computer);
        ram.is_none_or(|ram| memory.host.expected <= ram.bytes)
    }

    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    fn describe(
        &self,
        candidate: &Candidate,
        layout: &WeightLayout,
        fit: PlanFit,
        memory: &RuntimeMemory,
    ) -> PlannedVariant {
        let bits = self.subject.parameters.filter(|_| candidate.bytes > 0);
        let largest = memory.capacity.map(|capacity| capacity.largest_context.expected);
        let fits = matches!(fit, PlanFit::Full | PlanFit::Partial);
        let devices = memory.device.map(&|bytes| bytes.saturating_mul(memory.devices));
        let mut shown = PlannedVariant {
            name: candidate.name.clone(),
            file: candidate.file.clone(),
            bytes: candidate.bytes.max(layout.bytes()),
            bits_per_weight: bits.map(|count| candidate.bytes as f64 * 8.0 / count as f64),
            loss: quality::loss(&candidate.name),
            fit,
            total: devices.plus(memory.host),
            largest_context: largest.filter(|_| fits),
            ..PlannedVariant::default()
        };
        if fit == PlanFit::Full && self.hardware.is_some_and(|one| !one.devices.is_empty()) {
            shown.gpu_layers = self.model.layers_with_output();
        }
        if !WITHOUT_TOKENS.contains(&self.runtime) {
            self.speeds(&mut shown, layout, memory);
        }
        shown
    }

    /// As if devices that share a model read their parts at the same time.
    #[expect(clippy::cast_precision_loss, reason = "speeds are ranges")]
    fn speeds(&self, shown: &mut PlannedVariant, layout: &WeightLayout, memory: &RuntimeMemory) {
        let Some(hardware) = self.hardware else { return };
        let settings = Request::default().settings(self.model.layers_with_output());
        let read = self.model.read_by_device(layout, &settings);
        let read = read.into_iter().fold(0, u64::saturating_add) as f64;
        let device = hardware.devices.first();
        let bandwidth = match device {
            Some(device) => device.bandwidth,
            None => Some(hardware.ram_bandwidth.unwrap_or(speed::RAM_BANDWIDTH)),
        };
        let shares = memory.devices.max(1) as f64;
        let caches = memory.parts.iter().filter(|part| {
            matches!(part.name, PartName::Cache | PartName::State) && part.place == Place::Device
        });
        let caches = caches.fold(0, |sum: u64, part| sum.saturating_add(part.bytes.expected));
        let sequences = memory.sequences.max(1) as f64;
        let reads =
            [Reads { weights: read / shares, caches: caches as f64 / sequences, bandwidth }];
        let mixture = self.model.geometry().experts.is_some();
        shown.generation = speed::generation(&reads, mixture).filter(|_| read > 0.0);
        let used =
            self.subject.parameters.map(|count| count as f64 * read / layout.bytes().max(1) as f64);
        let flops = device.and_then(|device| device.flops).map(|flops| flops * shares);
        shown.prompt = speed::prompt(used, flops);
    }

    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    fn bits_beside_others(&self, bytes: u64) -> f64 {
        bytes as f64 / self.subject.largest().max(1) as f64 * quality::NEARLY_WHOLE
    }

    /// Lengths that double, up to what the model was made for.
    fn curve(&self, best: &Looked<'_>) -> Result<Vec<CurvePoint>> {
        let longest = self.model.geometry().context_length;
        if longest == 0 || self.model.geometry().layers.is_empty() {
            return Ok(Vec::new());
        }
        let doubling = std::iter::successors(Some(SHORTEST), |length| length.checked_mul(2));
        let lengths = doubling.take(MOST_POINTS).take_while(|length| *length < longest);
        let lengths = lengths.chain([longest]);
        lengths.map(|length| self.point(best, length)).collect()
    }

    fn point(&self, best: &Looked<'_>, context_length: u64) -> Result<CurvePoint> {
        let memory = self.estimate(best.candidate, context_length, best.offload)?;
        let kept = |name| matches!(name, PartName::Cache | PartName::State);
        let caches = memory.parts.iter().filter(|part| kept(part.name));
        let context = caches.fold(0, |sum: u64, part| sum.saturating_add(part.bytes.expected));
        let devices = memory.device.map(&|bytes| bytes.saturating_mul(memory.devices));
        let total = devices.plus(memory.host);
        Ok(CurvePoint { context_length, context, total, fits: fit(&memory) == PlanFit::Full })
    }

    /// What would fit, where nothing does.
    fn advice(&self, all: &[Looked<'_>]) -> Result<Vec<Advice>> {
        let smallest = all.iter().enumerate().min_by_key(|(_, one)| one.shown.bytes);
        let Some((variant, smallest)) = smallest else { return Ok(Vec::new()) };
        let mut advice = Vec::new();
        for context_length in CONTEXTS.into_iter().filter(|length| *length < self.context) {
            if fit(&self.estimate(smallest.candidate, context_length, None)?) == PlanFit::Full {
                advice.push(Advice::Context { variant, context_length });
                break;
            }
        }
        let Some(limit) = smallest.memory.limit else { return Ok(advice) };
        let needed = smallest.memory.device.expected;
        let missing = needed.saturating_sub(limit.bytes.expected);
        let missing = missing.saturating_mul(smallest.memory.devices.max(1));
        let bytes = smallest.shown.bytes.saturating_sub(missing);
        if missing > 0 && bytes > 0 {
            advice.push(Advice::SmallerVariant { bytes, bits_per_weight: self.bits(bytes) });
        }
        let others = self.subject.others.iter().filter(|(_, other)| *other <= bytes);
        let other = others.max_by_key(|(_, bytes)| *bytes);
        advice.extend(
            other.map(|(id, bytes)| Advice::SmallerModel { id: id.clone(), bytes: *bytes }),
        );
        if missing > 0 {
            advice.push(Advice::Memory { bytes: missing });
        }
        Ok(advice)
    }

    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    fn bits(&self, bytes: u64) -> Option<f64> {
        self.subject.parameters.map(|count| bytes as f64 * 8.0 / count as f64)
    }

    fn findings(&self, all: &[Looked<'_>]) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut add = |code: &str, field: &str, message: String| {
            found.push(Finding::new(code, Severity::Unknown, field, message));
        };
        if all.is_empty() {
            let formats = loads::formats(self.runtime).join(", ");
            let message =
                ["the model has no whole variant that the runtime loads: ", &formats].concat();
            add("no_variants", "variants", message);
        }
        if self.hardware.is_none() {
            let message = "the machine is not known, so nothing is said of what fits".to_owned();
            add("hardware_missing", "hardware", message);
        }
        found
    }
}

/// As expected, or at least where nothing is expected.
fn fit(memory: &RuntimeMemory) -> PlanFit {
    match (memory.fits, memory.limit) {
        (Fit::Yes, _) => PlanFit::Full,
        (Fit::Maybe, Some(limit)) if within(memory.device, limit.bytes) => PlanFit::Full,
        (Fit::No, _) | (Fit::Maybe, Some(_)) => PlanFit::No,
        (Fit::Unknown | Fit::Maybe, _) => PlanFit::Unknown,
    }
}

fn within(needed: Spread, limit: Spread) -> bool {
    needed.expected <= limit.expected
}
