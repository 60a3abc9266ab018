//! Parameter counts: headers of well-known models, and the figures published for them.
//!
//! The figures are those of huggingface.js `packages/hub/src/lib/parse-safetensors-metadata.spec.ts`. Two of them
//! are missing: of Kimi-K3 and DeepSeek-V4-Pro, tensors are known in part only (see `part_of_deepseek_v4`).

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(dead_code, reason = "the support is shared with other tests")]

mod support;

use hubfit::format::safetensors::{
    Dtype, ParameterCounts, Quantization, SafetensorsReader, Tensors, count_parameters,
};
use serde_json::{Value, json};
use support::geometry::{self, LLAMA_8B, LLAMA_70B, Llama};
use support::safetensors::Writer;
use support::unet::unet;

fn count(files: &[Writer], config: &Value) -> ParameterCounts {
    let read = |writer: &Writer| {
        let size = writer.header().len() as u64 + writer.data_bytes();
        let reader = SafetensorsReader::with_file_size(size);
        let facts = support::read(reader, &writer.header()).unwrap().0;
        assert_eq!(facts.problems, []);
        facts
    };
    let files: Vec<_> = files.iter().map(read).collect();
    let tensors: Vec<&Tensors> = files.iter().map(|facts| &facts.tensors).collect();
    let quantization = Quantization::from_config(config.to_string().as_bytes()).unwrap();
    count_parameters(&tensors, quantization.as_ref())
}

#[track_caller]
fn published(files: &[Writer], config: &Value, expected: &[(Dtype, u64)]) {
    let counts = count(files, config);
    let found: Vec<_> = counts.by_dtype.into_iter().collect();
    assert_eq!(found, expected);
    assert_eq!(counts.total, expected.iter().map(|(_, count)| count).sum::<u64>());
    assert!(counts.exact);
}

#[test]
fn bert_base_uncased() {
    published(&[geometry::bert()], &json!({}), &[(Dtype::F32, 110_106_428)]);
}

#[test]
fn roberta_base() {
    let expected = [(Dtype::F32, 124_697_433), (Dtype::I64, 514)];
    published(&[geometry::roberta()], &json!({}), &expected);
}

#[test]
fn bloom() {
    published(&[geometry::bloom()], &json!({}), &[(Dtype::BF16, 176_247_271_424)]);
}

#[test]
fn gemma_7b() {
    published(&[geometry::gemma()], &json!({}), &[(Dtype::BF16, 8_537_680_896)]);
}

#[test]
fn stable_diffusion_unet() {
    published(&[unet()], &json!({}), &[(Dtype::F32, 859_520_964)]);
}

#[test]
fn qwen_image_transformer() {
    published(&[geometry::qwen_image()], &json!({}), &[(Dtype::BF16, 20_430_401_088)]);
}

#[test]
fn llama_8b_gptq() {
    let config = json!({ "quantization_config": {
        "quant_method": "gptq", "bits": 4, "group_size": 128, "desc_act": true, "sym": true,
    }});
    let model = Llama { dtype: "F16", linear: geometry::gptq, ..LLAMA_8B };
    let expected = [(Dtype::F16, 1_052_315_648), (Dtype::I32, 6_979_321_856)];
    published(&[model.write()], &config, &expected);
}

#[test]
fn llama_8b_bitsandbytes() {
    let config = json!({ "quantization_config": {
        "quant_method": "bitsandbytes", "_load_in_4bit": true, "load_in_4bit": true,
        "load_in_8bit": false, "bnb_4bit_quant_type": "nf4", "bnb_4bit_use_double_quant": true,
    }});
    let model = Llama { linear: geometry::bitsandbytes, ..LLAMA_8B };
    let expected = [(Dtype::U8, 6_979_321_856), (Dtype::BF16, 1_050_939_392)];
    published(&[model.write()], &config, &expected);
}

#[test]
fn llama_70b_compressed_tensors() {
    let config = json!({ "quantization_config": {
        "quant_method": "compressed-tensors", "format": "pack-quantized", "ignore": ["lm_head"],
        "config_groups": { "group_0": {
            "targets": ["Linear"],
            "weights": { "num_bits": 4, "type": "int", "group_size": 128, "actorder": "group" },
        }},
    }});
    let model = Llama { linear: geometry::compressed, ..LLAMA_70B };
    let expected = [(Dtype::BF16, 2_102_665_216), (Dtype::I32, 68_451_041_280)];
    published(&[model.write()], &config, &expected);
}

