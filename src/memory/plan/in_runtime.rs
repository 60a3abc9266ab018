//! Plans in runtimes beside llama.cpp's family: each variant as the runtime's own rule estimates it.

use super::choice::{Ranked, choose, sorted};
use super::settings_text::{counts, has, with};
use super::speed::{self, Reads};
use super::subject::{Candidate, Subject};
use super::ways::{self, Way};
use super::{USUAL_CONTEXT, loads, quality, steps};
use crate::error::Result;
use crate::memory::llama_cpp::{Model, Request};
use crate::memory::{runtime_estimate, runtime_ids};
use crate::model::memory::LlamaCppSettings;
use crate::model::plan::{Advice, CurvePoint, Plan, PlanFit, PlannedVariant};
use crate::model::runtime_memory::{Fit, PartName, Place, RuntimeMemory, Weights};
use crate::model::spread::Spread;
use crate::model::{Finding, Hardware, Severity};

/// The setting of a runtime that says how long a sequence may be: it goes with the context that is planned for.
const LENGTHS: [(&str, &str); 3] =
    [("vllm", "max_model_len"), ("sglang", "context_length"), ("web-llm", "context_window_size")];

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
    /// The setting that says how long a sequence may be.
    length: Option<&'static str>,
    /// Tokens of each sequence.
    context: u64,
    /// As llama.cpp would lay it out: what each token reads of the weights is the same everywhere.
    reading: LlamaCppSettings,
}

/// A variant, what it takes, and in which way.
struct Looked<'a> {
    candidate: &'a Candidate,
    weights: Weights,
    shown: PlannedVariant,
    rank: f64,
    memory: RuntimeMemory,
    way: Option<Way>,
}

/// What is the same in all ways to load a variant.
#[derive(Clone, Copy)]
struct Held {
    bytes: u64,
    /// Bytes that each token reads.
    read: u64,
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
    let reading = Request::default().settings(model.layers_with_output());
    let work = Work { runtime, model, subject, hardware, settings, length: own, context, reading };
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
        plan.offload = best.way.map(Way::value);
        plan.findings.extend(best.way.and_then(told));
        plan.curve = work.curve(best)?;
        plan.findings.extend(best.memory.findings.iter().cloned());
        plan.memory = Some(best.memory.clone());
        if best.shown.fit == PlanFit::Partial {
            plan.advice = work.smaller_caches(plan.chosen.unwrap_or(0), best)?;
        }
    } else if !all.is_empty() && all.iter().all(|one| one.shown.fit == PlanFit::No) {
        plan.fit = PlanFit::No;
        plan.advice = work.advice(&all)?;
    }
    plan.variants = all.into_iter().map(|one| one.shown).collect();
    (plan.up, plan.down) = steps::beside(&plan.variants, plan.chosen);
    Ok(plan)
}

