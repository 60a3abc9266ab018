//! Headers of well-known models, written from their public geometry: names, shapes and dtypes as their files have
//! them, without the data.

use super::safetensors::Writer;

/// How a linear layer is stored.
pub(crate) type Linear = fn(&mut Writer, &str, u64, u64);

/// Weights alone.
pub(crate) fn bf16(writer: &mut Writer, name: &str, out: u64, input: u64) {
    writer.tensor(format!("{name}.weight"), "BF16", &[out, input]);
}

/// Weights and a bias.
fn biased(writer: &mut Writer, name: &str, dtype: &str, out: u64, input: u64) {
    writer.tensor(format!("{name}.weight"), dtype, &[out, input]);
    writer.tensor(format!("{name}.bias"), dtype, &[out]);
}

/// A layer norm: weights and a bias of one size.
fn norm(writer: &mut Writer, name: &str, dtype: &str, size: u64) {
    writer.tensor(format!("{name}.weight"), dtype, &[size]);
    writer.tensor(format!("{name}.bias"), dtype, &[size]);
}

/// 4-bit GPTQ as `AutoGPTQ` writes it: words of eight weights along the input, and a bias though the model has none.
pub(crate) fn gptq(writer: &mut Writer, name: &str, out: u64, input: u64) {
    writer.tensor(format!("{name}.qweight"), "I32", &[input / 8, out]);
    writer.tensor(format!("{name}.qzeros"), "I32", &[input / 128, out / 8]);
    writer.tensor(format!("{name}.scales"), "F16", &[input / 128, out]);
    writer.tensor(format!("{name}.g_idx"), "I32", &[input]);
    writer.tensor(format!("{name}.bias"), "F16", &[out]);
}

/// 4-bit AWQ: words of eight weights along the output.
pub(crate) fn awq(writer: &mut Writer, name: &str, out: u64, input: u64) {
    writer.tensor(format!("{name}.qweight"), "I32", &[input, out / 8]);
    writer.tensor(format!("{name}.qzeros"), "I32", &[input / 128, out / 8]);
    writer.tensor(format!("{name}.scales"), "F16", &[input / 128, out]);
}

/// 4-bit compressed-tensors in groups of 128, ordered by activation.
pub(crate) fn compressed(writer: &mut Writer, name: &str, out: u64, input: u64) {
    writer.tensor(format!("{name}.weight_packed"), "I32", &[out, input / 8]);
    writer.tensor(format!("{name}.weight_scale"), "BF16", &[out, input / 128]);
    writer.tensor(format!("{name}.weight_shape"), "I64", &[2]);
    writer.tensor(format!("{name}.weight_g_idx"), "I32", &[input]);
}

/// The same in groups of 32, without an order, the shape in words.
fn compressed_32(writer: &mut Writer, name: &str, out: u64, input: u64) {
    writer.tensor(format!("{name}.weight_packed"), "I32", &[out, input / 8]);
    writer.tensor(format!("{name}.weight_scale"), "BF16", &[out, input / 32]);
    writer.tensor(format!("{name}.weight_shape"), "I32", &[2]);
}

/// NVFP4 of compressed-tensors: bytes of two weights, a scale for 16, one for all.
pub(crate) fn nvfp4(writer: &mut Writer, name: &str, out: u64, input: u64) {
    writer.tensor(format!("{name}.weight_packed"), "U8", &[out, input / 2]);
    writer.tensor(format!("{name}.weight_scale"), "F8_E4M3", &[out, input / 16]);
    writer.tensor(format!("{name}.weight_global_scale"), "F32", &[1]);
    writer.tensor(format!("{name}.input_global_scale"), "F32", &[1]);
}

/// NVFP4 of `ModelOpt`.
pub(crate) fn modelopt(writer: &mut Writer, name: &str, out: u64, input: u64) {
    writer.tensor(format!("{name}.weight"), "U8", &[out, input / 2]);
    writer.tensor(format!("{name}.weight_scale"), "F8_E4M3", &[out, input / 16]);
    writer.tensor(format!("{name}.weight_scale_2"), "F32", &[]);
    writer.tensor(format!("{name}.input_scale"), "F32", &[]);
}

/// FP8 in blocks of 128 by 128.
pub(crate) fn fp8(writer: &mut Writer, name: &str, out: u64, input: u64) {
    let blocks = [out.div_ceil(128), input.div_ceil(128)];
    writer.tensor(format!("{name}.weight"), "F8_E4M3", &[out, input]);
    writer.tensor(format!("{name}.weight_scale_inv"), "F32", &blocks);
}

