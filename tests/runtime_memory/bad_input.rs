//! Bad input.

use crate::models::{cache, estimate, gpus, llama, part};
use hubfit::memory::runtime_estimate;
use hubfit::model::runtime_memory::{Fit, PartName, Weights};
use hubfit::model::{Geometry, Severity};

#[test]
fn what_is_missing_is_named_and_bounded() {
    let full = llama(32, 4096, 32, 8, 128_256);
    let mut some = full.clone();
    some.layers.iter_mut().for_each(|layer| (layer.kv_heads, layer.key_length) = (0, 0));
    for runtime in ["vllm", "sglang", "transformers", "mlx-lm", "web-llm", "candle"] {
        let found = estimate(runtime, &some, 1, None, r#"{"context": 4096}"#);
        assert!(
            found.upper_bound && found.missing == ["kvHeads", "keyLength"],
            "{runtime}: {:?}",
            found.missing
        );
        assert!(
            part(&found, PartName::Cache).expected >= cache(runtime, &full, r#"{"context": 4096}"#)
        );
    }
    let found = estimate("vllm", &Geometry::default(), 1 << 30, Some(&gpus(1, 24.0)), "{}");
    assert_eq!((found.fits, found.missing.as_slice()), (Fit::Unknown, ["layers"].as_slice()));
    assert!(
        found.findings.iter().any(|one| one.field == "layers" && one.severity == Severity::Unknown)
    );
    let found = estimate("candle", &full, 0, Some(&gpus(1, 24.0)), "{}");
    assert_eq!(found.fits, Fit::Unknown);
    // But what is too large without it stays too large.
    let found = estimate("vllm", &Geometry::default(), 48 << 30, Some(&gpus(1, 24.0)), "{}");
    assert_eq!(found.fits, Fit::No);
}

#[test]
fn settings_that_a_runtime_refuses_are_findings() {
    let model = llama(32, 4096, 32, 8, 128_256);
    for (runtime, settings, field) in [
        ("vllm", r#"{"gpu_memory_utilization": 1.5}"#, "gpu_memory_utilization"),
        ("vllm", r#"{"tensor_parallel_size": 3}"#, "tensor_parallel_size"),
        ("vllm", r#"{"tensor_parallel_size": 0}"#, "tensor_parallel_size"),
        ("vllm", r#"{"pipeline_parallel_size": 64}"#, "pipeline_parallel_size"),
        ("vllm", r#"{"max_model_len": 200000}"#, "max_model_len"),
        ("vllm", r#"{"max_num_batched_tokens": 8, "max_num_seqs": 16}"#, "max_num_batched_tokens"),
        ("vllm", r#"{"max_model_len": 4096, "context": 8192}"#, "context"),
        ("sglang", r#"{"mem_fraction_static": 0}"#, "mem_fraction_static"),
        ("sglang", r#"{"swa_full_tokens_ratio": 2}"#, "swa_full_tokens_ratio"),
        ("mlx-lm", r#"{"kv_bits": 7}"#, "kv_bits"),
        ("web-llm", r#"{"sequences": 2}"#, "sequences"),
        ("tensorrt-llm", r#"{"free_gpu_memory_fraction": -1}"#, "free_gpu_memory_fraction"),
    ] {
        let found = estimate(runtime, &model, 1 << 30, Some(&gpus(8, 24.0)), settings);
        let told = found.findings.iter().find(|one| one.field == field);
        assert!(told.is_some_and(|one| one.severity == Severity::Error), "{runtime} {settings}");
        assert_eq!(found.fits, Fit::No);
    }
}

#[test]
fn names_that_are_not_known_are_errors_with_the_nearest() {
    let model = llama(32, 4096, 32, 8, 128_256);
    let error = |runtime: &str, settings: &str| {
        runtime_estimate(runtime, &model, &Weights::Bytes(1), None, settings.as_bytes())
            .unwrap_err()
    };
    let message = error("vlm", "{}").to_string();
    assert!(message.starts_with(r#"runtime "vlm" is not known; nearest are vllm"#), "{message}");
    let message = error("vllm", r#"{"gpu_memory_utilisation": 0.9}"#).to_string();
    assert_eq!(
        message,
        r#"settings: key "gpu_memory_utilisation" is not known; nearest are gpu_memory_utilization"#
    );
    let message = error("vllm", r#"{"kv_cache_dtype": "q8_0"}"#).to_string();
    assert!(message.starts_with("settings.kv_cache_dtype: expected one of auto, "), "{message}");
    let message = error("mlx-lm", r#"{"context": -1}"#).to_string();
    assert_eq!(message, "settings.context: expected a whole number of at least 0, found -1");
    assert_eq!(error("vllm", "{").code(), "invalid_json");
}