impl Work<'_> {
    /// A variant as it is, or with a part of it in the computer's memory where it does not fit otherwise.
    fn look<'c>(&self, candidate: &'c Candidate, context: u64) -> Result<Looked<'c>> {
        let layout = candidate.layout(self.model);
        let read = self.model.read_by_device(&layout, &self.reading);
        let held = Held {
            bytes: candidate.bytes.max(layout.bytes()),
            read: read.into_iter().fold(0, u64::saturating_add),
        };
        let weights = match candidate.components.as_slice() {
            [] => Weights::Layout(layout),
            components => Weights::Components(components.to_vec()),
        };
        let of = (candidate, &weights);
        let mut memory = self.estimate(of, context, None)?;
        let (mut found, mut way) = (fit(&memory), None);
        if found == PlanFit::No {
            for other in ways::offloads(self.runtime, self.settings) {
                let (other, less) = self.lighter(of, context, other)?;
                if fit(&less) == PlanFit::Full && self.holds(&less) {
                    let whole = less.host.expected == 0;
                    found = if whole { PlanFit::Full } else { PlanFit::Partial };
                    (memory, way) = (less, Some(other));
                    break;
                }
            }
        }
        let shown = self.describe(candidate, held, found, &memory);
        let bits = shown.bits_per_weight.unwrap_or_else(|| self.bits_beside_others(shown.bytes));
        let rank = quality::rank(bits, shown.loss);
        Ok(Looked { candidate, weights, shown, rank, memory, way })
    }

    /// What a variant takes in a way; where layers are placed, with as many on the devices as leave room for the rest.
    fn lighter(
        &self,
        of: (&Candidate, &Weights),
        context: u64,
        way: Way,
    ) -> Result<(Way, RuntimeMemory)> {
        let less = self.estimate(of, context, Some(way))?;
        let Some(limit) = less.limit.filter(|_| way.setting == "device_map") else {
            return Ok((way, less));
        };
        let weights = less.parts.iter().filter(|part| part.place == Place::Device);
        let weights = weights.filter(|part| part.name == PartName::Weights);
        let weights = weights.fold(0, |sum: u64, part| sum.saturating_add(part.bytes.expected));
        let beside = less.device.expected.saturating_sub(weights);
        let room = limit.bytes.expected.saturating_sub(beside);
        if room >= weights || has(self.settings, "max_memory") {
            return Ok((way, less));
        }
        let way = Way { most: Some(room), ..way };
        Ok((way, self.estimate(of, context, Some(way))?))
    }

    fn estimate(
        &self,
        (candidate, weights): (&Candidate, &Weights),
        context: u64,
        way: Option<Way>,
    ) -> Result<RuntimeMemory> {
        let own = candidate.settings.as_deref().unwrap_or(self.settings);
        let context = context.to_string();
        let parameters = self.subject.parameters.filter(|_| !has(own, "parameters"));
        let parameters = parameters.map(|count| count.to_string());
        let mut changed = vec![("context", &*context)];
        changed.extend(self.length.map(|length| (length, &*context)));
        changed.extend(parameters.as_deref().map(|count| ("parameters", count)));
        changed.extend(way.map(|way| (way.setting, way.json)));
        let most = way.and_then(|way| way.most).map(|most| most.to_string());
        changed.extend(most.as_deref().map(|most| ("max_memory", most)));
        let settings = with(own, &changed);
        let geometry = self.model.geometry();
        runtime_estimate(self.runtime, geometry, weights, self.hardware, settings.as_bytes())
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
        held: Held,
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
            bytes: held.bytes,
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
            self.speeds(&mut shown, held, memory);
        }
        shown
    }

    /// As if devices that share a model read their parts at the same time; those that have layers of their own take
    /// turns. What waits in the computer's memory crosses the bus for each token.
    #[expect(clippy::cast_precision_loss, reason = "speeds are ranges")]
    fn speeds(&self, shown: &mut PlannedVariant, held: Held, memory: &RuntimeMemory) {
        let Some(hardware) = self.hardware else { return };
        let read = held.read as f64;
        let device = hardware.devices.first();
        let bandwidth = match device {
            Some(device) => device.bandwidth,
            None => Some(hardware.ram_bandwidth.unwrap_or(speed::RAM_BANDWIDTH)),
        };
        let turns = self.runtime == "transformers";
        let shares = if turns { 1.0 } else { memory.devices.max(1) as f64 };
        let (mut caches, mut waiting) = (0_u64, 0_u64);
        for part in &memory.parts {
            match (part.name, part.place) {
                (PartName::Cache | PartName::State, Place::Device) => {
                    caches = caches.saturating_add(part.bytes.expected);
                }
                (PartName::Weights, Place::Host) => waiting = part.bytes.expected,
                _ => {}
            }
        }
        let partial = shown.fit == PlanFit::Partial;
        let share = if partial { waiting as f64 / held.bytes.max(1) as f64 } else { 0.0 };
        let sequences = memory.sequences.max(1) as f64;
        let here = Reads {
            weights: read * (1.0 - share) / shares,
            caches: caches as f64 * memory.devices.max(1) as f64 / shares / sequences,
            bandwidth,
        };
        let bus = Some(speed::BUS_BANDWIDTH);
        let there = Reads { weights: read * share, caches: 0.0, bandwidth: bus };
        let mixture = self.model.geometry().experts.is_some();
        shown.generation = speed::generation(&[here, there], mixture).filter(|_| read > 0.0);
        let used = self.subject.parameters;
        let used = used.map(|count| count as f64 * read / held.bytes.max(1) as f64);
        let flops = device.and_then(|device| device.flops).map(|flops| flops * shares);
        shown.prompt = speed::prompt(used, flops).filter(|_| !partial);
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
        let memory = self.estimate((best.candidate, &best.weights), context_length, best.way)?;
        let kept = |name| matches!(name, PartName::Cache | PartName::State);
        let caches = memory.parts.iter().filter(|part| kept(part.name));
        let context = caches.fold(0, |sum: u64, part| sum.saturating_add(part.bytes.expected));
        let devices = memory.device.map(&|bytes| bytes.saturating_mul(memory.devices));
        let total = devices.plus(memory.host);
        Ok(CurvePoint { context_length, context, total, fits: fit(&memory) == PlanFit::Full })
    }

    /// Keys and values in fewer bits, where that makes a variant fit whole.
    fn smaller_caches(&self, variant: usize, one: &Looked<'_>) -> Result<Vec<Advice>> {
        for way in ways::caches(self.runtime, self.settings) {
            let less = self.estimate((one.candidate, &one.weights), self.context, Some(way))?;
            if fit(&less) == PlanFit::Full {
                let (setting, value) = (way.setting, way.value());
                return Ok(vec![Advice::Setting { variant, setting, value }]);
            }
        }
        Ok(Vec::new())
    }

    /// What would fit, where nothing does.
    fn advice(&self, all: &[Looked<'_>]) -> Result<Vec<Advice>> {
        let smallest = all.iter().enumerate().min_by_key(|(_, one)| one.shown.bytes);
        let Some((variant, smallest)) = smallest else { return Ok(Vec::new()) };
        let mut advice = self.smaller_caches(variant, smallest)?;
        let of = (smallest.candidate, &smallest.weights);
        for context_length in CONTEXTS.into_iter().filter(|length| *length < self.context) {
            if fit(&self.estimate(of, context_length, None)?) == PlanFit::Full {
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

/// What must be said of a way beside its name.
fn told(way: Way) -> Option<Finding> {
    let message =
        format!("max_memory of {} bytes leaves room for what else a GPU holds", way.most?);
    Some(Finding::new("max_memory_needed", Severity::Info, "max_memory", message))
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
