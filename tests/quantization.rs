//! Quantization configs as they are written, and what they say: `tests/vectors/quantization.jsonl`, one to a line.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use hubfit::format::safetensors::Quantization;
use serde_json::{Value, json};

fn cases() -> Vec<Value> {
    let lines = include_str!("vectors/quantization.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_config_says_what_it_says() {
    for case in cases() {
        let config = json!({ "quantization_config": case["config"] }).to_string();
        let found = Quantization::from_config(config.as_bytes()).unwrap().unwrap();
        assert_eq!(json!(found.scheme), case["scheme"], "{}", case["config"]);
    }
}

/// transformers 5.23 `utils/quantization_config.py`, `QuantizationMethod`.
const TRANSFORMERS: [&str; 26] = [
    "bitsandbytes",
    "gptq",
    "awq",
    "aqlm",
    "vptq",
    "quanto",
    "eetq",
    "higgs",
    "hqq",
    "compressed-tensors",
    "fbgemm_fp8",
    "torchao",
    "gguf",
    "bitnet",
    "spqr",
    "fp8",
    "quark",
    "fp_quant",
    "auto-round",
    "mxfp4",
    "nvfp4",
    "mxfp8",
    "metal",
    "fouroversix",
    "sinq",
    "gemma",
];

#[test]
fn every_method_of_transformers_is_known() {
    let known: Vec<_> = Quantization::methods().collect();
    assert_eq!(known.get(..TRANSFORMERS.len()).unwrap(), TRANSFORMERS);
}

#[test]
fn every_method_has_a_case() {
    let cases = cases();
    for method in Quantization::methods() {
        let has = cases.iter().any(|case| case["config"]["quant_method"] == method);
        assert!(has, "{method} has none");
    }
    assert_eq!(Quantization::methods().count(), 30);
}
