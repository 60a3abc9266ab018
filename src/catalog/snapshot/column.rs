//! One number for each row, told as what a guess from the rows and columns before gets wrong.
//!
//! | bytes | of a column |
//! |---|---|
//! | 0, 1, 2 | how it is guessed, and the fields that it is guessed by (0: none) |
//! | 3 | the field whose number is taken off each that is told (0: none) |
//! | 4 | how those are written |
//! | 5..9 | how many are told |
//! | then | a bit for each row whose number is told, unless all are; then those numbers |
//!
//! In all columns 0 is none, so that a guess of nothing is right where nothing is known.

use super::cursor::Cursor;
use super::planes;
use crate::error::Result;
use crate::model::order::order;

/// How the next number is guessed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// Not at all: each is told.
    Nothing = 0,
    /// It is none.
    None = 1,
    /// It is that of the row before.
    Previous = 2,
    /// It is what the last row had that was equal in one or two other fields.
    Alike = 3,
    /// It is that of another field in the same row.
    Same = 4,
}

/// How the numbers that are told are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// As multiples of a step above the least of them.
    Steps = 0,
    /// Those there are, the most frequent first, and for each row which of them it is.
    Listed = 1,
    /// 0 for one more than the highest so far, others as they are plus one: for codes given in order of appearance.
    Fresh = 2,
}

/// How a column is told.
#[derive(Clone, Copy)]
pub(super) struct How {
    pub(super) guess: Guess,
    pub(super) by: [u8; 2],
    pub(super) less: u8,
    pub(super) writing: Writing,
}

/// Columns that are there already, by field.
pub(super) type Columns = [(u8, Vec<u32>)];

fn column(columns: &Columns, field: u8) -> Option<&[u32]> {
    columns.iter().find(|(other, _)| *other == field).map(|(_, numbers)| numbers.as_slice())
}

/// Adds a column. `known` is the highest code before this shard.
pub(super) fn write(out: &mut Vec<u8>, numbers: &[u32], how: How, before: &Columns, known: u32) {
    // A column that is guessed by one without any value is not worse guessed by nothing.
    let mut guesses =
        Guesses::new(how.guess, how.by.map(|field| column(before, field)), numbers.len());
    let less = column(before, how.less);
    let mut bits = vec![0_u8; numbers.len().div_ceil(8)];
    let mut told = Vec::new();
    for (row, number) in numbers.iter().enumerate() {
        if guesses.next(row) != Some(*number) {
            if let Some(byte) = bits.get_mut(row / 8) {
                *byte |= 1 << (row % 8);
            }
            told.push(less.map_or(*number, |less| fold(*number, at(less, row))));
        }
        guesses.learn(row, *number);
    }
    let by = how.by.map(|field| if column(before, field).is_some() { field } else { 0 });
    let writing = writing(&told, how.writing);
    out.extend([
        how.guess as u8,
        by[0],
        by[1],
        if less.is_some() { how.less } else { 0 },
        writing as u8,
    ]);
    out.extend(u32::try_from(told.len()).unwrap_or(u32::MAX).to_le_bytes());
    if how.guess != Guess::Nothing {
        out.extend(bits);
    }
    match writing {
        Writing::Steps => steps(out, &told),
        Writing::Listed => listed(out, told),
        Writing::Fresh => planes::write(out, &fresh(&told, known)),
    }
}

/// Reads a column of `rows` numbers.
pub(super) fn read(
    from: &mut Cursor<'_>,
    rows: usize,
    before: &Columns,
    known: u32,
) -> Result<Vec<u32>> {
    let guess = match from.u8()? {
        0 => Guess::Nothing,
        1 => Guess::None,
        2 => Guess::Previous,
        3 => Guess::Alike,
        4 => Guess::Same,
        other => return Err(from.expected("a guess of 0 to 4", u64::from(other))),
    };
    let by = [lent(from, before)?, lent(from, before)?];
    let less = lent(from, before)?;
    let writing = from.u8()?;
    let count = from.u32()? as usize;
    let bits = if guess == Guess::Nothing { None } else { Some(from.take(rows.div_ceil(8))?) };
    let right = bits.map_or(rows, |bits| bits.iter().map(|byte| byte.count_ones() as usize).sum());
    if count != right {
        return Err(from.expected("a number for each bit", count as u64));
    }
    let told = match writing {
        0 => read_steps(from, count)?,
        1 => read_listed(from, count)?,
        2 => read_fresh(planes::read(from, count)?, known),
        other => return Err(from.expected("a writing of 0 to 2", u64::from(other))),
    };
    from.end()?;
    Ok(merge(rows, bits, told, less, Guesses::new(guess, by, rows)))
}