/// 4-bit bitsandbytes, doubly quantized: a scale for 64 weights, a scale for 256 scales.
pub(crate) fn bitsandbytes(writer: &mut Writer, name: &str, out: u64, input: u64) {
    let weight = format!("{name}.weight");
    let scales = out * input / 64;
    writer.tensor(&weight, "U8", &[out * input / 2, 1]);
    writer.tensor(format!("{weight}.absmax"), "U8", &[scales]);
    writer.tensor(format!("{weight}.quant_map"), "F32", &[16]);
    writer.tensor(format!("{weight}.nested_absmax"), "F32", &[scales / 256]);
    writer.tensor(format!("{weight}.nested_quant_map"), "F32", &[256]);
    writer.tensor(format!("{weight}.quant_state.bitsandbytes__nf4"), "U8", &[117]);
}

/// bitsandbytes int8: a maximum for each row.
pub(crate) fn int8(writer: &mut Writer, name: &str, out: u64, input: u64) {
    writer.tensor(format!("{name}.weight"), "I8", &[out, input]);
    writer.tensor(format!("{name}.SCB"), "F32", &[out]);
    writer.tensor(format!("{name}.weight_format"), "U8", &[]);
}

/// MLX, `bits` to a weight, in groups of 64.
pub(crate) fn mlx(writer: &mut Writer, name: &str, out: u64, input: u64, bits: u64) {
    writer.tensor(format!("{name}.weight"), "U32", &[out, input * bits / 32]);
    writer.tensor(format!("{name}.scales"), "BF16", &[out, input / 64]);
    writer.tensor(format!("{name}.biases"), "BF16", &[out, input / 64]);
}

/// 4-bit HQQ with its settings as tensors.
pub(crate) fn hqq(writer: &mut Writer, name: &str, out: u64, input: u64) {
    let groups = out * input / 64;
    writer.tensor(format!("{name}.W_q"), "U8", &[groups / 2, 64]);
    writer.tensor(format!("{name}.scale"), "BF16", &[groups, 1]);
    writer.tensor(format!("{name}.zero"), "BF16", &[groups, 1]);
    writer.tensor(format!("{name}.shape"), "I32", &[2]);
    writer.tensor(format!("{name}.packing"), "U8", &[7]);
    writer.tensor(format!("{name}.nbits"), "I32", &[]);
}

/// A Llama: sizes, and how its linear layers are stored.
#[derive(Clone, Copy)]
pub(crate) struct Llama {
    pub(crate) layers: u64,
    pub(crate) hidden: u64,
    pub(crate) inner: u64,
    pub(crate) kv: u64,
    pub(crate) vocabulary: u64,
    pub(crate) dtype: &'static str,
    pub(crate) linear: Linear,
}

pub(crate) const LLAMA_8B: Llama = Llama {
    layers: 32,
    hidden: 4096,
    inner: 14336,
    kv: 1024,
    vocabulary: 128_256,
    dtype: "BF16",
    linear: bf16,
};

pub(crate) const LLAMA_70B: Llama = Llama { layers: 80, hidden: 8192, inner: 28672, ..LLAMA_8B };

impl Llama {
    pub(crate) fn write(self) -> Writer {
        let Self { hidden, inner, kv, vocabulary, dtype, linear, .. } = self;
        let mut w = Writer::default();
        w.tensor("lm_head.weight", dtype, &[vocabulary, hidden]);
        w.tensor("model.embed_tokens.weight", dtype, &[vocabulary, hidden]);
        for layer in 0..self.layers {
            let at = format!("model.layers.{layer}");
            w.tensor(format!("{at}.input_layernorm.weight"), dtype, &[hidden]);
            w.tensor(format!("{at}.post_attention_layernorm.weight"), dtype, &[hidden]);
            linear(&mut w, &format!("{at}.self_attn.q_proj"), hidden, hidden);
            linear(&mut w, &format!("{at}.self_attn.k_proj"), kv, hidden);
            linear(&mut w, &format!("{at}.self_attn.v_proj"), kv, hidden);
            linear(&mut w, &format!("{at}.self_attn.o_proj"), hidden, hidden);
            linear(&mut w, &format!("{at}.mlp.gate_proj"), inner, hidden);
            linear(&mut w, &format!("{at}.mlp.up_proj"), inner, hidden);
            linear(&mut w, &format!("{at}.mlp.down_proj"), hidden, inner);
        }
        w.tensor("model.norm.weight", dtype, &[hidden]);
        w
    }
}

