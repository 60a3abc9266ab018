//! What models take in llama.cpp: a few of its own figures, and answers to whatever is asked.

#![cfg(not(target_arch = "wasm32"))]
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unwrap_used, reason = "a test may fail loudly")
)]

#[path = "../src/format/gguf/testing.rs"]
mod testing;

use hubfit::extract::geometry::{of_gguf, weights_of_gguf};
use hubfit::format::gguf::{GgufFacts, GgufReader};
use hubfit::format::{Reader, Step};
use hubfit::memory::llama_cpp::estimate;
use hubfit::model::geometry::{
    Attention, Experts, Geometry, Indexer, Latent, Layer, Recurrence, Role, State,
};
use hubfit::model::memory::{
    CacheType, ComputeSource, FlashAttention, LlamaCppSettings, MemoryEstimate,
};
use hubfit::model::weight_layout::WeightLayout;
use proptest::prelude::*;
use testing::{Gguf, Put};

/// The facts of a header that has keys alone: numbers, and a vocabulary of so many tokens.
fn header(architecture: &str, keys: &[(&str, u32)], vocabulary: usize) -> GgufFacts {
    let mut file = Gguf::empty().key("general.architecture", Put::Text(architecture.to_owned()));
    for (name, value) in keys {
        file = file.key(&format!("{architecture}.{name}"), Put::U32(*value));
    }
    read(&file.texts("tokenizer.ggml.tokens", &vec![String::new(); vocabulary]))
}

fn read(file: &Gguf) -> GgufFacts {
    let (bytes, mut reader) = (file.bytes(), GgufReader::new(None));
    let mut wanted = reader.start();
    loop {
        let at = |place: u64| usize::try_from(place).unwrap().min(bytes.len());
        match reader.feed(bytes.get(at(wanted.start)..at(wanted.end)).unwrap()).unwrap() {
            Step::Need(more) => wanted = more,
            Step::Done(facts) => return facts,
        }
    }
}

fn of(facts: &GgufFacts, settings: &LlamaCppSettings) -> MemoryEstimate {
    estimate(&of_gguf(facts).unwrap(), &weights_of_gguf(facts), settings)
}

fn context(n_ctx: u64) -> LlamaCppSettings {
    LlamaCppSettings { n_ctx, ..LlamaCppSettings::default() }
}

fn llama() -> GgufFacts {
    let keys = [
        ("block_count", 16),
        ("context_length", 131_072),
        ("embedding_length", 2048),
        ("feed_forward_length", 8192),
        ("attention.head_count", 32),
        ("attention.head_count_kv", 8),
        ("attention.key_length", 64),
        ("attention.value_length", 64),
    ];
    header("llama", &keys, 128_256)
}

// The figures of llama.cpp v0.5.0 (CPU) for Llama 3.2 1B, Gemma 3 4B, OLMoE, Codestral Mamba and BGE base.

#[test]
fn a_transformer_takes_what_llama_cpp_says() {
    let found = of(&llama(), &context(8192));
    assert_eq!((found.kv, found.output), (268_435_456, 513_024));
    assert_eq!(found.compute.expected, 271_058_944);
    assert_eq!(found.compute.source, ComputeSource::Graph);
    assert_eq!(found.total, found.kv + found.output + found.compute.expected);
}

#[test]
fn matrices_of_some_types_are_laid_out_anew() {
    const Q4_0: u32 = 2;
    const Q8_0: u32 = 8;
    const BLOCK: u64 = 18; // bytes of 32 elements in Q4_0
    let tensors: [(&str, &[u64], u32); 9] = [
        ("token_embd.weight", &[64, 32], Q4_0),           // looked up
        ("output.weight", &[64, 32], Q4_0),               // yes
        ("blk.0.attn_q.weight", &[64, 64], Q4_0),         // yes
        ("blk.0.attn_k.weight", &[64, 12], Q4_0),         // no rows by eight
        ("blk.0.attn_v.weight", &[64, 64], Q8_0),         // another type
        ("blk.0.attn_k_b.weight", &[64, 64, 2], Q4_0),    // heads, not experts
        ("blk.0.ffn_up_exps.weight", &[64, 64, 2], Q4_0), // yes
        ("blk.0.ffn_down.weight", &[64, 64, 1, 1], Q4_0), // yes, a matrix all the same
        ("blk.1.attn_q.weight", &[64, 64], Q4_0),         // not loaded: there is one layer
    ];
    let mut file = Gguf::empty().text("general.architecture", "llama");
    for (name, value) in [("block_count", 1), ("embedding_length", 64), ("attention.head_count", 1)]
    {
        file = file.key(&format!("llama.{name}"), Put::U32(value));
    }
    let mut offset = 0;
    for (name, dims, type_id) in tensors {
        file = file.tensor(name, dims, type_id, offset);
        let blocks = dims.iter().product::<u64>() / 32;
        offset += (blocks * if type_id == Q4_0 { BLOCK } else { 34 }).next_multiple_of(32);
    }
    let found = of(&read(&file), &context(512));
    let padded = |blocks: u64| (blocks * BLOCK).next_multiple_of(32);
    assert_eq!(found.repacked, padded(64) + padded(128) + padded(256) + padded(128));
}

