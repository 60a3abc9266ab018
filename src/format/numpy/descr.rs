//! The types of arrays: `<f4`, or fields of several types.

use super::literal::Literal;

/// The type of an array's elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Descr {
    /// `F32`, as safetensors has it; as the header has it where that has none.
    pub(super) name: String,
    /// Bytes of one element.
    pub(super) bytes: u64,
    /// Whether elements are Python objects, or have some among their fields.
    pub(super) has_objects: bool,
}

/// Kind and bytes of a number, and what safetensors calls it.
const NUMBERS: [(&str, &str); 14] = [
    ("f2", "F16"),
    ("f4", "F32"),
    ("f8", "F64"),
    ("i1", "I8"),
    ("i2", "I16"),
    ("i4", "I32"),
    ("i8", "I64"),
    ("u1", "U8"),
    ("u2", "U16"),
    ("u4", "U32"),
    ("u8", "U64"),
    ("b1", "BOOL"),
    ("c8", "C64"),
    ("c16", "C128"),
];

impl Descr {
    pub(super) fn read(literal: &Literal) -> Option<Self> {
        match literal {
            Literal::Text(text) => Self::plain(text),
            Literal::List(fields) => Self::fields(fields),
            _ => None,
        }
    }

    /// `<f4`: the order of bytes, the kind, and the bytes, or signs, of an element.
    fn plain(text: &str) -> Option<Self> {
        let code = text.trim_start_matches(['<', '>', '|', '=']);
        let kind = *code.as_bytes().first()?;
        let size = code.get(1..)?.split('[').next()?;
        let size: u64 = if size.is_empty() { 8 } else { size.parse().ok()? };
        let known = NUMBERS.iter().find(|row| row.0 == code);
        if known.is_none() && !b"OSUVmMfciua".contains(&kind) {
            return None;
        }
        Some(Self {
            name: known.map_or(text, |row| row.1).to_owned(),
            // A sign of text takes four bytes.
            bytes: if kind == b'U' { size.checked_mul(4)? } else { size },
            has_objects: kind == b'O',
        })
    }

    /// `[('x', '<f4'), ('y', '<f4', (3,))]`.
    fn fields(fields: &[Literal]) -> Option<Self> {
        let mut all = Self { name: "structured".to_owned(), bytes: 0, has_objects: false };
        for field in fields {
            let [_, descr, shape @ ..] = field.list()? else { return None };
            let own = Self::read(descr)?;
            let times = match shape {
                [shape] => elements(&shape.numbers()?)?,
                _ => 1,
            };
            all.bytes = all.bytes.checked_add(own.bytes.checked_mul(times)?)?;
            all.has_objects |= own.has_objects;
        }
        Some(all)
    }
}

/// How many elements a shape has; none where they are more than 64 bits count.
pub(super) fn elements(shape: &[u64]) -> Option<u64> {
    shape.iter().try_fold(1_u64, |product, &dim| product.checked_mul(dim))
}
