//! One number a row, as a `u32` that orders as the number does.

use super::sparse::Sparse;
use crate::catalog::Bits;
use crate::catalog::field::NumberField;
use std::borrow::Cow;

/// What stands where a number is not known: above all that are.
pub const ABSENT: u32 = u32::MAX;

/// A number for each row: one after the other, or those alone that are known where most are not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    held: Held,
    /// How many are known.
    known: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Held {
    Dense(Vec<u32>),
    Sparse(Sparse),
}

impl Default for Held {
    fn default() -> Self {
        Self::Dense(Vec::new())
    }
}

impl Numbers {
    /// Adds the numbers of more rows as they are stored. `room` is for how many rows there shall be room in all.
    #[inline(never)]
    pub fn append(&mut self, more: &[u32], room: usize) {
        self.known += more.iter().filter(|number| **number != ABSENT).count();
        let rows = self.len() + more.len();
        let room = room.max(rows);
        let rooms = [room, of_room(self.known, rows, room)];
        // Both take the same memory where nine in ten are known, but some filters then take longer.
        let is_sparse = self.known * 2 < rows;
        match &mut self.held {
            Held::Dense(numbers) if is_sparse => {
                let mut sparse = Sparse::default();
                sparse.append(numbers, rooms);
                sparse.append(more, rooms);
                self.held = Held::Sparse(sparse);
            }
            Held::Sparse(sparse) if !is_sparse => {
                let mut numbers = sparse.dense(room);
                numbers.extend_from_slice(more);
                self.held = Held::Dense(numbers);
            }
            Held::Sparse(sparse) => sparse.append(more, rooms),
            Held::Dense(numbers) => {
                // Room for what comes and no more: half of a table would be left empty otherwise.
                numbers.reserve_exact(room - numbers.len());
                numbers.extend_from_slice(more);
            }
        }
    }

    /// The stored numbers, by row. Written anew each time where most are not known.
    #[must_use]
    pub fn stored(&self) -> Cow<'_, [u32]> {
        match &self.held {
            Held::Dense(numbers) => Cow::Borrowed(numbers),
            Held::Sparse(sparse) => Cow::Owned(sparse.dense(sparse.len())),
        }
    }

    /// The rows whose stored number fulfils a condition; `test` gives 0 or 1, without a branch.
    pub(in crate::catalog) fn rows_with(&self, test: impl Fn(u32) -> u8) -> Bits {
        match &self.held {
            Held::Dense(numbers) => Bits::of(numbers, test),
            Held::Sparse(sparse) => sparse.rows_with(test),
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.held {
            Held::Dense(numbers) => numbers.len(),
            Held::Sparse(sparse) => sparse.len(),
        }
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The stored number of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> u32 {
        match &self.held {
            Held::Dense(numbers) => numbers.get(row).copied().unwrap_or(ABSENT),
            Held::Sparse(sparse) => sparse.get(row),
        }
    }
}

/// How many numbers there are among `room` rows, if those to come have as many as the first `rows` have.
fn of_room(known: usize, rows: usize, room: usize) -> usize {
    let share = known as u64 * room as u64 / rows.max(1) as u64;
    usize::try_from(share).unwrap_or(room)
}

/// A number as it is stored: whole ones as they are, others as the bits of a `f32`, which order alike from 0 on.
#[must_use]
pub fn to_stored(field: NumberField, number: Option<f64>) -> u32 {
    match number {
        Some(number) if field.is_whole() => to_whole(number),
        // A `f32` holds bytes and parameters to 24 bits: 0.000006 %.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "rounds to the nearest, and far too large ones to infinity"
        )]
        Some(number) if number >= 0.0 => (number as f32 + 0.0).min(f32::MAX).to_bits(),
        _ => ABSENT,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "casts saturate, and the ends are meant"
)]
fn to_whole(number: f64) -> u32 {
    if number >= 0.0 { (number.round() as u32).min(ABSENT - 1) } else { ABSENT }
}

/// The number that is stored.
#[must_use]
pub fn to_number(field: NumberField, stored: u32) -> Option<f64> {
    match stored {
        ABSENT => None,
        whole if field.is_whole() => Some(f64::from(whole)),
        bits => Some(f64::from(f32::from_bits(bits))),
    }
}
