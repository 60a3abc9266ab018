//! vLLM and `SGLang`.

use crate::models::{
    bytes, deepseek, estimate, gemma3, gib, gpt_oss, gpus, llama, part, qwen_hybrid,
};
use hubfit::memory::Ask;
use hubfit::memory::vllm::{self, VllmSettings};
use hubfit::model::Geometry;
use hubfit::model::geometry::Indexer;
use hubfit::model::runtime_memory::{Fit, PartName, Weights};
use hubfit::model::spread::Spread;

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
    // gpt-oss-120b, all 36 layers alike: 73728 bytes for a token, 78384 of them in 5.38 GiB (hf-mem #60).
    let pool = 78_384 * 73_728;
    assert!((gib(pool) - 5.38).abs() < 0.005);
    let settings =
        format!(r#"{{"disable_hybrid_kv_cache_manager": true, "kv_cache_memory_bytes": {pool}}}"#);
    let found = estimate("vllm", &gpt_oss(36), 0, None, &settings).capacity.unwrap();
    assert_eq!((found.block.unwrap().bytes, found.tokens), (16 * 73_728, Spread::exact(78_384)));
    // DeepSeek-V3.2 keeps a key of 128 for its indexer beside, in 8 bits with a scale.
    let mut sparse = deepseek(163_840);
    sparse.indexer = Some(Indexer { heads: 64, key_length: 128, top_k: 2048 });
    sparse.layers.iter_mut().for_each(|layer| layer.indexed = true);
    let settings = r#"{"kv_cache_dtype": "fp8_ds_mla", "kv_cache_memory_bytes": 1}"#;
    let block = estimate("vllm", &sparse, 0, None, settings).capacity.unwrap().block.unwrap();
    assert_eq!(block.bytes, 16 * 61 * (656 + 132));
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
    // A page of keys holds a state, so a block has more tokens. vLLM prints 528 tokens, padded by 0.76%, for 24576
    // elements in 16 bits and 524288 in 32 beside 4 heads of 256 (vLLM PR 37467).
    let mut nine = qwen_hybrid(32, 4);
    for state in nine.layers.iter_mut().filter_map(|layer| layer.state.as_mut()) {
        (state.conv, state.recurrent) = (24_576, 524_288);
    }
    let block = |model: &Geometry| {
        let found = estimate("vllm", model, 0, None, r#"{"kv_cache_memory_bytes": 1}"#);
        found.capacity.unwrap().block.unwrap()
    };
    assert_eq!(block(&nine).tokens, 528);
    let (page, state) = (528 * 4096_u64, 24_576 * 2 + 524_288 * 4);
    assert_eq!((page - state) * 10_000 / state, 76);
    // Qwen3.6-27B: 16 layers look back, 48 carry a state of 30720 + 786432 elements; four groups.
    let state = 30_720 * 2 + 786_432 * 4_u64;
    assert_eq!(block(&qwen_hybrid(64, 4)).tokens, state.div_ceil(16 * 4096) * 16);
    assert_eq!(block(&qwen_hybrid(64, 4)).bytes, 16 * 784 * 4096);
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
fn vllm_shares_weights_out() {
    // Qwen3-32B on two H100: 30.59 GiB of weights each, 34.49 for caches.
    let model = llama(64, 5120, 64, 8, 151_936);
    let settings =
        r#"{"gpu_memory_utilization": 0.9, "tensor_parallel_size": 2, "enforce_eager": true}"#;
    let found = estimate("vllm", &model, 65_524_246_528, Some(&gpus(2, H100)), settings);
    let weights = gib(part(&found, PartName::Weights).expected);
    assert!((weights - 30.59).abs() < 0.05, "{weights}");
    let room = gib(found.capacity.unwrap().cache_bytes.expected);
    assert!((room - 34.49).abs() < 0.3, "{room}");
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
    // -1 is whatever fits.
    let found =
        estimate("vllm", &model, 16_060_522_496, Some(&hardware), r#"{"max_model_len": -1}"#);
    assert_eq!(found.context_length, largest.expected);
    assert!(found.findings.is_empty(), "{:?}", found.findings);
    // Nearly all of the memory is not free on any desktop.
    let settings = r#"{"gpu_memory_utilization": 0.99, "max_model_len": 4096}"#;
    let found = estimate("vllm", &model, 16_060_522_496, Some(&hardware), settings);
    assert!(found.findings.iter().any(|one| one.code == "memory_must_be_free"));
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

#[test]
fn settings_may_be_written_in_rust_too() {
    let (geometry, weights) = (llama(32, 4096, 32, 8, 128_256), Weights::Bytes(16_060_522_496));
    let hardware = gpus(1, 24.0);
    let ask = Ask {
        runtime: "vllm",
        geometry: &geometry,
        weights: &weights,
        hardware: Some(&hardware),
        context: None,
        sequences: 1,
        parameters: None,
    };
    let settings = VllmSettings { max_model_len: Some(4096), ..VllmSettings::default() };
    let found =
        estimate("vllm", &geometry, 16_060_522_496, Some(&hardware), r#"{"max_model_len": 4096}"#);
    assert_eq!(vllm::estimate(&ask, &settings), found);
}
