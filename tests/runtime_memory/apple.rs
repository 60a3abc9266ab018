//! MLX-LM.

use crate::models::{MIB, cache, deepseek, estimate, gemma3, gib, gpus, llama, model};
use hubfit::model::Severity;
use hubfit::model::runtime_memory::Fit;
use hubfit::model::spread::Spread;

#[test]
fn mlx_grows_caches_in_steps_and_rotates_windows() {
    // Gemma 3 4B: 5 layers see everything, 29 see 1024 tokens; 5000 tokens are 20 steps of 256.
    let gemma = gemma3(34, 2560, 8, 4, 256);
    let expected = (5 * 5120 + 29 * 1024) * 4096;
    assert_eq!(cache("mlx-lm", &gemma, r#"{"context": 5000}"#), expected);
    // A quantized cache has 8 bits, a scale and a bias for every 64.
    let llama = llama(32, 4096, 32, 8, 128_256);
    let settings = r#"{"context": 8192, "kv_bits": 8}"#;
    assert_eq!(cache("mlx-lm", &llama, settings), 8192 * 32 * 8 * 2 * (128 + 2 * 4));
    // It starts after 5000 tokens.
    let settings = r#"{"context": 4096, "kv_bits": 8}"#;
    assert_eq!(cache("mlx-lm", &llama, settings), 4096 * 131_072);
    let refused = estimate("mlx-lm", &gemma, 1, None, r#"{"kv_bits": 4}"#);
    assert!(refused.findings.iter().any(|one| one.severity == Severity::Error));
    assert_eq!(cache("mlx-vlm", &deepseek(163_840), r#"{"context": 1024}"#), 1024 * 61 * 576 * 2);
}

#[test]
fn a_window_saves_what_was_measured() {
    // gemma-3-1b at 32768 tokens: 139 MiB, where all layers alike would take 832 (mlxcel PR 172).
    let gemma = model(
        r#"{"model_type": "gemma3_text", "num_hidden_layers": 26, "hidden_size": 1152,
            "num_attention_heads": 4, "num_key_value_heads": 1, "head_dim": 256,
            "intermediate_size": 6912, "vocab_size": 262144, "sliding_window": 512,
            "sliding_window_pattern": 6, "max_position_embeddings": 32768}"#,
    );
    assert_eq!(cache("mlx-lm", &gemma, r#"{"context": 32768}"#), 139 * MIB);
}

#[test]
fn a_mac_may_wire_a_share_of_its_memory() {
    let mac = |gib: f64| {
        let mut hardware = gpus(1, gib);
        hardware.devices.iter_mut().for_each(|device| device.unified = true);
        hardware
    };
    let model = llama(32, 4096, 32, 8, 128_256);
    let limit = |gib: f64, settings: &str| {
        let found = estimate("mlx-lm", &model, 16_060_522_496, Some(&mac(gib)), settings);
        (found.limit.unwrap().bytes, found)
    };
    let (sixteen, found) = limit(16.0, "{}");
    assert!((gib(sixteen.low) - 10.4).abs() < 0.01 && (gib(sixteen.high) - 11.2).abs() < 0.01);
    assert_eq!(found.fits, Fit::No);
    assert!(found.findings.iter().any(|one| one.code == "near_wired_limit"));
    let (large, found) = limit(64.0, "{}");
    assert_eq!(large, Spread::exact(48 << 30));
    assert_eq!(found.fits, Fit::Yes);
    assert_eq!(limit(64.0, r#"{"wired_limit_mb": 61440}"#).0, Spread::exact(60 << 30));
}
