//! Names: as they are, or as what differs from a name that is known.
//!
//! Models that were made from another one are called like it: `Llama-3.1-8B-Instruct-GGUF` begins with the name of its base,
//! `unsloth-Llama-3.1-8B` ends so. And authors come in the order of the alphabet: each begins much like the one before.
//!
//! | bytes | of names by their bases |
//! |---|---|
//! | planes | by row with a base: how much of its base's name is left out |
//! | planes | by row with a base: how many bytes at the end are those of its base's name |
//! | then | by row: what is left of its name |
//!
//! | bytes | of names by the ones before |
//! |---|---|
//! | 0 | 2, where a list of names as they are has 0 or 1 |
//! | planes | how many bytes each begins with as the one before |
//! | then | what follows the others in each |

use super::column::at;
use super::cursor::Cursor;
use super::limits::LONGEST_SHARD;
use super::pieces::Pieces;
use super::{planes, texts};
use crate::catalog::column::Ids;
use crate::error::Result;
use crate::model::said::readable;

const SHARED: u8 = 2;

/// How many bytes names begin with as the one before, on average, where it pays to leave them out.
const ENOUGH: usize = 2;

/// Adds names, in whichever way takes less.
pub(super) fn write(out: &mut Vec<u8>, names: &Ids) {
    let all: Vec<&str> = (0..names.len()).map(|row| name(names, row)).collect();
    let (mut starts, mut rests, mut shared, mut before) = (Vec::new(), Vec::new(), 0, "");
    for name in &all {
        let start = common(before, name);
        starts.push(short(start));
        rests.push(name.get(start..).unwrap_or(""));
        shared += start;
        before = name;
    }
    if shared < ENOUGH * all.len() || !fits(names) {
        return texts::write(out, &all);
    }
    out.push(SHARED);
    planes::write(out, &starts);
    texts::write(out, &rests);
}

/// Whether names may be told by others: those of a shard never take more than the longest shard.
pub(super) fn fits(names: &Ids) -> bool {
    names.text().len() <= LONGEST_SHARD
}

/// Adds the names of models by the ids of their bases, which are empty where there is none.
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

/// Reads names: by bases where there are `numbers`, else as they are or by the ones before. Numbers are one for each row, 0
/// where it has no base; `base` tells the id of any other.
#[inline(never)]
pub(super) fn read<'a>(
    from: &mut Cursor<'_>,
    rows: usize,
    numbers: &[u32],
    base: &dyn Fn(u32) -> &'a [u8],
) -> Result<Ids> {
    let start = *from;
    let is_shared = numbers.is_empty() && start.peek() == Some(SHARED);
    let (mut counts, mut ends) = (Vec::new(), Vec::new());
    if is_shared {
        from.u8()?;
        counts = planes::read(from, rows)?;
    } else if !numbers.is_empty() {
        let with_base = numbers.iter().filter(|number| **number != 0).count();
        counts = planes::read(from, with_base)?;
        ends = planes::read(from, with_base)?;
    }
    let told = texts::read(from, rows)?;
    let bytes: usize = told.iter().map(|told| told.len()).sum();
    let mut names = Pieces::new(rows, bytes + counts.len() * 16);
    let mut next = 0;
    for (row, told) in told.into_iter().enumerate() {
        let number = at(numbers, row);
        let (mut like, mut parts) = (Some(&[][..]), [0; 2]);
        if is_shared || number != 0 {
            like = (!is_shared).then(|| model_of(base(number)));
            parts = [at(&counts, next), at(&ends, next)];
            next += 1;
        }
        names.push(like, parts, told.as_bytes(), &start)?;
    }
    Ok(names.finish())
}

/// The part of an id after the slash.
fn model(id: &str) -> &str {
    std::str::from_utf8(model_of(id.as_bytes())).unwrap_or("")
}

fn model_of(id: &[u8]) -> &[u8] {
    let slash = id.iter().position(|byte| *byte == b'/');
    slash.and_then(|slash| id.get(slash + 1..)).unwrap_or(id)
}

/// How many bytes two names begin with alike, up to a character.
fn common(one: &str, other: &str) -> usize {
    let pairs = one.chars().zip(other.chars());
    pairs.take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum()
}

/// How many bytes two names end with alike, from a character on.
fn common_end(one: &str, other: &str) -> usize {
    let pairs = one.chars().rev().zip(other.chars().rev());
    pairs.take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum()
}

fn name(names: &Ids, row: usize) -> &str {
    readable(names.name(row))
}

fn short(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn ids(names: &[String]) -> Ids {
        let mut ids = Ids::default();
        for name in names {
            ids.push(name);
        }
        ids
    }

    proptest! {
        /// Whatever characters names share with others, they come back.
        #[test]
        fn names_are_those_that_were_given(
            rows in vec((prop_oneof!["", "[aé€]{0,3}/?[aä€]{0,5}"], "[aäé€\n]{0,6}"), 0..24),
        ) {
            let (bases, names): (Vec<String>, Vec<String>) = rows.into_iter().unzip();
            let (names, mut by_base, mut as_they_are) = (ids(&names), Vec::new(), Vec::new());
            let base = |row: usize| bases.get(row).map_or("", String::as_str);
            let number = |row: usize| if base(row).is_empty() { 0 } else { short(row + 1) };
            let numbers: Vec<u32> = (0..bases.len()).map(number).collect();
            write_by_base(&mut by_base, &names, &base);
            write(&mut as_they_are, &names);
            for (bytes, numbers) in [(by_base, numbers.as_slice()), (as_they_are, &[])] {
                let base = |number: u32| base(number as usize - 1).as_bytes();
                let back = read(&mut Cursor::new(&bytes, 0), names.len(), numbers, &base);
                prop_assert_eq!(back.unwrap_or_default(), names.clone());
            }
        }

        /// No bytes make names that are not whole, or more of them than a shard may have.
        #[test]
        fn hostile_bytes_are_refused_or_make_names(bytes in vec(prop_oneof![0_u8..8, any::<u8>()], 0..60), rows in 0_usize..6) {
            let numbers: Vec<u32> = (0..).take(rows).map(|number| number % 3).collect();
            let base = |number: u32| if number == 1 { "x/aä€".as_bytes() } else { "é".as_bytes() };
            for numbers in [&numbers[..], &[]] {
                if let Ok(names) = read(&mut Cursor::new(&bytes, 0), rows, numbers, &base) {
                    prop_assert_eq!(names.len(), rows);
                    prop_assert!((0..rows).all(|row| std::str::from_utf8(names.name(row)).is_ok()));
                }
            }
        }
    }
}
