//! What vLLM takes beside caches, on each GPU.

use super::settings::VllmSettings;
use crate::memory::ask::Ask;
use crate::memory::quantity::{GIB, MIB, scaled_up, sum, times};
use crate::memory::step::Step;
use crate::model::runtime_memory::Weights;
use crate::model::spread::Spread;

/// Bytes that a sampler keeps for each token of the vocabulary and each sequence while vLLM looks for the peak: the
/// logits, sorted ones with their places, probabilities and their sums. Nine figures of seven models agree within 4%.
///
/// Source: llm-d-planner `docs/empirical-vllm-memory-results.md` (H100, 1024 sequences).
const SAMPLER_BYTES: u64 = 38;

/// Layers of each stage of a pipeline: as many each, the rest from the last but one backwards.
///
/// Source: vLLM 0.33.0, `vllm/distributed/utils.py` (`get_pp_indices`).
pub(super) fn stages(layers: usize, count: u64) -> Vec<(usize, usize)> {
    let count = usize::try_from(count).unwrap_or(usize::MAX).clamp(1, layers.max(1));
    let (each, rest) = (layers / count, layers % count);
    let mut from = 0;
    let mut stages = Vec::new();
    for stage in 0..count {
        let backwards = count - 1 - stage;
        let more = usize::from(backwards >= 1 && backwards <= rest);
        stages.push((from, from + each + more));
        from += each + more;
    }
    stages
}

/// Weights of a stage on each of the GPUs that share it: split evenly, but for norms and what is looked up.
pub(super) fn weights(
    ask: &Ask<'_>,
    stage: usize,
    stages: &[(usize, usize)],
    shards: u64,
) -> Spread {
    let shards = shards.max(1);
    let all = stage_bytes(ask, stage, stages);
    let each = all / shards;
    let replicated = if shards > 1 { each / 400 + 32 * MIB } else { 16 * MIB };
    Spread::of(each, each.saturating_add(replicated), each.saturating_add(each / 50 + 64 * MIB))
}

fn stage_bytes(ask: &Ask<'_>, stage: usize, stages: &[(usize, usize)]) -> u64 {
    let (first, last) = (stage == 0, stage + 1 == stages.len());
    let Weights::Layout(layout) = ask.weights else {
        return ask.weights.bytes().div_ceil(stages.len().max(1) as u64);
    };
    let (from, to) = stages.get(stage).copied().unwrap_or_default();
    let layers = layout.layers.get(from..to.min(layout.layers.len())).unwrap_or_default();
    let mut bytes = sum(layers.iter().map(|layer| layer.bytes()));
    let tied = layout.output == 0 && !first;
    for (here, part) in [
        (first, layout.token_embedding),
        (first, layout.other_input),
        (last, layout.output),
        (last, layout.other_output),
        (last && tied, layout.token_embedding),
    ] {
        bytes = bytes.saturating_add(if here { part } else { 0 });
    }
    bytes
}

/// The peak that vLLM measures before it gives memory to caches: a step with as many tokens as it takes, and a
/// sampler with as many sequences, each of which has all logits on every GPU.
pub(super) fn activation(
    ask: &Ask<'_>,
    tokens: u64,
    sequences: u64,
    settings: &VllmSettings,
) -> Spread {
    let element = settings.dtype_bytes;
    let step = Step::of(ask.geometry);
    let forward = step.forward(tokens, element) / settings.tensor_parallel_size.max(1);
    let stream = times(&[tokens, ask.geometry.embedding_length, 2, element]);
    let sampler = step.logits(sequences.min(tokens), SAMPLER_BYTES);
    let expected = forward.max(sampler.saturating_add(stream));
    let low = forward.max(step.logits(sequences.min(tokens), 4)) / 2;
    Spread::of(low, expected, expected.saturating_add(expected / 4).saturating_add(GIB))
}

/// What is taken beside tensors: contexts of the driver, buffers of communication.
pub(super) fn non_torch(shards: u64) -> Spread {
    let tenths =
        |low, expected, high| Spread::of(low * GIB / 20, expected * GIB / 20, high * GIB / 20);
    if shards > 1 { tenths(5, 12, 30) } else { tenths(2, 3, 8) }
}

/// CUDA graphs.
pub(super) fn graphs(settings: &VllmSettings) -> Spread {
    if settings.enforce_eager { Spread::default() } else { Spread::of(0, 2 * GIB / 5, 5 * GIB / 4) }
}

/// What vLLM takes of a GPU. Source: vLLM 0.33.0, `vllm/v1/worker/utils.py` (`request_memory`).
pub(super) fn requested(total: u64, settings: &VllmSettings) -> u64 {
    let share = settings.gpu_memory_utilization;
    scaled_up(total, if share > 0.0 && share <= 1.0 { share } else { 1.0 })
}

/// Tokens and sequences of a step where nothing is set, by the GPU's memory.
///
/// Source: vLLM 0.33.0, `vllm/engine/arg_utils.py` (`get_batch_defaults`), a server's.
pub(super) fn batch(ask: &Ask<'_>, settings: &VllmSettings, max_model_len: u64) -> (u64, u64) {
    let device = ask.smallest_device(1);
    let memory = device.map_or(0, |device| device.memory_bytes);
    let a100 = device.is_some_and(|device| device.name.contains("A100"));
    let (tokens, sequences) = if memory >= 160 * GIB {
        (16_384, 1024)
    } else if memory >= 70 * GIB && !a100 {
        (8192, 1024)
    } else {
        (2048, 256)
    };
    let most = settings.max_num_seqs.unwrap_or(sequences).saturating_mul(max_model_len).max(1);
    let tokens = settings.max_num_batched_tokens.unwrap_or(most.min(tokens)).max(1);
    (tokens, settings.max_num_seqs.unwrap_or(sequences.min(tokens)).max(1))
}
