//! Tensors and storages, as a pickle describes them.

use super::dtype::Dtype;
use super::limits::MAX_TENSORS;
use super::value::{HOMELESS, Heap, Home, Value};
use std::ops::Range;

/// A tensor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tensor {
    pub(super) dtype: Dtype,
    /// The reference to its storage; none of a tensor without data.
    pub(super) storage: Option<u32>,
    /// Where it starts in the storage, in elements.
    pub(super) offset: u64,
    pub(super) size: Value,
    pub(super) stride: Value,
    pub(super) home: Home,
}

/// A reference to a storage: `('storage', type, key, location, elements)`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Storage {
    pub(super) key: Value,
    pub(super) dtype: Dtype,
    /// None where they are more than 64 bits count.
    pub(super) bytes: Option<u64>,
    /// Whether it is a part of another one, as PyTorch before 0.4 had it.
    pub(super) is_view: bool,
}

impl Storage {
    /// What a persistent id says.
    pub(super) fn read(heap: &Heap, id: Value) -> Option<Self> {
        let item = |at| heap.item(id, at);
        if heap.text_of(item(0)) != Some(b"storage") {
            return None;
        }
        let dtype = match item(1) {
            Value::Global(super::global::Global::Type(dtype)) => dtype,
            _ => Dtype::BYTES,
        };
        let elements = number(item(4));
        Some(Self {
            key: item(2),
            dtype,
            bytes: elements.and_then(|elements| elements.checked_mul(dtype.storage_bytes())),
            is_view: heap.items(item(5)).is_some(),
        })
    }
}

impl Tensor {
    /// A tensor that is made from a storage: `(storage, offset, size, stride, …)`.
    pub(super) fn of_storage(heap: &Heap, storages: &[Storage], arguments: Value) -> Option<Self> {
        let item = |at| heap.item(arguments, at);
        let Value::Storage(storage) = item(0) else { return None };
        let own = storages.get(storage as usize).map_or(Dtype::BYTES, |storage| storage.dtype);
        // The seventh argument of the third version; the second one has a dictionary there.
        let dtype = match item(6) {
            Value::Global(super::global::Global::Type(dtype)) => dtype,
            _ => own,
        };
        let offset = number(item(1)).unwrap_or_default();
        let (size, stride) = (item(2), item(3));
        Some(Self { dtype, storage: Some(storage), offset, size, stride, home: HOMELESS })
    }

    /// A tensor without data: `(dtype, size, stride, …)`.
    pub(super) fn without_data(heap: &Heap, arguments: Value) -> Option<Self> {
        let item = |at| heap.item(arguments, at);
        let Value::Global(super::global::Global::Type(dtype)) = item(0) else { return None };
        let (size, stride) = (item(1), item(2));
        Some(Self { dtype, storage: None, offset: 0, size, stride, home: HOMELESS })
    }

    /// Keeps a tensor.
    pub(super) fn keep(self, heap: &mut Heap) -> Value {
        if !heap.room(heap.tensors.len(), MAX_TENSORS) {
            return Value::Unknown;
        }
        heap.tensors.push(self);
        u32::try_from(heap.tensors.len() - 1).map_or(Value::Unknown, Value::Tensor)
    }

    /// Its dimensions, outermost first.
    pub(super) fn shape(&self, heap: &Heap) -> Vec<u64> {
        let sizes = heap.items(self.size).unwrap_or_default();
        sizes.iter().map(|&size| number(size).unwrap_or_default()).collect()
    }

    /// Its elements; none where they are more than 64 bits count, or the shape is not known.
    pub(super) fn elements(&self, heap: &Heap) -> Option<u64> {
        let sizes = heap.items(self.size)?;
        sizes.iter().try_fold(1_u64, |product, &size| product.checked_mul(number(size)?))
    }

    /// Where its data stand in its storage, in bytes.
    pub(super) fn bytes(&self, heap: &Heap) -> Range<u64> {
        let end = self.reach(heap).filter(|_| self.storage.is_some());
        let place = |elements: u64| Some(elements.checked_mul(self.dtype.bits())?.div_ceil(8));
        let start = place(self.offset);
        start.zip(end.and_then(place)).map_or(0..0, |(start, end)| start..end)
    }

    /// The first element behind the last one that it reaches in its storage; none where it cannot be told.
    pub(super) fn reach(&self, heap: &Heap) -> Option<u64> {
        let (sizes, strides) = (heap.items(self.size)?, heap.items(self.stride)?);
        if self.elements(heap) == Some(0) || sizes.len() != strides.len() {
            return None;
        }
        let last = |(&size, &stride)| number(size)?.checked_sub(1)?.checked_mul(number(stride)?);
        let mut steps = sizes.iter().zip(strides).map(last);
        let last = steps.try_fold(self.offset, |sum: u64, step| sum.checked_add(step?));
        last?.checked_add(1)
    }
}

/// A number that is not negative.
fn number(value: Value) -> Option<u64> {
    match value {
        Value::Number(number) => u64::try_from(number).ok(),
        _ => None,
    }
}
