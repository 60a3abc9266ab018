//! One variant on a machine.

use super::contexts::{Contexts, Memories};
use super::quality;
use super::speed::{self, Reads};
use super::subject::{Candidate, Subject};
use crate::memory::llama_cpp::{Fit, Model, Request, Taken};
use crate::memory::usable;
use crate::model::memory::{AppliedSettings, DeviceBytes, LlamaCppSettings};
use crate::model::plan::{CurvePoint, PlanFit, PlannedVariant};
use crate::model::spread::Spread;
use crate::model::weight_layout::WeightLayout;
use crate::model::{Finding, Severity};

/// A variant with what is not shown of it.
pub(super) struct Planned {
    pub(super) shown: PlannedVariant,
    /// How good it is beside the others.
    pub(super) rank: f64,
    pub(super) weights: WeightLayout,
    pub(super) settings: LlamaCppSettings,
}

/// What is the same for all variants.
pub(super) struct Planner<'a> {
    pub(super) model: &'a Model,
    pub(super) subject: &'a Subject,
    pub(super) request: &'a Request,
    /// None where the machine is not known.
    fit: Option<Fit<'a>>,
    /// Everything on GPUs, where there are any.
    settings: LlamaCppSettings,
    taken: Taken,
    contexts: Contexts,
}

impl<'a> Planner<'a> {
    pub(super) fn of(
        model: &'a Model,
        subject: &'a Subject,
        request: &'a Request,
        draft: Option<&'a Model>,
    ) -> Self {
        let settings = request.settings(model.layers_with_output());
        let fit = Fit::of(model, request, draft, &settings);
        let taken = Fit::measure(model, request, draft, &settings);
        let contexts = Contexts::of(model, request, draft, &settings);
        Self { model, subject, request, fit, settings, taken, contexts }
    }

