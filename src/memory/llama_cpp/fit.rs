//! What llama.cpp chooses by what memory is free: the context first, then what lies on GPUs.
//!
//! Source: llama.cpp v0.5.0 `common/fit.cpp` (`common_params_fit_impl`). It leaves the experts of the last layers in
//! the computer's memory and parts of one more; here they are those of the first layers, as with `--n-cpu-moe`.

use super::beside::drafts;
use super::need::Need;
use super::placement::Placement;
use super::{Model, devices, request::Request, sums, weights};
use crate::memory::usable;
use crate::model::memory::{BesideBytes, DeviceBytes, FlashAttention, LlamaCppSettings};
use crate::model::weight_layout::WeightLayout;

/// What is left free on each device (`--fit-target`).
const MARGIN: u64 = 1 << 30;
/// The least tokens that a context is reduced to (`--fit-ctx`).
const LEAST_CONTEXT: u64 = 4096;
/// Contexts are a multiple of this many tokens.
const STEP: u64 = 256;

/// The settings as the runtime would have them, and whether it chose any by what memory is free.
pub(super) fn settings(
    model: &Model,
    request: &Request,
    draft: Option<&Model>,
) -> (LlamaCppSettings, bool) {
    let mut settings = request.settings(model.layers_with_output());
    if !request.may_fit() {
        return (settings, false);
    }
    let chosen = settings.n_ctx == 0;
    if chosen {
        // Room for all sequences, each with what the model was trained on.
        let sequences = settings.n_seq_max.max(1);
        let all = model.geometry.context_length.saturating_mul(sequences);
        settings.n_ctx = all.min(u32::MAX.into());
    }
    let Some(fit) = Fit::of(model, request, draft, &settings) else { return (settings, false) };
    if fit.holds(&settings, &fit.taken(&settings)) {
        return (settings, false);
    }
    let mut changed = chosen && fit.reduce_context(&mut settings);
    let taken = fit.taken(&settings);
    if request.may_place() && !fit.holds(&settings, &taken) {
        fit.place(&mut settings, &taken);
        changed = true;
    }
    (settings, changed)
}

/// Bytes that may be taken on each GPU, or in the computer's memory where there is none.
fn targets(request: &Request, settings: &LlamaCppSettings) -> Option<Vec<u64>> {
    let gpus = request.gpus();
    let projector = request.projector.as_ref().map_or(0, |projector| {
        let flash = settings.flash_attn != FlashAttention::Off;
        projector.bytes.saturating_add(projector.compute(flash).expected)
    });
    if gpus.is_empty() {
        // Of the computer's memory llama.cpp looks at the whole: what the system needs is more than its margin.
        let usable = request.hardware.as_ref().and_then(usable::of_computer)?;
        let left = usable.bytes.saturating_add(usable.reserve).saturating_sub(MARGIN);
        return Some(vec![left.min(usable.bytes).saturating_sub(projector)]);
    }
    let mut left: Vec<u64> = gpus.iter().map(|gpu| usable::of_device(gpu).bytes).collect();
    for (index, bytes) in left.iter_mut().enumerate() {
        let taken = if index == 0 { MARGIN.saturating_add(projector) } else { MARGIN };
        *bytes = bytes.saturating_sub(taken);
    }
    Some(left)
}

/// What lies in memory beside weights at one context.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) need: Need,
    beside: Vec<BesideBytes>,
}

/// A model, how it is run, and what may be taken.
pub(crate) struct Fit<'a> {
    model: &'a Model,
    /// Those of the model, or of another variant of it.
    weights: &'a WeightLayout,
    request: &'a Request,
    draft: Option<&'a Model>,
    targets: Vec<u64>,
}

impl<'a> Fit<'a> {
    /// None where the machine is not known.
    pub(crate) fn of(
        model: &'a Model,
        request: &'a Request,
        draft: Option<&'a Model>,
        settings: &LlamaCppSettings,
    ) -> Option<Self> {
        let targets = targets(request, settings)?;
        Some(Self { model, weights: &model.weights, request, draft, targets })
    }

