//! A safetensors header as [`FileFacts`].

use crate::format::safetensors::{Problem, SafetensorsFacts};
use crate::model::file_facts::{FileFacts, FileKey, FileProblem, KeyValue, TypeTotal};
use crate::model::order::greatest_first;

pub(super) fn facts(facts: &SafetensorsFacts) -> FileFacts {
    let problem = |problem: &Problem| FileProblem {
        code: problem.code.to_owned(),
        message: problem.message.clone(),
    };
    let types: Vec<_> = facts
        .totals
        .iter()
        .map(|total| TypeTotal {
            name: total.dtype.name().to_owned(),
            tensors: total.tensors,
            elements: total.elements,
            bytes: total.bytes,
        })
        .collect();
    let types = greatest_first(&types, |total| total.bytes);
    let elements = types.iter().fold(0_u64, |sum, total| sum.saturating_add(total.elements));
    let key = |(key, value): (&String, &String)| FileKey {
        key: key.clone(),
        value: KeyValue::Text(value.clone()),
    };
    FileFacts {
        format: "safetensors".to_owned(),
        kind: "model".to_owned(),
        header_bytes: facts.header_bytes,
        tensor_bytes: types.iter().fold(0, |sum, total| sum.saturating_add(total.bytes)),
        tensor_count: facts.tensors.len() as u64,
        element_count: elements,
        bits_per_weight: super::bits_per_weight(facts.data_bytes, elements),
        types,
        keys: facts.metadata.iter().map(key).collect(),
        problems: facts.problems.iter().map(problem).collect(),
        more_problems: facts.more_problems as u64,
        ..FileFacts::default()
    }
}
