//! What models take in runtimes other than llama.cpp, compared with what was measured and published.

#![cfg(not(target_arch = "wasm32"))]
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unwrap_used, reason = "a test may fail loudly")
)]

use hubfit::extract::geometry::of_config;
use hubfit::memory::{runtime_estimate, runtime_ids};
use hubfit::model::runtime_memory::{Fit, PartName, Place, RuntimeMemory, Spread, Weights};
use hubfit::model::{Device, Geometry, Hardware, Json, Severity};

const MIB: u64 = 1 << 20;
const GIB: f64 = 1_073_741_824.0;

/// A model by what its config says.
fn model(config: &str) -> Geometry {
    of_config(Json::parse("config", config.as_bytes()).unwrap()).unwrap()
}

/// Hardware with so many GPUs of so many GiB.
fn gpus(count: usize, gib: f64) -> Hardware {
    let device = Device {
        name: "GPU".to_owned(),
        backend: "cuda".to_owned(),
        memory_bytes: bytes(gib),
        ..Device::default()
    };
    Hardware { devices: vec![device; count], ..Hardware::default() }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small figures")]
fn bytes(gib: f64) -> u64 {
    (gib * GIB) as u64
}

#[expect(clippy::cast_precision_loss, reason = "small figures")]
fn gib(bytes: u64) -> f64 {
    bytes as f64 / GIB
}

fn estimate(
    runtime: &str,
    model: &Geometry,
    weights: u64,
    hardware: Option<&Hardware>,
    settings: &str,
) -> RuntimeMemory {
    runtime_estimate(runtime, model, &Weights::Bytes(weights), hardware, settings.as_bytes())
        .unwrap()
}

fn part(memory: &RuntimeMemory, name: PartName) -> Spread {
    let parts = memory.parts.iter().filter(|part| part.name == name);
    parts.fold(Spread::default(), |sum, part| sum.plus(part.bytes))
}

fn cache(runtime: &str, model: &Geometry, settings: &str) -> u64 {
    part(&estimate(runtime, model, 0, None, settings), PartName::Cache).expected
}

fn llama(layers: u64, width: u64, heads: u64, kv_heads: u64, vocabulary: u64) -> Geometry {
    model(&format!(
        r#"{{"model_type": "llama", "num_hidden_layers": {layers}, "hidden_size": {width},
            "num_attention_heads": {heads}, "num_key_value_heads": {kv_heads}, "head_dim": 128,
            "intermediate_size": {}, "vocab_size": {vocabulary}, "max_position_embeddings": 131072}}"#,
        width * 7 / 2
    ))
}

fn gpt_oss(layers: usize) -> Geometry {
    let types = ["\"sliding_attention\"", "\"full_attention\""];
    let types: Vec<_> = (0..layers).filter_map(|layer| types.get(layer % 2).copied()).collect();
    model(&format!(
        r#"{{"model_type": "gpt_oss", "num_hidden_layers": {layers}, "hidden_size": 2880,
            "num_attention_heads": 64, "num_key_value_heads": 8, "head_dim": 64, "sliding_window": 128,
            "intermediate_size": 2880, "vocab_size": 201088, "num_local_experts": 32,
            "num_experts_per_tok": 4, "max_position_embeddings": 131072, "layer_types": [{}]}}"#,
        types.join(", ")
    ))
}

fn deepseek(context: u64) -> Geometry {
    model(&format!(
        r#"{{"model_type": "deepseek_v3", "num_hidden_layers": 61, "hidden_size": 7168,
            "num_attention_heads": 128, "num_key_value_heads": 128, "q_lora_rank": 1536,
            "kv_lora_rank": 512, "qk_rope_head_dim": 64, "qk_nope_head_dim": 128, "v_head_dim": 128,
            "intermediate_size": 18432, "moe_intermediate_size": 2048, "n_routed_experts": 256,
            "num_experts_per_tok": 8, "n_shared_experts": 1, "first_k_dense_replace": 3,
            "vocab_size": 129280, "max_position_embeddings": {context}}}"#
    ))
}

