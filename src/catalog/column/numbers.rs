//! One number a row, as a `u32` that orders as the number does.

use super::alike::Alike;
use super::span::Span;
use super::sparse::Sparse;
use crate::catalog::Bits;
use crate::catalog::field::NumberField;
use std::borrow::Cow;
use std::rc::Rc;

/// One row in so many may come before it is decided how numbers are held.
const EARLY: usize = 4;

/// What stands where a number is not known: above all that are.
pub const ABSENT: u32 = u32::MAX;

/// A number for each row: one after the other; those alone that are known, where most are not; or those alone that are not as
/// in another column, where most are.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    held: Held,
    /// How many are known.
    known: usize,
}

#[derive(Clone, Debug)]
enum Held {
    Dense(Rc<Vec<u32>>),
    Sparse(Sparse),
    Alike(Alike),
}

impl Default for Held {
    fn default() -> Self {
        Self::Dense(Rc::default())
    }
}

/// Numbers are equal however they are held.
impl PartialEq for Numbers {
    fn eq(&self, other: &Self) -> bool {
        self.stored() == other.stored()
    }
}

impl Eq for Numbers {}

impl Numbers {
    /// Adds the numbers of more rows as they are stored. `room` is for how many rows there shall be room in all.
    #[inline(never)]
    pub fn append(&mut self, more: &[u32], room: usize) {
        self.known += known(more);
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
                self.held = Held::Dense(Rc::new(numbers));
            }
            Held::Sparse(sparse) => sparse.append(more, rooms),
            Held::Dense(numbers) => {
                let numbers = Rc::make_mut(numbers);
                // Room for what comes and no more: half of a table would be left empty otherwise.
                numbers.reserve_exact(room - numbers.len());
                numbers.extend_from_slice(more);
            }
            Held::Alike(alike) => {
                let mut numbers = alike.stored();
                numbers.reserve_exact(room - numbers.len());
                numbers.extend_from_slice(more);
                self.held = Held::Dense(Rc::new(numbers));
            }
        }
    }

    /// Adds the numbers of more rows, most of which may be those of another column. That has them already, and had all
    /// before where [`Self::release`] was called.
    pub fn append_alike(&mut self, more: &[u32], other: &Self, room: usize) {
        let numbers = match &other.held {
            Held::Dense(numbers) => Some(numbers),
            _ => None,
        };
        if !matches!(self.held, Held::Alike(_)) {
            self.append(more, room);
            // The first rows are the most popular ones, which may be unlike those that follow.
            let mut alike = Alike::default();
            if self.len() <= room / EARLY
                && numbers.is_some_and(|numbers| alike.append(&self.stored(), numbers, room))
            {
                self.held = Held::Alike(alike);
            }
            return;
        }
        let Held::Alike(alike) = &mut self.held else { return };
        if numbers.is_some_and(|numbers| alike.append(more, numbers, room)) {
            self.known += known(more);
            return;
        }
        let before = alike.dense(&other.stored());
        *self = Self::default();
        self.append(&before, room);
        self.append(more, room);
    }

    /// Lets go of the other column, before that grows; rows must then be added to this one.
    pub fn release(&mut self) {
        if let Held::Alike(alike) = &mut self.held {
            alike.release();
        }
    }

    /// The stored numbers, by row. Written anew each time where most are not known.
    #[must_use]
    pub fn stored(&self) -> Cow<'_, [u32]> {
        match &self.held {
            Held::Dense(numbers) => Cow::Borrowed(numbers),
            Held::Sparse(sparse) => Cow::Owned(sparse.dense(sparse.len())),
            Held::Alike(alike) => Cow::Owned(alike.stored()),
        }
    }

    /// The rows whose stored number is in a range.
    pub(in crate::catalog) fn rows_in(&self, span: Span) -> Bits {
        match &self.held {
            Held::Dense(numbers) => span.rows(numbers),
            Held::Sparse(sparse) => sparse.rows_in(span),
            Held::Alike(alike) => alike.rows_in(span),
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.held {
            Held::Dense(numbers) => numbers.len(),
            Held::Sparse(sparse) => sparse.len(),
            Held::Alike(alike) => alike.len(),
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
            Held::Alike(alike) => alike.get(row),
        }
    }
}

fn known(numbers: &[u32]) -> usize {
    numbers.iter().filter(|number| **number != ABSENT).count()
}

/// How many numbers there are among `room` rows, if those to come have as many as the first `rows` have.
pub(super) fn of_room(known: usize, rows: usize, room: usize) -> usize {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        /// However much of it is that of another column, and in whatever pieces it comes, a column is as it was given.
        #[test]
        fn numbers_are_those_that_were_given_beside_others(
            pieces in vec((0_u32..5, vec((0_u32..6, any::<bool>(), 0_u32..5), 0..200)), 0..6),
            room in 0_usize..2000,
        ) {
            let number = |number: u32| if number == 0 { ABSENT - number % 2 } else { number };
            let (mut one, mut other) = (Numbers::default(), Numbers::default());
            let mut all: Vec<u32> = Vec::new();
            for (share, piece) in pieces {
                let others: Vec<u32> = piece.iter().map(|(n, _, _)| number(*n)).collect();
                let own = piece.iter().map(|(n, _, s)| if *s <= share { *n } else { 5 - *n });
                let own: Vec<u32> = own.map(number).collect();
                one.release();
                other.append(&others, room);
                one.append_alike(&own, &other, room);
                all.extend(&own);
                prop_assert_eq!(&*one.stored(), all.as_slice());
            }
            prop_assert_eq!(one.len(), all.len());
            for (row, number) in all.iter().enumerate() {
                prop_assert_eq!(one.get(row), *number);
            }
            prop_assert_eq!(one.get(all.len()), ABSENT);
            for span in [Span::of(0, 2), Span::of(3, ABSENT)].into_iter().flatten() {
                prop_assert_eq!(one.rows_in(span), span.rows(&all));
            }
            let mut plain = Numbers::default();
            plain.append(&all, 0);
            prop_assert_eq!(&plain, &one);
            one.append(&[7], room);
            prop_assert_eq!(one.get(all.len()), 7);
        }
    }
}
