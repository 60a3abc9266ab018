//! The element types of TFLite (ai-edge-litert 2.3.0 `schema_py_generated.py`, `TensorType`).

/// Names and bits by number. Texts, resources and variants have no size of their own.
const TENSOR_TYPES: [(&str, u64); 23] = [
    ("FLOAT32", 32),
    ("FLOAT16", 16),
    ("INT32", 32),
    ("UINT8", 8),
    ("INT64", 64),
    ("STRING", 0),
    ("BOOL", 8),
    ("INT16", 16),
    ("COMPLEX64", 64),
    ("INT8", 8),
    ("FLOAT64", 64),
    ("COMPLEX128", 128),
    ("UINT64", 64),
    ("RESOURCE", 0),
    ("VARIANT", 0),
    ("UINT32", 32),
    ("UINT16", 16),
    ("INT4", 4),
    ("BFLOAT16", 16),
    ("INT2", 2),
    ("UINT4", 4),
    ("FLOAT8_E4M3FN", 8),
    ("FLOAT8_E5M2", 8),
];

/// Name and bits of an element type; bits are 0 where they are not known.
pub(super) fn tensor_type(id: u8) -> (String, u64) {
    let known = TENSOR_TYPES.get(usize::from(id));
    known.map_or_else(|| (format!("type {id}"), 0), |(name, bits)| ((*name).to_owned(), *bits))
}
