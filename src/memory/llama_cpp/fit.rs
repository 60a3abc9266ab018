//! What llama.cpp chooses by what memory is free: the context first, then what lies on GPUs.
//!
//! Source: llama.cpp v0.5.0 `common/fit.cpp` (`common_params_fit_impl`). It leaves the experts of the last layers in
//! the computer's memory and parts of one more; here they are those of the first layers, as with `--n-cpu-moe`.

use super::beside::drafts;
use super::need::Need;
use super::{Model, placed, request::Request};
use crate::memory::usable;
use crate::model::memory::LlamaCppSettings;

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
    let Some(targets) = targets(request, &settings) else { return (settings, false) };
    let mut fit = Fit { model, request, draft, targets };
    if fit.holds(&settings, &model.need(&settings)) {
        return (settings, false);
    }
    let mut changed = chosen && fit.reduce_context(&mut settings);
    let need = model.need(&settings);
    let places = request.gpu_layers.is_none() && request.cpu_moe.is_none();
    if places && !request.gpus().is_empty() && !fit.holds(&settings, &need) {
        fit.place(&mut settings, &need);
        changed = true;
    }
    (settings, changed)
}

/// Bytes that may be taken on each GPU, or in the computer's memory where there is none.
fn targets(request: &Request, settings: &LlamaCppSettings) -> Option<Vec<u64>> {
    let gpus = request.gpus();
    let projector = request.projector.as_ref().map_or(0, |projector| {
        let flash = settings.flash_attn != crate::model::memory::FlashAttention::Off;
        projector.bytes.saturating_add(projector.compute(flash).expected)
    });
    let mut left: Vec<u64> = if gpus.is_empty() || settings.n_gpu_layers == 0 {
        vec![request.hardware.as_ref().and_then(usable::of_computer)?.bytes]
    } else {
        gpus.iter().map(|gpu| usable::of_device(gpu).bytes).collect()
    };
    for (index, bytes) in left.iter_mut().enumerate() {
        let taken = if index == 0 { MARGIN.saturating_add(projector) } else { MARGIN };
        *bytes = bytes.saturating_sub(taken);
    }
    Some(left)
}

struct Fit<'a> {
    model: &'a Model,
    request: &'a Request,
    draft: Option<&'a Model>,
    targets: Vec<u64>,
}

impl Fit<'_> {
    /// What is taken where there is a target: on each GPU, or by all.
    fn used(&self, settings: &LlamaCppSettings, need: &Need) -> Vec<u64> {
        let mut used = self.alone(settings, need);
        for one in drafts(self.model, self.request, self.draft, settings) {
            let place =
                if used.len() == 1 && self.on_computer() { 0 } else { one.device.wrapping_sub(1) };
            if let Some(sum) = used.get_mut(place) {
                *sum = sum.saturating_add(one.spread().expected);
            }
        }
        used
    }

    fn alone(&self, settings: &LlamaCppSettings, need: &Need) -> Vec<u64> {
        let found = placed(&self.model.geometry, need, &self.model.weights, settings);
        if self.on_computer() {
            return vec![found.total];
        }
        let totals = found.devices.iter().skip(1).map(|device| device.total.expected);
        let mut used: Vec<u64> = totals.collect();
        used.resize(self.targets.len(), 0);
        used
    }

    fn on_computer(&self) -> bool {
        self.request.gpus().is_empty()
    }

    fn holds(&self, settings: &LlamaCppSettings, need: &Need) -> bool {
        let used = self.used(settings, need);
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
            super::sum(self.used(settings, &self.model.need(settings)).into_iter())
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
        let layer = self.model.weights.bytes() / settings.n_gpu_layers.max(1);
        let part = if self.model.geometry.experts.is_some() { 6 } else { 2 };
        (devices + 1).saturating_mul(layer) / part
    }

    /// Chooses what lies on GPUs: of a mixture all but experts first, then experts of as many layers as fit; else
    /// as many layers as fit, from the last GPU and the last layer on.
    fn place(&mut self, settings: &mut LlamaCppSettings, need: &Need) {
        let layers = self.model.geometry.layers.len() as u64;
        if self.model.geometry.experts.is_some() {
            settings.n_cpu_moe = layers;
            if self.holds(settings, need) {
                settings.n_cpu_moe = least(layers, &|count| {
                    self.holds(&LlamaCppSettings { n_cpu_moe: count, ..settings.clone() }, need)
                });
                return;
            }
        }
        self.fill(settings, need);
    }

    fn fill(&self, settings: &mut LlamaCppSettings, need: &Need) {
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
                let used = self.used(&with(rest - left_out), need);
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
