//! What lies beside a model: a projector, adapters, a draft.

use super::need::Need;
use super::placement::Placement;
use super::{Model, devices, placed, request::Request};
use crate::model::memory::{
    BesideBytes, BesideKind, ComputeBytes, ComputeSource, DeviceBytes, LlamaCppSettings,
    MemoryEstimate,
};

/// Adds what lies beside the model to the estimate and to its devices.
pub(super) fn add(
    memory: &mut MemoryEstimate,
    model: &Model,
    request: &Request,
    draft: Option<&Model>,
    settings: &LlamaCppSettings,
) {
    let count = memory.devices.len();
    let mut beside = drafts(model, request, draft, settings);
    beside.extend(request.projector.as_ref().map(|projector| BesideBytes {
        kind: BesideKind::Projector,
        device: usize::from(count > 1),
        weights: projector.bytes,
        context: 0,
        compute: projector.compute(model.need_flash(settings)),
    }));
    adapters(&mut beside, model, request, settings);
    for one in &beside {
        if let Some(device) = memory.devices.get_mut(one.device) {
            device.beside = device.beside.plus(one.spread());
        }
    }
    memory.beside = beside;
}

/// What a draft takes on each device: a model of its own, or further layers of the model itself. Both see as much
/// context as the model and put out one token for each sequence.
///
/// Source: llama.cpp v0.5.0 `common/speculative.cpp` (`common_base_params_to_speculative`).
pub(super) fn drafts(
    model: &Model,
    request: &Request,
    draft: Option<&Model>,
    settings: &LlamaCppSettings,
) -> Vec<BesideBytes> {
    let like = LlamaCppSettings {
        type_k: request.draft.type_k,
        type_v: request.draft.type_v,
        n_outputs_max: settings.n_seq_max.max(1),
        n_rs_seq: 0,
        load_mtp: false,
        n_cpu_moe: 0,
        ..settings.clone()
    };
    let mut all = Vec::new();
    if request.mtp && !model.geometry.mtp_layers.is_empty() {
        let settings = LlamaCppSettings { mtp_context: true, ..like.clone() };
        let need = Need::of(&model.geometry, &model.geometry, &settings);
        let layers = model.geometry.layers.len() + model.geometry.mtp_layers.len();
        let placement = Placement::of(layers, &settings);
        // Its weights are the model's own.
        let weights = vec![0; placement.devices()];
        let found = devices::of(weights, &need, &placement, &settings);
        all.extend(of_devices(BesideKind::Mtp, &found));
    }
    if let Some(draft) = draft {
        let most = draft.layers_with_output();
        let on_gpus = if settings.n_gpu_layers > 0 { most } else { 0 };
        let n_gpu_layers = request.draft.gpu_layers.unwrap_or(on_gpus).min(most);
        let settings = LlamaCppSettings { n_gpu_layers, ..like };
        let found = placed(&draft.geometry, &draft.need(&settings), &draft.weights, &settings);
        all.extend(of_devices(BesideKind::Draft, &found.devices));
    }
    all
}

fn of_devices(kind: BesideKind, devices: &[DeviceBytes]) -> impl Iterator<Item = BesideBytes> {
    devices.iter().enumerate().map(move |(device, found)| BesideBytes {
        kind,
        device,
        weights: found.weights,
        context: found.context.saturating_add(found.output),
        compute: found.compute,
    })
}

/// Adapters lie beside what they adapt: each device has as much of them as it has of the layers.
///
/// Source: llama.cpp v0.5.0 `src/llama-adapter.cpp`.
fn adapters(
    beside: &mut Vec<BesideBytes>,
    model: &Model,
    request: &Request,
    settings: &LlamaCppSettings,
) {
    let bytes = super::sum(request.adapters.iter().copied());
    let layers = model.geometry.layers.len();
    let placement = Placement::of(layers + model.geometry.mtp_layers.len(), settings);
    let share = bytes / (layers as u64).max(1);
    let none = ComputeBytes { source: ComputeSource::Formula, ..ComputeBytes::default() };
    let mut rest = bytes;
    for device in (0..placement.devices()).rev() {
        let here = (0..layers).filter(|layer| placement.of_layer(*layer) == device).count() as u64;
        let weights = if device == 0 { rest } else { share.saturating_mul(here).min(rest) };
        rest -= weights;
        if weights > 0 {
            let kind = BesideKind::Adapter;
            beside.push(BesideBytes { kind, device, weights, context: 0, compute: none });
        }
    }
}
