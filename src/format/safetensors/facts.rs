//! What a safetensors file states.

use super::{Dtype, Tensor, Tensors};
use serde::Serialize;

/// What one safetensors file states in its header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafetensorsFacts {
    /// The texts of `__metadata__`, such as `format` and `pt`, in the order of their keys.
    pub metadata: Vec<(String, String)>,
    /// The tensors, in the order of the header.
    pub tensors: Tensors,
    /// Tensors, elements and bytes by dtype; only those that occur, in the order of [`Dtype`].
    pub totals: Vec<DtypeTotal>,
    /// The bytes before the data: the length field and the header.
    pub header_bytes: u64,
    /// The bytes of data that the tensors reach to.
    pub data_bytes: u64,
    /// What is wrong with the file, though it could be read.
    pub problems: Vec<Problem>,
    /// How many more problems there are than `problems` lists.
    pub more_problems: usize,
}

/// How much of a model stands in one dtype.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DtypeTotal {
    /// The dtype.
    pub dtype: Dtype,
    /// How many tensors.
    pub tensors: u64,
    /// How many elements they have, as stored: see [`count_parameters`](super::count_parameters) for what they
    /// stand for.
    pub elements: u64,
    /// How many bytes they take.
    pub bytes: u64,
}

/// Something wrong with a file that could be read all the same.
///
/// | code | meaning |
/// |---|---|
/// | `leading_space` | the header does not start with `{`, as the format says, but with spaces |
/// | `malformed_metadata` | `__metadata__` is not an object of texts |
/// | `malformed_tensor` | a header entry is no tensor; it is left out |
/// | `unknown_dtype` | a dtype that safetensors 0.8 does not have |
/// | `duplicate_name` | several tensors have one name |
/// | `shape_overflow` | a shape has more elements than 64 bits count |
/// | `size_mismatch` | shape and dtype take other bytes than the offsets span |
/// | `partial_byte` | the elements of a sub-byte dtype do not fill whole bytes |
/// | `bad_offsets` | a tensor ends before it starts |
/// | `hole` | bytes that belong to no tensor |
/// | `overlap` | bytes that belong to two tensors |
/// | `past_the_end` | a tensor reaches past the end of the file |
/// | `missing_shard` | a shard that the numbering or the index asks for is not there |
/// | `mixed_numbering` | shards of different sets in one index |
/// | `unsafe_file_name` | a file name that leaves the folder of the index; it is left out |
/// | `malformed_entry` | an index entry that is no file name; it is left out |
/// | `missing_tensor` | a tensor of the index is not in its shard |
/// | `unlisted_tensor` | a tensor of a shard is not in the index |
/// | `duplicate_tensor` | a tensor stands in several shards |
/// | `total_size_differs` | `metadata.total_size` is not the sum of the tensors |
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind of problem, to switch on.
    pub code: &'static str,
    /// What was expected, what was found.
    pub message: String,
    /// The tensor it is about.
    pub tensor: Option<String>,
}

/// Problems as they are found: a hostile file has as many as it has tensors, and nobody reads them all.
#[derive(Debug, Default)]
pub(super) struct Problems {
    pub(super) list: Vec<Problem>,
    pub(super) more: usize,
}

/// More than a person reads; enough to see a pattern.
const MAX_PROBLEMS: usize = 100;

/// Names are cut in messages: one name may be as long as the header.
const MAX_NAME: usize = 200;

impl Problems {
    /// The message is only made where it is kept.
    pub(super) fn add(&mut self, code: &'static str, tensor: &str, message: impl Fn() -> String) {
        if self.list.len() == MAX_PROBLEMS {
            self.more += 1;
            return;
        }
        let tensor = (!tensor.is_empty()).then(|| shortened(tensor).to_owned());
        self.list.push(Problem { code, message: message(), tensor });
    }
}

/// The start of a long name.
pub(super) fn shortened(name: &str) -> &str {
    let end = (0..=MAX_NAME.min(name.len())).rev().find(|&end| name.is_char_boundary(end));
    name.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// Sums by dtype.
pub(super) fn totals(tensors: &Tensors) -> Vec<DtypeTotal> {
    let total = |tensor: Tensor<'_>| DtypeTotal {
        dtype: tensor.dtype,
        tensors: 1,
        elements: tensor.elements().unwrap_or(0),
        bytes: tensor.size(),
    };
    merged(tensors.iter().map(total))
}

/// The sums of several files.
pub(super) fn merged(totals: impl Iterator<Item = DtypeTotal>) -> Vec<DtypeTotal> {
    let mut sums = [None::<DtypeTotal>; Dtype::Unknown as usize + 1];
    for total in totals {
        if let Some(sum) = sums.get_mut(total.dtype as usize) {
            *sum = Some(sum.map_or(total, |sum| sum.plus(&total)));
        }
    }
    sums.into_iter().flatten().collect()
}

impl DtypeTotal {
    fn plus(self, other: &Self) -> Self {
        Self {
            tensors: self.tensors.saturating_add(other.tensors),
            elements: self.elements.saturating_add(other.elements),
            bytes: self.bytes.saturating_add(other.bytes),
            ..self
        }
    }
}
