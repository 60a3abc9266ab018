//! One tensor: its type, its size, and where its data is.

use super::data_type::data_type;
use crate::format::draft::{Draft, size_of};
use crate::format::protobuf::Value;
use crate::model::quoted::quoted;

/// A tensor as its fields come.
#[derive(Debug, Default)]
pub(super) struct Tensor {
    pub(super) name: String,
    dims: Vec<i64>,
    data_type: u64,
    texts: u64,
    raw: Option<u64>,
    is_external: bool,
    location: String,
    offset: u64,
    length: Option<u64>,
    /// The entry of `external_data` that is being read.
    key: String,
    text: String,
}

impl Tensor {
    pub(super) fn field(&mut self, field: u32, value: Value<'_>) {
        match field {
            1 => value.push_to(&mut self.dims),
            2 => self.data_type = value.number(),
            6 => self.texts = self.texts.saturating_add(value.number()),
            8 => self.name = value.text().into_owned(),
            9 => self.raw = Some(value.number()),
            14 => self.is_external = value.number() == 1,
            _ => {}
        }
    }

    pub(super) fn external_field(&mut self, field: u32, value: Value<'_>) {
        let text = value.text().into_owned();
        if field == 1 { self.key = text } else { self.text = text }
    }

    /// An entry of `external_data` is complete. Of its keys, `checksum` says nothing about size or place.
    pub(super) fn external_end(&mut self) {
        let (key, text) = (std::mem::take(&mut self.key), std::mem::take(&mut self.text));
        match key.as_str() {
            "location" => self.location = text,
            "offset" => self.offset = text.parse().unwrap_or(0),
            "length" => self.length = text.parse().ok(),
            _ => {}
        }
    }

    /// The bytes of its data that stand in the file as they are.
    pub(super) fn raw_bytes(&self) -> u64 {
        self.raw.unwrap_or(0)
    }

    /// Counts it. What its fields do not agree on is a problem.
    pub(super) fn tell(&self, draft: &mut Draft) {
        let (name, bits) = data_type(self.data_type);
        let size = size_of(&self.dims, bits);
        if size.is_none() {
            let message = format!("tensor {}: dimensions {:?}", quoted(&self.name), self.dims);
            draft.problem("invalid_shape", message);
        }
        let (elements, computed) = size.unwrap_or_default();
        let stated = if self.is_external { self.length } else { self.raw };
        let bytes =
            if bits == 0 { stated.unwrap_or(self.texts) } else { stated.unwrap_or(computed) };
        if bits > 0 && size.is_some() && bytes != computed {
            let of = quoted(&self.name);
            let message = format!("tensor {of}: expected {computed} bytes, found {bytes}");
            draft.problem("size_mismatch", message);
        }
        draft.tensor(&name, elements, bytes);
        if self.is_external {
            draft.external(&self.location, self.offset.saturating_add(bytes));
        }
    }
}
