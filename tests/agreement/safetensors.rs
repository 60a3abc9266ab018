//! safetensors facts in the words of `PyPI` safetensors.

use super::read;
use hubfit::format::safetensors::SafetensorsReader;
use serde_json::{Value as Json, json};

pub(crate) fn facts(bytes: &[u8]) -> Json {
    let reader = SafetensorsReader::with_file_size(bytes.len() as u64);
    let facts = read(reader, bytes).unwrap();
    assert!(facts.problems.is_empty(), "{:?}", facts.problems);
    let mut tensors: Vec<_> = facts.tensors.iter().collect();
    tensors.sort_by_key(|tensor| (tensor.bytes.start, tensor.bytes.end, tensor.name.to_string()));
    let tensor = |tensor: &hubfit::format::safetensors::Tensor<'_>| {
        json!({
            "name": tensor.name,
            "dtype": tensor.dtype,
            "shape": tensor.shape,
            "start": tensor.bytes.start,
            "end": tensor.bytes.end,
        })
    };
    json!({
        "metadata": Json::from_iter(facts.metadata),
        "headerBytes": facts.header_bytes,
        "tensors": tensors.iter().map(tensor).collect::<Vec<_>>(),
    })
}
