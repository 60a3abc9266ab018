//! Quantization: in `config.json`, and in the files that tools wrote before it could stand there.

use super::values::fill;
use crate::model::Json;
use crate::model::config_facts::{ConfigFacts, QuantizationScheme};

/// `config.json`, and `hf_quant_config.json` of `ModelOpt`.
pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    fill(&mut facts.quantization, QuantizationScheme::of_config(config));
}

/// `quantize_config.json` of `AutoGPTQ`: the object itself, without the name of the method.
pub(super) fn read_gptq(config: Json<'_>, facts: &mut ConfigFacts) {
    read_named("gptq", config, facts);
}

/// `quant_config.json` of `AutoAWQ`, likewise.
pub(super) fn read_awq(config: Json<'_>, facts: &mut ConfigFacts) {
    read_named("awq", config, facts);
}

fn read_named(method: &str, config: Json<'_>, facts: &mut ConfigFacts) {
    let stated = config.get("quant_method").text();
    let scheme = QuantizationScheme::of_method(stated.as_deref().unwrap_or(method), config);
    fill(&mut facts.quantization, Some(scheme));
}
