//! What `config.json` says of a checkpoint's quantization.

use super::config;
use super::methods::{self, Method, Storage};
use super::pattern::Modules;
use crate::error::Result;
use crate::model::json;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// How a checkpoint is quantized, in the words of its config.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuantizationScheme {
    /// The method: `gptq`, `compressed-tensors`, `mlx`. A method this version does not know is as the config
    /// spells it.
    pub method: String,
    /// The bits of one weight, without what its group shares; none where the config does not say, or where groups
    /// differ.
    pub bits: Option<f64>,
    /// How many weights share a scale; none where the config does not say, or a whole row does.
    pub group_size: Option<u64>,
    /// The variant of the method: `pack-quantized`, `nf4`, `gemm`, `affine`.
    pub format: Option<String>,
    /// The type that the checkpoint wants its KV cache in.
    pub kv_cache_dtype: Option<String>,
}

/// A quantized checkpoint: its scheme, and what is needed to count its parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantization {
    /// The scheme.
    pub scheme: QuantizationScheme,
    pub(super) storage: Storage,
    /// compressed-tensors' groups, in order.
    pub(super) groups: Vec<Group>,
    /// Modules that are not quantized: whole names and expressions, and parts of names.
    pub(super) ignored: Modules,
    pub(super) skipped: Modules,
    /// MLX's settings per module: its bits.
    pub(super) overrides: BTreeMap<String, f64>,
    /// Whether the config has settings for single modules that are not followed here.
    pub(super) partly_read: bool,
    /// The bits of experts that are narrower than the rest.
    pub(super) expert_bits: Option<f64>,
}

/// A group of modules with bits of their own.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    pub(super) targets: Modules,
    pub(super) bits: Option<f64>,
    pub(super) format: Option<String>,
}

/// The keys of a config that matter here.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Stated {
    quantization_config: Value,
    compression_config: Value,
    quantization: Value,
    expert_dtype: Value,
    text_config: Value,
}

impl Quantization {
    /// Reads it from `config.json`, or from `ModelOpt`'s `hf_quant_config.json`; none where nothing is quantized.
    ///
    /// Multi-modal models have it inside `text_config`.
    pub fn from_config(json: &[u8]) -> Result<Option<Self>> {
        let stated: Stated = json::parse("a config", json)?;
        let inner = |key: &str| stated.text_config.get(key).unwrap_or(&Value::Null);
        let expert_dtype = stated.expert_dtype.as_str().or(inner("expert_dtype").as_str());
        let mut found = [
            &stated.quantization,
            &stated.quantization_config,
            &stated.compression_config,
            inner("quantization"),
            inner("quantization_config"),
        ]
        .into_iter();
        Ok(found.find_map(|value| Self::from_value(value, expert_dtype)))
    }

    /// The names of all methods that this version knows, transformers' first.
    pub fn methods() -> impl Iterator<Item = &'static str> {
        methods::METHODS.iter().map(|method| method.name)
    }

    fn from_value(value: &Value, expert_dtype: Option<&str>) -> Option<Self> {
        let name = method_name(value)?;
        let method = methods::find(name);
        let expert_dtype = expert_dtype.or_else(|| value.get("expert_dtype")?.as_str());
        let skipped = ["modules_to_not_convert", "llm_int8_skip_modules", "ignored_layers"];
        let skipped = skipped.into_iter().flat_map(|key| config::texts(value, key));
        Some(Self {
            scheme: scheme(name, method, value),
            storage: method.map_or(Storage::Opaque, |method| method.storage),
            groups: groups(value),
            ignored: Modules::of_targets(config::texts(value, "ignore")),
            skipped: Modules::of_parts(skipped),
            overrides: overrides(value),
            partly_read: is_partly_read(value),
            expert_bits: expert_dtype.and_then(config::width),
        })
    }
}

/// The method a config states, or that its keys give away.
fn method_name(value: &Value) -> Option<&str> {
    let has = |key: &str| value.get(key).is_some_and(|value| !value.is_null());
    if let Some(name) = value.get("quant_method").and_then(Value::as_str) {
        return Some(name);
    }
    if has("load_in_4bit") || has("load_in_8bit") {
        return Some("bitsandbytes");
    }
    if has("quant_algo") {
        return Some("modelopt");
    }
    if has("config_groups") {
        return Some("compressed-tensors");
    }
    // MLX writes no method, and the same object under both names.
    (has("bits") && has("group_size")).then_some("mlx")
}

