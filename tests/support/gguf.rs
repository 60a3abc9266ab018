//! Drives a GGUF reader over bytes in memory, and compares what it read with what was written.

use crate::testing::{Gguf, Put};
use hubfit::format::gguf::{GgufFacts, GgufReader, List, Value, ValueType, Values};
use hubfit::format::{Reader, Step};

/// Reads a file as a driver does; says how often and how much it was asked for.
pub(crate) fn drive(mut reader: GgufReader, file: &[u8]) -> hubfit::Result<(GgufFacts, u32, u64)> {
    let (mut wanted, mut reads, mut sum) = (reader.start(), 0, 0);
    loop {
        assert!(wanted.start < wanted.end, "an empty range");
        reads += 1;
        assert!(reads <= 3, "more than three reads");
        let start = usize::try_from(wanted.start).unwrap().min(file.len());
        let end = usize::try_from(wanted.end).unwrap().min(file.len());
        sum += (end - start) as u64;
        match reader.feed(file.get(start..end).unwrap())? {
            Step::Need(more) => {
                assert!(more.start >= wanted.end, "bytes asked for twice");
                wanted = more;
            }
            Step::Done(facts) => return Ok((facts, reads, sum)),
        }
    }
}

pub(crate) fn read(file: &[u8]) -> hubfit::Result<GgufFacts> {
    drive(GgufReader::new(Some(file.len() as u64)), file).map(|(facts, ..)| facts)
}

/// The facts of a file whose data section is not there, and of which nobody says how long it is.
pub(crate) fn facts(file: &Gguf) -> GgufFacts {
    drive(GgufReader::new(None), &file.bytes()).unwrap().0
}

pub(crate) fn refused(file: &Gguf) -> (&'static str, String) {
    let bytes = file.bytes();
    let with_size = read(&bytes).unwrap_err();
    let without = drive(GgufReader::new(None), &bytes).unwrap_err();
    assert!(matches!(with_size.code(), "invalid_file" | "limit_exceeded"), "{with_size}");
    (without.code(), without.to_string())
}

pub(crate) fn codes(facts: &GgufFacts) -> Vec<&'static str> {
    facts.problems.list.iter().map(|problem| problem.code.as_str()).collect()
}

fn number(put: &Put) -> Option<u64> {
    Some(match put {
        Put::U8(n) => (*n).into(),
        Put::U16(n) => (*n).into(),
        Put::U32(n) => (*n).into(),
        Put::U64(n) => *n,
        _ => return None,
    })
}

fn signed(put: &Put) -> Option<i64> {
    Some(match put {
        Put::I8(n) => (*n).into(),
        Put::I16(n) => (*n).into(),
        Put::I32(n) => (*n).into(),
        Put::I64(n) => *n,
        _ => return None,
    })
}

fn float(put: &Put) -> Option<f64> {
    match put {
        Put::F32(n) => Some((*n).into()),
        Put::F64(n) => Some(*n),
        _ => None,
    }
}

pub(crate) fn same(put: &Put, value: &Value) -> bool {
    match value {
        Value::U64(read) => number(put) == Some(*read),
        Value::I64(read) => signed(put) == Some(*read),
        Value::F64(read) => float(put).map(f64::to_bits) == Some(read.to_bits()),
        Value::Bool(read) => matches!(put, Put::Bool(flag) if flag == read),
        Value::Text(read) => matches!(put, Put::Text(text) if text == read),
        Value::LongText(_) => false,
        Value::List(list) => matches!(put, Put::List(id, all) if same_list(*id, all, list)),
    }
}

fn same_list(id: u32, all: &[Put], list: &List) -> bool {
    let values = list.values.as_ref().is_none_or(|values| match values {
        Values::U64(read) => all.iter().map(number).eq(read.iter().copied().map(Some)),
        Values::I64(read) => all.iter().map(signed).eq(read.iter().copied().map(Some)),
        Values::F64(read) => {
            let bits = |number: f64| Some(number.to_bits());
            all.iter().map(|put| float(put).and_then(bits)).eq(read.iter().copied().map(bits))
        }
        Values::Bool(read) => {
            all.iter().eq(&read.iter().copied().map(Put::Bool).collect::<Vec<_>>())
        }
    });
    let fixed = list.element.bytes().is_some();
    ValueType::from_id(id) == Some(list.element)
        && list.length == all.len() as u64
        && list.values.is_some() == fixed
        && values
}
