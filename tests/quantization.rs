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

#[test]
fn every_method_has_a_case() {
    let cases = cases();
    for method in Quantization::methods() {
        let has = cases.iter().any(|case| case["config"]["quant_method"] == method);
        assert!(has, "{method} has none");
    }
    assert_eq!(Quantization::methods().count(), 30);
}