fn scheme(name: &str, method: Option<&Method>, value: &Value) -> QuantizationScheme {
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

/// Settings by module in forms that are not followed: `GPTQModel`'s `dynamic`, `AutoRound`'s `extra_config`, Gemma's
/// `module_quant_configs`; and bitsandbytes' bytes inside elements of another type.
fn is_partly_read(value: &Value) -> bool {
    let filled =
        |key: &str| value.get(key).and_then(Value::as_object).is_some_and(|map| !map.is_empty());
    let storage = value.get("bnb_4bit_quant_storage").and_then(Value::as_str);
    ["dynamic", "extra_config", "module_quant_configs"].into_iter().any(filled)
        || storage.is_some_and(|storage| storage != "uint8")
}

/// AQLM: each group of weights is one entry of each codebook.
fn codebook_bits(method: &str, value: &Value) -> Option<f64> {
    let number = |key, default| value.get(key).and_then(Value::as_f64).unwrap_or(default);
    let weights = number("in_group_size", 8.0) * number("out_group_size", 1.0);
    let bits = number("nbits_per_codebook", 16.0) * number("num_codebooks", 1.0) / weights;
    (method == "aqlm" && bits.is_finite()).then_some(bits)
}

fn groups(value: &Value) -> Vec<Group> {
    let groups = value.get("config_groups").and_then(Value::as_object);
    let group = |group: &Value| Group {
        targets: Modules::of_targets(config::texts(group, "targets")),
        bits: config::bits(group, &["weights.num_bits"]),
        format: config::text(group, &["format"]),
    };
    groups.into_iter().flat_map(|groups| groups.values()).map(group).collect()
}

/// MLX: entries named after a module, each with bits of its own.
fn overrides(value: &Value) -> BTreeMap<String, f64> {
    let entries = value.as_object().into_iter().flatten();
    let bits = entries.filter_map(|(key, entry)| Some((key, config::bits(entry, &["bits"])?)));
    bits.map(|(key, bits)| (key.clone(), bits)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn scheme_of(config: &Value) -> QuantizationScheme {
        let config = json!({ "quantization_config": config }).to_string();
        Quantization::from_config(config.as_bytes()).unwrap().unwrap().scheme
    }

    #[test]
    fn methods_that_are_not_named() {
        for (config, method) in [
            (json!({ "load_in_4bit": true }), "bitsandbytes"),
            (json!({ "quant_algo": "FP8" }), "modelopt"),
            (json!({ "bits": 4, "group_size": 64 }), "mlx"),
            (json!({ "config_groups": {} }), "compressed-tensors"),
            (json!({ "quant_method": "bitsandbytes_4bit" }), "bitsandbytes"),
            (json!({ "quant_method": "GPTQ" }), "gptq"),
            (json!({ "quant_method": "not-yet-invented", "bits": 5 }), "not-yet-invented"),
        ] {
            assert_eq!(scheme_of(&config).method, method, "{config}");
        }
    }

    #[test]
    fn where_it_stands() {
        let read =
            |config: Value| Quantization::from_config(config.to_string().as_bytes()).unwrap();
        let method = |config| read(config).map(|found| found.scheme.method);
        assert_eq!(
            method(json!({ "text_config": { "quantization_config": { "quant_method": "awq" } } }))
                .as_deref(),
            Some("awq")
        );
        assert_eq!(method(json!({ "producer": { "name": "modelopt" }, "quantization": { "quant_algo": "NVFP4" } })).as_deref(), Some("modelopt"));
        for none in [
            json!({}),
            json!({ "quantization_config": null }),
            json!({ "quantization_config": [] }),
            json!({ "quantization": { "enabled": false } }),
        ] {
            assert_eq!(read(none), None);
        }
        assert_eq!(Quantization::from_config(b"<html>").unwrap_err().code(), "invalid_json");
    }

    #[test]
    fn experts_of_their_own_width() {
        let config =
            json!({ "expert_dtype": "fp4", "quantization_config": { "quant_method": "fp8" } })
                .to_string();
        let found = Quantization::from_config(config.as_bytes()).unwrap().unwrap();
        assert_eq!((found.expert_bits, found.scheme.bits), (Some(4.0), Some(8.0)));
    }
}
