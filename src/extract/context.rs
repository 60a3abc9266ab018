//! Context length: from `config.json`, else the GGUF header, else an assumption that is called one.

use super::Reading;
use crate::model::Grade;
use crate::model::listing::{Config, ListingItem};
use crate::model::metadata::ASSUMED_CONTEXT;

pub(crate) fn read(item: &ListingItem<'_>) -> Reading<u64> {
    item.config
        .valid()
        .and_then(from_config)
        .or_else(|| from_gguf(item))
        .unwrap_or_else(|| Reading::new(ASSUMED_CONTEXT, "default", Grade::Assumed))
}

/// A vision or audio model states it for the language model inside.
pub(super) fn from_config(config: &Config<'_>) -> Option<Reading<u64>> {
    let stated = config.context_keys().into_iter().find_map(|(key, field)| {
        let tokens = field.valid().copied().filter(|&tokens| tokens > 0)?;
        Some(Reading::new(tokens, source(key), Grade::Stated))
    });
    stated.or_else(|| from_config(config.inner()?))
}

fn source(key: &'static str) -> &'static str {
    match key {
        "max_position_embeddings" => "config.max_position_embeddings",
        "n_positions" => "config.n_positions",
        "max_seq_len" => "config.max_seq_len",
        "seq_length" => "config.seq_length",
        "n_ctx" => "config.n_ctx",
        _ => "config.context_length",
    }
}

pub(super) fn from_gguf(item: &ListingItem<'_>) -> Option<Reading<u64>> {
    let tokens = item.model_gguf()?.context_length.valid().copied().filter(|&tokens| tokens > 0)?;
    Some(Reading::new(tokens, "gguf.context_length", Grade::Stated))
}
