//! Reads files of memory, and says what was found.

use crate::protobuf::{Fields, Holed, Piece};
use hubfit::extract::file_facts::open;
use hubfit::format::{FileFormat, Step};
use hubfit::model::file_facts::{Dimension, FileFacts, GraphValue, KeyValue};

/// The facts of a file, the requests it took, and the bytes.
pub(crate) type Told = (FileFacts, usize, u64);

pub(crate) fn drive(format: FileFormat, file: &Holed, size: Option<u64>) -> hubfit::Result<Told> {
    let mut reader = open(format, size).unwrap();
    let mut wanted = reader.start();
    let (mut asked, mut bytes): (Vec<std::ops::Range<u64>>, u64) = (vec![], 0);
    loop {
        assert!(wanted.start < wanted.end, "an empty range");
        assert!(size.is_none_or(|size| wanted.end <= size.max(1)), "behind the end: {wanted:?}");
        let twice = asked.iter().find(|old| wanted.start < old.end && old.start < wanted.end);
        assert_eq!(twice, None, "bytes asked for twice: {wanted:?}");
        asked.push(wanted.clone());
        assert!(asked.len() <= 70, "too many requests");
        let read = file.read(wanted);
        bytes += read.len() as u64;
        match reader.feed(&read)? {
            Step::Need(more) => wanted = more,
            Step::Done(facts) => return Ok((facts, asked.len(), bytes)),
        }
    }
}

/// The facts of a file, whether its size is known or not.
pub(crate) fn holed(format: FileFormat, fields: Fields) -> hubfit::Result<Told> {
    let file = Holed::new(fields);
    let known = drive(format, &file, Some(file.size));
    let unknown = drive(format, &file, None);
    match (&known, &unknown) {
        (Ok(known), Ok(unknown)) => assert_eq!(known.0, unknown.0),
        (Err(known), Err(unknown)) => assert_eq!(known.code(), unknown.code()),
        _ => assert!(known.is_err(), "{known:?} but {unknown:?}"),
    }
    known
}

pub(crate) fn read(format: FileFormat, bytes: &[u8]) -> hubfit::Result<FileFacts> {
    holed(format, vec![Piece::Bytes(bytes.to_vec())]).map(|told| told.0)
}

pub(crate) fn refused(format: FileFormat, bytes: &[u8]) -> (&'static str, String) {
    let error = read(format, bytes).unwrap_err();
    (error.code(), error.to_string())
}

pub(crate) fn operators(facts: &FileFacts) -> Vec<(&str, u64)> {
    facts.operators.iter().map(|row| (row.name.as_str(), row.count)).collect()
}

pub(crate) fn types(facts: &FileFacts) -> Vec<(&str, u64, u64, u64)> {
    facts
        .types
        .iter()
        .map(|row| (row.name.as_str(), row.tensors, row.elements, row.bytes))
        .collect()
}

pub(crate) fn problems(facts: &FileFacts) -> Vec<&str> {
    facts.problems.iter().map(|problem| problem.code.as_str()).collect()
}

pub(crate) fn key<'a>(facts: &'a FileFacts, name: &str) -> Option<&'a KeyValue> {
    facts.keys.iter().find(|key| key.key == name).map(|key| &key.value)
}

pub(crate) fn word(text: &str) -> KeyValue {
    KeyValue::Text(text.to_owned())
}

pub(crate) fn value(name: &str, data_type: &str, shape: &[Dimension]) -> GraphValue {
    GraphValue { name: name.into(), data_type: data_type.into(), shape: Some(shape.to_vec()) }
}

pub(crate) fn named(name: &str) -> Dimension {
    Dimension::Name(name.to_owned())
}
