//! A PyTorch file as [`FileFacts`].

use super::{number, problems, texts};
use crate::format::pickle::DtypeTotal;
use crate::format::pytorch::{PytorchContainer, PytorchFacts};
use crate::model::file_facts::{FileFacts, TypeTotal};
use crate::model::order::greatest_first;

pub(super) fn facts(facts: &PytorchFacts) -> FileFacts {
    let row = |total: &DtypeTotal| TypeTotal {
        name: total.dtype.name().to_owned(),
        tensors: total.tensors,
        elements: total.elements,
        bytes: total.bytes,
    };
    let types: Vec<_> = facts.pickle.totals.iter().map(row).collect();
    let sum = |of: fn(&TypeTotal) -> u64| {
        types.iter().fold(0, |sum: u64, total| sum.saturating_add(of(total)))
    };
    let (bytes, elements) = (sum(|total| total.bytes), sum(|total| total.elements));
    let byte_order = facts.byte_order.as_deref();
    let mut keys =
        texts([("container", Some(container(facts.container))), ("byte_order", byte_order)]);
    keys.push(number("pickle_protocol", u64::from(facts.pickle.protocol)));
    for (group, tensors, elements) in groups(facts) {
        keys.push(number(&[&*group, ".tensors"].concat(), tensors));
        keys.push(number(&[&*group, ".elements"].concat(), elements));
    }
    FileFacts {
        format: "pytorch".to_owned(),
        version: facts.version.clone(),
        kind: "model".to_owned(),
        header_bytes: facts.header_bytes,
        tensor_bytes: bytes,
        tensor_count: sum(|total| total.tensors),
        element_count: elements,
        bits_per_weight: super::bits_per_weight(bytes, elements),
        types: greatest_first(&types, |total| total.bytes),
        keys,
        imports: facts.imports.list(),
        problems: problems(&facts.problems),
        more_problems: facts.problems.more,
        ..FileFacts::default()
    }
}

fn container(container: PytorchContainer) -> &'static str {
    match container {
        PytorchContainer::Zip => "zip",
        PytorchContainer::TorchScript => "torchscript",
        PytorchContainer::Legacy => "legacy",
        PytorchContainer::Pickle => "pickle",
    }
}

/// What a checkpoint holds beside the model, such as the states of an optimizer: only where there is more than one
/// part, and parts hold several tensors.
fn groups(facts: &PytorchFacts) -> Vec<(String, u64, u64)> {
    let groups = facts.pickle.groups();
    let parts = groups.len() > 1 && groups.iter().any(|(_, tensors, _)| *tensors > 1);
    if parts { groups } else { Vec::new() }
}
