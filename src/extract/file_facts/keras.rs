//! A Keras model as [`FileFacts`].

use super::contained::{self, number, text};
use crate::error::Result;
use crate::format::container::Container;
use crate::format::keras::KerasFacts;
use crate::format::safetensors::Tensors;
use crate::model::file_facts::FileFacts;

/// Its tensors stand in HDF5, which is not read.
pub(super) fn tell(container: Container) -> Result<(FileFacts, Option<Tensors>)> {
    let found = KerasFacts::new(container)?;
    let mut facts = contained::facts("keras", &found.imports, &found.problems);
    let container = if found.hdf5_version.is_some() { "hdf5" } else { "zip" };
    text(&mut facts, "container", Some(container));
    text(&mut facts, "class_name", found.class_name.as_deref());
    if let Some(layers) = found.layers {
        number(&mut facts, "layers", layers);
    }
    if let Some(bytes) = found.weights_bytes {
        number(&mut facts, "weights_bytes", bytes);
    }
    let superblock = found.hdf5_version.map(|version| version.to_string());
    facts.version = found.keras_version.or(superblock);
    Ok((facts, None))
}
