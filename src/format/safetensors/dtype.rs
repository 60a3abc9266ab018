//! The types a tensor's elements may have.

use serde::{Serialize, Serializer};
use std::fmt;

/// The type of a tensor's elements, as safetensors names it (safetensors `safetensors/src/tensor.rs`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(non_camel_case_types, reason = "named as in the file")]
#[expect(missing_docs, reason = "each is named as in the file; the table below has its size")]
pub enum Dtype {
    BOOL,
    F4,
    F6_E2M3,
    F6_E3M2,
    U8,
    I8,
    F8_E5M2,
    F8_E4M3,
    F8_E8M0,
    F8_E4M3FNUZ,
    F8_E5M2FNUZ,
    I16,
    U16,
    F16,
    BF16,
    I32,
    U32,
    F32,
    C64,
    F64,
    I64,
    U64,
    /// A name this reader does not know: the tensor's bytes are known, the size of an element is not.
    Unknown,
}

/// Every known type: itself, its name in a header, the bits of one element. In the order of the enum.
const TABLE: [(Dtype, &str, u64); 22] = [
    (Dtype::BOOL, "BOOL", 8),
    (Dtype::F4, "F4", 4),
    (Dtype::F6_E2M3, "F6_E2M3", 6),
    (Dtype::F6_E3M2, "F6_E3M2", 6),
    (Dtype::U8, "U8", 8),
    (Dtype::I8, "I8", 8),
    (Dtype::F8_E5M2, "F8_E5M2", 8),
    (Dtype::F8_E4M3, "F8_E4M3", 8),
    (Dtype::F8_E8M0, "F8_E8M0", 8),
    (Dtype::F8_E4M3FNUZ, "F8_E4M3FNUZ", 8),
    (Dtype::F8_E5M2FNUZ, "F8_E5M2FNUZ", 8),
    (Dtype::I16, "I16", 16),
    (Dtype::U16, "U16", 16),
    (Dtype::F16, "F16", 16),
    (Dtype::BF16, "BF16", 16),
    (Dtype::I32, "I32", 32),
    (Dtype::U32, "U32", 32),
    (Dtype::F32, "F32", 32),
    (Dtype::C64, "C64", 64),
    (Dtype::F64, "F64", 64),
    (Dtype::I64, "I64", 64),
    (Dtype::U64, "U64", 64),
];

impl Dtype {
    /// Every type a header may name.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    /// The type of this name; [`Dtype::Unknown`] for any other.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        TABLE.iter().find(|row| row.1 == name).map_or(Self::Unknown, |row| row.0)
    }

    /// The name in a header.
    #[must_use]
    pub fn name(self) -> &'static str {
        TABLE.get(self as usize).map_or("unknown", |row| row.1)
    }

    /// The bits of one element; none for an unknown type.
    #[must_use]
    pub fn bits(self) -> Option<u64> {
        TABLE.get(self as usize).map(|row| row.2)
    }

    /// The bits of one element, for the whole-number types that quantized weights are packed into.
    pub(super) fn container_bits(self) -> Option<u64> {
        use Dtype::{I8, I16, I32, U8, U16, U32};
        matches!(self, U8 | I8 | U16 | I16 | U32 | I32).then(|| self.bits()).flatten()
    }
}

impl fmt::Display for Dtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Dtype {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum() {
        for (place, (dtype, name, bits)) in TABLE.iter().enumerate() {
            assert_eq!(*dtype as usize, place, "{name}");
            assert_eq!(Dtype::from_name(name), *dtype);
            assert_eq!((dtype.name(), dtype.bits()), (*name, Some(*bits)));
        }
        assert_eq!(Dtype::Unknown as usize, TABLE.len());
        assert_eq!(Dtype::from_name("F7"), Dtype::Unknown);
        assert_eq!((Dtype::Unknown.name(), Dtype::Unknown.bits()), ("unknown", None));
    }
}
