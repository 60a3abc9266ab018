//! Writes GGUF files, right ones and wrong ones. Shared by unit tests and `tests/gguf.rs`; it uses nothing of
//! the crate, so that a mistake is not made twice.

#![allow(dead_code, reason = "each user takes a part")]
#![allow(
    clippy::allow_attributes,
    reason = "which part that is differs, so nothing can be expected"
)]

use proptest::collection::vec;
use proptest::prelude::*;

/// A value as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Put {
    U8(u8),
    I8(i8),
    U16(u16),
    I16(i16),
    U32(u32),
    I32(i32),
    F32(f32),
    Bool(bool),
    Text(String),
    /// The type of elements, and the elements.
    List(u32, Vec<Put>),
    U64(u64),
    I64(i64),
    F64(f64),
    /// A type, and bytes as they are.
    Raw(u32, Vec<u8>),
}

/// A tensor as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PutTensor {
    pub(crate) name: String,
    pub(crate) dims: Vec<u64>,
    pub(crate) type_id: u32,
    pub(crate) offset: u64,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Gguf {
    pub(crate) version: u32,
    pub(crate) big_endian: bool,
    pub(crate) keys: Vec<(String, Put)>,
    pub(crate) tensors: Vec<PutTensor>,
    /// The counts in the header, where they lie.
    pub(crate) key_count: Option<u64>,
    pub(crate) tensor_count: Option<u64>,
}

impl Put {
    pub(crate) fn type_id(&self) -> u32 {
        match self {
            Self::U8(_) => 0,
            Self::I8(_) => 1,
            Self::U16(_) => 2,
            Self::I16(_) => 3,
            Self::U32(_) => 4,
            Self::I32(_) => 5,
            Self::F32(_) => 6,
            Self::Bool(_) => 7,
            Self::Text(_) => 8,
            Self::List(..) => 9,
            Self::U64(_) => 10,
            Self::I64(_) => 11,
            Self::F64(_) => 12,
            Self::Raw(id, _) => *id,
        }
    }
}

impl Gguf {
    /// Version 3, lowest byte first, with an architecture.
    pub(crate) fn new() -> Self {
        Self::empty().text("general.architecture", "llama")
    }

    pub(crate) fn empty() -> Self {
        Self {
            version: 3,
            big_endian: false,
            keys: Vec::new(),
            tensors: Vec::new(),
            key_count: None,
            tensor_count: None,
        }
    }

    pub(crate) fn key(mut self, key: &str, value: Put) -> Self {
        self.keys.push((key.to_owned(), value));
        self
    }

    pub(crate) fn text(self, key: &str, text: &str) -> Self {
        self.key(key, Put::Text(text.to_owned()))
    }

    pub(crate) fn number(self, key: &str, number: u32) -> Self {
        self.key(key, Put::U32(number))
    }

    pub(crate) fn texts(self, key: &str, texts: &[String]) -> Self {
        self.key(key, Put::List(8, texts.iter().cloned().map(Put::Text).collect()))
    }

    pub(crate) fn tensor(mut self, name: &str, dims: &[u64], type_id: u32, offset: u64) -> Self {
        let (name, dims) = (name.to_owned(), dims.to_vec());
        self.tensors.push(PutTensor { name, dims, type_id, offset });
        self
    }

    /// The header: no padding, no data.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = Out { bytes: b"GGUF".to_vec(), version: self.version, big: self.big_endian };
        out.u32(self.version);
        out.length(self.tensor_count.unwrap_or(self.tensors.len() as u64));
        out.length(self.key_count.unwrap_or(self.keys.len() as u64));
        for (key, value) in &self.keys {
            out.text(key);
            out.u32(value.type_id());
            out.value(value);
        }
        for tensor in &self.tensors {
            out.text(&tensor.name);
            out.u32(u32::try_from(tensor.dims.len()).unwrap());
            tensor.dims.iter().for_each(|dim| out.length(*dim));
            out.u32(tensor.type_id);
            out.u64(tensor.offset);
        }
        out.bytes
    }
}

struct Out {
    bytes: Vec<u8>,
    version: u32,
    big: bool,
}

impl Out {
    fn put<const N: usize>(&mut self, mut little: [u8; N]) {
        if self.big {
            little.reverse();
        }
        self.bytes.extend(little);
    }

    fn u32(&mut self, number: u32) {
        self.put(number.to_le_bytes());
    }

