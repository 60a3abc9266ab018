//! How the numbers of a column that are told are written.
//!
//! | number | bytes |
//! |---|---|
//! | 0 | the least of them, a step, and for each how many steps it is above the least |
//! | 1 | how many there are, these, the most frequent first, and for each which of them it is |
//! | 2 | for each 0 where it is one more than the highest so far, else it plus one; the highest before is that of the table |
//! | 3 | the highest before, then as 2 |
//!
//! Lists of numbers are planes, all others take four bytes.

use super::cursor::Cursor;
use super::planes;
use crate::error::Result;
use crate::model::order::order;

/// How the numbers that are told are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// As multiples of a step above the least of them.
    Steps = 0,
    /// Those there are, the most frequent first, and for each row which of them it is.
    Listed = 1,
    /// 0 for one more than the highest so far, others as they are plus one: for codes given in order of appearance.
    Fresh = 2,
    /// The same, above a number that is told: for sets, the rare ones of which are numbered in order of appearance.
    FreshAbove = 3,
}

impl Writing {
    /// The writing that pays: a list does where each number in it stands for four or more.
    pub(super) fn that_pays(self, told: &[u32]) -> Self {
        if self != Self::Listed {
            return self;
        }
        let mut sorted = told.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.len() * 4 <= told.len() { Self::Listed } else { Self::Steps }
    }

    /// Adds numbers. `known` is the highest before them.
    pub(super) fn write(self, out: &mut Vec<u8>, told: Vec<u32>, known: u32) {
        match self {
            Self::Steps => steps(out, &told),
            Self::Listed => listed(out, told),
            Self::Fresh => planes::write(out, &fresh(&told, known)),
            Self::FreshAbove => {
                out.extend(known.to_le_bytes());
                planes::write(out, &fresh(&told, known));
            }
        }
    }
}

/// Reads so many numbers of a writing. `known` is the highest before this shard.
pub(super) fn read(
    writing: u8,
    from: &mut Cursor<'_>,
    count: usize,
    known: u32,
) -> Result<Vec<u32>> {
    match writing {
        0 => read_steps(from, count),
        1 => read_listed(from, count),
        2 => read_fresh(from, count, known),
        3 => {
            let known = from.u32()?;
            read_fresh(from, count, known)
        }
        other => Err(from.expected("a writing of 0 to 3", u64::from(other))),
    }
}

fn steps(out: &mut Vec<u8>, told: &[u32]) {
    let least = told.iter().copied().min().unwrap_or(0);
    let step = told.iter().fold(0, |step, number| common_divisor(number - least, step)).max(1);
    out.extend(least.to_le_bytes());
    out.extend(step.to_le_bytes());
    let steps: Vec<u32> = told.iter().map(|number| (number - least) / step).collect();
    planes::write(out, &steps);
}

fn common_divisor(mut one: u32, mut other: u32) -> u32 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

fn read_steps(from: &mut Cursor<'_>, count: usize) -> Result<Vec<u32>> {
    let (least, step) = (from.u32()?, from.u32()?);
    let mut numbers = planes::read(from, count)?;
    for number in &mut numbers {
        *number = number.wrapping_mul(step).wrapping_add(least);
    }
    Ok(numbers)
}

fn listed(out: &mut Vec<u8>, told: Vec<u32>) {
    let mut sorted = told.clone();
    sorted.sort_unstable();
    let mut list: Vec<(u32, u32)> = Vec::new();
    for number in sorted {
        match list.last_mut() {
            Some((same, count)) if *same == number => *count += 1,
            _ => list.push((number, 1)),
        }
    }
    let count = |place| list.get(place).map(|(_, count)| *count);
    let by_count = order(list.len(), &|one, other| count(other).cmp(&count(one)));
    let mut places = vec![0; list.len()];
    for (place, index) in (0..).zip(&by_count) {
        if let Some(slot) = places.get_mut(*index as usize) {
            *slot = place;
        }
    }
    let numbers: Vec<u32> = by_count
        .iter()
        .filter_map(|index| list.get(*index as usize))
        .map(|(number, _)| *number)
        .collect();
    let place = |number: u32| {
        list.binary_search_by_key(&number, |(number, _)| *number)
            .ok()
            .and_then(|index| places.get(index).copied())
    };
    let codes: Vec<u32> = told.into_iter().map(|number| place(number).unwrap_or(0)).collect();
    out.extend(u32::try_from(numbers.len()).unwrap_or(u32::MAX).to_le_bytes());
    planes::write(out, &numbers);
    planes::write(out, &codes);
}

fn read_listed(from: &mut Cursor<'_>, count: usize) -> Result<Vec<u32>> {
    let length = from.u32()? as usize;
    let list = planes::read(from, length)?;
    let mut numbers = planes::read(from, count)?;
    for number in &mut numbers {
        let Some(listed) = list.get(*number as usize) else {
            return Err(from.expected("a place in the list of numbers", u64::from(*number)));
        };
        *number = *listed;
    }
    Ok(numbers)
}

fn fresh(told: &[u32], known: u32) -> Vec<u32> {
    let mut highest = known;
    let one = |number: &u32| {
        if *number == highest.wrapping_add(1) {
            highest = *number;
            return 0;
        }
        number.saturating_add(1)
    };
    told.iter().map(one).collect()
}

fn read_fresh(from: &mut Cursor<'_>, count: usize, known: u32) -> Result<Vec<u32>> {
    let mut numbers = planes::read(from, count)?;
    let mut highest = known;
    for number in &mut numbers {
        if let Some(code) = number.checked_sub(1) {
            *number = code;
        } else {
            highest = highest.saturating_add(1);
            *number = highest;
        }
    }
    Ok(numbers)
}
