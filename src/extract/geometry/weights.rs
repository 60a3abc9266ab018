//! Where the weights of a GGUF file belong, by the names of its tensors.

use crate::format::gguf::{GgufFacts, Tensor};
use crate::model::weight_layout::{LayerWeights, WeightLayout};

/// The most layers llama.cpp has room for (`LLAMA_MAX_LAYERS`).
const MAX_LAYERS: usize = 512;

/// The weights of a GGUF file by where they belong, each tensor with what aligns the next. Of a split model, those
/// in this file.
///
/// Source: llama.cpp v0.5.0 `src/llama-arch.cpp` (`LLM_TENSOR_NAMES`, `LLM_TENSOR_INFOS`).
#[must_use]
pub fn weights_of_gguf(facts: &GgufFacts) -> WeightLayout {
    let mut layout = WeightLayout::default();
    for tensor in &facts.tensors {
        let padded = |bytes: u64| bytes.checked_next_multiple_of(facts.alignment).unwrap_or(bytes);
        let bytes = tensor.bytes.map_or(0, padded);
        let part = part(&mut layout, tensor);
        *part = part.saturating_add(bytes);
    }
    layout
}

/// The sum that a tensor counts to.
fn part<'a>(layout: &'a mut WeightLayout, tensor: &Tensor) -> &'a mut u64 {
    if let Some(layer) = layer(&tensor.name) {
        if layout.layers.len() <= layer {
            layout.layers.resize(layer + 1, LayerWeights::default());
        }
        if let Some(weights) = layout.layers.get_mut(layer) {
            let chosen = tensor.name.contains("_exps.");
            return if chosen { &mut weights.experts } else { &mut weights.dense };
        }
    }
    match tensor.name.as_str() {
        "token_embd.weight" => &mut layout.token_embedding,
        "position_embd.weight" | "token_types.weight" | "per_layer_token_embd.weight" => {
            &mut layout.other_input
        }
        "output.weight" => &mut layout.output,
        _ => &mut layout.other_output,
    }
}

/// The layer of `blk.7.attn_q.weight`; the parts of T5 are called `enc.blk.7` and `dec.blk.7`.
fn layer(name: &str) -> Option<usize> {
    let (before, after) = name.split_once("blk.")?;
    let number = after.split('.').next()?.parse().ok()?;
    (matches!(before, "" | "enc." | "dec.") && number < MAX_LAYERS).then_some(number)
}