    /// The same with another variant's weights.
    pub(crate) fn with<'b>(&self, weights: &'b WeightLayout) -> Fit<'b>
    where
        'a: 'b,
    {
        Fit { weights, targets: self.targets.clone(), ..*self }
    }

    /// What lies beside weights with these settings.
    pub(crate) fn taken(&self, settings: &LlamaCppSettings) -> Taken {
        Self::measure(self.model, self.request, self.draft, settings)
    }

    pub(crate) fn measure(
        model: &Model,
        request: &Request,
        draft: Option<&Model>,
        settings: &LlamaCppSettings,
    ) -> Taken {
        let beside = drafts(model, request, draft, settings);
        Taken { need: model.need(settings), beside }
    }

    /// What lies on each device, the computer first.
    pub(crate) fn devices(&self, settings: &LlamaCppSettings, taken: &Taken) -> Vec<DeviceBytes> {
        Self::lay_out(self.model, self.weights, settings, taken)
    }

    /// The same of weights that may be another variant's.
    pub(crate) fn lay_out(
        model: &Model,
        weights: &WeightLayout,
        settings: &LlamaCppSettings,
        taken: &Taken,
    ) -> Vec<DeviceBytes> {
        let geometry = &model.geometry;
        let placement = Placement::of(geometry.layers.len() + geometry.mtp_layers.len(), settings);
        let weights = weights::by_device(geometry, weights, settings, &placement);
        let mut devices = devices::of(weights, &taken.need, &placement, settings);
        for one in &taken.beside {
            if let Some(device) = devices.get_mut(one.device) {
                device.beside = device.beside.plus(one.spread());
            }
        }
        sums(&mut devices);
        devices
    }

    /// What is taken where there is a target: on each GPU, or by all.
    fn used(&self, settings: &LlamaCppSettings, taken: &Taken) -> Vec<u64> {
        let devices = self.devices(settings, taken);
        let totals = devices.iter().map(|device| device.total.expected);
        if self.request.gpus().is_empty() {
            return vec![super::sum(totals)];
        }
        let mut used: Vec<u64> = totals.skip(1).collect();
        used.resize(self.targets.len(), 0);
        used
    }

    /// Bytes that may be taken of a GPU, or of the computer's memory where there is none.
    pub(crate) fn target(&self, place: usize) -> u64 {
        self.targets.get(place).copied().unwrap_or(0)
    }

    /// Whether all of it keeps to the targets.
    pub(crate) fn holds(&self, settings: &LlamaCppSettings, taken: &Taken) -> bool {
        let used = self.used(settings, taken);
        used.iter().zip(&self.targets).all(|(used, target)| used <= target)
    }

    /// Interpolates between the least context and the whole one.
    fn reduce_context(&self, settings: &mut LlamaCppSettings) -> bool {
        let streams = if settings.kv_unified { 1 } else { settings.n_seq_max.max(1) };
        let (most, least) = (settings.n_ctx, LEAST_CONTEXT.saturating_mul(streams));
        if most <= least {
            return false;
        }
        let sum = |settings: &LlamaCppSettings| {
            super::sum(self.used(settings, &self.taken(settings)).into_iter())
        };
        let whole = sum(settings);
        settings.n_ctx = least;
        let small = sum(settings);
        let target = super::sum(self.targets.iter().copied()).saturating_sub(self.waste(settings));
        if target <= small || whole <= small {
            return true;
        }
        let more =
            u128::from(most - least) * u128::from(target - small) / u128::from(whole - small);
        let reached = least.saturating_add(u64::try_from(more).unwrap_or(0)).min(most);
        settings.n_ctx = (reached - reached % (STEP * streams)).max(least);
        true
    }

    /// What is left over on several devices, since layers are not cut.
    fn waste(&self, settings: &LlamaCppSettings) -> u64 {
        let devices = self.targets.len() as u64;
        if devices < 2 {
            return 0;
        }
        let layer = self.weights.bytes() / settings.n_gpu_layers.max(1);
        let part = if self.model.geometry.experts.is_some() { 6 } else { 2 };
        (devices + 1).saturating_mul(layer) / part
    }

    /// Chooses what lies on GPUs: of a mixture all but experts first, then experts of as many layers as fit; else
    /// as many layers as fit, from the last GPU and the last layer on.
    pub(crate) fn place(&self, settings: &mut LlamaCppSettings, taken: &Taken) {
        let layers = self.model.geometry.layers.len() as u64;
        if self.model.geometry.experts.is_some() {
            let with = |count: u64| {
                let settings = LlamaCppSettings { n_cpu_moe: count, ..settings.clone() };
                self.spread(settings, taken)
            };
            if let Some(most) = with(layers) {
                let count = least(layers, &|count| with(count).is_some());
                *settings = with(count).unwrap_or(most);
                return;
            }
            settings.n_cpu_moe = layers;
        }
        self.fill(settings, taken);
    }

    /// All layers on GPUs, where they fit: as they are shared, or else each GPU filled in turn.
    fn spread(&self, settings: LlamaCppSettings, taken: &Taken) -> Option<LlamaCppSettings> {
        if self.targets.len() < 2 {
            return self.holds(&settings, taken).then_some(settings);
        }
        let mut filled = settings.clone();
        self.fill(&mut filled, taken);
        (filled.n_gpu_layers == settings.n_gpu_layers).then_some(filled)
    }

    fn fill(&self, settings: &mut LlamaCppSettings, taken: &Taken) {
        let all = self.model.layers_with_output();
        let mut counts = vec![0_u64; self.targets.len()];
        for device in (0..counts.len()).rev() {
            let rest = all.saturating_sub(super::sum(counts.iter().copied()));
            let with = |count: u64| {
                let mut counts = counts.clone();
                if let Some(here) = counts.get_mut(device) {
                    *here = count;
                }
                shared(settings, &counts)
            };
            let left_out = least(rest, &|left_out| {
                let used = self.used(&with(rest - left_out), taken);
                used.get(device) <= self.targets.get(device)
            });
            *settings = with(rest - left_out);
            if let Some(here) = counts.get_mut(device) {
                *here = rest - left_out;
            }
        }
    }
}

/// The settings with so many layers on each GPU.
#[expect(clippy::cast_precision_loss, reason = "there are at most 513")]
fn shared(settings: &LlamaCppSettings, counts: &[u64]) -> LlamaCppSettings {
    let split = counts.iter().map(|count| *count as f64);
    LlamaCppSettings {
        n_gpu_layers: super::sum(counts.iter().copied()),
        tensor_split: if counts.len() > 1 { split.collect() } else { Vec::new() },
        ..settings.clone()
    }
}

/// The least number up to a bound for which something holds, where it holds for all above it; the bound where it
/// holds for none.
fn least(bound: u64, holds: &dyn Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, bound);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}
