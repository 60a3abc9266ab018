//! Arrays as [`FileFacts`].

use super::{key_of, problems, texts};
use crate::format::numpy::{NumpyArray, NumpyFacts};
use crate::model::file_facts::{FileFacts, KeyValue, TypeTotal};
use crate::model::order::greatest_first;

pub(super) fn facts(facts: &NumpyFacts) -> FileFacts {
    let types = types(&facts.arrays);
    let sum = |of: fn(&TypeTotal) -> u64| {
        types.iter().fold(0, |sum: u64, total| sum.saturating_add(of(total)))
    };
    let (bytes, elements) = (sum(|total| total.bytes), sum(|total| total.elements));
    let alone = facts.arrays.first().filter(|_| !facts.is_archive);
    let order = alone.map(|array| if array.fortran_order { "fortran" } else { "c" });
    let shape =
        alone.map(|array| array.shape.iter().map(u64::to_string).collect::<Vec<_>>().join(", "));
    let container = if facts.is_archive { "npz" } else { "npy" };
    let mut keys = texts([("container", Some(container)), ("order", order)]);
    keys.extend(shape.map(|shape| key_of("shape", KeyValue::Text(shape))));
    FileFacts {
        format: "numpy".to_owned(),
        version: alone.map(|array| array.version.to_string()),
        kind: "model".to_owned(),
        header_bytes: facts.arrays.iter().fold(0, |sum, array| sum + array.header_bytes),
        tensor_bytes: bytes,
        tensor_count: facts.arrays.len() as u64,
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

fn types(arrays: &[NumpyArray]) -> Vec<TypeTotal> {
    let mut types: Vec<TypeTotal> = Vec::new();
    for array in arrays {
        let (elements, bytes) =
            (array.elements.unwrap_or_default(), array.bytes.unwrap_or_default());
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
