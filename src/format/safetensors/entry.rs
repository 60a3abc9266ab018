//! One entry of a header: dtype, shape and offsets, read without a value tree.

use super::tensors::Builder;
use crate::model::Field;
use crate::model::json::Walk;
use std::borrow::Cow;
use std::ops::Range;

/// A dtype's name, and where a tensor's data start and end.
pub(super) type Entry<'a> = (Cow<'a, str>, Range<u64>);

/// What was found in place of an entry.
type Found<T> = Result<T, &'static str>;

/// Reads an entry in place; the dimensions go where all dimensions go.
pub(super) fn read<'a>(walk: &mut Walk<'a>, into: &mut Builder) -> Found<Entry<'a>> {
    let (mut dtype, mut shape, mut bytes) = (None, None, None);
    if !walk.open(b'{') {
        return Err("another value");
    }
    while let Some(key) = walk.key() {
        let again = match &*key {
            "dtype" => dtype.replace(text(walk)?).is_some(),
            "shape" => shape.replace(dims(walk, into)?).is_some(),
            "data_offsets" => bytes.replace(offsets(walk)?).is_some(),
            _ => {
                walk.skip();
                false
            }
        };
        if again {
            return Err("a key that stands twice");
        }
    }
    match (walk.fault(), dtype, shape, bytes) {
        (Some(fault), ..) => Err(fault),
        (None, Some(dtype), Some(()), Some(bytes)) => Ok((dtype, bytes)),
        (None, None, ..) => Err("no dtype"),
        (None, _, None, _) => Err("no shape"),
        (None, ..) => Err("no data_offsets"),
    }
}

fn text<'a>(walk: &mut Walk<'a>) -> Found<Cow<'a, str>> {
    match walk.text() {
        Field::Valid(text) => Ok(text.0),
        Field::Missing | Field::Malformed(_) => Err("a dtype that is no text"),
    }
}

fn dims(walk: &mut Walk<'_>, into: &mut Builder) -> Found<()> {
    const WRONG: &str = "a shape that is no list of whole numbers";
    if !walk.open(b'[') {
        return Err(WRONG);
    }
    while walk.more_items() {
        into.dim(walk.whole().ok_or(WRONG)?);
    }
    Ok(())
}

fn offsets(walk: &mut Walk<'_>) -> Found<Range<u64>> {
    let list = walk.open(b'[');
    let mut next = || if walk.more_items() { walk.whole() } else { None };
    match (next(), next()) {
        (Some(start), Some(end)) if list && !walk.more_items() => Ok(start..end),
        _ => Err("data_offsets that are not two whole numbers"),
    }
}
