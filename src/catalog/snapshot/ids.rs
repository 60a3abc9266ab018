//! The names of models: as they are, or as what differs from the name of the base model.
//!
//! Models that were made from another one are called like it: `Llama-3.1-8B-Instruct-GGUF` begins with the name of its base,
//! `unsloth-Llama-3.1-8B` ends so. Of a row with a base that begins and ends as its base does only what is between is told:
//!
//! | bytes | of names by their bases |
//! |---|---|
//! | planes | by row with a base: how much of its base's name is left out |
//! | planes | by row with a base: how many bytes at the end are those of its base's name |
//! | then | by row: what is left of its name |

use super::cursor::Cursor;
use super::limits::{LONGEST_NAME, LONGEST_SHARD};
use super::pieces::Pieces;
use super::{planes, texts};
use crate::catalog::column::Ids;
use crate::error::Result;

/// Adds names as they are.
pub(super) fn write(out: &mut Vec<u8>, ids: &Ids) {
    let names: Vec<&str> = (0..ids.len()).map(|row| name(ids, row)).collect();
    texts::write(out, &names);
}

/// Reads names as they are.
#[inline(never)]
pub(super) fn read(from: &mut Cursor<'_>, rows: usize) -> Result<Ids> {
    let names = texts::read(from, rows)?;
    let mut ids = Pieces::new(rows, names.iter().map(|name| name.len()).sum());
    for name in names {
        ids.push(name);
        ids.end();
    }
    Ok(ids.finish())
}

/// Whether names may be told by their bases: those of a shard never take more than the longest shard.
pub(super) fn pays(ids: &Ids) -> bool {
    ids.text().len() <= LONGEST_SHARD
}

/// Adds names by their bases' ids.
pub(super) fn write_by_base<'a>(out: &mut Vec<u8>, ids: &Ids, base: &dyn Fn(usize) -> &'a str) {
    let (mut left_out, mut ends, mut rests) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..ids.len() {
        let (base, name) = (base(row), name(ids, row));
        let like = model(base);
        let start = common(like, name);
        let (rest_of_base, rest) =
            (like.get(start..).unwrap_or(""), name.get(start..).unwrap_or(""));
        let end = common_end(rest_of_base, rest);
        if !base.is_empty() {
            left_out.push(short(rest_of_base.len() - end));
            ends.push(short(end));
        }
        rests.push(rest.get(..rest.len() - end).unwrap_or(""));
    }
    planes::write(out, &left_out);
    planes::write(out, &ends);
    texts::write(out, &rests);
}

/// Reads names by their bases. `numbers` has a number for each row, 0 where it has no base; `base` tells the id of any other.
#[inline(never)]
pub(super) fn read_by_base<'a>(
    from: &mut Cursor<'_>,
    numbers: &[u32],
    base: &dyn Fn(u32) -> &'a str,
) -> Result<Ids> {
    let start = *from;
    let with_base = numbers.iter().filter(|number| **number != 0).count();
    let (left_out, ends) = (planes::read(from, with_base)?, planes::read(from, with_base)?);
    let rests = texts::read(from, numbers.len())?;
    let mut parts = left_out.iter().zip(&ends);
    let told: usize = rests.iter().map(|rest| rest.len()).sum();
    let mut ids = Pieces::new(numbers.len(), told + with_base * 16);
    for (number, rest) in numbers.iter().zip(rests) {
        if *number == 0 {
            ids.push(rest);
            ids.end();
            continue;
        }
        let (left_out, end) = parts.next().unwrap_or((&0, &0));
        let pieces = pieces(model(base(*number)), *left_out as usize, *end as usize);
        let Some((first, last)) = pieces else {
            return Err(start.expected("a part of a base's name", u64::from(*left_out)));
        };
        let length = first.len() + rest.len() + last.len();
        start.at_most("a name with a length", length as u64, LONGEST_NAME as u64)?;
        start.at_most("bytes of names", ids.len() as u64, LONGEST_SHARD as u64)?;
        ids.push(first);
        ids.push(rest);
        ids.push(last);
        ids.end();
    }
    Ok(ids.finish())
}

/// The part of an id after the slash.
fn model(id: &str) -> &str {
    let slash = id.bytes().position(|byte| byte == b'/');
    slash.and_then(|slash| id.get(slash + 1..)).unwrap_or(id)
}

/// What a name begins and ends with.
fn pieces(like: &str, left_out: usize, end: usize) -> Option<(&str, &str)> {
    let last = like.len().checked_sub(end)?;
    Some((like.get(..last.checked_sub(left_out)?)?, like.get(last..)?))
}

/// How many bytes two names begin with alike, up to a character.
pub(super) fn common(one: &str, other: &str) -> usize {
    let alike = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    one.floor_char_boundary(alike)
}

/// How many bytes two names end with alike, from a character on.
fn common_end(one: &str, other: &str) -> usize {
    let pairs = one.bytes().rev().zip(other.bytes().rev());
    let alike = pairs.take_while(|(one, other)| one == other).count();
    one.len() - one.ceil_char_boundary(one.len() - alike)
}

fn name(ids: &Ids, row: usize) -> &str {
    std::str::from_utf8(ids.name(row)).unwrap_or("")
}

fn short(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
