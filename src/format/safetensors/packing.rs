//! What a tensor of a quantized checkpoint holds: weights, several to an element or one, or none.

use super::methods::Storage;
use super::quantization::{Group, Quantization};
use super::{Dtype, Tensor};

/// How many weights stand in how many elements: 8 in 1, or 32 in 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Packing {
    pub(super) weights: u64,
    pub(super) elements: u64,
}

impl Packing {
    /// One weight per element.
    pub(super) const NONE: Self = Self { weights: 1, elements: 1 };

    /// As many as fit, without a gap between elements: three words of 32 bits hold 32 weights of 3 bits.
    fn dense(dtype: Dtype, bits: Option<f64>) -> Self {
        let bits = bits.and_then(whole_bits);
        match (dtype.container_bits(), bits) {
            (Some(container), Some(bits)) if bits < container => {
                Self { weights: container, elements: bits }
            }
            _ => Self::NONE,
        }
    }
}

/// Bits as they are stored: 1.58 take two. None where they are no such number.
fn whole_bits(bits: f64) -> Option<u64> {
    (1_u32..=32).find(|&whole| bits <= f64::from(whole)).map(u64::from)
}

/// What stands beside quantized weights under one name in several methods
/// (huggingface.js `packages/hub/src/lib/parse-safetensors-metadata.ts`). A bare `scale` or `scales` is not here:
/// some models learn parameters of that name.
const BESIDE: [&str; 11] = [
    "input_global_scale",
    "input_scale",
    "input_zero_point",
    "weight_g_idx",
    "weight_global_scale",
    "weight_scale",
    "weight_scale_2",
    "weight_scale_inv",
    "weight_shape",
    "weight_zero_point",
    "zero_point",
];

impl Quantization {
    /// Whether a tensor holds no parameters, but what is needed to read those of its module.
    pub(super) fn is_beside(&self, tensor: &Tensor<'_>, find: Find<'_>) -> bool {
        let (module, own) = tensor.name.rsplit_once('.').unwrap_or(("", tensor.name));
        if BESIDE.contains(&own) {
            return true;
        }
        match self.storage {
            Storage::Qweight => {
                let own = ["qzeros", "g_idx", "scales"].contains(&own) || is_fp_quant(own);
                own && self.converts(tensor.name)
            }
            Storage::Bytes => is_bitsandbytes(own) || own.ends_with("_activation_scale"),
            Storage::Blocks => tensor.dtype == Dtype::U8 && own.ends_with("_scales"),
            Storage::ByteWeight => ["k_scale", "v_scale", "pre_quant_scale"].contains(&own),
            Storage::Hqq => own != "W_q" && own != "bias" && find(&join(module, "W_q")).is_some(),
            Storage::Mlx => {
                ["scales", "biases", "qbiases"].contains(&own)
                    && is_packed(&join(module, "weight"), find)
            }
            Storage::Elements | Storage::NarrowExperts | Storage::Groups | Storage::Opaque => false,
        }
    }

    /// How many weights an element of a tensor holds.
    pub(super) fn packing(&self, tensor: &Tensor<'_>, find: Find<'_>) -> Packing {
        if tensor.dtype.container_bits().is_none() || !self.converts(tensor.name) {
            return Packing::NONE;
        }
        let (module, own) = tensor.name.rsplit_once('.').unwrap_or(("", tensor.name));
        let (dtype, bits) = (tensor.dtype, self.scheme.bits);
        let dense = |bits| Packing::dense(dtype, bits);
        let byte = dtype == Dtype::U8;
        match self.storage {
            Storage::Qweight if own == "qweight" => dense(bits.or(Some(4.0))),
            Storage::Qweight if byte && (bits == Some(4.0) || bits == Some(2.0)) => dense(bits),
            Storage::Bytes if byte => dense(bits),
            Storage::Blocks if byte && own.contains("_blocks") => dense(Some(4.0)),
            Storage::Groups => self.in_group(tensor),
            Storage::ByteWeight if byte && own == "weight" => dense(Some(4.0)),
            Storage::Hqq if own == "W_q" => hqq(dtype, bits),
            Storage::Mlx if is_packed(tensor.name, find) => dense(self.bits_of(module)),
            Storage::NarrowExperts if is_routed_expert(tensor.name) => dense(self.expert_bits),
            Storage::Opaque if byte && bits == Some(4.0) => dense(bits),
            _ => Packing::NONE,
        }
    }

