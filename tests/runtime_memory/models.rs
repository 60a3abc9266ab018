//! Models and hardware that are asked about, and how.

use hubfit::extract::geometry::of_config;
use hubfit::memory::runtime_estimate;
use hubfit::model::runtime_memory::{PartName, Place, RuntimeMemory, Weights};
use hubfit::model::spread::Spread;
use hubfit::model::{Device, Geometry, Hardware, Json};

pub(crate) const MIB: u64 = 1 << 20;
pub(crate) const GIB: f64 = 1_073_741_824.0;

/// A model by what its config says.
pub(crate) fn model(config: &str) -> Geometry {
    of_config(Json::parse("config", config.as_bytes()).unwrap()).unwrap()
}

/// Hardware with so many GPUs of so many GiB.
pub(crate) fn gpus(count: usize, gib: f64) -> Hardware {
    let device = Device {
        name: "GPU".to_owned(),
        backend: "cuda".to_owned(),
        memory_bytes: bytes(gib),
        ..Device::default()
    };
    Hardware { devices: vec![device; count], ..Hardware::default() }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small figures")]
pub(crate) fn bytes(gib: f64) -> u64 {
    (gib * GIB) as u64
}

#[expect(clippy::cast_precision_loss, reason = "small figures")]
pub(crate) fn gib(bytes: u64) -> f64 {
    bytes as f64 / GIB
}

pub(crate) fn estimate(
    runtime: &str,
    model: &Geometry,
    weights: u64,
    hardware: Option<&Hardware>,
    settings: &str,
) -> RuntimeMemory {
    runtime_estimate(runtime, model, &Weights::Bytes(weights), hardware, settings.as_bytes())
        .unwrap()
}

pub(crate) fn part(memory: &RuntimeMemory, name: PartName) -> Spread {
    let parts = memory.parts.iter().filter(|part| part.name == name);
    parts.fold(Spread::default(), |sum, part| sum.plus(part.bytes))
}

pub(crate) fn cache(runtime: &str, model: &Geometry, settings: &str) -> u64 {
    part(&estimate(runtime, model, 0, None, settings), PartName::Cache).expected
}

pub(crate) fn llama(
    layers: u64,
    width: u64,
    heads: u64,
    kv_heads: u64,
    vocabulary: u64,
) -> Geometry {
    model(&format!(
        r#"{{"model_type": "llama", "num_hidden_layers": {layers}, "hidden_size": {width},
            "num_attention_heads": {heads}, "num_key_value_heads": {kv_heads}, "head_dim": 128,
            "intermediate_size": {}, "vocab_size": {vocabulary}, "max_position_embeddings": 131072}}"#,
        width * 7 / 2
    ))
}

pub(crate) fn gpt_oss(layers: usize) -> Geometry {
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

pub(crate) fn deepseek(context: u64) -> Geometry {
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
pub(crate) fn qwen_hybrid(layers: u64, kv_heads: u64) -> Geometry {
    model(&format!(
        r#"{{"model_type": "qwen3_5_text", "num_hidden_layers": {layers}, "hidden_size": 5120,
            "num_attention_heads": 24, "num_key_value_heads": {kv_heads}, "head_dim": 256,
            "intermediate_size": 17408, "vocab_size": 248320, "max_position_embeddings": 262144,
            "full_attention_interval": 4, "linear_conv_kernel_dim": 4, "linear_key_head_dim": 128,
            "linear_value_head_dim": 128, "linear_num_key_heads": 16, "linear_num_value_heads": 48}}"#
    ))
}

pub(crate) fn gemma3(layers: u64, width: u64, heads: u64, kv_heads: u64, head: u64) -> Geometry {
    model(&format!(
        r#"{{"model_type": "gemma3_text", "num_hidden_layers": {layers}, "hidden_size": {width},
            "num_attention_heads": {heads}, "num_key_value_heads": {kv_heads}, "head_dim": {head},
            "intermediate_size": 10240, "vocab_size": 262208, "sliding_window": 1024,
            "sliding_window_pattern": 6, "max_position_embeddings": 131072}}"#
    ))
}

pub(crate) fn codes(memory: &RuntimeMemory) -> Vec<&str> {
    memory.findings.iter().map(|one| one.code.as_str()).collect()
}

pub(crate) fn part_at(memory: &RuntimeMemory, name: PartName, place: Place) -> Spread {
    let parts = memory.parts.iter().filter(|part| part.name == name && part.place == place);
    parts.fold(Spread::default(), |sum, part| sum.plus(part.bytes))
}