/// A column that this one leans on.
fn lent<'a>(from: &mut Cursor<'_>, before: &'a Columns) -> Result<Option<&'a [u32]>> {
    match from.u8()? {
        0 => Ok(None),
        field => match column(before, field) {
            None => Err(from.expected("a field with a column before this one", u64::from(field))),
            some => Ok(some),
        },
    }
}

/// The numbers that are told, in the order of their rows.
struct Told<'a> {
    numbers: std::vec::IntoIter<u32>,
    less: Option<&'a [u32]>,
}

impl Told<'_> {
    #[inline]
    fn next(&mut self, row: usize) -> u32 {
        let number = self.numbers.next().unwrap_or(0);
        self.less.map_or(number, |less| unfold(number, at(less, row)))
    }
}

#[inline(never)]
fn merge(
    rows: usize,
    bits: Option<&[u8]>,
    mut told: Vec<u32>,
    less: Option<&[u32]>,
    guesses: Guesses<'_>,
) -> Vec<u32> {
    let Some(bits) = bits else {
        for (number, less) in told.iter_mut().zip(less.unwrap_or_default()) {
            *number = unfold(*number, *less);
        }
        return told;
    };
    let told = Told { numbers: told.into_iter(), less };
    match guesses.guess {
        Guess::None => scatter(vec![0; rows], bits, told),
        Guess::Same => scatter(guesses.first(rows), bits, told),
        Guess::Alike => follow_alike(rows, bits, told, guesses),
        _ => follow(rows, bits, told),
    }
}

/// Where a guess follows from other columns alone, what is told is written over the guesses.
fn scatter(mut numbers: Vec<u32>, bits: &[u8], mut told: Told<'_>) -> Vec<u32> {
    for (place, byte) in bits.iter().enumerate() {
        let mut left = *byte;
        while left != 0 {
            let row = place * 8 + left.trailing_zeros() as usize;
            if let Some(number) = numbers.get_mut(row) {
                *number = told.next(row);
            }
            left &= left - 1;
        }
    }
    numbers
}

/// Where it is the row before, each is taken in its turn.
#[inline(never)]
fn follow(rows: usize, bits: &[u8], mut told: Told<'_>) -> Vec<u32> {
    let mut last = 0;
    let mut numbers = Vec::with_capacity(rows);
    numbers.extend((0..rows).map(|row| {
        if bits.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 == 1) {
            last = told.next(row);
        }
        last
    }));
    numbers
}

/// Where it is one of the rows before, too. What was guessed right is not news. Places do not depend on each other: those of
/// some rows are worked out together.
#[inline(never)]
fn follow_alike(
    rows: usize,
    bits: &[u8],
    mut told: Told<'_>,
    mut guesses: Guesses<'_>,
) -> Vec<u32> {
    const TOGETHER: usize = 64;
    let mut numbers = Vec::with_capacity(rows);
    let mut places = [0; TOGETHER];
    for (first, bits) in (0..rows).step_by(TOGETHER).zip(bits.chunks(TOGETHER / 8)) {
        guesses.places(first, &mut places);
        let rows_of_byte = places.as_chunks::<8>().0.iter().zip(bits).zip((first..rows).step_by(8));
        for ((places, byte), first) in rows_of_byte {
            for ((place, row), bit) in places.iter().zip(first..rows).zip(0..) {
                let Some(last) = guesses.alike.get_mut(*place as usize) else { continue };
                if byte >> bit & 1 == 1 {
                    *last = told.next(row);
                }
                numbers.push(*last);
            }
        }
    }
    numbers
}

