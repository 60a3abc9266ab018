//! The tensors of a header, in three allocations however many there are.
//!
//! A mixture of experts has 200,000 tensors; a `String` and a `Vec` for each would cost more than reading them.

use super::Dtype;
use crate::model::order::order;
use std::ops::Range;

/// The tensors that a header names, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tensors {
    names: String,
    dims: Vec<u64>,
    entries: Vec<Entry>,
    /// The places of the entries, ordered by name.
    by_name: Vec<u32>,
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
        self.shape.iter().try_fold(1_u64, |product, &dim| product.checked_mul(dim))
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
        let at = self.by_name.partition_point(|&place| self.name(place) < name);
        let found = self.get(*self.by_name.get(at)? as usize)?;
        (found.name == name).then_some(found)
    }

    /// The names that stand more than once, each once.
    pub(super) fn repeated(&self) -> impl Iterator<Item = &str> {
        let same = |pair: &&[u32]| matches!(pair, [a, b] if self.name(*a) == self.name(*b));
        let pairs = self.by_name.windows(2).filter(same);
        let mut last = None;
        pairs.filter_map(move |pair| {
            let name = self.name(*pair.first()?);
            (last.replace(name) != Some(name)).then_some(name)
        })
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
        let name = |index: usize| tensors.name(u32::try_from(index).unwrap_or(u32::MAX));
        let by_name = order(tensors.entries.len(), &|one, other| name(one).cmp(name(other)));
        self.tensors.by_name = by_name;
        self.tensors
    }
}
