//! One tensor of a file.

use super::cursor::{Cursor, Read};
use super::header::too_much;
use super::limits::{MAX_DIMENSIONS, MAX_TENSOR_NAME};
use super::problem::{ProblemCode, Problems, quoted};
use super::tensor_type::{TensorType, TypeState};
use crate::format::bytes::times;

/// One tensor: its name, shape, type and place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tensor {
    /// The name.
    pub name: String,
    /// The dimensions; the first is the contiguous one.
    pub dims: Vec<u64>,
    /// The type.
    pub tensor_type: TensorType,
    /// Where it starts, from the start of the data section.
    pub offset: u64,
    /// Its elements; none where there are more than 2^63 - 1.
    pub elements: Option<u64>,
    /// Its bytes; none where its type or shape does not say.
    pub bytes: Option<u64>,
}

/// What the first dimension is divided by, and the most elements there may be.
const MOST_ELEMENTS: u64 = i64::MAX.cast_unsigned();

/// Reads one tensor info.
pub(super) fn read(from: &mut Cursor<'_>) -> Read<(Tensor, bool)> {
    let length = from.length()?;
    if length > MAX_TENSOR_NAME {
        let message = format!("a tensor's name of {length} bytes, more than {MAX_TENSOR_NAME}");
        return Err(too_much(message).into());
    }
    let name = from.bytes(length)?;
    let dims = dims(from)?;
    let tensor_type = TensorType(from.u32()?);
    let offset = from.u64()?;
    let elements = elements(&dims);
    let bytes = elements.and_then(|elements| bytes(&dims, elements, tensor_type));
    let valid = std::str::from_utf8(name).is_ok();
    let name = String::from_utf8_lossy(name).into_owned();
    Ok((Tensor { name, dims, tensor_type, offset, elements, bytes }, valid))
}

fn dims(from: &mut Cursor<'_>) -> Read<Vec<u64>> {
    let count = from.u32()?;
    if count > MAX_DIMENSIONS {
        return Err(too_much(format!("{count} dimensions, more than {MAX_DIMENSIONS}")).into());
    }
    let width = u64::from(from.layout.length_bytes());
    let mut content = Cursor::new(from.bytes(u64::from(count) * width)?, from.layout);
    (0..count).map(|_| content.length()).collect()
}

fn elements(dims: &[u64]) -> Option<u64> {
    if dims.contains(&0) {
        return Some(0);
    }
    let product = dims.iter().try_fold(1, |product, dim| times(product, *dim));
    product.filter(|elements| *elements <= MOST_ELEMENTS)
}

fn bytes(dims: &[u64], elements: u64, tensor_type: TensorType) -> Option<u64> {
    let (block, size) = tensor_type.block()?;
    let row = dims.first().copied().unwrap_or(1);
    if row % block != 0 {
        return None;
    }
    (elements / block).checked_mul(size)
}

impl Tensor {
    /// Tells what is wrong with it, taken by itself.
    pub(super) fn check(&self, valid_name: bool, problems: &mut Problems) {
        if !valid_name {
            let message = || format!("the name of tensor {} is not UTF-8", quoted(&self.name));
            problems.add(ProblemCode::InvalidText, message);
        }
        self.check_limits(problems);
        self.check_type(problems);
        self.check_size(problems);
    }

    /// What llama.cpp has no room for.
    fn check_limits(&self, problems: &mut Problems) {
        let (name, length, count) = (|| quoted(&self.name), self.name.len(), self.dims.len());
        if length > 63 {
            let message = || format!("the name {} has {length} bytes; at most 63 load", name());
            problems.add(ProblemCode::LongTensorName, message);
        }
        if count > 4 {
            let message = || format!("tensor {} has {count} dimensions; at most 4 load", name());
            problems.add(ProblemCode::ManyDimensions, message);
        }
    }

    fn check_type(&self, problems: &mut Problems) {
        let (code, what) = match self.tensor_type.state() {
            TypeState::Live => return,
            TypeState::Removed => (ProblemCode::RemovedTensorType, "which was removed"),
            TypeState::Unknown => (ProblemCode::UnknownTensorType, "which is not known"),
        };
        let name = || quoted(&self.name);
        problems.add(code, || format!("tensor {} has {}, {what}", name(), self.tensor_type));
    }

    fn check_size(&self, problems: &mut Problems) {
        let name = || quoted(&self.name);
        let block = self.tensor_type.block().map_or(1, |(elements, _)| elements);
        if self.dims.first().copied().unwrap_or(1) % block != 0 {
            problems.add(ProblemCode::PartialBlock, || {
                let Self { dims, tensor_type, .. } = self;
                format!("tensor {} {dims:?}: {tensor_type} has blocks of {block}", name())
            });
        } else if self.elements.is_none() || self.end().is_none() && self.bytes.is_some() {
            problems.add(ProblemCode::SizeOverflow, || {
                format!("tensor {} {:?} at {} cannot exist", name(), self.dims, self.offset)
            });
        }
    }

    /// Where it ends, from the start of the data section.
    #[must_use]
    pub fn end(&self) -> Option<u64> {
        self.offset.checked_add(self.bytes?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_counted_in_blocks() {
        let q4_k = TensorType::from_name("Q4_K").unwrap();
        assert_eq!(bytes(&[4096, 4096], 1 << 24, q4_k), Some((1 << 24) / 256 * 144));
        assert_eq!(bytes(&[100, 256], 25_600, q4_k), None);
        assert_eq!(bytes(&[], 1, TensorType(0)), Some(4));
        assert_eq!(bytes(&[1], 1, TensorType(4)), None);
    }

    #[test]
    fn shapes_that_cannot_be_counted() {
        assert_eq!(elements(&[1 << 32, 1 << 32]), None);
        assert_eq!(elements(&[1 << 63]), None);
        assert_eq!(elements(&[u64::MAX, u64::MAX, 0]), Some(0));
        assert_eq!(elements(&[]), Some(1));
        assert_eq!(bytes(&[1 << 62], 1 << 62, TensorType(0)), None);
    }
}
