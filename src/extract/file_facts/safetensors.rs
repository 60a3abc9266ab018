//! A safetensors header as [`FileFacts`].

use super::FactsReader;
use crate::error::Result;
use crate::format::safetensors::{Problem, SafetensorsFacts, SafetensorsReader, Tensors};
use crate::format::{Reader, Step};
use crate::model::file_facts::{FileFacts, FileKey, FileProblem, KeyValue, TypeTotal};
use crate::model::order::greatest_first;
use std::ops::Range;

/// A reader that keeps the tensors it found.
pub(super) struct Checkpoint {
    reader: SafetensorsReader,
    tensors: Option<Tensors>,
}

impl Checkpoint {
    pub(super) fn new(size: Option<u64>) -> Self {
        let reader = size.map_or_else(SafetensorsReader::new, SafetensorsReader::with_file_size);
        Self { reader, tensors: None }
    }
}

impl FactsReader for Checkpoint {
    fn start(&self) -> Range<u64> {
        self.reader.start()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<FileFacts>> {
        match self.reader.feed(bytes)? {
            Step::Need(range) => Ok(Step::Need(range)),
            Step::Done(found) => {
                let told = facts(&found);
                self.tensors = Some(found.tensors);
                Ok(Step::Done(told))
            }
        }
    }

    fn tensors(&self) -> Option<&Tensors> {
        self.tensors.as_ref()
    }
}

fn facts(facts: &SafetensorsFacts) -> FileFacts {
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
    let key = |(key, value): &(String, String)| FileKey {
        key: key.clone(),
        value: KeyValue::Text(value.clone()),
    };
    FileFacts {
        format: "safetensors".to_owned(),
        kind: "model".to_owned(),
        header_bytes: facts.header_bytes,
        tensor_bytes: types.iter().fold(0, |sum, total| sum.saturating_add(total.bytes)),
        largest_tensor: facts.tensors.iter().map(|tensor| tensor.size()).max(),
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
