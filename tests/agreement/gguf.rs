//! GGUF facts in the words of `PyPI` gguf.

use super::read;
use hubfit::format::gguf::{Entry, GgufFacts, GgufReader, List, Tensor, Value, ValueType, Values};
use serde_json::{Value as Json, json};

pub(crate) fn facts(bytes: &[u8]) -> Json {
    let facts = read(GgufReader::new(Some(bytes.len() as u64)), bytes).unwrap();
    assert!(facts.problems.list.is_empty(), "{:?}", facts.problems);
    let keys: Vec<_> = facts.entries.iter().map(|entry| key(&facts, entry, bytes)).collect();
    let tensors: Vec<_> = facts.tensors.iter().map(|found| tensor(&facts, found)).collect();
    json!({
        "version": facts.version,
        "bigEndian": facts.big_endian,
        "alignment": facts.alignment,
        // Without tensors there is no data section; that library pads all the same.
        "dataOffset": facts.data_offset.next_multiple_of(facts.alignment),
        "keys": keys,
        "tensors": tensors,
    })
}

fn key(facts: &GgufFacts, entry: &Entry, file: &[u8]) -> Json {
    let span =
        |from: u64, to: u64| &file[usize::try_from(from).unwrap()..usize::try_from(to).unwrap()];
    let value = match &entry.value {
        Value::U64(number) => json!(number),
        Value::I64(number) => json!(number),
        Value::F64(number) => float(*number),
        Value::Bool(flag) => json!(flag),
        Value::Text(text) => json!(text),
        Value::LongText(place) => json!(String::from_utf8_lossy(span(place.start, place.end))),
        Value::List(list) => elements(facts, list, span(list.span.start, list.span.end)),
    };
    let kind = name(entry.value_type);
    match &entry.value {
        Value::List(list) => {
            // An empty list has no type that library would tell.
            let element = (list.length > 0).then(|| name(list.element));
            json!({ "key": entry.key, "type": kind, "element": element, "value": value })
        }
        _ => json!({ "key": entry.key, "type": kind, "value": value }),
    }
}

fn elements(facts: &GgufFacts, list: &List, bytes: &[u8]) -> Json {
    let values = match list.element {
        ValueType::Text => return json!(facts.texts(list, bytes).unwrap()),
        _ => facts.values(list, bytes).unwrap(),
    };
    if let Some(decoded) = &list.values {
        assert_eq!(decoded, &values);
    }
    match values {
        Values::U64(numbers) => json!(numbers),
        Values::I64(numbers) => json!(numbers),
        Values::F64(numbers) => numbers.into_iter().map(float).collect(),
        Values::Bool(flags) => json!(flags),
    }
}

/// JSON has no number for what is not finite.
fn float(number: f64) -> Json {
    if number.is_finite() { json!(number) } else { json!(number.to_string()) }
}

fn name(kind: ValueType) -> &'static str {
    match kind {
        ValueType::U8 => "UINT8",
        ValueType::I8 => "INT8",
        ValueType::U16 => "UINT16",
        ValueType::I16 => "INT16",
        ValueType::U32 => "UINT32",
        ValueType::I32 => "INT32",
        ValueType::F32 => "FLOAT32",
        ValueType::Bool => "BOOL",
        ValueType::Text => "STRING",
        ValueType::List => "ARRAY",
        ValueType::U64 => "UINT64",
        ValueType::I64 => "INT64",
        ValueType::F64 => "FLOAT64",
    }
}

/// Blocks of `Q8_1` have 36 bytes: two halves and 32 numbers (ggml `src/ggml-common.h`). `PyPI` gguf counts 40, for two
/// whole floats (`gguf/constants.py`). No file has such tensors: it is a type of sums in the making.
const Q8_1: (u32, u64, u64) = (9, 36, 40);

fn tensor(facts: &GgufFacts, tensor: &Tensor) -> Json {
    let (id, ours, theirs) = Q8_1;
    let of = |bytes: u64| if tensor.tensor_type.0 == id { bytes / ours * theirs } else { bytes };
    json!({
        "name": tensor.name,
        "type": tensor.tensor_type.name(),
        "shape": tensor.dims,
        "elements": tensor.elements,
        "bytes": tensor.bytes.map(of),
        "start": facts.data_offset + tensor.offset,
    })
}