    fn u64(&mut self, number: u64) {
        self.put(number.to_le_bytes());
    }

    fn length(&mut self, number: u64) {
        if self.version == 1 {
            self.u32(u32::try_from(number).unwrap());
        } else {
            self.u64(number);
        }
    }

    fn text(&mut self, text: &str) {
        self.length(text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }

    fn value(&mut self, value: &Put) {
        match value {
            Put::U8(number) => self.put(number.to_le_bytes()),
            Put::I8(number) => self.put(number.to_le_bytes()),
            Put::U16(number) => self.put(number.to_le_bytes()),
            Put::I16(number) => self.put(number.to_le_bytes()),
            Put::U32(number) => self.put(number.to_le_bytes()),
            Put::I32(number) => self.put(number.to_le_bytes()),
            Put::F32(number) => self.put(number.to_le_bytes()),
            Put::Bool(flag) => self.put([u8::from(*flag)]),
            Put::Text(text) => self.text(text),
            Put::U64(number) => self.put(number.to_le_bytes()),
            Put::I64(number) => self.put(number.to_le_bytes()),
            Put::F64(number) => self.put(number.to_le_bytes()),
            Put::Raw(_, bytes) => self.bytes.extend(bytes),
            Put::List(element, values) => {
                self.u32(*element);
                self.length(values.len() as u64);
                for value in values {
                    self.value(value);
                }
            }
        }
    }
}

fn any_scalar(type_id: u32) -> BoxedStrategy<Put> {
    match type_id {
        0 => any::<u8>().prop_map(Put::U8).boxed(),
        1 => any::<i8>().prop_map(Put::I8).boxed(),
        2 => any::<u16>().prop_map(Put::U16).boxed(),
        3 => any::<i16>().prop_map(Put::I16).boxed(),
        4 => any::<u32>().prop_map(Put::U32).boxed(),
        5 => any::<i32>().prop_map(Put::I32).boxed(),
        6 => any::<f32>().prop_map(Put::F32).boxed(),
        7 => any::<bool>().prop_map(Put::Bool).boxed(),
        8 => ".{0,20}".prop_map(Put::Text).boxed(),
        10 => any::<u64>().prop_map(Put::U64).boxed(),
        11 => any::<i64>().prop_map(Put::I64).boxed(),
        _ => any::<f64>().prop_map(Put::F64).boxed(),
    }
}

/// A list of numbers, flags, texts or lists; at most three deep.
fn any_list(depth: u32) -> BoxedStrategy<Put> {
    let flat = prop::sample::select(vec![0_u32, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12]);
    let flat =
        flat.prop_flat_map(|id| vec(any_scalar(id), 0..6).prop_map(move |all| Put::List(id, all)));
    if depth == 0 {
        return flat.boxed();
    }
    let nested = vec(any_list(depth - 1), 0..3).prop_map(|all| Put::List(9, all));
    prop_oneof![4 => flat, 1 => nested].boxed()
}

/// Any value.
pub(crate) fn any_value() -> impl Strategy<Value = Put> {
    let scalar =
        (0_u32..13).prop_filter("lists are below", |id| *id != 9).prop_flat_map(any_scalar);
    prop_oneof![scalar, any_list(2)]
}

fn any_tensor() -> impl Strategy<Value = PutTensor> {
    let dim = prop_oneof![0_u64..600, Just(256), Just(4096)];
    let parts = ("[a-z.0-9]{0,70}", vec(dim, 0..5), 0_u32..48, any::<u32>());
    parts.prop_map(|(name, dims, type_id, offset)| {
        let offset = u64::from(offset);
        PutTensor { name, dims, type_id, offset }
    })
}

/// A file that can be read, whatever is wrong with it.
pub(crate) fn any_gguf() -> impl Strategy<Value = Gguf> {
    let keys = prop_oneof![
        Just("general.architecture".to_owned()),
        Just("general.alignment".to_owned()),
        Just("general.file_type".to_owned()),
        Just("split.count".to_owned()),
        Just("tokenizer.chat_template".to_owned()),
        Just("tokenizer.ggml.model".to_owned()),
        "[a-z._]{0,12}",
    ];
    let keys = vec((keys, any_value()), 0..8);
    let parts = (1_u32..4, any::<bool>(), keys, vec(any_tensor(), 0..6));
    parts.prop_map(|(version, big_endian, keys, tensors)| Gguf {
        version,
        big_endian,
        keys,
        tensors,
        ..Gguf::empty()
    })
}
