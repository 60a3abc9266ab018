//! Weights: what is loaded, and on which device.

use super::placement::Placement;
use crate::model::geometry::Geometry;
use crate::model::memory::LlamaCppSettings;
use crate::model::weight_layout::WeightLayout;

/// Bytes of weights on each device, the computer first.
///
/// Tables that are looked up stay with the computer. Embeddings that serve as the output matrix too are there twice
/// where the output is on a GPU. Source: llama.cpp v0.5.0 `src/llama-model.cpp` (`load_tensors`).
pub(super) fn by_device(
    geometry: &Geometry,
    layout: &WeightLayout,
    settings: &LlamaCppSettings,
    placement: &Placement,
) -> Vec<u64> {
    let mut devices = vec![0_u64; placement.devices()];
    let mut add = |device: usize, bytes: u64| put(&mut devices, device, bytes);
    add(0, layout.token_embedding.saturating_add(layout.other_input));
    let output_device = placement.of_layer(layout.layers.len());
    let tied = layout.output == 0 && geometry.tied_embeddings == Some(true) && output_device > 0;
    add(output_device, layout.output.saturating_add(layout.other_output));
    add(output_device, if tied { layout.token_embedding } else { 0 });
    for (index, layer) in layout.layers.iter().enumerate().take(loaded(geometry, settings)) {
        let device = placement.of_layer(index);
        add(device, layer.dense);
        add(if (index as u64) < settings.n_cpu_moe { 0 } else { device }, layer.experts);
    }
    devices
}

/// Bytes of weights that one token reads on each device, the computer first: all but tables that are looked up, and of
/// experts those that are used.
pub(super) fn read_by_device(
    geometry: &Geometry,
    layout: &WeightLayout,
    settings: &LlamaCppSettings,
    placement: &Placement,
) -> Vec<u64> {
    let mut devices = vec![0_u64; placement.devices()];
    let mut add = |device: usize, bytes: u64| put(&mut devices, device, bytes);
    let output = if layout.output == 0 { layout.token_embedding } else { layout.output };
    add(placement.of_layer(layout.layers.len()), output.saturating_add(layout.other_output));
    let experts = geometry.experts.unwrap_or_default();
    let used = |bytes: u64| bytes / experts.count.max(1) * experts.used.max(1);
    for (index, layer) in layout.layers.iter().enumerate().take(geometry.layers.len()) {
        let device = placement.of_layer(index);
        add(device, layer.dense);
        let on_computer = (index as u64) < settings.n_cpu_moe;
        add(if on_computer { 0 } else { device }, used(layer.experts));
    }
    devices
}

/// Bytes of weights that a CPU with AVX2 gets laid out anew: in a buffer of their own, while the pages of a mapped file
/// that they came from stay behind. Where there is a GPU, what stays with the computer lies as the GPU would read it.
///
/// Source: llama.cpp v0.5.0 `src/llama-model.cpp` (`make_cpu_buft_list`).
pub(super) fn repacked(
    geometry: &Geometry,
    layout: &WeightLayout,
    settings: &LlamaCppSettings,
) -> u64 {
    if settings.n_gpu_layers > 0 {
        return 0;
    }
    let layers = layout.layers.iter().take(loaded(geometry, settings));
    layers.fold(layout.repacked, |sum, layer| sum.saturating_add(layer.repacked))
}

/// How many layers are loaded: those that predict further tokens where they are wanted.
fn loaded(geometry: &Geometry, settings: &LlamaCppSettings) -> usize {
    let all = settings.load_mtp && !never_loads_mtp(geometry);
    if all { usize::MAX } else { geometry.layers.len() }
}

/// Architectures whose further layers llama.cpp cannot use yet.
fn never_loads_mtp(geometry: &Geometry) -> bool {
    matches!(
        geometry.architecture.as_str(),
        "bailingmoe2" | "exaone-moe" | "exaone4" | "glm4" | "dots3note"
    )
}

fn put(devices: &mut [u64], device: usize, bytes: u64) {
    if let Some(sum) = devices.get_mut(device) {
        *sum = sum.saturating_add(bytes);
    }
}