/// The layers that BERT and `RoBERTa` share.
fn encoder(w: &mut Writer, at: &str, weight: &str, bias: &str) {
    for layer in 0..12 {
        let at = format!("{at}.encoder.layer.{layer}");
        for part in ["self.query", "self.key", "self.value", "output.dense"] {
            biased(w, &format!("{at}.attention.{part}"), "F32", 768, 768);
        }
        biased(w, &format!("{at}.intermediate.dense"), "F32", 3072, 768);
        biased(w, &format!("{at}.output.dense"), "F32", 768, 3072);
        for part in ["attention.output", "output"] {
            w.tensor(format!("{at}.{part}.LayerNorm.{weight}"), "F32", &[768]);
            w.tensor(format!("{at}.{part}.LayerNorm.{bias}"), "F32", &[768]);
        }
    }
}

/// google-bert/bert-base-uncased, with the heads it was trained with.
pub(crate) fn bert() -> Writer {
    let mut w = Writer::default();
    w.entry("__metadata__", serde_json::json!({ "format": "pt" }));
    w.tensor("bert.embeddings.LayerNorm.beta", "F32", &[768]);
    w.tensor("bert.embeddings.LayerNorm.gamma", "F32", &[768]);
    w.tensor("bert.embeddings.position_embeddings.weight", "F32", &[512, 768]);
    w.tensor("bert.embeddings.token_type_embeddings.weight", "F32", &[2, 768]);
    w.tensor("bert.embeddings.word_embeddings.weight", "F32", &[30522, 768]);
    encoder(&mut w, "bert", "gamma", "beta");
    biased(&mut w, "bert.pooler.dense", "F32", 768, 768);
    w.tensor("cls.predictions.bias", "F32", &[30522]);
    biased(&mut w, "cls.predictions.transform.dense", "F32", 768, 768);
    w.tensor("cls.predictions.transform.LayerNorm.beta", "F32", &[768]);
    w.tensor("cls.predictions.transform.LayerNorm.gamma", "F32", &[768]);
    biased(&mut w, "cls.seq_relationship", "F32", 2, 768);
    w
}

/// roberta-base, with its position ids.
pub(crate) fn roberta() -> Writer {
    let mut w = Writer::default();
    w.tensor("roberta.embeddings.position_ids", "I64", &[1, 514]);
    w.tensor("roberta.embeddings.word_embeddings.weight", "F32", &[50265, 768]);
    w.tensor("roberta.embeddings.position_embeddings.weight", "F32", &[514, 768]);
    w.tensor("roberta.embeddings.token_type_embeddings.weight", "F32", &[1, 768]);
    norm(&mut w, "roberta.embeddings.LayerNorm", "F32", 768);
    encoder(&mut w, "roberta", "weight", "bias");
    w.tensor("lm_head.bias", "F32", &[50265]);
    biased(&mut w, "lm_head.dense", "F32", 768, 768);
    norm(&mut w, "lm_head.layer_norm", "F32", 768);
    w
}

/// bigscience/bloom.
pub(crate) fn bloom() -> Writer {
    let (hidden, mut w) = (14336, Writer::default());
    w.tensor("word_embeddings.weight", "BF16", &[250_880, hidden]);
    norm(&mut w, "word_embeddings_layernorm", "BF16", hidden);
    for layer in 0..70 {
        let at = format!("h.{layer}");
        norm(&mut w, &format!("{at}.input_layernorm"), "BF16", hidden);
        norm(&mut w, &format!("{at}.post_attention_layernorm"), "BF16", hidden);
        biased(&mut w, &format!("{at}.self_attention.query_key_value"), "BF16", 3 * hidden, hidden);
        biased(&mut w, &format!("{at}.self_attention.dense"), "BF16", hidden, hidden);
        biased(&mut w, &format!("{at}.mlp.dense_h_to_4h"), "BF16", 4 * hidden, hidden);
        biased(&mut w, &format!("{at}.mlp.dense_4h_to_h"), "BF16", hidden, 4 * hidden);
    }
    norm(&mut w, "ln_f", "BF16", hidden);
    w
}

