//! A PyTorch file as [`FileFacts`].

use super::contained::{self, count, number, text};
use crate::error::Result;
use crate::format::container::Container;
use crate::format::pickle::{DtypeTotal, PickleFacts};
use crate::format::pytorch::{PytorchContainer, PytorchFacts};
use crate::format::safetensors::{Dtype, Tensors, TensorsBuilder};
use crate::model::file_facts::{FileFacts, TypeTotal};

pub(super) fn tell(container: Container) -> Result<(FileFacts, Option<Tensors>)> {
    let found = PytorchFacts::new(container)?;
    let pickle = &found.pickle;
    let row = |total: &DtypeTotal| TypeTotal {
        name: total.dtype.name().to_owned(),
        tensors: total.tensors,
        elements: total.elements,
        bytes: total.bytes,
    };
    let mut facts = contained::facts("pytorch", &found.imports, &found.problems);
    count(&mut facts, &pickle.totals.iter().map(row).collect::<Vec<_>>());
    text(&mut facts, "container", Some(name_of(found.container)));
    text(&mut facts, "byte_order", found.byte_order.as_deref());
    number(&mut facts, "pickle_protocol", u64::from(pickle.protocol));
    for (group, tensors, elements) in groups(pickle) {
        number(&mut facts, &[&*group, ".tensors"].concat(), tensors);
        number(&mut facts, &[&*group, ".elements"].concat(), elements);
    }
    facts.header_bytes = found.header_bytes;
    let tensors = tensors(pickle);
    facts.version = found.version;
    Ok((facts, tensors))
}

fn name_of(container: PytorchContainer) -> &'static str {
    match container {
        PytorchContainer::Zip => "zip",
        PytorchContainer::TorchScript => "torchscript",
        PytorchContainer::Legacy => "legacy",
        PytorchContainer::Pickle => "pickle",
    }
}

/// What a checkpoint holds beside the model, such as the states of an optimizer: only where there is more than one
/// part, and parts hold several tensors.
fn groups(pickle: &PickleFacts) -> Vec<(String, u64, u64)> {
    let groups = pickle.groups();
    let parts = groups.len() > 1 && groups.iter().any(|(_, tensors, _)| *tensors > 1);
    if parts { groups } else { Vec::new() }
}

/// Names and shapes may take so many bytes for each byte of the pickle: one that shares a shape or a key of a kilobyte
/// among all its tensors would fill the memory. `torch.save` stays below one.
const MAX_GROWTH: u64 = 8;

/// The tensors of the pickle that is loaded, tied ones once: parameters are counted by them. None where their names would take more room than they should.
fn tensors(pickle: &PickleFacts) -> Option<Tensors> {
    let mut room = pickle.bytes.saturating_mul(MAX_GROWTH);
    let mut tensors = TensorsBuilder::default();
    for tensor in pickle.distinct_tensors() {
        let size = 8 * tensor.shape.len() + tensor.name.len();
        room = room.checked_sub(size as u64)?;
        tensor.shape.iter().for_each(|&dim| tensors.dim(dim));
        tensors.end(&tensor.name, Dtype::from_name(tensor.dtype.name()), tensor.bytes)?;
    }
    Some(tensors.finish())
}