#[test]
fn a_window_bounds_the_cache_but_not_the_mask() {
    let keys = [
        ("block_count", 34),
        ("context_length", 131_072),
        ("embedding_length", 2560),
        ("feed_forward_length", 10_240),
        ("attention.head_count", 8),
        ("attention.head_count_kv", 4),
        ("attention.key_length", 256),
        ("attention.value_length", 256),
        ("attention.sliding_window", 1024),
    ];
    let facts = header("gemma3", &keys, 262_144);
    let found = of(&facts, &context(32_768));
    assert_eq!((found.kv, found.compute.expected), (853_540_864, 552_601_600));
    // The mask of full layers is placed beside what follows, or not: more context may take less.
    let longer = of(&facts, &context(131_072));
    assert_eq!((longer.kv, longer.compute.expected), (2_866_806_784, 547_358_720));
}

#[test]
fn experts_are_counted_as_often_as_they_are_used() {
    let keys = [
        ("block_count", 16),
        ("context_length", 4096),
        ("embedding_length", 2048),
        ("feed_forward_length", 1024),
        ("attention.head_count", 16),
        ("attention.head_count_kv", 16),
        ("expert_count", 64),
        ("expert_used_count", 8),
    ];
    let facts = header("olmoe", &keys, 50_304);
    assert_eq!(of(&facts, &context(8192)).compute.expected, 111_413_248);
    assert_eq!(of(&facts, &context(131_072)).compute.expected, 201_340_928);
}

#[test]
fn a_state_does_not_grow_with_the_context() {
    let keys = [
        ("block_count", 64),
        ("context_length", 1_048_576),
        ("embedding_length", 4096),
        ("attention.head_count", 0),
        ("feed_forward_length", 0),
        ("ssm.conv_kernel", 4),
        ("ssm.inner_size", 8192),
        ("ssm.state_size", 128),
        ("ssm.time_step_rank", 128),
        ("ssm.group_count", 8),
    ];
    let facts = header("mamba2", &keys, 32_768);
    for n_ctx in [2048, 131_072] {
        let found = of(&facts, &context(n_ctx));
        assert_eq!((found.kv, found.state), (0, 276_299_776));
        assert_eq!(found.compute.expected, 122_146_848);
    }
}

#[test]
fn an_encoder_has_no_cache_and_a_larger_step() {
    let keys = [
        ("block_count", 12),
        ("context_length", 512),
        ("embedding_length", 768),
        ("feed_forward_length", 3072),
        ("attention.head_count", 12),
    ];
    let found = of(&header("bert", &keys, 30_522), &context(2048));
    assert_eq!((found.kv, found.compute.expected), (0, 11_540_480));
}

#[test]
fn an_unknown_architecture_is_bounded_from_above() {
    let mut geometry = of_gguf(&llama()).unwrap();
    geometry.architecture = "unheard-of".to_owned();
    let found = estimate(&geometry, &WeightLayout::default(), &context(8192));
    assert!(found.upper_bound);
    assert_eq!(found.compute.source, ComputeSource::Guess);
    assert!(found.compute.low < 271_058_944 && found.compute.high > 271_058_944);
}

#[test]
fn caches_lie_with_their_layers() {
    let settings = LlamaCppSettings { n_gpu_layers: 8, ..context(8192) };
    let found = of(&llama(), &settings);
    let shares: Vec<u64> = found.devices.iter().map(|device| device.context).collect();
    // The output is one of the eight.
    assert_eq!(shares, [found.kv / 16 * 9, found.kv / 16 * 7]);
    let kept = of(&llama(), &LlamaCppSettings { offload_kqv: false, ..settings });
    assert_eq!(kept.devices.iter().map(|device| device.context).max(), Some(found.kv));
}

/// Lengths as they are, and as no file should have them.
fn length() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0_u64..5000, 1 => Just(0), 1 => Just(u64::MAX), 1 => any::<u64>()]
}

