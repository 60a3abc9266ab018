//! Formats that come as archives, pickles, or both, read by one machine.

use super::FactsReader;
use crate::error::Result;
use crate::format::Step;
use crate::format::container::{Container, ContainerMachine, Manner};
use crate::format::pickle::Imports;
use crate::format::problem::{Problem, Problems};
use crate::format::safetensors::Tensors;
use crate::model::file_facts::{FileFacts, FileKey, FileProblem, KeyValue, TypeTotal};
use crate::model::order::greatest_first;
use std::ops::Range;

/// What a format makes of what was read.
pub(super) type Tell = fn(Container) -> Result<(FileFacts, Option<Tensors>)>;

/// A reader that keeps the tensors it found.
pub(super) struct Contained {
    machine: ContainerMachine,
    tell: Tell,
    tensors: Option<Tensors>,
}

/// A reader of a format, for a file of that many bytes, where its size is known.
pub(super) fn open(manner: Manner, size: Option<u64>, tell: Tell) -> Box<dyn FactsReader> {
    let machine = ContainerMachine::new(size, manner);
    Box::new(Contained { machine, tell, tensors: None })
}

impl FactsReader for Contained {
    fn start(&self) -> Range<u64> {
        self.machine.start()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<FileFacts>> {
        Ok(match self.machine.feed(bytes)? {
            Step::Need(range) => Step::Need(range),
            Step::Done(container) => {
                let (facts, tensors) = (self.tell)(container)?;
                self.tensors = tensors;
                Step::Done(facts)
            }
        })
    }

    fn tensors(&self) -> Option<&Tensors> {
        self.tensors.as_ref()
    }
}

/// What such files have in common.
pub(super) fn facts(format: &str, imports: &Imports, problems: &Problems) -> FileFacts {
    let problem = |problem: &Problem| FileProblem {
        code: problem.code.to_owned(),
        message: problem.message.clone(),
    };
    FileFacts {
        format: format.to_owned(),
        kind: "model".to_owned(),
        imports: imports.list(),
        problems: problems.list.iter().map(problem).collect(),
        more_problems: problems.more,
        ..FileFacts::default()
    }
}

/// Adds the types, and their sums.
pub(super) fn count(facts: &mut FileFacts, types: &[TypeTotal]) {
    for total in types {
        facts.tensor_count = facts.tensor_count.saturating_add(total.tensors);
        facts.element_count = facts.element_count.saturating_add(total.elements);
        facts.tensor_bytes = facts.tensor_bytes.saturating_add(total.bytes);
    }
    facts.bits_per_weight = super::bits_per_weight(facts.tensor_bytes, facts.element_count);
    facts.types = greatest_first(types, |total| total.bytes);
}

/// A key with a text, where there is one.
pub(super) fn text(facts: &mut FileFacts, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        key_of(facts, key, KeyValue::Text(text.to_owned()));
    }
}

/// A key with a number.
#[expect(clippy::cast_precision_loss, reason = "counts and sizes stay below 2^53")]
pub(super) fn number(facts: &mut FileFacts, key: &str, number: u64) {
    key_of(facts, key, KeyValue::Number(number as f64));
}

fn key_of(facts: &mut FileFacts, key: &str, value: KeyValue) {
    facts.keys.push(FileKey { key: key.to_owned(), value });
}
