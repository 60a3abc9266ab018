//! The quantization methods: one row each, with where their config says what.
//!
//! The first 26 are transformers' `QuantizationMethod` (5.23, `src/transformers/utils/quantization_config.py`);
//! the rest are written by other tools and have no row there. Keys are paths into the config: `a.b` is `b` inside
//! `a`, `*` is every entry of an object, which then must agree.

/// How the weights of a method stand in safetensors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Storage {
    /// One element is one weight.
    Elements,
    /// One element is one weight, but for experts of a narrower `expert_dtype`, packed into whole numbers.
    NarrowExperts,
    /// `qweight` holds words of several weights; `scales`, `qzeros` and `g_idx` stand beside it.
    Qweight,
    /// Every U8 tensor holds bytes of several weights.
    Bytes,
    /// `*_blocks` holds bytes of two weights, `*_scales` the exponents of 32 each.
    Blocks,
    /// By `config_groups`: what ends on `pack-quantized` is packed into whole numbers.
    Groups,
    /// `weight` of type U8 holds bytes of two weights.
    ByteWeight,
    /// `W_q` holds packed weights; the other tensors of its module are scales and settings.
    Hqq,
    /// `weight` of type U32 holds words of several weights, where `scales` stands beside it.
    Mlx,
    /// Codebooks, trellises and other forms that shapes alone do not tell the weights of.
    Opaque,
}

/// What is known of a method.
#[derive(Debug)]
pub(super) struct Method {
    pub(super) name: &'static str,
    pub(super) storage: Storage,
    /// Where the bits of a weight stand: a number, a text such as `nvfp4`, or a flag such as `load_in_4bit`.
    pub(super) bits: &'static [&'static str],
    /// The bits where the config says none.
    pub(super) default_bits: Option<f64>,
    /// Where the number of weights that share a scale stands.
    pub(super) group_size: &'static [&'static str],
    /// That number where the config says none.
    pub(super) default_group_size: Option<u64>,
    /// Where the variant of the method stands.
    pub(super) format: &'static [&'static str],
}

const fn method(name: &'static str, storage: Storage) -> Method {
    Method {
        name,
        storage,
        bits: &[],
        default_bits: None,
        group_size: &[],
        default_group_size: None,
        format: &[],
    }
}

impl Method {
    const fn bits(self, bits: &'static [&'static str], default: Option<f64>) -> Self {
        Self { bits, default_bits: default, ..self }
    }

    const fn groups(self, group_size: &'static [&'static str], default: Option<u64>) -> Self {
        Self { group_size, default_group_size: default, ..self }
    }

    const fn format(self, format: &'static [&'static str]) -> Self {
        Self { format, ..self }
    }
}

use Storage::{
    Blocks, ByteWeight, Bytes, Elements, Groups, Hqq, Mlx, NarrowExperts, Opaque, Qweight,
};

