//! The element types of ONNX (onnx `onnx/onnx.proto`, `TensorProto.DataType`).

/// Names and bits by number. A text has no size of its own.
const DATA_TYPES: [(&str, u64); 29] = [
    ("UNDEFINED", 0),
    ("FLOAT", 32),
    ("UINT8", 8),
    ("INT8", 8),
    ("UINT16", 16),
    ("INT16", 16),
    ("INT32", 32),
    ("INT64", 64),
    ("STRING", 0),
    ("BOOL", 8),
    ("FLOAT16", 16),
    ("DOUBLE", 64),
    ("UINT32", 32),
    ("UINT64", 64),
    ("COMPLEX64", 64),
    ("COMPLEX128", 128),
    ("BFLOAT16", 16),
    ("FLOAT8E4M3FN", 8),
    ("FLOAT8E4M3FNUZ", 8),
    ("FLOAT8E5M2", 8),
    ("FLOAT8E5M2FNUZ", 8),
    ("UINT4", 4),
    ("INT4", 4),
    ("FLOAT4E2M1", 4),
    ("FLOAT8E8M0", 8),
    ("UINT2", 2),
    ("INT2", 2),
    ("FLOAT6E2M3", 6),
    ("FLOAT6E3M2", 6),
];

/// Name and bits of an element type; bits are 0 where they are not known.
pub(super) fn data_type(id: u64) -> (String, u64) {
    let known = usize::try_from(id).ok().and_then(|id| DATA_TYPES.get(id));
    known.map_or_else(|| (format!("type {id}"), 0), |(name, bits)| ((*name).to_owned(), *bits))
}
