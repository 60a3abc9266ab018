//! `mlc-chat-config.json`, and the list of weights beside it: `tensor-cache.json`, formerly `ndarray-cache.json`
//! (mlc-llm `python/mlc_llm/protocol/mlc_chat_config.py`; tvm `runtime` tensor cache).

use super::values::{fill, text};
use crate::model::Json;
use crate::model::config_facts::{ConfigFacts, MlcFacts};
use crate::model::file_facts::TypeTotal;
use crate::model::order::greatest_first;

pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    let [kind, quantization, context, window, sinks, chunk, shards] = config.pick([
        "model_type",
        "quantization",
        "context_window_size",
        "sliding_window_size",
        "attention_sink_size",
        "prefill_chunk_size",
        "tensor_parallel_shards",
    ]);
    let mlc = of(facts);
    fill(&mut mlc.model_type, text(kind));
    fill(&mut mlc.quantization, text(quantization));
    // -1 stands for none.
    fill(&mut mlc.context_window, context.count());
    fill(&mut mlc.sliding_window, window.count());
    fill(&mut mlc.attention_sinks, sinks.count());
    fill(&mut mlc.prefill_chunk, chunk.count());
    fill(&mut mlc.tensor_parallel_shards, shards.count());
}

pub(super) fn read_weights(cache: Json<'_>, facts: &mut ConfigFacts) {
    let mlc = of(facts);
    if mlc.weight_bytes.is_some() {
        return;
    }
    let (mut shards, mut bytes) = (0, 0_u64);
    let mut types: Vec<TypeTotal> = Vec::new();
    for shard in cache.get("records").items() {
        let [size, tensors] = shard.pick(["nbytes", "records"]);
        shards += 1;
        bytes = bytes.saturating_add(size.count().unwrap_or(0));
        tensors.items().for_each(|tensor| add(tensor, &mut types));
    }
    mlc.shards = Some(shards);
    mlc.weight_bytes = Some(bytes.min(1 << 53));
    mlc.bits_per_weight = cache.at("metadata.BitsPerParam").number();
    mlc.types = greatest_first(&types, |total| total.bytes);
}

/// Types are few: `uint32` for packed weights, a float for the rest.
const MAX_TYPES: usize = 16;

fn add(tensor: Json<'_>, types: &mut Vec<TypeTotal>) {
    let [name, shape, bytes] = tensor.pick(["dtype", "shape", "nbytes"]);
    let Some(name) = name.text() else { return };
    let elements = shape.items().try_fold(1_u64, |all, size| all.checked_mul(size.count()?));
    if types.len() < MAX_TYPES && !types.iter().any(|total| total.name == name) {
        types.push(TypeTotal { name: name.to_string(), tensors: 0, elements: 0, bytes: 0 });
    }
    let Some(total) = types.iter_mut().find(|total| total.name == name) else { return };
    total.tensors += 1;
    total.elements = total.elements.saturating_add(elements.unwrap_or(0)).min(1 << 53);
    total.bytes = total.bytes.saturating_add(bytes.count().unwrap_or(0)).min(1 << 53);
}

fn of(facts: &mut ConfigFacts) -> &mut MlcFacts {
    facts.mlc.get_or_insert_default()
}
