//! Keys, values and states, to the byte.

use crate::models::{
    MIB, cache, deepseek, estimate, gemma3, gib, gpt_oss, llama, model, part, qwen_hybrid,
};
use hubfit::model::runtime_memory::PartName;

#[test]
fn keys_and_values_take_what_was_published() {
    let whole = r#"{"context": 262144, "cache_implementation": "static"}"#;
    // Qwen3.6-27B: 16 of 64 layers look back, 16384 MiB; Qwen3.6-35B-A3B: 10 of 40, 256 MiB each at 131072.
    assert_eq!(cache("transformers", &qwen_hybrid(64, 4), whole), 16_384 * MIB);
    let half = r#"{"context": 131072}"#;
    assert_eq!(cache("transformers", &qwen_hybrid(40, 2), half), 10 * 256 * MIB);
    // DeepSeek-V3 and Kimi-K2.5: one latent of 576 for all heads.
    let settings = r#"{"context": 163840}"#;
    assert_eq!(cache("transformers", &deepseek(163_840), settings), 11_513_364_480);
    let kimi = gib(cache("transformers", &deepseek(262_144), r#"{"context": 262144}"#));
    assert!((kimi - 17.16).abs() < 0.01, "{kimi}");
    // LFM2: 384 MiB of 32768 tokens, in 6 of 16 layers.
    let lfm2 = model(
        r#"{"model_type": "lfm2", "num_hidden_layers": 16, "hidden_size": 2048,
            "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 8192,
            "conv_L_cache": 3, "vocab_size": 65536, "max_position_embeddings": 128000,
            "full_attn_idxs": [2, 5, 8, 10, 12, 14]}"#,
    );
    assert_eq!(cache("transformers", &lfm2, r#"{"context": 32768}"#), 384 * MIB);
    // Llama-3.2-3B: 448 MiB of 4096 tokens.
    let small = llama(28, 3072, 24, 8, 128_256);
    assert_eq!(cache("transformers", &small, r#"{"context": 4096}"#), 448 * MIB);
    // 36 layers with 8 heads: 4.5 GiB of 32K tokens, 36 GiB of 256K.
    let many = llama(36, 4096, 32, 8, 128_256);
    assert_eq!(cache("transformers", &many, r#"{"context": 32768}"#), 4608 * MIB);
    assert_eq!(cache("transformers", &many, whole), 36_864 * MIB);
    // gpt-oss-20b: 64 MiB for a layer that sees 32768 tokens, 128 tokens in the others.
    let oss = gpt_oss(24);
    let settings = r#"{"context": 32768, "cache_implementation": "static"}"#;
    assert_eq!(cache("transformers", &oss, settings), 12 * (64 * MIB + 128 * 2048));
    // Gemma 3 27B at its own context: 10.41 GiB, where all layers alike would take 62.
    let gemma = gemma3(62, 5376, 32, 16, 128);
    let settings = r#"{"context": 131072, "cache_implementation": "static"}"#;
    let found = gib(cache("transformers", &gemma, settings));
    assert!((found - 10.41).abs() < 0.01, "{found}");
    // Qwen3-0.6B: 4.38 GiB of 40960 tokens.
    let qwen = llama(28, 1024, 16, 8, 151_936);
    let found = gib(cache("transformers", &qwen, r#"{"context": 40960}"#));
    assert!((found - 4.38).abs() < 0.01, "{found}");
}

#[test]
fn states_take_what_was_published() {
    // Qwen3.6-27B: 149.625 MiB for a sequence, all of it in 32 bits.
    let found = estimate("transformers", &qwen_hybrid(64, 4), 0, None, "{}");
    assert_eq!(part(&found, PartName::State).high, 149_625 * MIB / 1000);
    let four = estimate("transformers", &qwen_hybrid(64, 4), 0, None, r#"{"sequences": 4}"#);
    assert_eq!(part(&four, PartName::State).high, 5985 * MIB / 10);
}

#[test]
fn llama_cpp_answers_in_the_same_words() {
    // gemma-3-4b: 814 MiB of 32768 tokens.
    let gemma = gemma3(34, 2560, 8, 4, 256);
    let settings = r#"{"contextLength": 32768, "parallel": 1}"#;
    assert_eq!(cache("llama.cpp", &gemma, settings), 814 * MIB);
    // gemma-3-270m with 1, 2 and 4 slots of 8192 tokens together, each with its own or one for all.
    let small = model(
        r#"{"model_type": "gemma3_text", "num_hidden_layers": 18, "hidden_size": 640,
            "num_attention_heads": 4, "num_key_value_heads": 1, "head_dim": 256,
            "intermediate_size": 2048, "vocab_size": 262144, "sliding_window": 512,
            "sliding_window_pattern": 6, "max_position_embeddings": 32768}"#,
    );
    let halves = |slots: u64, unified: bool| {
        let settings =
            format!(r#"{{"contextLength": 8192, "parallel": {slots}, "kvUnified": {unified}}}"#);
        cache("llama.cpp", &small, &settings) * 2 / MIB
    };
    assert_eq!([1, 2, 4].map(|slots| halves(slots, false)), [78, 108, 168]);
    assert_eq!([1, 2, 4].map(|slots| halves(slots, true)), [78, 93, 123]);
    // Qwen3.6-27B: 149.625 MiB of states for each slot, beside 16 GiB of keys and values.
    let settings = r#"{"contextLength": 262144, "parallel": 1}"#;
    let qwen = cache("llama.cpp", &qwen_hybrid(64, 4), settings);
    assert_eq!(qwen, 16_384 * MIB + 149_625 * MIB / 1000);
}
