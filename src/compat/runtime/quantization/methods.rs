//! What the runtimes' lists call the way that a variant is packed.

use crate::compat::runtime::case::Case;
use crate::model::config_facts::QuantizationScheme;

/// The method, as `config.json` names it; none where weights are not quantized, or nothing is known.
pub(super) fn of(case: &Case<'_, '_>) -> Option<String> {
    match case.format() {
        "gguf" => Some("gguf".to_owned()),
        // MLC: the label is the mode.
        "mlc" => case.label().map(str::to_owned),
        "safetensors" | "pytorch" => scheme(case),
        _ => None,
    }
}

fn scheme(case: &Case<'_, '_>) -> Option<String> {
    let Some(scheme) = &case.model.needs.scheme else { return labelled(case.label()?) };
    Some(match scheme.method.as_str() {
        "modelopt" => modelopt(scheme).to_owned(),
        _ => scheme.method.clone(),
    })
}

/// What tags or the name say: `awq-4bit`.
fn labelled(label: &str) -> Option<String> {
    const METHODS: [&str; 13] = [
        "awq",
        "gptq",
        "bitsandbytes",
        "compressed-tensors",
        "fp8",
        "mxfp4",
        "nvfp4",
        "exl2",
        "exl3",
        "hqq",
        "mlx",
        "aqlm",
        "quanto",
    ];
    METHODS.into_iter().find(|method| label.starts_with(method)).map(str::to_owned)
}

/// vLLM and SGLang have a method for each algorithm of `ModelOpt`.
fn modelopt(scheme: &QuantizationScheme) -> &'static str {
    let format = scheme.format.as_deref().unwrap_or_default();
    match format {
        _ if format.contains("NVFP4") => "modelopt_fp4",
        _ if format.contains("MXFP8") => "modelopt_mxfp8",
        _ if format.contains("MIXED") => "modelopt_mixed",
        _ => "modelopt",
    }
}

/// The methods of a runtime that load a checkpoint of this one, the fastest first: kernels of another name take it over
/// where they can (vLLM `override_quantization_method`).
pub(super) fn alternatives(method: &str, bits: Option<f64>) -> Vec<&str> {
    match method {
        "gptq" => vec!["gptq_marlin", "auto_gptq", "gptq"],
        "awq" => vec!["awq_marlin", "auto_awq", "awq"],
        "auto-round" => vec!["auto-round", "inc"],
        "modelopt" => vec!["modelopt", "modelopt_fp8"],
        "mxfp4" => vec!["mxfp4", "gpt_oss_mxfp4"],
        // Transformers tells the two kinds apart.
        "bitsandbytes" if bits.is_some_and(|bits| bits > 4.0) => {
            vec!["bitsandbytes", "bitsandbytes_8bit"]
        }
        "bitsandbytes" => vec!["bitsandbytes", "bitsandbytes_4bit"],
        _ => vec![method],
    }
}

/// The scheme class of compressed-tensors that a format is loaded by (vLLM
/// `quantization/compressed_tensors/compressed_tensors.py` `_get_scheme_from_parts`).
pub(super) fn scheme_class(scheme: &QuantizationScheme) -> Option<&'static str> {
    let bits = scheme.bits;
    match scheme.format.as_deref()? {
        "float-quantized" => Some("CompressedTensorsW8A8Fp8"),
        "int-quantized" => Some("CompressedTensorsW8A8Int8"),
        "pack-quantized" => Some("CompressedTensorsWNA16"),
        "nvfp4-pack-quantized" => Some("CompressedTensorsW4A4Fp4"),
        "mxfp4-pack-quantized" => Some("CompressedTensorsW4A16Mxfp4"),
        "mxfp8-quantized" => Some("CompressedTensorsW8A8Mxfp8"),
        "marlin-24" => Some("CompressedTensorsW4A16Sparse24"),
        "naive-quantized" if bits == Some(8.0) => Some("CompressedTensorsW8A16Fp8"),
        _ => None,
    }
}

/// The weight-only scheme that takes over where the device is below the floor of the first.
pub(super) fn weight_only(class: &str) -> Option<&'static str> {
    match class {
        "CompressedTensorsW8A8Fp8" => Some("CompressedTensorsW8A16Fp8"),
        "CompressedTensorsW4A4Fp4" => Some("CompressedTensorsW4A16Fp4"),
        _ => None,
    }
}
