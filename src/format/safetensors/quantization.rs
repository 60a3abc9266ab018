//! What `config.json` says of a checkpoint's quantization.

use super::methods::{self, Storage};
use super::pattern::Modules;
use super::{config, scheme};
use crate::error::Result;
use crate::model::Json;
use crate::model::config_facts::QuantizationScheme;
use crate::model::order::by_name;
use std::borrow::Cow;

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
    /// MLX's settings per module: its bits, in the order of the modules' names.
    pub(super) overrides: Vec<(String, f64)>,
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

impl Quantization {
    /// Reads it from `config.json`, or from `ModelOpt`'s `hf_quant_config.json`; none where nothing is quantized.
    ///
    /// Multi-modal models have it inside `text_config`.
    pub fn from_config(json: &[u8]) -> Result<Option<Self>> {
        let keys = Json::read("a config", json, scheme::KEYS)?;
        let [.., experts, inner] = keys;
        let experts = experts.text().or_else(|| inner.get("expert_dtype").text());
        let mut places = scheme::places(keys).into_iter();
        Ok(places.find_map(|place| Self::from_value(place, experts.as_deref())))
    }

    /// The names of all methods that this version knows, transformers' first.
    pub fn methods() -> impl Iterator<Item = &'static str> {
        methods::METHODS.iter().map(|method| method.name)
    }

    fn from_value(value: Json<'_>, expert_dtype: Option<&str>) -> Option<Self> {
        let name = scheme::method_name(value)?;
        let own = value.get("expert_dtype").text();
        let skipped = ["modules_to_not_convert", "llm_int8_skip_modules", "ignored_layers"];
        let skipped = skipped.map(|key| value.get(key)).into_iter().flat_map(Json::items);
        Some(Self {
            scheme: QuantizationScheme::of_method(&name, value),
            storage: methods::find(&name).map_or(Storage::Opaque, |method| method.storage),
            groups: groups(value),
            ignored: Modules::of_targets(value.get("ignore").items()),
            skipped: Modules::of_parts(skipped),
            overrides: overrides(value),
            partly_read: is_partly_read(value),
            expert_bits: expert_dtype.or(own.as_deref()).and_then(config::width),
        })
    }
}

/// Settings by module in forms that are not followed: `GPTQModel`'s `dynamic`, `AutoRound`'s `extra_config`, Gemma's
/// `module_quant_configs`; and bitsandbytes' bytes inside elements of another type.
fn is_partly_read(value: Json<'_>) -> bool {
    let filled = |key: &str| value.get(key).entries().next().is_some();
    let storage = value.get("bnb_4bit_quant_storage").text();
    ["dynamic", "extra_config", "module_quant_configs"].into_iter().any(filled)
        || storage.is_some_and(|storage| storage != "uint8")
}

fn groups(value: Json<'_>) -> Vec<Group> {
    let group = |group: Json<'_>| Group {
        targets: Modules::of_targets(group.get("targets").items()),
        bits: config::bits(group, &["weights.num_bits"]),
        format: config::text(group, &["format"]),
    };
    value.get("config_groups").entries().map(|(_, entry)| group(entry)).collect()
}

/// MLX: entries named after a module, each with bits of its own.
fn overrides(value: Json<'_>) -> Vec<(String, f64)> {
    let bits = |(key, entry): (Cow<'_, str>, Json<'_>)| {
        Some((key.into_owned(), config::bits(entry, &["bits"])?))
    };
    by_name(value.entries().filter_map(bits).collect(), |(module, _)| module)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

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