/// One row per method. A default is the default of its config class.
pub(super) static METHODS: [Method; 30] = [
    method("bitsandbytes", Bytes)
        .bits(&["load_in_4bit", "_load_in_4bit", "load_in_8bit", "_load_in_8bit"], None)
        .format(&["bnb_4bit_quant_type"]),
    method("gptq", Qweight)
        .bits(&["bits"], None)
        .groups(&["group_size"], Some(128))
        .format(&["checkpoint_format", "format"]),
    method("awq", Qweight)
        .bits(&["bits", "w_bit"], Some(4.0))
        .groups(&["group_size", "q_group_size"], Some(128))
        .format(&["version", "format"]),
    // Bits: see `codebook_bits`.
    method("aqlm", Opaque).groups(&["in_group_size"], Some(8)),
    method("vptq", Opaque).groups(&["config_for_layers.*.group_size"], None),
    method("quanto", Opaque).bits(&["weights"], Some(8.0)).format(&["weights"]),
    method("eetq", Elements).bits(&["weights"], Some(8.0)).format(&["weights"]),
    method("higgs", Opaque).bits(&["bits"], Some(4.0)).groups(&["group_size"], Some(256)),
    method("hqq", Hqq)
        .bits(&["quant_config.weight_quant_params.nbits", "quant_config.nbits", "nbits"], Some(4.0))
        .groups(
            &[
                "quant_config.weight_quant_params.group_size",
                "quant_config.group_size",
                "group_size",
            ],
            Some(64),
        ),
    method("compressed-tensors", Groups)
        .bits(&["config_groups.*.weights.num_bits", "format"], None)
        .groups(&["config_groups.*.weights.group_size"], None)
        .format(&["format"]),
    method("fbgemm_fp8", Elements).bits(&[], Some(8.0)),
    method("torchao", Opaque)
        .bits(&["quant_type.default._type", "quant_type"], None)
        .groups(&["quant_type.default._data.group_size", "quant_type_kwargs.group_size"], None)
        .format(&["quant_type.default._type", "quant_type"]),
    method("gguf", Opaque),
    // Ternary weights, of which log2(3) = 1.58 bits are used, and two stored.
    method("bitnet", Bytes).bits(&[], Some(1.58)).format(&["quantization_mode"]),
    method("spqr", Opaque).bits(&["bits"], Some(3.0)).groups(&["beta1"], Some(16)),
    method("fp8", NarrowExperts)
        .bits(&[], Some(8.0))
        .groups(&["weight_block_size"], None)
        .format(&["fmt", "scale_fmt"]),
    method("quark", Opaque)
        .bits(&["global_quant_config.weight.dtype"], None)
        .groups(&["global_quant_config.weight.group_size"], None)
        .format(&["global_quant_config.weight.dtype"]),
    method("fp_quant", Qweight)
        .bits(&["forward_dtype"], Some(4.0))
        .groups(&["hadamard_group_size"], Some(16))
        .format(&["forward_dtype"]),
    method("auto-round", Qweight)
        .bits(&["bits"], Some(4.0))
        .groups(&["group_size"], Some(128))
        .format(&["packing_format"]),
    method("mxfp4", Blocks).bits(&[], Some(4.0)).groups(&[], Some(32)),
    method("nvfp4", ByteWeight).bits(&[], Some(4.0)).groups(&[], Some(16)),
    method("mxfp8", Elements).bits(&[], Some(8.0)).groups(&[], Some(32)),
    method("metal", Mlx).bits(&["bits"], Some(4.0)).groups(&["group_size"], Some(64)),
    method("fouroversix", ByteWeight)
        .bits(&["weight_dtype", "dtype"], Some(4.0))
        .groups(&[], Some(16))
        .format(&["weight_dtype", "dtype"]),
    method("sinq", Opaque)
        .bits(&["nbits"], Some(4.0))
        .groups(&["group_size"], Some(64))
        .format(&["method"]),
    method("gemma", Bytes).bits(&["num_bits"], Some(4.0)),
    // Not in transformers' list: TensorRT Model Optimizer, ExLlama, MLX.
    method("modelopt", ByteWeight)
        .bits(&["quant_algo", "config_groups.*.weights.num_bits"], None)
        .groups(&["group_size", "config_groups.*.weights.group_size"], None)
        .format(&["quant_algo"]),
    method("exl2", Opaque).bits(&["bits"], None).format(&["version"]),
    method("exl3", Opaque).bits(&["bits"], None).format(&["version"]),
    method("mlx", Mlx)
        .bits(&["bits"], Some(4.0))
        .groups(&["group_size"], Some(64))
        .format(&["mode"]),
];

/// Other spellings in real configs.
const ALIASES: [(&str, &str); 6] = [
    ("bitsandbytes_4bit", "bitsandbytes"),
    ("bitsandbytes_8bit", "bitsandbytes"),
    ("compressed_tensors", "compressed-tensors"),
    ("intel/auto-round", "auto-round"),
    ("auto_round", "auto-round"),
    ("modelopt_fp4", "modelopt"),
];

/// The row of a method by its name, in any case.
pub(super) fn find(name: &str) -> Option<&'static Method> {
    let name = name.to_ascii_lowercase();
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
    let name = alias.map_or(name.as_str(), |(_, name)| name);
    METHODS.iter().find(|method| method.name == name)
}
