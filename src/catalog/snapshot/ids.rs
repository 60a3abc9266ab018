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

use super::column::at;
use super::cursor::Cursor;
use super::limits::LONGEST_SHARD;
use super::pieces::Pieces;
use super::{planes, texts};
use crate::catalog::column::Ids;
use crate::error::Result;

/// Adds names as they are.
pub(super) fn write(out: &mut Vec<u8>, ids: &Ids) {
    let names: Vec<&str> = (0..ids.len()).map(|row| name(ids, row)).collect();
    texts::write(out, &names);
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

/// Reads names: as they are where there are no `numbers`, else by their bases. These are a number for each row, 0 where it has
/// no base; `base` tells the id of any other.
#[inline(never)]
pub(super) fn read<'a>(
    from: &mut Cursor<'_>,
    rows: usize,
    numbers: &[u32],
    base: &dyn Fn(u32) -> &'a str,
) -> Result<Ids> {
    let start = *from;
    let (mut left_out, mut ends) = (Vec::new(), Vec::new());
    if !numbers.is_empty() {
        let with_base = numbers.iter().filter(|number| **number != 0).count();
        left_out = planes::read(from, with_base)?;
        ends = planes::read(from, with_base)?;
    }
    let rests = texts::read(from, rows)?;
    let told: usize = rests.iter().map(|rest| rest.len()).sum();
    let mut ids = Pieces::new(rows, told + left_out.len() * 16);
    let mut parts = left_out.iter().zip(&ends);
    for (row, rest) in rests.into_iter().enumerate() {
        let (mut first, mut last) = ("", "");
        let number = at(numbers, row);
        if number != 0 {
            let (left_out, end) = parts.next().unwrap_or((&0, &0));
            let Some(pieces) = pieces(model(base(number)), *left_out as usize, *end as usize)
            else {
                return Err(start.expected("a part of a base's name", u64::from(*left_out)));
            };
            (first, last) = pieces;
        }
        ids.push([first, rest, last], &start)?;
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
