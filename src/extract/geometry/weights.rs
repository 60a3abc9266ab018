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
        let [part, repacked] = parts(&mut layout, tensor);
        *part = part.saturating_add(bytes);
        *repacked = repacked.saturating_add(if is_repacked(tensor) { bytes } else { 0 });
    }
    layout
}

/// Types that llama.cpp interleaves by eight rows for CPUs with AVX2.
const REPACKED: [&str; 4] = ["Q4_0", "Q4_K", "IQ4_NL", "MXFP4"];
const REPACKED_ROWS: u64 = 8;

/// Whether llama.cpp lays a tensor out anew when a CPU with AVX2 is to multiply by it: matrices, and the experts that are
/// matrices over each other. Tables that are looked up stay, and so do the heads of latent attention, whose matrices
/// over each other are no experts.
///
/// Source: llama.cpp v0.5.0 `ggml/src/ggml-cpu/repack.cpp` (`ggml_repack_get_optimal_repack_type`, `supports_op`).
fn is_repacked(tensor: &Tensor) -> bool {
    let shape = tensor.dims.iter().rposition(|length| *length > 1).map_or(0, |last| last + 1);
    let multiplied = match shape {
        2 => !is_looked_up(&tensor.name),
        3 => is_expert(&tensor.name),
        _ => false,
    };
    multiplied
        && tensor.dims.get(1).is_some_and(|rows| rows.is_multiple_of(REPACKED_ROWS))
        && tensor.tensor_type.name().is_some_and(|name| REPACKED.contains(&name))
}

fn is_expert(name: &str) -> bool {
    name.contains("_exps.")
}

fn is_looked_up(name: &str) -> bool {
    name == "token_embd.weight" || is_other_table(name)
}

fn is_other_table(name: &str) -> bool {
    matches!(name, "position_embd.weight" | "token_types.weight" | "per_layer_token_embd.weight")
}

/// The sum that a tensor counts to, and that of what is laid out anew.
fn parts<'a>(layout: &'a mut WeightLayout, tensor: &Tensor) -> [&'a mut u64; 2] {
    if let Some(layer) = layer(&tensor.name) {
        if layout.layers.len() <= layer {
            layout.layers.resize(layer + 1, LayerWeights::default());
        }
        if let Some(weights) = layout.layers.get_mut(layer) {
            let LayerWeights { dense, experts, repacked } = weights;
            return [if is_expert(&tensor.name) { experts } else { dense }, repacked];
        }
    }
    let part = match tensor.name.as_str() {
        "token_embd.weight" => &mut layout.token_embedding,
        name if is_other_table(name) => &mut layout.other_input,
        "output.weight" => &mut layout.output,
        _ => &mut layout.other_output,
    };
    [part, &mut layout.repacked]
}

/// The layer of `blk.7.attn_q.weight`; the parts of T5 are called `enc.blk.7` and `dec.blk.7`.
fn layer(name: &str) -> Option<usize> {
    let (before, after) = name.split_once("blk.")?;
    let number = after.split('.').next()?.parse().ok()?;
    (matches!(before, "" | "enc." | "dec.") && number < MAX_LAYERS).then_some(number)
}
