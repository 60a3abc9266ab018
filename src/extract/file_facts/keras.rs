//! A Keras model as [`FileFacts`].

use super::{number, problems, texts};
use crate::format::keras::KerasFacts;
use crate::model::file_facts::FileFacts;

pub(super) fn facts(facts: &KerasFacts) -> FileFacts {
    let container = if facts.hdf5_version.is_some() { "hdf5" } else { "zip" };
    let mut keys =
        texts([("container", Some(container)), ("class_name", facts.class_name.as_deref())]);
    keys.extend(facts.layers.map(|layers| number("layers", layers)));
    keys.extend(facts.weights_bytes.map(|bytes| number("weights_bytes", bytes)));
    let superblock = facts.hdf5_version.map(|version| version.to_string());
    FileFacts {
        format: "keras".to_owned(),
        version: facts.keras_version.clone().or(superblock),
        kind: "model".to_owned(),
        keys,
        imports: facts.imports.list(),
        problems: problems(&facts.problems),
        more_problems: facts.problems.more,
        ..FileFacts::default()
    }
}
