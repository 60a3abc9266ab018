//! Tensors counted by type.

use super::tensor::Tensor;
use super::tensor_type::TensorType;
use crate::model::order::{greatest_first, order};

/// The tensors of a file by type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// A row for each type, the one with most bytes first.
    pub types: Vec<TypeCount>,
    /// Elements of all tensors.
    pub elements: u64,
    /// Bytes of all tensors whose size is known.
    pub bytes: u64,
    /// Elements of the tensors whose size is known.
    pub sized_elements: u64,
    /// Tensors whose size is not known.
    pub unsized_tensors: u64,
}

/// The tensors of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeCount {
    /// The type.
    pub tensor_type: TensorType,
    /// The number of tensors.
    pub tensors: u64,
    /// Their elements.
    pub elements: u64,
    /// Their bytes, of those whose size is known.
    pub bytes: u64,
}

impl TypeCount {
    fn none(tensor_type: TensorType) -> Self {
        Self { tensor_type, tensors: 0, elements: 0, bytes: 0 }
    }

    fn add(&mut self, tensor: &Tensor) {
        self.tensors += 1;
        self.elements = self.elements.saturating_add(tensor.elements.unwrap_or(0));
        self.bytes = self.bytes.saturating_add(tensor.bytes.unwrap_or(0));
    }
}

impl Histogram {
    pub(super) fn of(tensors: &[Tensor]) -> Self {
        let mut all = Self::default();
        let mut types: Vec<TypeCount> = Vec::new();
        // By type, since a hostile file may have as many types as tensors.
        let type_of = |index: usize| tensors.get(index).map(|tensor| tensor.tensor_type);
        let by_type = order(tensors.len(), &|one, other| type_of(one).cmp(&type_of(other)));
        for tensor in by_type.into_iter().filter_map(|index| tensors.get(index as usize)) {
            let tensor_type = tensor.tensor_type;
            if types.last().is_none_or(|last| last.tensor_type != tensor_type) {
                types.push(TypeCount::none(tensor_type));
            }
            if let Some(count) = types.last_mut() {
                count.add(tensor);
            }
            all.add(tensor);
        }
        all.types = greatest_first(&types, |count| count.bytes);
        all
    }

    /// Sums saturate: what cannot be counted is reported tensor by tensor.
    fn add(&mut self, tensor: &Tensor) {
        let elements = tensor.elements.unwrap_or(0);
        self.elements = self.elements.saturating_add(elements);
        match tensor.bytes {
            Some(bytes) => {
                self.bytes = self.bytes.saturating_add(bytes);
                self.sized_elements = self.sized_elements.saturating_add(elements);
            }
            None => self.unsized_tensors += 1,
        }
    }

    /// Bits that a weight takes on average, scales and everything else included.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "an average has no more than 15 digits to say")]
    pub fn bits_per_weight(&self) -> Option<f64> {
        (self.sized_elements > 0).then(|| self.bytes as f64 * 8.0 / self.sized_elements as f64)
    }

    /// The row of a type.
    #[must_use]
    pub fn of_type(&self, tensor_type: TensorType) -> Option<&TypeCount> {
        self.types.iter().find(|count| count.tensor_type == tensor_type)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tensor(type_name: &str, elements: u64, bytes: Option<u64>) -> Tensor {
        let tensor_type = TensorType::from_name(type_name).unwrap();
        let dims = vec![elements];
        Tensor {
            name: String::new(),
            dims,
            tensor_type,
            offset: 0,
            elements: Some(elements),
            bytes,
        }
    }

    #[test]
    fn counts_and_bits_per_weight() {
        let all =
            [tensor("F32", 64, Some(256)), tensor("Q8_0", 64, Some(68)), tensor("F32", 8, None)];
        let histogram = Histogram::of(&all);
        assert_eq!((histogram.elements, histogram.bytes), (136, 324));
        assert_eq!((histogram.sized_elements, histogram.unsized_tensors), (128, 1));
        assert_eq!(histogram.bits_per_weight(), Some(20.25));
        let first = histogram.types[0];
        assert_eq!((first.tensor_type, first.tensors, first.elements), (TensorType(0), 2, 72));
        assert_eq!(Histogram::default().bits_per_weight(), None);
    }
}