    /// Whether the module of a tensor is quantized at all.
    fn converts(&self, name: &str) -> bool {
        !self.ignored.contains(module_of(name)) && !self.skipped.contains(name)
    }

    /// The group that a module of a compressed-tensors checkpoint is in decides; where none names it (most name
    /// classes, which tensors do not tell), the first that states bits.
    fn in_group(&self, tensor: &Tensor<'_>) -> Packing {
        let group = self.group_of(tensor.name);
        let format = group.and_then(|group| group.format.as_ref()).or(self.scheme.format.as_ref());
        let Some(format) = format.filter(|format| format.ends_with("pack-quantized")) else {
            return Packing::NONE;
        };
        let bits = group.and_then(|group| group.bits);
        let bits = bits.or_else(|| self.groups.iter().find_map(|group| group.bits));
        let bits = bits.or_else(|| super::config::width(format)).unwrap_or(4.0);
        Packing::dense(tensor.dtype, Some(bits))
    }

    fn group_of(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.targets.contains(module_of(name)))
    }

    /// Whether shapes and config tell how many weights there are.
    pub(super) fn is_known(&self) -> bool {
        self.storage != Storage::Opaque && !self.partly_read
    }

    /// Whether the config leaves open which of several bit widths a tensor has.
    pub(super) fn is_ambiguous(&self, tensor: &Tensor<'_>) -> bool {
        self.storage == Storage::Groups
            && self.groups.len() > 1
            && self.scheme.bits.is_none()
            && tensor.dtype.container_bits().is_some()
            && self.group_of(tensor.name).is_none()
    }

    /// MLX: the bits of a module, where it has bits of its own.
    fn bits_of(&self, module: &str) -> Option<f64> {
        let found = self.overrides.binary_search_by(|(name, _)| name.as_str().cmp(module));
        let own = found.ok().and_then(|at| self.overrides.get(at)).map(|(_, bits)| *bits);
        own.or(self.scheme.bits)
    }
}

/// Looks a tensor up, in all files of the model.
pub(super) type Find<'f> = &'f dyn Fn(&str) -> Option<Dtype>;

/// What FP-Quant and HIGGS-like methods keep beside `qweight`.
fn is_fp_quant(own: &str) -> bool {
    ["act_global_scale", "forward_hadamard_matrix", "backward_hadamard_matrix"].contains(&own)
}

/// bitsandbytes: block maxima and lookup tables of 4-bit weights, themselves quantized; row maxima of int8.
fn is_bitsandbytes(own: &str) -> bool {
    ["absmax", "quant_map", "nested_absmax", "nested_quant_map", "SCB", "weight_format"]
        .contains(&own)
        || own.starts_with("bitsandbytes__")
}

/// HQQ packs 3-bit weights ten to a word, the rest densely (hqq `hqq/core/bitpack.py`).
fn hqq(dtype: Dtype, bits: Option<f64>) -> Packing {
    if bits == Some(3.0) && dtype == Dtype::I32 {
        return Packing { weights: 10, elements: 1 };
    }
    Packing::dense(dtype, bits)
}

/// Experts that a router chooses among; shared ones are as wide as the rest of the model.
fn is_routed_expert(name: &str) -> bool {
    name.contains(".experts.") && !name.contains("shared_expert")
}

/// MLX: a word tensor `x.weight` with its `x.scales`.
fn is_packed(weight: &str, find: Find<'_>) -> bool {
    let Some(module) = weight.strip_suffix("weight") else { return false };
    find(weight) == Some(Dtype::U32) && find(&format!("{module}scales")).is_some()
}

fn join(module: &str, own: &str) -> String {
    if module.is_empty() { own.to_owned() } else { format!("{module}.{own}") }
}

/// The module that a tensor such as `x.weight_packed` is of.
fn module_of(name: &str) -> &str {
    name.rfind(".weight").and_then(|end| name.get(..end)).unwrap_or(name)
}