/// openai/gpt-oss: 20b has 24 layers of 32 experts, 120b has 36 of 128.
pub(crate) fn gpt_oss(layers: u64, experts: u64) -> Writer {
    let (hidden, mut w) = (2880, Writer::default());
    w.tensor("lm_head.weight", "BF16", &[201_088, hidden]);
    w.tensor("model.embed_tokens.weight", "BF16", &[201_088, hidden]);
    w.tensor("model.norm.weight", "BF16", &[hidden]);
    for layer in 0..layers {
        let at = format!("model.layers.{layer}");
        w.tensor(format!("{at}.input_layernorm.weight"), "BF16", &[hidden]);
        w.tensor(format!("{at}.post_attention_layernorm.weight"), "BF16", &[hidden]);
        biased(&mut w, &format!("{at}.self_attn.q_proj"), "BF16", 4096, hidden);
        biased(&mut w, &format!("{at}.self_attn.k_proj"), "BF16", 512, hidden);
        biased(&mut w, &format!("{at}.self_attn.v_proj"), "BF16", 512, hidden);
        biased(&mut w, &format!("{at}.self_attn.o_proj"), "BF16", hidden, 4096);
        w.tensor(format!("{at}.self_attn.sinks"), "BF16", &[64]);
        biased(&mut w, &format!("{at}.mlp.router"), "BF16", experts, hidden);
        for (name, out) in [("gate_up_proj", 2 * hidden), ("down_proj", hidden)] {
            let name = format!("{at}.mlp.experts.{name}");
            w.tensor(format!("{name}_blocks"), "U8", &[experts, out, 90, 16]);
            w.tensor(format!("{name}_scales"), "U8", &[experts, out, 90]);
            w.tensor(format!("{name}_bias"), "BF16", &[experts, out]);
        }
    }
    w
}

/// Qwen/Qwen-Image, the transformer.
pub(crate) fn qwen_image() -> Writer {
    let (hidden, mut w) = (3072, Writer::default());
    biased(&mut w, "img_in", "BF16", hidden, 64);
    biased(&mut w, "txt_in", "BF16", hidden, 3584);
    w.tensor("txt_norm.weight", "BF16", &[3584]);
    biased(&mut w, "time_text_embed.timestep_embedder.linear_1", "BF16", hidden, 256);
    biased(&mut w, "time_text_embed.timestep_embedder.linear_2", "BF16", hidden, hidden);
    biased(&mut w, "norm_out.linear", "BF16", 2 * hidden, hidden);
    biased(&mut w, "proj_out", "BF16", 64, hidden);
    for block in 0..60 {
        let at = format!("transformer_blocks.{block}");
        for part in [
            "to_q",
            "to_k",
            "to_v",
            "to_out.0",
            "add_q_proj",
            "add_k_proj",
            "add_v_proj",
            "to_add_out",
        ] {
            biased(&mut w, &format!("{at}.attn.{part}"), "BF16", hidden, hidden);
        }
        for part in ["norm_q", "norm_k", "norm_added_q", "norm_added_k"] {
            w.tensor(format!("{at}.attn.{part}.weight"), "BF16", &[128]);
        }
        for side in ["img", "txt"] {
            biased(&mut w, &format!("{at}.{side}_mod.1"), "BF16", 6 * hidden, hidden);
            biased(&mut w, &format!("{at}.{side}_mlp.net.0.proj"), "BF16", 4 * hidden, hidden);
            biased(&mut w, &format!("{at}.{side}_mlp.net.2"), "BF16", hidden, 4 * hidden);
        }
    }
    w
}

/// google/gemma-7b, as Alignment-Lab-AI/ALAI-gemma-7b has it; the output layer is the embedding.
pub(crate) fn gemma() -> Writer {
    let (hidden, inner, mut w) = (3072, 24576, Writer::default());
    w.tensor("model.embed_tokens.weight", "BF16", &[256_000, hidden]);
    w.tensor("model.norm.weight", "BF16", &[hidden]);
    for layer in 0..28 {
        let at = format!("model.layers.{layer}");
        w.tensor(format!("{at}.input_layernorm.weight"), "BF16", &[hidden]);
        w.tensor(format!("{at}.post_attention_layernorm.weight"), "BF16", &[hidden]);
        for part in ["q_proj", "k_proj", "v_proj"] {
            bf16(&mut w, &format!("{at}.self_attn.{part}"), 4096, hidden);
        }
        bf16(&mut w, &format!("{at}.self_attn.o_proj"), hidden, 4096);
        bf16(&mut w, &format!("{at}.mlp.gate_proj"), inner, hidden);
        bf16(&mut w, &format!("{at}.mlp.up_proj"), inner, hidden);
        bf16(&mut w, &format!("{at}.mlp.down_proj"), hidden, inner);
    }
    w
}