/// Qwen3.6 27B: a quarter of the layers looks back, the others carry a state.
fn qwen_hybrid(layers: u64, kv_heads: u64) -> Geometry {
    model(&format!(
        r#"{{"model_type": "qwen3_5_text", "num_hidden_layers": {layers}, "hidden_size": 5120,
            "num_attention_heads": 24, "num_key_value_heads": {kv_heads}, "head_dim": 256,
            "intermediate_size": 17408, "vocab_size": 248320, "max_position_embeddings": 262144,
            "full_attention_interval": 4, "linear_conv_kernel_dim": 4, "linear_key_head_dim": 128,
            "linear_value_head_dim": 128, "linear_num_key_heads": 16, "linear_num_value_heads": 48}}"#
    ))
}

fn gemma3(layers: u64, width: u64, heads: u64, kv_heads: u64, head: u64) -> Geometry {
    model(&format!(
        r#"{{"model_type": "gemma3_text", "num_hidden_layers": {layers}, "hidden_size": {width},
            "num_attention_heads": {heads}, "num_key_value_heads": {kv_heads}, "head_dim": {head},
            "intermediate_size": 10240, "vocab_size": 262208, "sliding_window": 1024,
            "sliding_window_pattern": 6, "max_position_embeddings": 131072}}"#
    ))
}

// Caches that were measured or published; each follows from the geometry to the byte.

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

// vLLM.