#[test]
fn gpt_oss() {
    let config = json!({ "quantization_config": {
        "quant_method": "mxfp4", "modules_to_not_convert":
            ["model.layers.*.self_attn", "model.layers.*.mlp.router", "model.embed_tokens", "lm_head"],
    }});
    let small = [(Dtype::U8, 19_110_297_600), (Dtype::BF16, 1_804_459_584)];
    published(&[geometry::gpt_oss(24, 32)], &config, &small);
    let large = [(Dtype::U8, 114_661_785_600), (Dtype::BF16, 2_167_371_072)];
    published(&[geometry::gpt_oss(36, 128)], &config, &large);
}

#[test]
fn kimi_k2_5() {
    let config = json!({ "text_config": { "quantization_config": {
        "quant_method": "compressed-tensors", "format": "pack-quantized",
        "ignore": ["lm_head", "re:.*self_attn.*", "re:.*shared_experts.*", "re:.*mlp\\.(gate|up)_proj.*"],
        "config_groups": { "group_0": {
            "targets": ["Linear"], "weights": { "num_bits": 4, "type": "int", "group_size": 32 },
        }},
    }}});
    let expected =
        [(Dtype::BF16, 12_193_329_648), (Dtype::I32, 1_014_686_023_680), (Dtype::F32, 23_040)];
    published(&geometry::kimi(), &config, &expected);
}

/// The experts of DeepSeek-V4-Pro, 98 % of it, and its routing tables; each of its rules shows. The layers are 61,
/// and one that drafts; three choose experts by a table.
#[test]
fn part_of_deepseek_v4() {
    let config = json!({ "expert_dtype": "fp4", "quantization_config": {
        "quant_method": "fp8", "weight_block_size": [128, 128], "scale_fmt": "ue8m0",
    }});
    let mut w = Writer::default();
    for layer in 0..62 {
        for (part, out, input) in [("w1", 3072, 7168), ("w2", 7168, 3072), ("w3", 3072, 7168)] {
            for expert in 0..384 {
                let name = format!("layers.{layer}.ffn.experts.{expert}.{part}");
                w.tensor(format!("{name}.weight"), "I8", &[out, input / 2]);
                w.tensor(format!("{name}.scale"), "F8_E8M0", &[out, input / 32]);
            }
            let name = format!("layers.{layer}.ffn.shared_experts.{part}");
            w.tensor(format!("{name}.weight"), "F8_E4M3", &[out, input]);
            w.tensor(format!("{name}.scale"), "F8_E8M0", &[out / 128, input / 128]);
        }
        if layer < 3 {
            w.tensor(format!("layers.{layer}.ffn.gate.tid2eid"), "I64", &[129_280, 6]);
        }
    }
    let shared = 62 * 3 * 3072 * 7168;
    let expected =
        [(Dtype::I8, 1_572_763_336_704), (Dtype::F8_E4M3, shared), (Dtype::I64, 2_327_040)];
    published(&[w], &config, &expected);
}

#[test]
fn expert_widths_are_for_experts_only() {
    let config = json!({ "expert_dtype": "fp4", "quantization_config": { "quant_method": "fp8" } });
    let mut w = Writer::default();
    w.tensor("layers.0.ffn.shared_experts.w1.weight", "I8", &[4, 4]);
    w.tensor("layers.0.attn.wkv.weight", "I8", &[4, 4]);
    w.tensor("layers.0.ffn.experts.3.w1.weight", "F8_E4M3", &[4, 4]);
    w.tensor("layers.0.ffn.experts.4.w1.weight", "U8", &[4, 4]);
    let expected = [(Dtype::U8, 32), (Dtype::I8, 32), (Dtype::F8_E4M3, 16)];
    published(&[w], &config, &expected);
}

