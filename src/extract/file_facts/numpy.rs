//! Arrays as [`FileFacts`].

use super::contained::{self, count, text};
use crate::error::Result;
use crate::format::container::Container;
use crate::format::numpy::{NumpyArray, NumpyFacts};
use crate::format::safetensors::{Dtype, Tensors, TensorsBuilder};
use crate::model::file_facts::{FileFacts, TypeTotal};

pub(super) fn tell(container: Container) -> Result<(FileFacts, Option<Tensors>)> {
    let found = NumpyFacts::new(container)?;
    let mut facts = contained::facts("numpy", &found.imports, &found.problems);
    count(&mut facts, &types(&found.arrays));
    for array in &found.arrays {
        facts.header_bytes = facts.header_bytes.saturating_add(array.header_bytes);
    }
    text(&mut facts, "container", Some(if found.is_archive { "npz" } else { "npy" }));
    if let Some(alone) = found.arrays.first().filter(|_| !found.is_archive) {
        facts.version = Some(alone.version.to_string());
        text(&mut facts, "order", Some(if alone.fortran_order { "fortran" } else { "c" }));
        let shape: Vec<_> = alone.shape.iter().map(u64::to_string).collect();
        text(&mut facts, "shape", Some(&shape.join(", ")));
    }
    Ok((facts, tensors(&found.arrays)))
}

fn types(arrays: &[NumpyArray]) -> Vec<TypeTotal> {
    let mut types: Vec<TypeTotal> = Vec::new();
    for array in arrays {
        let elements = array.elements.unwrap_or_default();
        let bytes = array.bytes.unwrap_or_default();
        if let Some(total) = types.iter_mut().find(|total| total.name == array.dtype) {
            total.tensors += 1;
            total.elements = total.elements.saturating_add(elements);
            total.bytes = total.bytes.saturating_add(bytes);
        } else {
            types.push(TypeTotal { name: array.dtype.clone(), tensors: 1, elements, bytes });
        }
    }
    types
}

/// The arrays; of an archive each by the name of its entry, without its ending.
fn tensors(arrays: &[NumpyArray]) -> Option<Tensors> {
    let mut tensors = TensorsBuilder::default();
    for array in arrays {
        array.shape.iter().for_each(|&dim| tensors.dim(dim));
        let name = array.name.strip_suffix(".npy").unwrap_or(&array.name);
        let bytes = array.bytes.unwrap_or_default();
        tensors.end(name, Dtype::from_name(&array.dtype), 0..bytes)?;
    }
    Some(tensors.finish())
}