    /// The same for another variant's weights.
    fn fit<'b>(&self, weights: &'b WeightLayout) -> Option<Fit<'b>>
    where
        'a: 'b,
    {
        self.fit.as_ref().map(|fit| fit.with(weights))
    }

    /// What a variant takes, and whether that fits.
    pub(super) fn variant(&self, candidate: &Candidate) -> Planned {
        let weights = candidate.layout(self.model);
        let mut settings = self.settings.clone();
        let fit = self.place(&weights, &mut settings);
        let devices = Fit::lay_out(self.model, &weights, &settings, &self.taken);
        let mut shown = self.describe(candidate, &weights);
        shown.fit = fit;
        (shown.gpu_layers, shown.cpu_moe) = (settings.n_gpu_layers, settings.n_cpu_moe);
        let totals = devices.iter().map(|device| device.total);
        shown.total = totals.fold(Spread::default(), Spread::plus);
        self.speeds(&mut shown, &weights, &settings, &devices);
        let bits = shown.bits_per_weight.unwrap_or_else(|| self.bits_beside_others(shown.bytes));
        let rank = quality::rank(bits, shown.loss);
        let mut planned = Planned { shown, rank, weights, settings };
        planned.shown.largest_context = self.largest_context(&planned);
        planned
    }

    /// What stands for bits where parameters are not known: the largest variant is taken for nearly whole.
    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    fn bits_beside_others(&self, bytes: u64) -> f64 {
        bytes as f64 / self.subject.largest().max(1) as f64 * quality::NEARLY_WHOLE
    }

    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    fn describe(&self, candidate: &Candidate, weights: &WeightLayout) -> PlannedVariant {
        let bits = self.subject.parameters.filter(|_| candidate.bytes > 0);
        let bits = bits.map(|count| candidate.bytes as f64 * 8.0 / count as f64);
        PlannedVariant {
            name: candidate.name.clone(),
            file: candidate.file.clone(),
            bytes: weights.bytes(),
            bits_per_weight: bits,
            loss: quality::loss(&candidate.name),
            ..PlannedVariant::default()
        }
    }

    /// Places a variant as the runtime would, and says whether it fits.
    fn place(&self, weights: &WeightLayout, settings: &mut LlamaCppSettings) -> PlanFit {
        let unknown = weights.bytes() == 0 || self.model.geometry().layers.is_empty();
        let Some(fit) = self.fit(weights).filter(|_| !unknown) else { return PlanFit::Unknown };
        let all = settings.n_gpu_layers;
        if !fit.holds(settings, &self.taken) {
            if !self.request.may_place() {
                return PlanFit::No;
            }
            fit.place(settings, &self.taken);
        }
        let whole = settings.n_gpu_layers == all && settings.n_cpu_moe == self.settings.n_cpu_moe;
        if !self.fits(&fit, settings, &self.taken) {
            PlanFit::No
        } else if whole {
            PlanFit::Full
        } else {
            PlanFit::Partial
        }
    }

    /// Whether GPUs and the computer's memory hold it.
    fn fits(&self, fit: &Fit<'_>, settings: &LlamaCppSettings, taken: &Taken) -> bool {
        self.memories(fit, settings, taken).iter().all(|(used, limit)| used <= limit)
    }

    /// What is taken of each memory, and what may be: the GPUs, and the computer's, of which unified GPUs take too.
    fn memories(&self, fit: &Fit<'_>, settings: &LlamaCppSettings, taken: &Taken) -> Memories {
        let ram = self.request.hardware.as_ref().and_then(usable::of_computer);
        let shared = self.request.gpus().iter().any(|gpu| gpu.unified);
        let devices = fit.devices(settings, taken);
        let totals = devices.iter().map(|device| device.total.expected);
        let on_computer = totals.clone().take(if shared { usize::MAX } else { 1 });
        let on_computer = on_computer.fold(0, u64::saturating_add);
        let limit = ram.map_or(u64::MAX, |ram| ram.bytes);
        if self.request.gpus().is_empty() {
            return vec![(on_computer, limit.min(fit.target(0)))];
        }
        let gpus = totals.skip(1).enumerate().map(|(gpu, used)| (used, fit.target(gpu)));
        std::iter::once((on_computer, limit)).chain(gpus).collect()
    }

    #[expect(clippy::cast_precision_loss, reason = "speeds are ranges")]
    fn speeds(
        &self,
        shown: &mut PlannedVariant,
        weights: &WeightLayout,
        settings: &LlamaCppSettings,
        devices: &[DeviceBytes],
    ) {
        let Some(hardware) = &self.request.hardware else { return };
        let gpus = self.request.gpus();
        let read = self.model.read_by_device(weights, settings);
        let reads = read.iter().zip(devices).enumerate().map(|(place, (read, device))| {
            let gpu = place.checked_sub(1).and_then(|place| gpus.get(place));
            let ram = hardware.ram_bandwidth.unwrap_or(speed::RAM_BANDWIDTH);
            let bandwidth = if place == 0 { Some(ram) } else { gpu.and_then(|gpu| gpu.bandwidth) };
            Reads { weights: *read as f64, caches: device.context as f64, bandwidth }
        });
        let reads: Vec<Reads> = reads.collect();
        let sum: f64 = reads.iter().map(|read| read.weights).sum();
        let mixture = self.model.geometry().experts.is_some();
        shown.generation = speed::generation(&reads, mixture).filter(|_| sum > 0.0);
        if reads.first().is_some_and(|computer| computer.weights == 0.0) {
            let whole = weights.bytes().max(1) as f64;
            let used = self.subject.parameters.map(|count| count as f64 * sum / whole);
            // Layers follow each other: devices take turns.
            let flops = gpus.iter().filter_map(|gpu| gpu.flops).reduce(f64::min);
            shown.prompt = speed::prompt(used, flops);
        }
    }

    /// The context that fits with the same placement, about.
    fn largest_context(&self, planned: &Planned) -> Option<u64> {
        if matches!(planned.shown.fit, PlanFit::No | PlanFit::Unknown) {
            return None;
        }
        let fit = self.fit(&planned.weights)?;
        let memories = |n_ctx: u64, taken: &Taken| {
            let settings = LlamaCppSettings { n_ctx, ..planned.settings.clone() };
            self.memories(&fit, &settings, taken)
        };
        Some(self.contexts.largest(&memories))
    }

    /// The context that fits with the same placement, to 256 tokens.
    pub(super) fn exact_context(&self, planned: &Planned) -> Option<u64> {
        let about = planned.shown.largest_context?;
        let fit = self.fit(&planned.weights)?;
        let holds = |n_ctx: u64| {
            let settings = LlamaCppSettings { n_ctx, ..planned.settings.clone() };
            self.fits(&fit, &settings, &fit.taken(&settings))
        };
        Some(self.contexts.exact(about, &holds))
    }

    pub(super) fn devices(&self, planned: &Planned) -> Vec<DeviceBytes> {
        let mut devices =
            Fit::lay_out(self.model, &planned.weights, &planned.settings, &self.taken);
        self.request.name_devices(&mut devices);
        devices
    }

    pub(super) fn applied(&self, planned: &Planned) -> AppliedSettings {
        let fitted = planned.settings != self.settings;
        self.taken.need.applied(&planned.settings, self.request.family, fitted)
    }

    /// What a variant takes over context lengths.
    pub(super) fn curve(&self, planned: &Planned) -> Vec<CurvePoint> {
        let fit = self.fit(&planned.weights);
        let point = |(n_ctx, taken): &(u64, Taken)| {
            let settings = LlamaCppSettings { n_ctx: *n_ctx, ..planned.settings.clone() };
            let devices = Fit::lay_out(self.model, &planned.weights, &settings, taken);
            let totals = devices.iter().map(|device| device.total);
            let contexts = devices.iter().map(|device| device.context);
            CurvePoint {
                context_length: *n_ctx,
                context: contexts.fold(0, u64::saturating_add),
                total: totals.fold(Spread::default(), Spread::plus),
                fits: fit.as_ref().is_some_and(|fit| self.fits(fit, &settings, taken)),
            }
        };
        self.contexts.points().iter().map(point).collect()
    }

    /// Whether a variant fits with other settings.
    pub(super) fn would_fit(
        &self,
        planned: &Planned,
        change: &dyn Fn(&mut LlamaCppSettings),
    ) -> bool {
        let Some(fit) = self.fit(&planned.weights) else { return false };
        let mut settings = self.settings.clone();
        change(&mut settings);
        let taken = fit.taken(&settings);
        if !fit.holds(&settings, &taken) && self.request.may_place() {
            fit.place(&mut settings, &taken);
        }
        self.fits(&fit, &settings, &taken)
    }

    /// Bytes of weights that fit beside what else is taken, in all memories together.
    pub(super) fn room(&self) -> u64 {
        let none = WeightLayout::default();
        let Some(fit) = self.fit(&none) else { return 0 };
        let shared = self.request.gpus().iter().any(|gpu| gpu.unified);
        let all = self.memories(&fit, &self.settings, &self.taken);
        let known = all.iter().filter(|(_, limit)| *limit < u64::MAX);
        // Unified GPUs take of the computer's memory, which comes first.
        let apart = known.take(if shared { 1 } else { usize::MAX });
        let left = apart.map(|(used, limit)| limit.saturating_sub(*used));
        left.fold(0, u64::saturating_add)
    }

    /// Bytes that a variant takes beyond what memories hold.
    pub(super) fn missing(&self, planned: &Planned) -> u64 {
        let Some(fit) = self.fit(&planned.weights) else { return 0 };
        let all = self.memories(&fit, &planned.settings, &self.taken);
        let beyond = all.iter().map(|(used, limit)| used.saturating_sub(*limit));
        beyond.fold(0, u64::saturating_add)
    }

    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut all = Vec::new();
        let mut add = |code: &str, field: &str, message: &str| {
            all.push(Finding::new(code, Severity::Unknown, field, message.to_owned()));
        };
        if self.subject.variants.is_empty() {
            add("no_variants", "variants", "the model has no variant that the runtime loads");
        }
        if self.request.hardware.is_none() {
            add(
                "hardware_missing",
                "hardware",
                "the machine is not known, so nothing is said of what fits",
            );
        }
        if self.model.geometry().layers.is_empty() {
            add(
                "geometry_missing",
                "geometry",
                "the geometry is not known, so what a context takes is missing",
            );
        }
        all
    }
}
