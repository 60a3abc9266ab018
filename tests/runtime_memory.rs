//! What models take in runtimes other than llama.cpp, compared with what was measured and published.

#![cfg(not(target_arch = "wasm32"))]
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unwrap_used, reason = "a test may fail loudly")
)]

use hubfit::extract::geometry::of_config;
use hubfit::memory::{runtime_estimate, runtime_ids};
use hubfit::model::runtime_memory::{Fit, PartName, Place, RuntimeMemory, Weights};
use hubfit::model::spread::Spread;
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
        // Its images are profiled too, in a way of their own: the range holds, the expected peak is twice as large.
        start(IMAGES, llama(40, 5120, 32, 8, 131_072), 1, 0.95, 44.76, 2.12, 0.14, 28.20),
    ]
}

const IMAGES: &str = "Mistral-Small-3.2-24B";

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
            error.abs() < 0.06 || start.name == IMAGES,
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

#[test]
fn vllm_says_what_a_request_may_have() {
    // Llama 3.1 8B on 24 GiB does not hold a request of 131072 tokens: vLLM would not start.
    let (model, hardware) = (llama(32, 4096, 32, 8, 128_256), gpus(1, 24.0));
    let found = estimate("vllm", &model, 16_060_522_496, Some(&hardware), "{}");
    let capacity = found.capacity.unwrap();
    let largest = capacity.largest_context;
    assert!(largest.low <= largest.expected && largest.expected <= largest.high);
    assert!(largest.expected < 131_072 && found.fits != Fit::Yes);
    assert!(found.findings.iter().any(|one| one.code == "max_model_len_does_not_fit"));
    // What it says would fit does, and not a block more.
    let at = |tokens: u64| {
        let settings = format!(r#"{{"max_model_len": {tokens}}}"#);
        estimate("vllm", &model, 16_060_522_496, Some(&hardware), &settings).capacity.unwrap()
    };
    assert!(at(largest.expected).concurrency.expected >= 1.0);
    let blocks = capacity.block.unwrap().count.expected;
    assert_eq!(largest.expected, (blocks - 1) * 16);
    // Two GPUs hold about twice as much and more.
    let two = estimate(
        "vllm",
        &model,
        16_060_522_496,
        Some(&gpus(2, 24.0)),
        r#"{"tensor_parallel_size": 2}"#,
    );
    assert!(two.capacity.unwrap().tokens.expected > 4 * capacity.tokens.expected);
    assert_eq!(two.devices, 2);
}

#[test]
fn a_pipeline_is_as_long_as_its_fullest_stage() {
    let model = llama(32, 4096, 32, 8, 128_256);
    let settings = r#"{"pipeline_parallel_size": 3, "kv_cache_memory_bytes": 1000000000}"#;
    let block = estimate("vllm", &model, 0, None, settings).capacity.unwrap().block.unwrap();
    // 32 layers in three stages: 11, 11 and 10, as the last one has the output too.
    assert_eq!(block.bytes, 11 * 16 * 4096);
}

// SGLang.

#[test]
fn sglang_fills_a_pool_of_tokens() {
    let (model, hardware) = (llama(32, 4096, 32, 8, 128_256), gpus(1, 80.0));
    let settings = r#"{"mem_fraction_static": 0.875}"#;
    let found = estimate("sglang", &model, 16_060_522_496, Some(&hardware), settings);
    let capacity = found.capacity.unwrap();
    let room = bytes(70.0) - 16_060_522_496 - 16_060_522_496 / 200;
    assert_eq!(capacity.cache_bytes.expected, room);
    assert_eq!(capacity.tokens.expected, room / 131_072);
    assert_eq!(capacity.largest_context.expected, 131_072);
    assert_eq!(found.fits, Fit::Yes);
    // Layers with a window have 0.8 of the tokens: a token takes 10 + 0.8 x 52 layers' bytes.
    let gemma = gemma3(62, 5376, 32, 16, 128);
    let found = estimate("sglang", &gemma, 1, Some(&hardware), r#"{"mem_fraction_static": 0.5}"#);
    let tokens = found.capacity.unwrap().tokens.expected;
    assert_eq!(tokens, (bytes(40.0) - 1) / (10 * 8192 + 52 * 8192 * 4 / 5));
}

// MLX-LM.

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

// Browsers.

/// What WebLLM publishes of a model at two contexts, in its MB; those of Llama 3 count in millions of bytes.
///
/// Source: @mlc-ai/web-llm 0.2.86, `prebuiltAppConfig.model_list`.
fn published() -> Vec<(&'static str, Geometry, u64, &'static str, [(u64, f64); 2], f64)> {
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
    let half = |parameters: u64| parameters * 9 / 16;
    let full = |parameters: u64| parameters * 5 / 8;
    let (p, g, s, t, e) =
        (3_821_079_552, 2_614_341_888, 1_644_515_328, 1_100_048_384, 8_030_261_248);
    vec![
        ("Phi-3.5-mini", phi(), half(p), "q4f16_1", [(1024, 2520.07), (4096, 3672.07)], mib),
        ("Phi-3.5-mini", phi(), full(p), "q4f32_1", [(1024, 3179.12), (4096, 5483.12)], mib),
        ("gemma-2-2b", gemma(), half(g), "q4f16_1", [(1024, 1583.30), (4096, 1895.30)], mib),
        ("gemma-2-2b", gemma(), full(g), "q4f32_1", [(1024, 1884.75), (4096, 2508.75)], mib),
        (
            "stablelm-2-1_6b",
            stablelm(),
            half(s),
            "q4f16_1",
            [(1024, 1511.66), (4096, 2087.66)],
            mib,
        ),
        (
            "stablelm-2-1_6b",
            stablelm(),
            full(s),
            "q4f32_1",
            [(1024, 1847.33), (4096, 2999.33)],
            mib,
        ),
        ("TinyLlama-1.1B", tiny(), half(t), "q4f16_1", [(1024, 675.24), (2048, 697.24)], mib),
        ("TinyLlama-1.1B", tiny(), full(t), "q4f32_1", [(1024, 795.98), (2048, 839.98)], mib),
        ("Llama-3.1-8B", eight(), half(e), "q4f16_1", [(1024, 4598.34), (4096, 5001.00)], 1e6),
        ("Llama-3.1-8B", eight(), full(e), "q4f32_1", [(1024, 5295.70), (4096, 6101.01)], 1e6),
    ]
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "small figures")]
fn web_llm_publishes_the_same_caches() {
    for (name, model, weights, quantization, pair, unit) in published() {
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
    let phi = &published().first().unwrap().1.clone();
    assert_eq!(cache("web-llm", phi, r#"{"context_window_size": 1}"#), 393_216);
    let gemma = &published().get(2).unwrap().1.clone();
    assert_eq!(cache("web-llm", gemma, r#"{"context_window_size": 1}"#), 106_496);
}

fn codes(memory: &RuntimeMemory) -> Vec<&str> {
    memory.findings.iter().map(|one| one.code.as_str()).collect()
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
    use hubfit::model::runtime_memory::Component;
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

// Pipelines of images.

#[test]
fn a_pipeline_of_images_is_a_sum_or_its_largest_component() {
    use hubfit::model::runtime_memory::Component;
    let one = |name: &str, bytes: u64| Component { name: name.to_owned(), bytes, largest: None };
    // SDXL in 16 bits.
    let parts = Weights::Components(vec![
        one("unet", 5_135_149_760),
        one("text_encoder", 246_144_152),
        one("text_encoder_2", 1_389_382_176),
        one("vae", 167_335_342),
    ]);
    let asked = |settings: &str| {
        let geometry = Geometry::default();
        runtime_estimate("diffusers", &geometry, &parts, Some(&gpus(1, 24.0)), settings.as_bytes())
            .unwrap()
    };
    let weights =
        |settings: &str| part_at(&asked(settings), PartName::Weights, Place::Device).expected;
    assert_eq!(weights("{}"), 6_938_011_430);
    assert_eq!(weights(r#"{"offload": "model"}"#), 5_135_149_760);
    assert!(weights(r#"{"offload": "group"}"#) < weights(r#"{"offload": "model"}"#) / 4);
    assert!(weights(r#"{"offload": "sequential"}"#) < weights(r#"{"offload": "group"}"#));
    let kept = part_at(&asked(r#"{"offload": "sequential"}"#), PartName::Weights, Place::Host);
    assert_eq!(kept, Spread::exact(6_938_011_430));
    assert_eq!(asked("{}").fits, Fit::Yes);
    let tiled = asked(r#"{"vae_tiling": true}"#);
    assert!(
        part(&tiled, PartName::Activation).expected
            < part(&asked("{}"), PartName::Activation).expected
    );
    assert!(
        codes(&asked(r#"{"attention_slicing": true}"#))
            .contains(&"attention_slicing_without_effect")
    );
}

fn part_at(memory: &RuntimeMemory, name: PartName, place: Place) -> Spread {
    let parts = memory.parts.iter().filter(|part| part.name == name && part.place == place);
    parts.fold(Spread::default(), |sum, part| sum.plus(part.bytes))
}

// Training.

#[test]
fn training_takes_what_accelerate_says() {
    // bert-base-cased: 413.18 MB of weights in float32, four times as much with Adam.
    let bert = model(
        r#"{"model_type": "bert", "num_hidden_layers": 12, "hidden_size": 768, "num_attention_heads": 12,
            "intermediate_size": 3072, "vocab_size": 28996, "max_position_embeddings": 512}"#,
    );
    let found =
        estimate("training", &bert, 0, None, r#"{"parameters": 108310272, "context": 128}"#);
    let weights = part(&found, PartName::Weights).expected;
    assert!((gib(weights) * 1024.0 - 413.18).abs() < 0.01, "{weights}");
    let gradients = part(&found, PartName::Gradients).expected;
    let optimizer = part(&found, PartName::Optimizer).expected;
    assert_eq!(weights + gradients + optimizer, 4 * weights);
    assert!(codes(&found).contains(&"training_is_an_estimate"));
}

#[test]
fn an_adapter_has_as_many_parameters_as_peft_prints() {
    // Llama 3.1 8B: 3407872 with r 8 on queries and values, 41943040 with r 16 on all linear layers.
    let model = llama(32, 4096, 32, 8, 128_256);
    let asked = |settings: &str| estimate("training", &model, 16_060_522_496, None, settings);
    let settings = r#"{"method": "lora", "parameters": 8030261248}"#;
    assert_eq!(part(&asked(settings), PartName::Adapter).expected, 4 * 3_407_872);
    let settings =
        r#"{"method": "qlora", "r": 16, "target_modules": "all-linear", "parameters": 8030261248}"#;
    let found = asked(settings);
    assert_eq!(part(&found, PartName::Adapter).expected, 4 * 41_943_040);
    let weights = gib(part(&found, PartName::Weights).expected);
    assert!((5.0..6.5).contains(&weights), "{weights}");
}

// The others.

#[test]
fn whisper_takes_what_its_table_says() {
    for (mib, millions) in [(75_u64, 273_u64), (142, 388), (466, 852), (1536, 2100), (2970, 3900)] {
        let found = estimate("whisper.cpp", &Geometry::default(), mib * MIB, None, "{}").device;
        assert_eq!(found.expected, millions * 1_000_000);
    }
}

#[test]
fn every_runtime_answers_with_its_sources() {
    let model = llama(32, 4096, 32, 8, 128_256);
    let hardware = gpus(1, 48.0);
    for runtime in runtime_ids() {
        let found = estimate(runtime, &model, 4 << 30, Some(&hardware), "{}");
        assert_eq!(found.runtime, runtime);
        assert!(!found.parts.is_empty());
        assert!(found.parts.iter().all(|part| !part.source.is_empty()));
        let sum: u64 = found
            .parts
            .iter()
            .filter(|part| part.place == Place::Device)
            .map(|part| part.bytes.expected)
            .sum();
        assert_eq!(found.device.expected, sum, "{runtime}");
        assert!(found.limit.is_some(), "{runtime}");
    }
}

#[test]
fn caches_follow_one_rule_in_others() {
    let model = llama(32, 4096, 32, 8, 128_256);
    let per_token = 131_072;
    assert_eq!(cache("exllamav3", &model, r#"{"context": 300}"#), 512 * per_token);
    assert_eq!(
        cache("exllamav3", &model, r#"{"context": 256, "cache_bits": "4"}"#),
        256 * 65_536 * 9 / 16
    );
    assert_eq!(
        cache("tensorrt-llm", &model, r#"{"context": 33, "kv_cache_dtype": "fp8"}"#),
        64 * per_token / 2
    );
    assert_eq!(
        cache("ctranslate2", &model, r#"{"context": 10, "compute_type": "float32"}"#),
        20 * per_token
    );
    assert_eq!(cache("candle", &model, r#"{"context": 10, "dtype": "bf16"}"#), 10 * per_token);
    assert_eq!(cache("mistral.rs", &model, r#"{"context": 10}"#), 512 * per_token);
    // Where nothing is set, other devices store them in another way.
    let found = estimate("openvino-genai", &model, 1, None, r#"{"context": 32}"#);
    assert!(part(&found, PartName::Cache).low < part(&found, PartName::Cache).high);
}

#[test]
fn encoders_keep_nothing() {
    let bert = model(
        r#"{"model_type": "bert", "num_hidden_layers": 12, "hidden_size": 768, "num_attention_heads": 12,
            "intermediate_size": 3072, "vocab_size": 28996, "max_position_embeddings": 512}"#,
    );
    for runtime in ["vllm", "transformers", "transformers.js", "mlx-lm", "sglang", "candle"] {
        assert_eq!(cache(runtime, &bert, "{}"), 0, "{runtime}");
    }
}

// Bad input.

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
