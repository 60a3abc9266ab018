//! What an architecture is for, and which layers of it predict further tokens.

use super::gguf_keys::Keys;
use crate::model::geometry::Role;

/// Reads a text at once.
const ENCODERS: [&str; 11] = [
    "bert",
    "eurobert",
    "gemma-embedding",
    "jina-bert-v2",
    "jina-bert-v3",
    "modern-bert",
    "neo-bert",
    "nomic-bert",
    "nomic-bert-moe",
    "t5encoder",
    "wavtokenizer-dec",
];

pub(super) fn role(architecture: &str) -> Role {
    match architecture {
        "t5" => Role::EncoderDecoder,
        "dream" | "llada" | "llada-moe" | "rnd1" => Role::Diffusion,
        other if ENCODERS.contains(&other) => Role::Encoder,
        _ => Role::Decoder,
    }
}

/// How many of the last layers predict further tokens. Files of DeepSeek-V4 count them whether they hold them or
/// not; llama.cpp looks for a tensor of the first.
pub(super) fn mtp_layers(keys: &Keys<'_>) -> usize {
    let count = usize::try_from(keys.or_zero("nextn_predict_layers")).unwrap_or(0);
    let trunk = keys.layers.saturating_sub(count);
    if count > 0 && keys.architecture == "deepseek4" {
        let probe = format!("blk.{trunk}.nextn.eh_proj.weight");
        let found = keys.source.has_tensor(&probe);
        return if found { count } else { 0 };
    }
    keys.layers - trunk
}
