//! How many parameters a checkpoint has, whatever it packs them into.
//!
//! The counting rule is the one behind the figures the Hub publishes (huggingface.js
//! `packages/hub/src/lib/parse-safetensors-metadata.ts`), so that both say the same of the same file:
//!
//! 1. scalars, and exponent-only types (`F8_E8M0`), are never parameters;
//! 2. of a quantized model, scales, zero points, permutations and lookup tables are none either;
//! 3. a packed tensor counts as many parameters as its elements hold, under the dtype it is stored in;
//! 4. everything else counts its elements: biases, routing tables, position ids.
//!
//! Where that rule is silent or rounds, ours goes on: 3-bit GPTQ is dense (32 weights in three words), `ModelOpt`'s,
//! bitnet's and HQQ's packed weights are unpacked, bitsandbytes' int8 row maxima are not counted.

use super::packing::{Find, Packing};
use super::quantization::Quantization;
use super::{Dtype, Tensor, Tensors};
use serde::{Serialize, Serializer};

/// How many parameters a checkpoint has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "camelCase")]
pub struct ParameterCounts {
    /// By the dtype they are stored in: I32 for 4-bit weights in words of eight.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<string, number>"))]
    #[serde(serialize_with = "as_map")]
    pub by_dtype: Vec<(Dtype, u64)>,
    /// All together.
    pub total: u64,
    /// Whether it is the number of parameters, not of elements that hold them in a way not known here.
    pub exact: bool,
}

/// Counts the parameters of a model: the tensors of all its files, and what its config says of quantization.
#[must_use]
pub fn count_parameters(
    files: &[&Tensors],
    quantization: Option<&Quantization>,
) -> ParameterCounts {
    let known = quantization.is_none_or(Quantization::is_known);
    let mut counts = ParameterCounts { exact: known, ..Default::default() };
    for file in files {
        // What belongs together mostly stands in one file.
        let all = || std::iter::once(file).chain(files);
        let find = |name: &str| all().find_map(|file| file.find(name)).map(|tensor| tensor.dtype);
        for tensor in file.iter().filter(may_be_parameters) {
            counts.tensor(&tensor, quantization, &find);
        }
    }
    counts
}

/// Scalars are settings, and types without a mantissa hold the scales of others.
fn may_be_parameters(tensor: &Tensor<'_>) -> bool {
    !tensor.shape.is_empty() && tensor.dtype != Dtype::F8_E8M0
}

impl ParameterCounts {
    fn tensor(&mut self, tensor: &Tensor<'_>, by: Option<&Quantization>, find: Find<'_>) {
        let Some(by) = by else { return self.add(tensor, Packing::NONE) };
        if !by.is_beside(tensor, find) {
            self.exact &= !by.is_ambiguous(tensor);
            self.add(tensor, by.packing(tensor, find));
        }
    }

    fn add(&mut self, tensor: &Tensor<'_>, packing: Packing) {
        let count = tensor.elements().and_then(|elements| unpacked(elements, packing));
        let Some(count) = count else {
            self.exact = false;
            return;
        };
        if count > 0 {
            self.add_to(tensor.dtype, count);
            self.total = self.total.saturating_add(count);
        }
    }

    fn add_to(&mut self, dtype: Dtype, count: u64) {
        let place = self.by_dtype.partition_point(|(other, _)| *other < dtype);
        match self.by_dtype.get_mut(place) {
            Some((other, sum)) if *other == dtype => *sum = sum.saturating_add(count),
            _ => self.by_dtype.insert(place, (dtype, count)),
        }
    }
}

/// To the nearest whole number: the last word of a row may be half empty.
fn unpacked(elements: u64, packing: Packing) -> Option<u64> {
    let Packing { weights, elements: per } = packing;
    let (groups, rest) = (elements.checked_div(per)?, elements.checked_rem(per)?);
    groups.checked_mul(weights)?.checked_add((rest * weights + per / 2) / per)
}

fn as_map<S: Serializer>(counts: &[(Dtype, u64)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(counts.iter().copied())
}