/// moonshotai/Kimi-K2.5: one file for the text model's ends and the vision tower, one for each layer.
pub(crate) fn kimi() -> Vec<Writer> {
    let ends = kimi_ends();
    std::iter::once(ends).chain((0..61).map(kimi_layer)).collect()
}

fn kimi_ends() -> Writer {
    let mut w = Writer::default();
    w.tensor("language_model.lm_head.weight", "BF16", &[163_840, 7168]);
    w.tensor("language_model.model.embed_tokens.weight", "BF16", &[163_840, 7168]);
    w.tensor("language_model.model.norm.weight", "BF16", &[7168]);
    norm(&mut w, "mm_projector.pre_norm", "BF16", 1152);
    biased(&mut w, "mm_projector.proj.0", "BF16", 4608, 4608);
    biased(&mut w, "mm_projector.proj.2", "BF16", 7168, 4608);
    w.tensor("vision_tower.patch_embed.pos_emb.weight", "BF16", &[64, 64, 1152]);
    w.tensor("vision_tower.patch_embed.proj.weight", "BF16", &[1152, 3, 14, 14]);
    w.tensor("vision_tower.patch_embed.proj.bias", "BF16", &[1152]);
    norm(&mut w, "vision_tower.encoder.final_layernorm", "BF16", 1152);
    for block in 0..27 {
        let at = format!("vision_tower.encoder.blocks.{block}");
        norm(&mut w, &format!("{at}.norm0"), "BF16", 1152);
        norm(&mut w, &format!("{at}.norm1"), "BF16", 1152);
        biased(&mut w, &format!("{at}.wqkv"), "BF16", 3 * 1152, 1152);
        biased(&mut w, &format!("{at}.wo"), "BF16", 1152, 1152);
        biased(&mut w, &format!("{at}.mlp.fc0"), "BF16", 4304, 1152);
        biased(&mut w, &format!("{at}.mlp.fc1"), "BF16", 1152, 4304);
    }
    w
}

fn kimi_layer(layer: u64) -> Writer {
    let (hidden, mut w) = (7168, Writer::default());
    let at = format!("language_model.model.layers.{layer}");
    w.tensor(format!("{at}.input_layernorm.weight"), "BF16", &[hidden]);
    w.tensor(format!("{at}.post_attention_layernorm.weight"), "BF16", &[hidden]);
    bf16(&mut w, &format!("{at}.self_attn.q_a_proj"), 1536, hidden);
    w.tensor(format!("{at}.self_attn.q_a_layernorm.weight"), "BF16", &[1536]);
    bf16(&mut w, &format!("{at}.self_attn.q_b_proj"), 64 * 192, 1536);
    bf16(&mut w, &format!("{at}.self_attn.kv_a_proj_with_mqa"), 512 + 64, hidden);
    w.tensor(format!("{at}.self_attn.kv_a_layernorm.weight"), "BF16", &[512]);
    bf16(&mut w, &format!("{at}.self_attn.kv_b_proj"), 64 * 256, 512);
    bf16(&mut w, &format!("{at}.self_attn.o_proj"), hidden, 64 * 128);
    if layer == 0 {
        feed_forward(&mut w, &format!("{at}.mlp"), hidden, 18432, bf16);
        return w;
    }
    bf16(&mut w, &format!("{at}.mlp.gate"), 384, hidden);
    w.tensor(format!("{at}.mlp.gate.e_score_correction_bias"), "F32", &[384]);
    feed_forward(&mut w, &format!("{at}.mlp.shared_experts"), hidden, 2048, bf16);
    for expert in 0..384 {
        feed_forward(&mut w, &format!("{at}.mlp.experts.{expert}"), hidden, 2048, compressed_32);
    }
    w
}

fn feed_forward(w: &mut Writer, at: &str, hidden: u64, inner: u64, linear: Linear) {
    linear(w, &format!("{at}.gate_proj"), inner, hidden);
    linear(w, &format!("{at}.up_proj"), inner, hidden);
    linear(w, &format!("{at}.down_proj"), hidden, inner);
}
