//! Writes safetensors files: what the reader is tested with.

use serde_json::{Map, Value, json};

/// A header in the making; its data follow each other without a gap.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writer {
    entries: Vec<(String, Value)>,
    end: u64,
}

/// The bits of one element, written down once more: the reader must agree.
fn bits(dtype: &str) -> u64 {
    match dtype {
        "F4" => 4,
        "F6_E2M3" | "F6_E3M2" => 6,
        "I16" | "U16" | "F16" | "BF16" => 16,
        "I32" | "U32" | "F32" => 32,
        "C64" | "F64" | "I64" | "U64" => 64,
        _ => 8,
    }
}

impl Writer {
    /// Adds a tensor where the last one ended.
    pub(crate) fn tensor(
        &mut self,
        name: impl Into<String>,
        dtype: &str,
        shape: &[u64],
    ) -> &mut Self {
        let size = shape.iter().product::<u64>() * bits(dtype) / 8;
        let (start, end) = (self.end, self.end + size);
        self.end = end;
        self.entry(name, json!({ "dtype": dtype, "shape": shape, "data_offsets": [start, end] }))
    }

    /// Adds an entry as it is given.
    pub(crate) fn entry(&mut self, name: impl Into<String>, entry: Value) -> &mut Self {
        self.entries.push((name.into(), entry));
        self
    }

    /// The bytes of data that the tensors take.
    pub(crate) fn data_bytes(&self) -> u64 {
        self.end
    }

    /// The JSON, with names as often as they were added.
    pub(crate) fn json(&self) -> String {
        let entry = |(name, entry): &(String, Value)| format!("{}:{entry}", json!(name));
        let entries: Vec<String> = self.entries.iter().map(entry).collect();
        format!("{{{}}}", entries.join(","))
    }

    /// Length and header, without the data, padded with spaces to a multiple of eight as real writers do.
    pub(crate) fn header(&self) -> Vec<u8> {
        let mut json = self.json();
        json.push_str(&" ".repeat(json.len().wrapping_neg() % 8));
        file(json.as_bytes())
    }
}

/// Length and header.
pub(crate) fn file(header: &[u8]) -> Vec<u8> {
    let length = (header.len() as u64).to_le_bytes();
    [&length[..], header].concat()
}

/// An index that puts each tensor into a file.
pub(crate) fn index<'a>(
    entries: impl IntoIterator<Item = (&'a str, &'a str)>,
    total_size: u64,
) -> String {
    let map: Map<String, Value> =
        entries.into_iter().map(|(tensor, file)| (tensor.to_owned(), json!(file))).collect();
    json!({ "metadata": { "total_size": total_size }, "weight_map": map }).to_string()
}
