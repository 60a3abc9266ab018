//! Settings that vLLM refuses.

use super::settings::VllmSettings;
use crate::memory::answer::Answer;
use crate::memory::ask::Ask;

/// Settings that vLLM refuses. Source: vLLM 0.33.0, `vllm/config/`.
pub(super) fn tell(
    ask: &Ask<'_>,
    settings: &VllmSettings,
    (max_model_len, batch): (u64, (u64, u64)),
    answer: &mut Answer,
) {
    let geometry = ask.geometry;
    let share = settings.gpu_memory_utilization;
    if !(share > 0.0 && share <= 1.0) {
        let message = "vLLM refuses it: gpu_memory_utilization is above 0 and at most 1".to_owned();
        answer.refused("gpu_memory_utilization", message);
    }
    for (name, value) in [
        ("tensor_parallel_size", settings.tensor_parallel_size),
        ("pipeline_parallel_size", settings.pipeline_parallel_size),
        ("block_size", settings.block_size),
    ] {
        if value == 0 {
            answer.refused(name, format!("vLLM refuses it: {name} is at least 1"));
        }
    }
    let shards = settings.tensor_parallel_size.max(1);
    let heads = geometry.layers.iter().map(|layer| layer.heads).max().unwrap_or(0);
    if heads % shards != 0 {
        let message = format!("vLLM refuses it: {shards} GPUs do not divide {heads} heads");
        answer.refused("tensor_parallel_size", message);
    }
    if settings.pipeline_parallel_size > geometry.layers.len().max(1) as u64 {
        let message = format!("vLLM refuses it: there are {} layers", geometry.layers.len());
        answer.refused("pipeline_parallel_size", message);
    }
    let most = geometry.context_length;
    if let Some(asked) = settings.max_model_len.filter(|asked| most > 0 && *asked > most) {
        let message = format!(
            "vLLM refuses {asked} tokens of a model made for {most}, unless VLLM_ALLOW_LONG_MAX_MODEL_LEN=1"
        );
        answer.refused("max_model_len", message);
    }
    if batch.0 < batch.1 {
        let message = format!(
            "vLLM refuses it: {} tokens in a step are fewer than {} sequences",
            batch.0, batch.1
        );
        answer.refused("max_num_batched_tokens", message);
    }
    if ask.context.is_some_and(|asked| asked > max_model_len) {
        let message = format!("vLLM refuses requests of more than {max_model_len} tokens");
        answer.refused("context", message);
    }
}
