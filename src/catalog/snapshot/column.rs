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
//! The guess of 5 has two bits for each row: 0 for none, 1 where it is as guessed, 2 where it is told.
//!
//! In all columns 0 is none, so that a guess of nothing is right where nothing is known.

use super::cursor::Cursor;
use super::writing::{self, Writing};
use crate::error::Result;

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
    /// It is none, or what the last row had that was equal in up to two other fields and had one.
    Known = 5,
}

impl Guess {
    /// How many bits of a row say whether it is right.
    const fn width(self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Known => 2,
            _ => 1,
        }
    }

    /// Those bits of each byte that say which numbers are told: the upper one of two.
    const fn upper(self) -> u8 {
        if self.width() == 2 { 0b1010_1010 } else { u8::MAX }
    }

    /// Whether it is one of the rows before, which are remembered by other fields.
    fn remembers(self) -> bool {
        matches!(self, Self::Previous | Self::Alike | Self::Known)
    }
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
    let width = how.guess.width();
    let mut bits = vec![0_u8; (numbers.len() * width).div_ceil(8)];
    let mut told = Vec::new();
    for (row, number) in numbers.iter().enumerate() {
        let sign = guesses.sign(row, *number);
        if sign > 0
            && let Some(byte) = bits.get_mut(row * width / 8)
        {
            *byte |= sign << (row * width % 8);
        }
        if width == 0 || usize::from(sign) == width {
            told.push(less.map_or(*number, |less| fold(*number, at(less, row))));
        }
        guesses.learn(row, *number);
    }
    let by = how.by.map(|field| if column(before, field).is_some() { field } else { 0 });
    let writing = how.writing.that_pays(&told);
    out.extend([
        how.guess as u8,
        by[0],
        by[1],
        if less.is_some() { how.less } else { 0 },
        writing as u8,
    ]);
    out.extend(u32::try_from(told.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(bits);
    writing.write(out, told, known);
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
        5 => Guess::Known,
        other => return Err(from.expected("a guess of 0 to 5", u64::from(other))),
    };
    let by = [lent(from, before)?, lent(from, before)?];
    let less = lent(from, before)?;
    let writing = from.u8()?;
    let count = from.u32()? as usize;
    let bits = from.take((rows * guess.width()).div_ceil(8))?;
    let told = bits.iter().map(|byte| (byte & guess.upper()).count_ones() as usize).sum();
    if count != if guess == Guess::Nothing { rows } else { told } {
        return Err(from.expected("a number for each bit", count as u64));
    }
    let told = writing::read(writing, from, count, known)?;
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

#[inline(never)]
fn merge(
    rows: usize,
    bits: &[u8],
    mut told: Vec<u32>,
    less: Option<&[u32]>,
    guesses: Guesses<'_>,
) -> Vec<u32> {
    let is_all_told = guesses.guess == Guess::Nothing;
    if let Some(less) = less {
        let unfold = |(number, row): (&mut u32, usize)| *number = unfold(*number, at(less, row));
        if is_all_told {
            told.iter_mut().zip(0..).for_each(unfold);
        } else {
            told.iter_mut().zip(told_rows(bits, guesses.guess)).for_each(unfold);
        }
    }
    match guesses.guess {
        _ if is_all_told => told,
        Guess::None => scatter(vec![0; rows], bits, &told),
        Guess::Same => scatter(guesses.first(rows), bits, &told),
        _ if guesses.by == [None; 2] => repeat(rows, bits, &told, guesses.guess.width()),
        _ => follow(rows, bits, &told, guesses),
    }
}

/// The rows whose numbers are told.
fn told_rows(bits: &[u8], guess: Guess) -> impl Iterator<Item = usize> {
    let (width, upper) = (guess.width().max(1), guess.upper());
    bits.iter().enumerate().flat_map(move |(place, byte)| {
        let mut left = byte & upper;
        std::iter::from_fn(move || {
            let bit = (left != 0).then_some(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some((place * 8 + bit) / width)
        })
    })
}

/// Where a guess follows from other columns alone, what is told is written over the guesses.
fn scatter(mut numbers: Vec<u32>, bits: &[u8], told: &[u32]) -> Vec<u32> {
    let mut told = told.iter();
    for (place, byte) in bits.iter().enumerate() {
        let mut left = *byte;
        while left != 0 {
            let row = place * 8 + left.trailing_zeros() as usize;
            if let (Some(number), Some(told)) = (numbers.get_mut(row), told.next()) {
                *number = *told;
            }
            left &= left - 1;
        }
    }
    numbers
}

/// Where it is that of the row before, or of the last that had one.
#[inline(never)]
fn repeat(rows: usize, bits: &[u8], told: &[u32], width: usize) -> Vec<u32> {
    let (mut last, mut next) = (0, 0);
    let mut numbers = vec![0; rows];
    for (numbers, bits) in numbers.chunks_mut(TOGETHER).zip(bits.chunks(TOGETHER / 8 * width)) {
        let mut pairs = pairs(bits, width);
        for number in numbers {
            let sign = pairs & 3;
            let is_told = sign > 1;
            last = if is_told { at(told, next) } else { last };
            *number = if sign == 0 { 0 } else { last };
            next += usize::from(is_told);
            pairs >>= 2;
        }
    }
    numbers
}

/// Rows whose bits are read at once.
const TOGETHER: usize = 32;

/// Where it is one of the rows before, they are taken in their turn. What was guessed right is not news. Places do not depend on each other: those of
/// some rows are worked out together.
#[inline(never)]
fn follow(rows: usize, bits: &[u8], told: &[u32], mut guesses: Guesses<'_>) -> Vec<u32> {
    let width = guesses.guess.width().max(1);
    let mut numbers = vec![0; rows];
    let mut places = [0; TOGETHER];
    let mut next = 0;
    let blocks = numbers.chunks_mut(TOGETHER).zip(bits.chunks(TOGETHER / 8 * width));
    for (block, (numbers, bits)) in blocks.enumerate() {
        guesses.places(block * TOGETHER, &mut places);
        let mut pairs = pairs(bits, width);
        for (number, place) in numbers.iter_mut().zip(&places) {
            let Some(last) = guesses.alike.get_mut(*place as usize) else { continue };
            // Which it is cannot be foreseen: choices cost less than branches.
            let sign = pairs & 3;
            let is_told = sign > 1;
            *last = if is_told { at(told, next) } else { *last };
            *number = if sign == 0 { 0 } else { *last };
            next += usize::from(is_told);
            pairs >>= 2;
        }
    }
    numbers
}

/// Two bits for each of 32 rows: as they stand, or of one bit 1 for 0 and 2 for 1.
fn pairs(bits: &[u8], width: usize) -> u64 {
    let bits = bits.iter().rev().fold(0, |all, bits| all << 8 | u64::from(*bits));
    if width == 2 {
        return bits;
    }
    let steps = [
        (16, 0x0000_ffff_0000_ffff),
        (8, 0x00ff_00ff_00ff_00ff),
        (4, 0x0f0f_0f0f_0f0f_0f0f),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ];
    steps.iter().fold(bits, |bits, (by, mask)| (bits | bits << by) & mask) + 0x5555_5555_5555_5555
}

/// The number of a row; 0 where there is none.
pub(super) fn at(numbers: &[u32], row: usize) -> u32 {
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
        let by = if guess == Guess::Previous { [None; 2] } else { by };
        let alike = vec![0; if guess.remembers() { places } else { 0 }];
        Self { guess, by, shift: places.leading_zeros() + 33 - usize::BITS, alike }
    }

    fn next(&self, row: usize) -> Option<u32> {
        match self.guess {
            Guess::Nothing => None,
            Guess::None => Some(0),
            Guess::Previous | Guess::Alike | Guess::Known => {
                self.alike.get(self.place(row)).copied()
            }
            Guess::Same => Some(self.by(0, row)),
        }
    }

    /// The bits of a row: 0 where it is as guessed, else 1; or 0 for none, 1 as guessed, 2 otherwise.
    fn sign(&self, row: usize, number: u32) -> u8 {
        let is_right = self.next(row) == Some(number);
        match self.guess {
            Guess::Known if number == 0 => 0,
            Guess::Known if is_right => 1,
            Guess::Known => 2,
            _ => u8::from(!is_right),
        }
    }

    fn learn(&mut self, row: usize, number: u32) {
        if self.guess.remembers() && (number > 0 || self.guess != Guess::Known) {
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
