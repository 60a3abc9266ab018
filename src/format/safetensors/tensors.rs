//! The tensors of a header, in three allocations however many there are.
//!
//! A mixture of experts has 200,000 tensors; a `String` and a `Vec` for each would cost more than reading them.

use super::Dtype;
use crate::format::bytes::times;
use crate::model::order::order;
use std::ops::Range;

/// The tensors that a header names, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tensors {
    names: String,
    dims: Vec<u64>,
    entries: Vec<Entry>,
    /// The places of the entries, ordered by the hash of their names, then by the name.
    by_hash: Vec<u32>,
}

/// What is known of a tensor; its name and shape end where the next one's begin.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    name_end: u32,
    dims_end: u32,
    dtype: Dtype,
    start: u64,
    end: u64,
}

/// One tensor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tensor<'a> {
    /// Its name.
    pub name: &'a str,
    /// The type of its elements.
    pub dtype: Dtype,
    /// Its dimensions, outermost first; none for a scalar.
    pub shape: &'a [u64],
    /// Where its data stand, counted from the end of the header; in a PyTorch file from the start of its storage, in one
    /// of arrays from the start of the array.
    pub bytes: Range<u64>,
}

impl Tensor<'_> {
    /// How many elements the shape has; none where multiplying it out, from the left, exceeds 64 bits.
    #[must_use]
    pub fn elements(&self) -> Option<u64> {
        self.shape.iter().try_fold(1, |product, &dim| times(product, dim))
    }

    /// How many bytes the data take; zero where the offsets are the wrong way round.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.bytes.end.saturating_sub(self.bytes.start)
    }
}

impl Tensors {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The tensors, in the order of the header.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Tensor<'_>> {
        let (mut name, mut dims) = (0, 0);
        self.entries.iter().map(move |entry| {
            let tensor = self.tensor(entry, name, dims);
            (name, dims) = (entry.name_end, entry.dims_end);
            tensor
        })
    }

    /// The tensor at a place of the header.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<Tensor<'_>> {
        let entry = self.entries.get(place)?;
        let before = place.checked_sub(1).and_then(|place| self.entries.get(place));
        let (name, dims) = before.map_or((0, 0), |before| (before.name_end, before.dims_end));
        Some(self.tensor(entry, name, dims))
    }

    /// The first tensor of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Tensor<'_>> {
        let wanted = (hash(name), name);
        let key = |place: u32| (hash(self.name(place)), self.name(place));
        let at = self.by_hash.partition_point(|&place| key(place) < wanted);
        let found = self.get(*self.by_hash.get(at)? as usize)?;
        (found.name == name).then_some(found)
    }

    /// The names that stand more than once, each once, in the order of the header.
    pub(super) fn repeated(&self) -> impl Iterator<Item = &str> {
        let alike = |one: &u32, other: &u32| self.name(*one) == self.name(*other);
        let runs = self.by_hash.chunk_by(alike).filter(|run| run.len() > 1);
        let places: Vec<u32> = runs.filter_map(|run| run.first().copied()).collect();
        let order = order(places.len(), &|one, other| places.get(one).cmp(&places.get(other)));
        order.into_iter().filter_map(move |at| places.get(at as usize).map(|&at| self.name(at)))
    }

    fn tensor(&self, entry: &Entry, name: u32, dims: u32) -> Tensor<'_> {
        let shape = self.dims.get(dims as usize..entry.dims_end as usize);
        let name = self.names.get(name as usize..entry.name_end as usize);
        Tensor {
            name: name.unwrap_or_default(),
            dtype: entry.dtype,
            shape: shape.unwrap_or_default(),
            bytes: entry.start..entry.end,
        }
    }

    fn name(&self, place: u32) -> &str {
        self.get(place as usize).map_or("", |tensor| tensor.name)
    }
}

/// Tensors in the making.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    tensors: Tensors,
}

impl Builder {
    /// Room for what a header of so many bytes usually holds, so that nothing is moved while it is read.
    pub(super) fn for_header(bytes: usize) -> Self {
        // Real headers spend 110 bytes and more on a tensor, half of them on its name.
        let mut tensors = Tensors::default();
        tensors.names.reserve(bytes / 2);
        tensors.entries.reserve(bytes / 110);
        tensors.dims.reserve(bytes / 55);
        Self { tensors }
    }

    /// One more dimension of the tensor that is being read.
    pub(crate) fn dim(&mut self, dim: u64) {
        self.tensors.dims.push(dim);
    }

    /// Takes back the dimensions of the tensor that is being read.
    pub(super) fn drop_dims(&mut self) {
        let end = self.tensors.entries.last().map_or(0, |entry| entry.dims_end);
        self.tensors.dims.truncate(end as usize);
    }

    /// Ends the tensor that is being read. None where its places in the arenas exceed 32 bits, which no header
    /// under the limit comes near.
    pub(crate) fn end(&mut self, name: &str, dtype: Dtype, bytes: Range<u64>) -> Option<()> {
        let name_end = u32::try_from(self.tensors.names.len() + name.len()).ok()?;
        let dims_end = u32::try_from(self.tensors.dims.len()).ok()?;
        self.tensors.names.push_str(name);
        let entry = Entry { name_end, dims_end, dtype, start: bytes.start, end: bytes.end };
        self.tensors.entries.push(entry);
        Some(())
    }

    pub(crate) fn finish(mut self) -> Tensors {
        let tensors = &self.tensors;
        let hashes: Vec<u64> = tensors.iter().map(|tensor| hash(tensor.name)).collect();
        let name = |index: usize| tensors.get(index).map(|tensor| tensor.name);
        let by_hash = order(hashes.len(), &|one, other| {
            hashes.get(one).cmp(&hashes.get(other)).then_with(|| name(one).cmp(&name(other)))
        });
        self.tensors.by_hash = by_hash;
        self.tensors
    }
}

/// Tells names apart without looking through what they share: they start alike, and a header numbers its layers in no
/// order that names are sorted in. Whoever makes names of equal hashes only makes them be compared.
fn hash(name: &str) -> u64 {
    let (words, rest) = name.as_bytes().as_chunks::<8>();
    let last = rest.iter().fold(1, |word, byte| word << 8 | u64::from(*byte));
    // The step and the number of rustc's own tables (crate rustc-hash 1).
    let step =
        |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    step(words.iter().fold(0, |hash, word| step(hash, u64::from_le_bytes(*word))), last)
}
