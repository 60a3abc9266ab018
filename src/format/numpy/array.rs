//! The header of one array.

use super::descr::{Descr, elements};
use super::literal::Literal;
use crate::error::{Code, Error, Result};
use crate::format::bytes::{number_at, part};

/// How an array starts.
pub(super) const MAGIC: &[u8] = b"\x93NUMPY";

/// The longest header that is read. NumPy itself wants to be told before it reads more than 10,000 bytes.
pub(super) const MAX_HEADER: u64 = 60_000;

/// One array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumpyArray {
    /// The name of its entry; empty where the file is the array.
    pub name: String,
    /// `F32`, as safetensors has it where it has one; `structured` where it has fields.
    pub dtype: String,
    /// Its dimensions, outermost first.
    pub shape: Vec<u64>,
    /// Whether the first dimension is the contiguous one.
    pub fortran_order: bool,
    /// Its elements; none where they are more than 64 bits count.
    pub elements: Option<u64>,
    /// Its bytes; none of objects, and of what cannot be counted.
    pub bytes: Option<u64>,
    /// Whether it holds Python objects: then its data are a pickle.
    pub has_objects: bool,
    /// Bytes before the data.
    pub header_bytes: u64,
    /// The version of the header: 1, 2 or 3.
    pub version: u8,
}

impl NumpyArray {
    /// Reads the header at the start of an array.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let version = bytes.get(6).copied().unwrap_or_default();
        let width = if version == 1 { 2 } else { 4 };
        let length = number_at(bytes, 8, width);
        let (true, 1..=3, Some(length)) = (bytes.starts_with(MAGIC), version, length) else {
            return Err(invalid("expected a header of version 1 to 3, found other bytes"));
        };
        if length > MAX_HEADER {
            let message =
                format!("a NumPy header: expected at most {MAX_HEADER} bytes, found {length}");
            return Err(Error::new(Code::LimitExceeded, message));
        }
        let start = 8 + width as u64;
        let text = part(bytes, start, length);
        if (text.len() as u64) < length {
            return Err(invalid("expected the end of its header, found the end of the bytes"));
        }
        let array = Literal::parse(text).and_then(|header| Self::of(name, &header));
        let array = array.ok_or_else(|| invalid("expected descr, fortran_order and shape"))?;
        Ok(Self { header_bytes: start + length, version, ..array })
    }

    fn of(name: &str, header: &Literal) -> Option<Self> {
        let descr = Descr::read(header.get("descr")?)?;
        let shape = header.get("shape")?.numbers()?;
        let elements = elements(&shape);
        let bytes = elements.and_then(|elements| elements.checked_mul(descr.bytes));
        Some(Self {
            name: name.to_owned(),
            fortran_order: *header.get("fortran_order")? == Literal::Flag(true),
            elements,
            bytes: bytes.filter(|_| !descr.has_objects),
            has_objects: descr.has_objects,
            dtype: descr.name,
            shape,
            header_bytes: 0,
            version: 0,
        })
    }
}

fn invalid(what: &'static str) -> Error {
    Error::new(Code::InvalidFile, format!("a NumPy array: {what}"))
}
