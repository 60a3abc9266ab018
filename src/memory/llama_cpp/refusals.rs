//! Settings that llama.cpp refuses, changes or fails at.

use super::caches::keys_only;
use super::context::MAX_SEQUENCES;
use crate::model::geometry::{Geometry, Layer, Role};
use crate::model::memory::{CacheType, FlashAttention, LlamaCppSettings};
use crate::model::{Finding, Severity};

/// What llama.cpp has to say of the settings.
///
/// Source: llama.cpp v0.5.0 `src/llama-context.cpp` (`llama_init_from_model`); what it fails at was measured.
pub(super) fn of(geometry: &Geometry, settings: &LlamaCppSettings) -> Vec<Finding> {
    let rules = [
        many_sequences,
        types_differ,
        values_need_flash_attention,
        grok,
        keys_in_blocks,
        values_in_blocks,
        draft_layers,
        t5_sequences,
    ];
    rules.iter().filter_map(|rule| rule(geometry, settings)).collect()
}

fn finding(code: &str, severity: Severity, field: &str, message: String) -> Finding {
    Finding::new(code, severity, field, message)
}

fn refused(code: &str, field: &str, message: String) -> Finding {
    finding(code, Severity::Error, field, message)
}

fn many_sequences(_: &Geometry, settings: &LlamaCppSettings) -> Option<Finding> {
    let asked = settings.n_seq_max;
    let message = || format!("llama.cpp refuses {asked} sequences: at most {MAX_SEQUENCES}");
    (asked > MAX_SEQUENCES).then(|| refused("too_many_sequences", "nSeqMax", message()))
}

fn types_differ(geometry: &Geometry, settings: &LlamaCppSettings) -> Option<Finding> {
    let (keys, values) = (settings.type_k.name(), settings.type_v.name());
    let message = || {
        format!("llama.cpp keeps one latent for keys and values: it refuses {keys} beside {values}")
    };
    let differ = keys_only(geometry) && keys != values;
    differ.then(|| refused("cache_types_differ", "typeV", message()))
}

fn values_need_flash_attention(
    geometry: &Geometry,
    settings: &LlamaCppSettings,
) -> Option<Finding> {
    let off = settings.flash_attn == FlashAttention::Off || geometry.architecture == "grok";
    let name = settings.type_v.name();
    let message = || format!("llama.cpp refuses values in {name} without flash attention");
    let needed = off && settings.type_v.is_quantized();
    needed.then(|| refused("quantized_values_need_flash_attention", "typeV", message()))
}

fn grok(geometry: &Geometry, settings: &LlamaCppSettings) -> Option<Finding> {
    let message = || "llama.cpp turns flash attention off for Grok".to_owned();
    let forced = geometry.architecture == "grok" && settings.flash_attn == FlashAttention::On;
    forced.then(|| finding("flash_attention_forced_off", Severity::Warning, "flashAttn", message()))
}

/// With flash attention llama.cpp refuses it; without, it ends at an assertion.
fn keys_in_blocks(geometry: &Geometry, settings: &LlamaCppSettings) -> Option<Finding> {
    in_blocks(geometry, settings.type_k, "typeK", "keys", |layer| layer.key_length)
}

fn values_in_blocks(geometry: &Geometry, settings: &LlamaCppSettings) -> Option<Finding> {
    in_blocks(geometry, settings.type_v, "typeV", "values", |layer| layer.value_length)
}

fn in_blocks(
    geometry: &Geometry,
    kind: CacheType,
    field: &str,
    what: &str,
    length: fn(&Layer) -> u64,
) -> Option<Finding> {
    let (block, name) = (kind.block(), kind.name());
    let odd = geometry.layers.iter().map(length).find(|length| length % block != 0)?;
    let message = format!(
        "llama.cpp refuses {what} in {name}: its blocks of {block} do not divide a head of {odd}"
    );
    Some(refused("cache_block_size", field, message))
}

fn draft_layers(geometry: &Geometry, settings: &LlamaCppSettings) -> Option<Finding> {
    let message = || "the model has no layers that predict further tokens".to_owned();
    let none = settings.mtp_context && geometry.mtp_layers.is_empty();
    none.then(|| refused("no_mtp_layers", "mtpContext", message()))
}

fn t5_sequences(geometry: &Geometry, settings: &LlamaCppSettings) -> Option<Finding> {
    let message = || {
        "llama.cpp fails at an assertion with several sequences of an encoder-decoder".to_owned()
    };
    let several =
        geometry.role == Role::EncoderDecoder && settings.n_seq_max > 1 && !settings.kv_unified;
    several.then(|| refused("encoder_decoder_sequences", "nSeqMax", message()))
}