prop_compose! {
    fn layer()(
        attention in prop::sample::select(vec![
            Attention::Full, Attention::Window, Attention::Chunked, Attention::Linear,
            Attention::Recurrent, Attention::None,
        ]),
        window in prop::option::of(length()),
        (heads, kv_heads, key_length, value_length) in (length(), length(), length(), length()),
        (shares_kv, indexed, experts) in (any::<bool>(), any::<bool>(), any::<bool>()),
        compression in prop::option::of(prop::sample::select(vec![0_u64, 1, 4, 128])),
        state in prop::option::of((length(), length())),
        feed_forward_length in length(),
    ) -> Layer {
        let state = state.map(|(conv, recurrent)| State { conv, recurrent });
        Layer {
            attention, window, heads, kv_heads, key_length, value_length, shares_kv, indexed,
            compression, state, feed_forward_length, experts,
        }
    }
}

/// Architectures whose graphs are built in different ways.
const ARCHITECTURES: [&str; 22] = [
    "arwkv7",
    "bert",
    "deepseek2",
    "deepseek32",
    "deepseek4",
    "falcon-h1",
    "gemma3n",
    "gemma4",
    "gpt2",
    "jamba",
    "kimi-k3",
    "llama",
    "llama4",
    "minimax-m3",
    "modern-bert",
    "qwen35moe",
    "qwen3next",
    "qwen3vl",
    "rwkv6",
    "rwkv7",
    "t5",
    "unheard-of",
];

prop_compose! {
    fn geometry()(
        architecture in prop::sample::select(ARCHITECTURES.to_vec()),
        role in prop::sample::select(vec![
            Role::Decoder, Role::Encoder, Role::EncoderDecoder, Role::Diffusion,
        ]),
        layers in prop::collection::vec(layer(), 0..5),
        mtp_layers in prop::collection::vec(layer(), 0..2),
        lengths in prop::array::uniform12(length()),
        parts in prop::array::uniform4(any::<bool>()),
    ) -> Geometry {
        let [a, b, c, d, e, f, g, h, i, j, k, l] = lengths;
        let [latent, indexer, recurrence, experts] = parts;
        Geometry {
            architecture: architecture.to_owned(),
            role,
            encoder_layers: layers.len() as u64,
            layers,
            mtp_layers,
            embedding_length: a,
            output_embedding_length: (b > 100).then_some(b),
            per_layer_embedding_length: (c > 100).then_some(c),
            deepstack_layers: l,
            vocabulary: d,
            context_length: e,
            latent: latent.then_some(Latent {
                query_rank: f, kv_rank: g, rope_length: h, key_length: i, value_length: j,
                unfolded: k > 1000,
            }),
            indexer: indexer.then_some(Indexer { heads: f, key_length: g, top_k: h }),
            recurrence: recurrence.then_some(Recurrence {
                conv_kernel: i, inner_length: j, state_length: k, groups: l, heads: f,
            }),
            experts: experts.then_some(Experts {
                count: g, used: h, shared: i, feed_forward_length: j,
                latent_length: (k > 1000).then_some(k),
            }),
            ..Geometry::default()
        }
    }
}

prop_compose! {
    fn settings()(
        lengths in prop::array::uniform8(length()),
        flags in prop::array::uniform6(any::<bool>()),
        type_k in prop::sample::select(CacheType::ALL.to_vec()),
        type_v in prop::sample::select(CacheType::ALL.to_vec()),
        flash_attn in prop::sample::select(vec![
            FlashAttention::Auto, FlashAttention::On, FlashAttention::Off,
        ]),
        tensor_split in prop::collection::vec(any::<f64>(), 0..4),
    ) -> LlamaCppSettings {
        let [n_ctx, n_batch, n_ubatch, n_seq_max, n_outputs_max, n_rs_seq, gpu, moe] = lengths;
        let [kv_unified, swa_full, embeddings, load_mtp, mtp_context, offload_kqv] = flags;
        LlamaCppSettings {
            n_ctx, n_batch, n_ubatch, n_seq_max, kv_unified, type_k, type_v, flash_attn, swa_full,
            n_outputs_max, n_rs_seq, embeddings, load_mtp, mtp_context, n_gpu_layers: gpu,
            n_cpu_moe: moe, tensor_split, offload_kqv,
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_asked_there_is_an_answer(geometry in geometry(), settings in settings()) {
        let found = estimate(&geometry, &WeightLayout::default(), &settings);
        let compute = found.compute;
        prop_assert!(compute.low <= compute.expected && compute.expected <= compute.high);
        prop_assert!(!found.devices.is_empty());
    }
}