/// Every way of packing a Llama's linear layers holds the same number of weights.
#[test]
fn one_model_in_many_forms() {
    let tiny = Llama { layers: 2, hidden: 512, inner: 1024, kv: 256, vocabulary: 1000, ..LLAMA_8B };
    let plain = count(&[tiny.write()], &json!({})).total;
    let group = |bits: u32, format: &str| {
        let config_groups =
            json!({ "group_0": { "targets": ["Linear"], "weights": { "num_bits": bits } } });
        json!({ "quant_method": "compressed-tensors", "format": format, "config_groups": config_groups })
    };
    let cases: [(geometry::Linear, Value); 9] = [
        (
            geometry::awq,
            json!({ "quant_method": "awq", "bits": 4, "group_size": 128, "version": "gemm" }),
        ),
        (
            geometry::awq,
            json!({ "quant_method": "auto-round", "bits": 4, "packing_format": "auto_round:awq" }),
        ),
        (geometry::compressed, group(4, "pack-quantized")),
        (geometry::nvfp4, group(4, "nvfp4-pack-quantized")),
        (geometry::modelopt, json!({ "quant_method": "modelopt", "quant_algo": "NVFP4" })),
        (geometry::fp8, json!({ "quant_method": "fp8", "weight_block_size": [128, 128] })),
        (geometry::bitsandbytes, json!({ "quant_method": "bitsandbytes", "load_in_4bit": true })),
        (geometry::int8, json!({ "quant_method": "bitsandbytes", "load_in_8bit": true })),
        (
            geometry::hqq,
            json!({ "quant_method": "hqq", "quant_config": { "weight_quant_params": { "nbits": 4 } } }),
        ),
    ];
    for (linear, config) in cases {
        let counts =
            count(&[Llama { linear, ..tiny }.write()], &json!({ "quantization_config": config }));
        assert_eq!((counts.total, counts.exact), (plain, true), "{config}");
    }
}

#[test]
fn mlx_with_bits_of_its_own_for_some_modules() {
    let four: geometry::Linear = |w, name, out, input| geometry::mlx(w, name, out, input, 4);
    let mixed: geometry::Linear = |w, name, out, input| {
        geometry::mlx(w, name, out, input, if name.ends_with("down_proj") { 6 } else { 3 });
    };
    let tiny = Llama { layers: 1, hidden: 512, inner: 1024, kv: 256, vocabulary: 1000, ..LLAMA_8B };
    let plain = count(&[tiny.write()], &json!({})).total;
    let config = json!({ "quantization": { "group_size": 64, "bits": 4 } });
    assert_eq!(count(&[Llama { linear: four, ..tiny }.write()], &config).total, plain);
    let config = json!({ "quantization": { "group_size": 64, "bits": 3, "mode": "affine",
        "model.layers.0.mlp.down_proj": { "group_size": 64, "bits": 6 }, "lm_head": false } });
    assert_eq!(count(&[Llama { linear: mixed, ..tiny }.write()], &config).total, plain);
}

#[test]
fn what_is_never_a_parameter() {
    let mut w = Writer::default();
    w.tensor("scalar", "F32", &[]);
    w.tensor("scales", "F8_E8M0", &[4, 6]);
    w.tensor("w", "F4", &[10, 20]);
    w.tensor("learned.scales", "F32", &[3]);
    published(&[w], &json!({}), &[(Dtype::F4, 200), (Dtype::F32, 3)]);
}

#[test]
fn several_widths_in_one_checkpoint() {
    let config = json!({ "quantization_config": {
        "quant_method": "compressed-tensors", "format": "mixed-precision",
        "config_groups": {
            "a": { "targets": ["re:.*embed$"], "format": "pack-quantized", "weights": { "num_bits": 2 } },
            "b": { "targets": ["x"], "format": "pack-quantized", "weights": { "num_bits": 3 } },
        },
    }});
    let mut w = Writer::default();
    w.tensor("model.embed.weight_packed", "I32", &[1, 4]);
    w.tensor("x.weight_packed", "I32", &[1, 3]);
    let counts = count(&[w.clone()], &config);
    assert_eq!((counts.total, counts.exact), (64 + 32, true));
    w.tensor("unnamed.weight_packed", "I32", &[1, 4]);
    assert!(!count(&[w], &config).exact);
}

#[test]
fn what_config_and_shapes_do_not_tell() {
    for config in [
        json!({ "quant_method": "aqlm" }),
        json!({ "quant_method": "not-yet-invented" }),
        json!({ "quant_method": "gptq", "bits": 4, "dynamic": { "+:.*": { "bits": 8 } } }),
        json!({ "quant_method": "bitsandbytes", "load_in_4bit": true, "bnb_4bit_quant_storage": "bfloat16" }),
    ] {
        let mut w = Writer::default();
        w.tensor("x.codes", "I16", &[8, 8]);
        let counts = count(&[w], &json!({ "quantization_config": config }));
        assert_eq!((counts.total, counts.exact), (64, false), "{config}");
    }
}
