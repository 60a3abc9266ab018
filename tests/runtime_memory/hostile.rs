//! Whatever is asked of any runtime, there is an answer: no panic, no figure that JavaScript cannot hold, bounds in
//! order.

use hubfit::memory::{runtime_estimate, runtime_ids};
use hubfit::model::geometry::{Attention, Experts, Geometry, Latent, Layer, Role, State};
use hubfit::model::runtime_memory::{Component, RuntimeMemory, Weights};
use hubfit::model::spread::Spread;
use hubfit::model::weight_layout::{LayerWeights, WeightLayout};
use hubfit::model::{Device, Hardware};
use proptest::prelude::*;

/// Lengths as they are, and as nobody should have them.
fn length() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0_u64..5000, 1 => Just(0), 1 => Just(1 << 53), 1 => Just(u64::MAX), 1 => any::<u64>()]
}

prop_compose! {
    fn layer()(
        attention in prop::sample::select(vec![
            Attention::Full, Attention::Window, Attention::Chunked, Attention::Linear,
            Attention::Recurrent, Attention::None,
        ]),
        window in prop::option::of(length()),
        (heads, kv_heads, key_length, value_length) in (length(), length(), length(), length()),
        (shares_kv, experts) in (any::<bool>(), any::<bool>()),
        state in prop::option::of((length(), length())),
        feed_forward_length in length(),
    ) -> Layer {
        let state = state.map(|(conv, recurrent)| State { conv, recurrent });
        Layer {
            attention, window, heads, kv_heads, key_length, value_length, shares_kv, state,
            feed_forward_length, experts, ..Layer::default()
        }
    }
}

prop_compose! {
    fn geometry()(
        role in prop::sample::select(vec![
            Role::Decoder, Role::Encoder, Role::EncoderDecoder, Role::Diffusion,
        ]),
        layers in prop::collection::vec(layer(), 0..8),
        (embedding_length, vocabulary, context_length) in (length(), length(), length()),
        latent in prop::option::of((length(), length(), length())),
        experts in prop::option::of((length(), length(), length())),
    ) -> Geometry {
        Geometry {
            role, layers, embedding_length, vocabulary, context_length,
            latent: latent.map(|(kv_rank, rope_length, key_length)| Latent {
                kv_rank, rope_length, key_length, value_length: key_length, ..Latent::default()
            }),
            experts: experts.map(|(count, used, feed_forward_length)| Experts {
                count, used, feed_forward_length, ..Experts::default()
            }),
            ..Geometry::default()
        }
    }
}

fn weights() -> impl Strategy<Value = Weights> {
    let layer = (length(), length()).prop_map(|(dense, experts)| LayerWeights {
        dense,
        experts,
        repacked: 0,
    });
    let layout = (length(), length(), prop::collection::vec(layer, 0..6)).prop_map(
        |(token_embedding, output, layers)| {
            Weights::Layout(WeightLayout {
                token_embedding,
                output,
                layers,
                ..WeightLayout::default()
            })
        },
    );
    let component = (length(), prop::option::of(length())).prop_map(|(bytes, largest)| Component {
        name: "model.onnx".to_owned(),
        bytes,
        largest,
    });
    prop_oneof![
        length().prop_map(Weights::Bytes),
        layout,
        prop::collection::vec(component, 0..4).prop_map(Weights::Components),
    ]
}

fn hardware() -> impl Strategy<Value = Option<Hardware>> {
    let device = length().prop_map(|memory_bytes| Device { memory_bytes, ..Device::default() });
    let devices = prop::collection::vec(device, 0..4);
    let all = (devices, prop::option::of(length())).prop_map(|(devices, ram_bytes)| Hardware {
        devices,
        ram_bytes,
        ..Hardware::default()
    });
    prop::option::of(all)
}

/// Settings of all runtimes; which of them one knows, it says itself.
const SETTINGS: [(&str, &str); 31] = [
    ("", "context"),
    ("", "sequences"),
    ("", "parameters"),
    ("vllm", "max_model_len"),
    ("vllm", "max_num_seqs"),
    ("vllm", "max_num_batched_tokens"),
    ("vllm", "tensor_parallel_size"),
    ("vllm", "pipeline_parallel_size"),
    ("vllm", "block_size"),
    ("vllm", "kv_cache_memory_bytes"),
    ("vllm", "cpu_offload_gb"),
    ("vllm", "gpu_memory_utilization"),
    ("sglang", "context_length"),
    ("sglang", "max_total_tokens"),
    ("sglang", "chunked_prefill_size"),
    ("sglang", "page_size"),
    ("sglang", "tp_size"),
    ("sglang", "mem_fraction_static"),
    ("sglang", "mamba_full_memory_ratio"),
    ("sglang", "max_mamba_cache_size"),
    ("transformers", "nbits"),
    ("transformers", "q_group_size"),
    ("transformers", "max_memory"),
    ("mlx-lm", "max_kv_size"),
    ("mlx-lm", "kv_bits"),
    ("mlx-lm", "kv_group_size"),
    ("mlx-lm", "wired_limit_mb"),
    ("web-llm", "prefill_chunk_size"),
    ("diffusers", "width"),
    ("training", "r"),
    ("tensorrt-llm", "free_gpu_memory_fraction"),
];

/// An object of the settings that a runtime knows, with odd values.
fn settings(runtime: &str, picked: &[(usize, u64)]) -> String {
    let known = picked.iter().filter_map(|(place, value)| {
        let (owner, key) = SETTINGS.get(place % SETTINGS.len())?;
        (owner.is_empty() || *owner == runtime)
            .then(|| format!("\"{key}\": {}", value.min(&(1 << 53))))
    });
    format!("{{{}}}", known.collect::<Vec<_>>().join(", "))
}

fn spreads(memory: &RuntimeMemory) -> Vec<Spread> {
    let mut all = vec![memory.device, memory.host];
    all.extend(memory.parts.iter().map(|part| part.bytes));
    all.extend(memory.limit.map(|limit| limit.bytes));
    if let Some(capacity) = &memory.capacity {
        all.extend([capacity.cache_bytes, capacity.tokens, capacity.largest_context]);
        all.extend(capacity.block.map(|block| block.count));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_is_asked_there_is_an_answer(
        geometry in geometry(),
        weights in weights(),
        hardware in hardware(),
        picked in prop::collection::vec((any::<usize>(), length()), 0..6),
    ) {
        for runtime in runtime_ids() {
            let asked = settings(runtime, &picked);
            let found = runtime_estimate(runtime, &geometry, &weights, hardware.as_ref(), asked.as_bytes());
            let found = found.map_err(|error| TestCaseError::fail(format!("{runtime} {asked}: {error}")))?;
            for one in spreads(&found) {
                prop_assert!(one.low <= one.expected && one.expected <= one.high, "{} {:?}", runtime, one);
                prop_assert!(one.high < 1 << 53);
            }
            if let Some(capacity) = found.capacity {
                for sequences in [capacity.concurrency.low, capacity.concurrency.expected, capacity.concurrency.high] {
                    prop_assert!(sequences.is_finite() && sequences >= 0.0, "{} {}", runtime, sequences);
                }
            }
        }
    }
}