fn at(numbers: &[u32], row: usize) -> u32 {
    numbers.get(row).copied().unwrap_or(0)
}

/// A difference as a number that is small where the difference is, whatever its sign.
fn fold(number: u32, less: u32) -> u32 {
    let difference = number.wrapping_sub(less);
    (difference << 1) ^ 0_u32.wrapping_sub(difference >> 31)
}

fn unfold(folded: u32, less: u32) -> u32 {
    less.wrapping_add((folded >> 1) ^ 0_u32.wrapping_sub(folded & 1))
}

/// What the next number may be.
struct Guesses<'a> {
    guess: Guess,
    by: [Option<&'a [u32]>; 2],
    last: u32,
    /// How many bits of a mixed number are too many for a place.
    shift: u32,
    /// By what the other fields are, mixed: the last number.
    alike: Vec<u32>,
}

/// How many are remembered, which is a part of the format: a power of two that grows with the rows, between these.
const PLACES: std::ops::RangeInclusive<usize> = 1 << 4..=1 << 16;

impl<'a> Guesses<'a> {
    fn new(guess: Guess, by: [Option<&'a [u32]>; 2], rows: usize) -> Self {
        let places = rows.next_power_of_two().clamp(*PLACES.start(), *PLACES.end());
        let alike = vec![0; if guess == Guess::Alike { places } else { 0 }];
        Self { guess, by, last: 0, shift: places.leading_zeros() + 33 - usize::BITS, alike }
    }

    fn next(&self, row: usize) -> Option<u32> {
        match self.guess {
            Guess::Nothing => None,
            Guess::None => Some(0),
            Guess::Previous => Some(self.last),
            Guess::Alike => self.alike.get(self.place(row)).copied(),
            Guess::Same => Some(self.by(0, row)),
        }
    }

    fn learn(&mut self, row: usize, number: u32) {
        self.last = number;
        if self.guess == Guess::Alike {
            let place = self.place(row);
            if let Some(last) = self.alike.get_mut(place) {
                *last = number;
            }
        }
    }

    /// The first field that it is guessed by.
    fn first(&self, rows: usize) -> Vec<u32> {
        let [first, _] = self.by;
        first.map_or_else(|| vec![0; rows], <[u32]>::to_vec)
    }

    fn by(&self, which: usize, row: usize) -> u32 {
        self.by.get(which).copied().flatten().map_or(0, |numbers| at(numbers, row))
    }

    fn place(&self, row: usize) -> usize {
        self.mixed(self.by(0, row), self.by(1, row)) as usize
    }

    #[inline]
    fn mixed(&self, one: u32, other: u32) -> u32 {
        one.wrapping_mul(0x9e37_79b1).wrapping_add(other).wrapping_mul(0x85eb_ca6b) >> self.shift
    }

    /// The places of rows that follow each other.
    fn places(&self, first: usize, places: &mut [u32]) {
        let by = |which: usize| {
            let all = self.by.get(which).copied().flatten();
            all.and_then(|all| all.get(first..)).unwrap_or_default()
        };
        let (ones, others) = (by(0), by(1));
        places.fill(0);
        for (place, one) in places.iter_mut().zip(ones) {
            *place = *one;
        }
        if others.is_empty() {
            for place in places {
                *place = self.mixed(*place, 0);
            }
            return;
        }
        for (place, other) in places.iter_mut().zip(others) {
            *place = self.mixed(*place, *other);
        }
    }
}

/// A list pays where each number in it stands for four or more.
fn writing(told: &[u32], wanted: Writing) -> Writing {
    if wanted != Writing::Listed {
        return wanted;
    }
    let mut sorted = told.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    if sorted.len() * 4 <= told.len() { Writing::Listed } else { Writing::Steps }
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

fn read_fresh(mut numbers: Vec<u32>, known: u32) -> Vec<u32> {
    let mut highest = known;
    for number in &mut numbers {
        if let Some(code) = number.checked_sub(1) {
            *number = code;
        } else {
            highest = highest.saturating_add(1);
            *number = highest;
        }
    }
    numbers
}
