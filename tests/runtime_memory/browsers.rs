//! What browsers allow, and what `WebLLM` publishes.

use crate::models::{MIB, cache, codes, estimate, gib, llama, model, part};
use hubfit::memory::runtime_estimate;
use hubfit::model::runtime_memory::{Component, Fit, PartName, Weights};
use hubfit::model::spread::Spread;
use hubfit::model::{Geometry, Severity};

/// What `WebLLM` publishes of a model at two contexts, in its MB; caches of Llama 3 count in millions of bytes.
///
/// Source: @mlc-ai/web-llm 0.2.86, `prebuiltAppConfig.model_list`.
struct Published {
    name: &'static str,
    model: Geometry,
    /// Bytes of its weights.
    weights: u64,
    quantization: &'static str,
    /// Two contexts, and what it takes with each.
    pair: [(u64, f64); 2],
    /// Bytes of an MB.
    unit: f64,
}

fn published() -> Vec<Published> {
    let mib = 1_048_576.0;
    let phi = || {
        model(
            r#"{"model_type": "phi3", "num_hidden_layers": 32, "hidden_size": 3072, "num_attention_heads": 32,
            "num_key_value_heads": 32, "intermediate_size": 8192, "vocab_size": 32064,
            "max_position_embeddings": 131072}"#,
        )
    };
    let gemma = || {
        model(
            r#"{"model_type": "gemma2", "num_hidden_layers": 26, "hidden_size": 2304, "num_attention_heads": 8,
            "num_key_value_heads": 4, "head_dim": 256, "intermediate_size": 9216, "vocab_size": 256000,
            "sliding_window": 4096, "max_position_embeddings": 8192}"#,
        )
    };
    let stablelm = || {
        model(
            r#"{"model_type": "stablelm", "num_hidden_layers": 24, "hidden_size": 2048,
            "num_attention_heads": 32, "num_key_value_heads": 32, "intermediate_size": 5632,
            "vocab_size": 100352, "max_position_embeddings": 4096}"#,
        )
    };
    let tiny = || {
        model(
            r#"{"model_type": "llama", "num_hidden_layers": 22, "hidden_size": 2048, "num_attention_heads": 32,
            "num_key_value_heads": 4, "intermediate_size": 5632, "vocab_size": 32000,
            "max_position_embeddings": 2048}"#,
        )
    };
    let eight = || llama(32, 4096, 32, 8, 128_256);
    // 4 bits each, and a scale of 16 or 32 bits for every 32.
    let half = |parameters: u64| ("q4f16_1", parameters * 9 / 16);
    let full = |parameters: u64| ("q4f32_1", parameters * 5 / 8);
    let of = |name, model, (quantization, weights), pair, unit| Published {
        name,
        model,
        weights,
        quantization,
        pair,
        unit,
    };
    let [three, two, one_and_half, one, many] =
        [3_821_079_552, 2_614_341_888, 1_644_515_328, 1_100_048_384, 8_030_261_248];
    vec![
        of("Phi-3.5-mini", phi(), half(three), [(1024, 2520.07), (4096, 3672.07)], mib),
        of("Phi-3.5-mini", phi(), full(three), [(1024, 3179.12), (4096, 5483.12)], mib),
        of("gemma-2-2b", gemma(), half(two), [(1024, 1583.30), (4096, 1895.30)], mib),
        of("gemma-2-2b", gemma(), full(two), [(1024, 1884.75), (4096, 2508.75)], mib),
        of("stablelm-2", stablelm(), half(one_and_half), [(1024, 1511.66), (4096, 2087.66)], mib),
        of("stablelm-2", stablelm(), full(one_and_half), [(1024, 1847.33), (4096, 2999.33)], mib),
        of("TinyLlama", tiny(), half(one), [(1024, 675.24), (2048, 697.24)], mib),
        of("TinyLlama", tiny(), full(one), [(1024, 795.98), (2048, 839.98)], mib),
        of("Llama-3.1-8B", eight(), half(many), [(1024, 4598.34), (4096, 5001.00)], 1e6),
        of("Llama-3.1-8B", eight(), full(many), [(1024, 5295.70), (4096, 6101.01)], 1e6),
    ]
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "small figures")]
fn web_llm_publishes_the_same_caches() {
    for Published { name, model, weights, quantization, pair, unit } in published() {
        let at = |context: u64| {
            let settings = format!(
                r#"{{"context_window_size": {context}, "quantization": "{quantization}"}}"#
            );
            estimate("web-llm", &model, weights, None, &settings)
        };
        let [(short, less), (long, more)] = pair;
        let found =
            part(&at(long), PartName::Cache).expected - part(&at(short), PartName::Cache).expected;
        let published = (more - less) * unit;
        // As exact as the two places that are published.
        let apart = (found as f64 - published).abs();
        assert!(apart <= 0.011 * unit, "{name} {quantization}: {found} for {published}");
        // Llama's records are of a larger chunk.
        for (context, published) in pair {
            let whole = at(context).device;
            let published = published * 1_048_576.0;
            assert!(
                (whole.low as f64) < published && published < whole.high as f64,
                "{name} {context}"
            );
        }
    }
    let phi = &published().first().unwrap().model.clone();
    assert_eq!(cache("web-llm", phi, r#"{"context_window_size": 1}"#), 393_216);
    let gemma = &published().get(2).unwrap().model.clone();
    assert_eq!(cache("web-llm", gemma, r#"{"context_window_size": 1}"#), 106_496);
}

/// What is left of what `WebLLM` publishes beside weights and cache, in MiB: what the largest compiled function holds.
///
/// Source: @mlc-ai/web-llm 0.2.86, `prebuiltAppConfig.model_list`; weights by shapes, 4.5 or 5 bits each.
#[test]
fn web_llm_holds_what_was_planned_when_it_was_compiled() {
    let of = |config: &str, quantization: &str, more: &str| {
        let settings = format!(r#"{{"quantization": "{quantization}"{more}}}"#);
        part(&estimate("web-llm", &model(config), 1, None, &settings), PartName::Activation)
    };
    let config = |kind: &str, width: u64, inner: u64, vocabulary: u64, tied: bool| {
        format!(
            r#"{{"model_type": "{kind}", "num_hidden_layers": 16, "hidden_size": {width}, "num_attention_heads": 32,
            "num_key_value_heads": 8, "intermediate_size": {inner}, "vocab_size": {vocabulary},
            "tie_word_embeddings": {tied}, "max_position_embeddings": 131072}}"#
        )
    };
    let exact = |kind, width, inner, vocabulary, tied, quantization| {
        of(&config(kind, width, inner, vocabulary, tied), quantization, "").expected
    };
    // Llama 3.2 1B and 3B, TinyLlama: the class leaves the vocabulary open, so no logits are planned.
    assert_eq!(exact("llama", 2048, 8192, 128_256, true, "q4f32_1"), 136 * MIB);
    assert_eq!(exact("llama", 2048, 8192, 128_256, true, "q4f16_1"), 88 * MIB);
    assert_eq!(exact("llama", 3072, 8192, 128_256, true, "q4f32_1"), 140 * MIB);
    assert_eq!(exact("llama", 2048, 5632, 32_000, false, "q4f16_1"), 63 * MIB);
    // Phi-3.5 leaves it open too; Phi-4 mini, whose embeddings are the output matrix, does not.
    let (open, bounded) = (
        exact("phi3", 3072, 8192, 32_064, false, "q4f16_1"),
        exact("phi3", 3072, 8192, 200_064, true, "q4f16_1"),
    );
    assert_eq!(bounded - open, 1024 * 200_064 * 4);
    // Qwen3 8B: 725.5 and 817.5 MiB were published.
    for (quantization, published) in [("q4f16_1", 725.5), ("q4f32_1", 817.5)] {
        let found = gib(exact("qwen3", 4096, 12_288, 151_936, false, quantization)) * 1024.0;
        assert!((found / published - 1.0).abs() < 0.03, "{quantization}: {found}");
    }
    // A chunk that is said is what it was compiled for; unsaid, it may be all of the context.
    let llama = config("llama", 2048, 8192, 128_256, true);
    let half = of(&llama, "q4f16_1", r#", "prefill_chunk_size": 512"#);
    assert_eq!(half.expected, 44 * MIB);
    assert!(half.high < of(&llama, "q4f16_1", "").high / 4);
}

#[test]
fn what_browsers_do_not_allow_is_told() {
    let model = llama(32, 4096, 32, 8, 128_256);
    let asked = |runtime: &str, settings: &str| estimate(runtime, &model, 5 << 30, None, settings);
    // Five GiB are more than 32-bit WebAssembly can address, and than any ArrayBuffer holds.
    let found = asked("transformers.js", "{}");
    assert_eq!(found.fits, Fit::No);
    assert!(codes(&found).contains(&"file_too_large"));
    // WebGPU does not need those addresses, but buffers, and 16 bits.
    let settings = r#"{"device": "webgpu", "dtype": "q4f16", "largestTensor": 525336576,
        "maxStorageBufferBindingSize": 134217728, "shaderF16": false}"#;
    let found = asked("transformers.js", settings);
    assert!(codes(&found).contains(&"tensor_exceeds_buffer"));
    assert!(codes(&found).contains(&"shader_f16_missing"));
    let settings = r#"{"device": "webgpu", "dtype": "q4f16", "largestTensor": 525336576, "shaderF16": true,
        "maxBufferSize": 4294967296, "maxStorageBufferBindingSize": 2147483648}"#;
    assert!(!codes(&asked("onnxruntime-web", settings)).contains(&"tensor_exceeds_buffer"));
    // WebLLM never asks for more than 1 GiB.
    let settings = r#"{"largestTensor": 1200000000, "maxBufferSize": 4294967296,
        "maxStorageBufferBindingSize": 4294967296}"#;
    assert!(codes(&asked("web-llm", settings)).contains(&"tensor_exceeds_buffer"));
    let found = asked("onnxruntime-web", r#"{"proxy": true}"#);
    assert!(
        found.findings.iter().any(|one| one.field == "proxy" && one.severity == Severity::Error)
    );
    assert_eq!(asked("wllama", "{}").fits, Fit::No);
}

#[test]
fn a_file_that_is_too_large_is_named() {
    let file = |name: &str, bytes: u64| Component { name: name.to_owned(), bytes, largest: None };
    let files = Weights::Components(vec![file("a.onnx", 1 << 20), file("a.onnx_data", 3 << 30)]);
    let model = llama(32, 4096, 32, 8, 128_256);
    let found = runtime_estimate("transformers.js", &model, &files, None, b"{}").unwrap();
    let told = found.findings.iter().find(|one| one.code == "file_too_large").unwrap();
    assert!(told.message.starts_with("a.onnx_data has 3221225472 bytes"), "{}", told.message);
    let shards =
        Weights::Components(vec![file("a-1.gguf", 500 << 20), file("a-2.gguf", 500 << 20)]);
    let found = runtime_estimate("wllama", &model, &shards, None, b"{}").unwrap();
    assert_eq!((found.fits, found.context_length), (Fit::Yes, 1024));
    assert_eq!(part(&found, PartName::Cache), Spread::exact(1024 * 131_072));
}