#[test]
fn vllm_says_how_many_tokens_fit() {
    // Mistral-Small-3.2-24B on an H100: 163840 bytes for a token, 184832 of them in 28.20 GiB.
    let mistral = llama(40, 5120, 32, 8, 131_072);
    let pool = 184_832 * 163_840;
    assert!((gib(pool) - 28.20).abs() < 0.005);
    let settings = format!(r#"{{"kv_cache_memory_bytes": {pool}}}"#);
    let found = estimate("vllm", &mistral, 0, None, &settings).capacity.unwrap();
    assert_eq!(found.tokens, Spread::exact(184_832));
    let block = found.block.unwrap();
    assert_eq!((block.tokens, block.bytes, block.count), (16, 16 * 163_840, Spread::exact(11_552)));
    // gpt-oss-120b, all 36 layers alike: 73728 bytes for a token.
    let settings =
        r#"{"disable_hybrid_kv_cache_manager": true, "kv_cache_memory_bytes": 5777000000}"#;
    let block = estimate("vllm", &gpt_oss(36), 0, None, settings).capacity.unwrap().block.unwrap();
    assert_eq!(block.bytes, 16 * 73_728);
    // DeepSeek-V3: a latent is not shared out between GPUs.
    let settings = r#"{"tensor_parallel_size": 8, "kv_cache_memory_bytes": 1}"#;
    let block =
        estimate("vllm", &deepseek(163_840), 0, None, settings).capacity.unwrap().block.unwrap();
    assert_eq!(block.bytes, 16 * 61 * 576 * 2);
}

#[test]
fn vllm_groups_layers_and_pads_pages() {
    // 18 layers see everything, 18 see 128 tokens: two groups, a block is 18 pages.
    let settings = r#"{"kv_cache_memory_bytes": 5777000000, "max_num_batched_tokens": 8192}"#;
    let found = estimate("vllm", &gpt_oss(36), 0, None, settings).capacity.unwrap();
    assert_eq!(found.block.unwrap().bytes, 18 * 16 * 2048);
    // A request takes 131072 / 16 blocks of one group, and of the other one what is in flight and its window.
    let blocks = 8192 + (127 + 2 * 8192_u64).div_ceil(16) + 1;
    assert_eq!(found.tokens.expected, found.block.unwrap().count.expected * 131_072 / blocks);
    // Gemma 3 27B: 10 layers see everything; 52 do not, in six groups.
    let gemma = gemma3(62, 5376, 32, 16, 128);
    let found =
        estimate("vllm", &gemma, 0, None, r#"{"kv_cache_memory_bytes": 1}"#).capacity.unwrap();
    assert_eq!(found.block.unwrap().bytes, 10 * 16 * 16 * 256 * 2);
    // Qwen3.6-27B: a page of keys holds a state of 30720 + 786432 elements, so a block has more tokens.
    let found = estimate("vllm", &qwen_hybrid(64, 4), 0, None, r#"{"kv_cache_memory_bytes": 1}"#);
    let (state, token) = ((30_720 + 786_432) * 2_u64, 4 * 256 * 2 * 2);
    let block = found.capacity.unwrap().block.unwrap();
    assert_eq!(block.tokens, state.div_ceil(16 * token) * 16);
    assert_eq!(block.bytes, 16 * block.tokens * token);
}

/// A start of vLLM on an H100: model, weights, activation, non-torch and cache in GiB, and the share it was given.
///
/// Source: llm-d-planner `docs/empirical-vllm-memory-results.md`.
struct Start {
    name: &'static str,
    model: Geometry,
    shards: u64,
    share: f64,
    weights: f64,
    activation: f64,
    non_torch: f64,
    cache: f64,
}

fn starts() -> Vec<Start> {
    let start = |name, model, shards, share, weights, activation, non_torch, cache| Start {
        name,
        model,
        shards,
        share,
        weights,
        activation,
        non_torch,
        cache,
    };
    vec![
        start("gpt-oss-20b", gpt_oss(24), 1, 0.9, 13.47, 7.38, 0.13, 50.28),
        start("gpt-oss-120b", gpt_oss(36), 1, 0.95, 64.38, 7.38, 0.13, 3.33),
        start(
            "Llama-3.3-70B-FP8",
            llama(80, 8192, 64, 8, 128_256),
            2,
            0.9,
            33.88,
            4.84,
            0.55,
            32.00,
        ),
        start("Llama-3.1-8B", llama(32, 4096, 32, 8, 128_256), 1, 0.9, 14.99, 4.76, 0.13, 51.38),
        start("Qwen3-0.6B", llama(28, 1024, 16, 8, 151_936), 1, 0.9, 1.12, 5.56, 0.13, 64.45),
        start("Qwen3-32B", llama(64, 5120, 64, 8, 151_936), 1, 0.9, 61.03, 5.64, 0.14, 4.45),
    ]
}

/// An H100 has 79.18 GiB for programs.
const H100: f64 = 79.18;

#[test]
fn vllm_leaves_for_caches_what_was_measured() {
    for start in starts() {
        let hardware = gpus(usize::try_from(start.shards).unwrap(), H100);
        let measured = format!(
            r#"{{"gpu_memory_utilization": {}, "tensor_parallel_size": {}, "measured": {{"weights": {},
                "activation": {}, "nonTorch": {}, "cudaGraphs": 0}}}}"#,
            start.share,
            start.shards,
            bytes(start.weights),
            bytes(start.activation),
            bytes(start.non_torch)
        );
        let found = estimate("vllm", &start.model, 0, Some(&hardware), &measured).capacity.unwrap();
        let found = gib(found.cache_bytes.expected);
        assert!((found - start.cache).abs() < 0.02, "{}: {found} for {}", start.name, start.cache);
    }
}

#[test]
fn the_peak_of_vllm_is_within_its_range() {
    for start in starts() {
        let hardware = gpus(usize::try_from(start.shards).unwrap(), H100);
        let settings = format!(
            r#"{{"gpu_memory_utilization": {}, "tensor_parallel_size": {}, "enforce_eager": true}}"#,
            start.share, start.shards
        );
        let weights = bytes(start.weights) * start.shards;
        let found = estimate("vllm", &start.model, weights, Some(&hardware), &settings);
        let peak = part(&found, PartName::Activation);
        assert!(peak.low <= bytes(start.activation) && bytes(start.activation) <= peak.high);
        let error = gib(peak.expected) / start.activation - 1.0;
        assert!(
            error.abs() < 0.06,
            "{}: {} for {}",
            start.name,
            gib(peak.expected),
            start.activation
        );
        let other = part(&found, PartName::Runtime);
        assert!(other.low <= bytes(start.non_torch) && bytes(start.non_torch) <= other.high);
        let room = found.capacity.unwrap().cache_bytes;
        assert!(
            room.low <= bytes(start.cache) && bytes(start.cache) <= room.high,
            "{}",
            start.name
        );
    }
}
