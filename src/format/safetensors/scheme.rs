//! How a checkpoint is quantized, in the words of its config.

use super::config;
use super::methods::{self, Method};
use crate::model::Json;
use crate::model::config_facts::QuantizationScheme;
use std::borrow::Cow;

impl QuantizationScheme {
    /// Reads it from a `config.json`, or from `ModelOpt`'s `hf_quant_config.json`; none where nothing is quantized.
    #[must_use]
    pub fn of_config(config: Json<'_>) -> Option<Self> {
        places(config.pick(KEYS)).into_iter().find_map(Self::of)
    }

    /// Reads it from a `quantization_config`; none where that names no method and has none's keys.
    #[must_use]
    pub fn of(value: Json<'_>) -> Option<Self> {
        Some(Self::of_method(&method_name(value)?, value))
    }

    /// Reads it from the config of a method, whether the config names that or not.
    #[must_use]
    pub fn of_method(name: &str, value: Json<'_>) -> Self {
        scheme(name, methods::find(name), value)
    }
}

/// The keys of a config that matter here.
pub(super) const KEYS: [&str; 5] =
    ["quantization", "quantization_config", "compression_config", "expert_dtype", "text_config"];

/// Where a config may say it; multi-modal models have it inside `text_config`.
pub(super) fn places(keys: [Json<'_>; 5]) -> [Json<'_>; 5] {
    let [plain, named, compression, _, text] = keys;
    let [inner, inner_named] = text.pick(["quantization", "quantization_config"]);
    [plain, named, compression, inner, inner_named]
}

/// The method a config states, or that its keys give away.
pub(super) fn method_name(value: Json<'_>) -> Option<Cow<'_, str>> {
    let has = |key: &str| !value.get(key).is_missing();
    let given_away = || {
        let bits = has("load_in_4bit") || has("load_in_8bit");
        match () {
            () if bits => Some("bitsandbytes"),
            () if has("quant_algo") => Some("modelopt"),
            () if has("config_groups") => Some("compressed-tensors"),
            // MLX writes no method, and the same object under both names.
            () => (has("bits") && has("group_size")).then_some("mlx"),
        }
    };
    value.get("quant_method").text().or_else(|| given_away().map(Cow::Borrowed))
}

fn scheme(name: &str, method: Option<&Method>, value: Json<'_>) -> QuantizationScheme {
    let Some(method) = method else {
        return QuantizationScheme {
            method: name.to_owned(),
            bits: config::bits(value, &["bits", "load_in_4bit", "load_in_8bit"]),
            group_size: config::count(value, &["group_size"]),
            format: config::text(value, &["format"]),
            kv_cache_dtype: config::kv_cache_dtype(value),
        };
    };
    let bits = config::bits(value, method.bits).or_else(|| codebook_bits(method.name, value));
    let format = config::text(value, method.format);
    let block = format.as_deref().and_then(block_of);
    let states_groups = config::states(value, method.group_size);
    let group_size = config::count(value, method.group_size);
    QuantizationScheme {
        method: method.name.to_owned(),
        bits: bits.or(method.default_bits),
        group_size: if states_groups { group_size } else { block.or(method.default_group_size) },
        format,
        kv_cache_dtype: config::kv_cache_dtype(value),
    }
}

/// Micro-scaled formats have blocks of one size each.
fn block_of(format: &str) -> Option<u64> {
    let of_name = |name| format.contains(name);
    if of_name("mxfp") { Some(32) } else { of_name("nvfp4").then_some(16) }
}

/// AQLM: each group of weights is one entry of each codebook.
fn codebook_bits(method: &str, value: Json<'_>) -> Option<f64> {
    let number = |key, default| value.get(key).number().unwrap_or(default);
    let weights = number("in_group_size", 8.0) * number("out_group_size", 1.0);
    let bits = number("nbits_per_codebook", 16.0) * number("num_codebooks", 1.0) / weights;
    (method == "aqlm" && bits.is_finite()).then_some(bits)
}
