//! What llama.cpp allocated, model by model, and the headers of those models.

use crate::testing::{Gguf, Put, PutTensor};
use hubfit::format::gguf::{GgufFacts, GgufReader, TensorType};
use hubfit::format::{Reader, Step};
use serde_json::Value as Json;
use std::path::Path;

/// The measured models; none where the file is not there.
pub(crate) fn records() -> Option<Vec<Json>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/llama-cpp-truth.json");
    // A worktree lies one folder deeper.
    let deeper =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/llama-cpp-truth.json");
    let text = std::fs::read_to_string(path).or_else(|_| std::fs::read_to_string(deeper)).ok()?;
    let Json::Array(records) = serde_json::from_str(&text).unwrap() else { unreachable!() };
    Some(records)
}

/// The header of the model that was measured: its keys, shapes and types.
pub(crate) fn header(record: &Json) -> GgufFacts {
    let mut file = Gguf::empty();
    for (key, value) in record["hyperparameters"].as_object().unwrap() {
        file = file.key(key, put(value));
    }
    if record["vocab"]["kind"] != "none" {
        let count = record["vocab"]["size"].as_u64().unwrap();
        file = file.texts("tokenizer.ggml.tokens", &vec![String::new(); count as usize]);
    }
    file.tensors = tensors(record);
    facts(&file)
}

/// The facts of a header whose data is not there.
pub(crate) fn facts(file: &Gguf) -> GgufFacts {
    let (bytes, mut reader) = (file.bytes(), GgufReader::new(None));
    let mut wanted = reader.start();
    loop {
        let at = |place: u64| usize::try_from(place).unwrap().min(bytes.len());
        match reader.feed(&bytes[at(wanted.start)..at(wanted.end)]).unwrap() {
            Step::Need(more) => wanted = more,
            Step::Done(facts) => return facts,
        }
    }
}

/// Numbers as the writers of such files have them: lists are signed.
fn put(value: &Json) -> Put {
    let number = |value: &Json| u32::try_from(value.as_u64().unwrap()).unwrap();
    match value {
        Json::Bool(flag) => Put::Bool(*flag),
        Json::String(text) => Put::Text(text.clone()),
        Json::Number(n) if n.is_f64() => Put::F32(n.as_f64().unwrap() as f32),
        Json::Number(_) => Put::U32(number(value)),
        Json::Array(list) if list.iter().all(Json::is_boolean) => {
            Put::List(7, list.iter().map(put).collect())
        }
        Json::Array(list) if list.iter().all(Json::is_i64) => {
            let signed = |value: &Json| Put::I32(value.as_i64().unwrap() as i32);
            Put::List(5, list.iter().map(signed).collect())
        }
        Json::Array(list) if list.iter().all(Json::is_f64) => {
            Put::List(6, list.iter().map(put).collect())
        }
        Json::Array(list) => Put::List(8, list.iter().map(put).collect()),
        Json::Null | Json::Object(_) => unreachable!("{value}"),
    }
}

/// The tensors, in the order of layers, each behind the other.
fn tensors(record: &Json) -> Vec<PutTensor> {
    let mut all = Vec::new();
    for group in record["tensors"]["groups"].as_array().unwrap() {
        let dims: Vec<u64> =
            group["ne"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
        let name = group["name"].as_str().unwrap();
        for (kind, layers) in group["types"].as_object().unwrap() {
            let type_id = TensorType::from_name(&kind.to_uppercase()).unwrap().0;
            let named = |name: String| PutTensor { name, dims: dims.clone(), type_id, offset: 0 };
            match layers.as_str() {
                None => all.push((0, named(name.to_owned()))),
                Some(spec) => all.extend(
                    layer_numbers(spec)
                        .map(|layer| (1 + layer, named(name.replace("%d", &layer.to_string())))),
                ),
            }
        }
    }
    all.sort_by(|one, other| (one.0, &one.1.name).cmp(&(other.0, &other.1.name)));
    let mut offset = 0;
    for (_, tensor) in &mut all {
        tensor.offset = offset;
        let (elements, bytes) = TensorType(tensor.type_id).block().unwrap();
        offset += (tensor.dims.iter().product::<u64>() / elements * bytes).next_multiple_of(32);
    }
    all.into_iter().map(|(_, tensor)| tensor).collect()
}

/// `0-2,5` is 0, 1, 2, 5.
fn layer_numbers(spec: &str) -> impl Iterator<Item = u64> + '_ {
    spec.split(',').flat_map(|part| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        first.parse::<u64>().unwrap()..=last.parse().unwrap()
    })
}
