//! Numbers of few rows: a bit for each row that has one, and those numbers alone.

use super::ABSENT;
use super::span::Span;
use crate::catalog::Bits;

/// The numbers that are known, and the rows that they are of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sparse {
    rows: Bits,
    /// By 64 rows: how many numbers are of rows before them.
    before: Vec<u32>,
    numbers: Vec<u32>,
}

impl Sparse {
    /// Adds the numbers of more rows. There shall be room for so many rows, and for so many that have a number.
    pub(super) fn append(&mut self, more: &[u32], [room, known]: [usize; 2]) {
        let first = self.rows.rows();
        self.rows.grow(first + more.len(), room);
        self.numbers.reserve_exact(known.saturating_sub(self.numbers.len()));
        for (row, number) in (first..).zip(more) {
            if *number != ABSENT {
                self.rows.set(row);
                self.numbers.push(*number);
            }
        }
        self.count(first / 64, room);
    }

    /// Counts anew from a word on.
    fn count(&mut self, word: usize, room: usize) {
        self.before.truncate(word);
        let words = self.rows.words().len();
        let room = room.div_ceil(64).max(words);
        self.before.reserve_exact(room.saturating_sub(self.before.len()));
        let mut before = word
            .checked_sub(1)
            .map_or(0, |last| self.before.get(last).copied().unwrap_or(0) + ones(&self.rows, last));
        for word in word..words {
            self.before.push(before);
            before += ones(&self.rows, word);
        }
    }

    /// The numbers that are known.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// The rows that they are of, 64 a word.
    pub(super) fn words(&self) -> &[u64] {
        self.rows.words()
    }

    /// The rows that have a number, and these.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.rows.iter().zip(self.numbers.iter().copied())
    }

    pub(super) fn len(&self) -> usize {
        self.rows.rows()
    }

    pub(super) fn get(&self, row: usize) -> u32 {
        let word = self.rows.words().get(row / 64).copied().unwrap_or(0);
        if word >> (row % 64) & 1 == 0 {
            return ABSENT;
        }
        let here = (word & ((1 << (row % 64)) - 1)).count_ones();
        let place = self.before.get(row / 64).map(|before| before + here);
        place.and_then(|place| self.numbers.get(place as usize)).copied().unwrap_or(ABSENT)
    }

    /// A number for each row, with room for so many.
    pub(super) fn dense(&self, room: usize) -> Vec<u32> {
        let mut all = Vec::with_capacity(room.max(self.len()));
        all.resize(self.len(), ABSENT);
        for (row, number) in self.iter() {
            if let Some(slot) = all.get_mut(row as usize) {
                *slot = number;
            }
        }
        all
    }

    /// The rows whose number is in a range.
    pub(super) fn rows_in(&self, span: Span) -> Bits {
        let mut rows = Bits::none(self.len());
        if span.has(ABSENT) == 1 {
            rows.clone_from(&self.rows);
            rows.invert();
        }
        for (row, number) in self.iter() {
            if span.has(number) == 1 {
                rows.set(row as usize);
            }
        }
        rows
    }
}

fn ones(rows: &Bits, word: usize) -> u32 {
    rows.words().get(word).map_or(0, |word| word.count_ones())
}

#[cfg(test)]
mod tests {
    use super::super::Numbers;
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        /// However few are known, and in whatever pieces they come, they are there as they were.
        #[test]
        fn numbers_are_those_that_were_given(
            pieces in vec((0_u32..5, vec(0_u32..1000, 0..200)), 0..6),
            room in 0_usize..2000,
        ) {
            let mut column = Numbers::default();
            let mut all: Vec<u32> = Vec::new();
            for (share, piece) in pieces {
                let piece: Vec<u32> =
                    piece.iter().map(|n| if n % 5 < share { *n } else { ABSENT }).collect();
                column.append(&piece, room);
                all.extend(&piece);
                prop_assert_eq!(&*column.stored(), all.as_slice());
            }
            prop_assert_eq!(column.len(), all.len());
            for (row, number) in all.iter().enumerate() {
                prop_assert_eq!(column.get(row), *number);
            }
            prop_assert_eq!(column.get(all.len()), ABSENT);
            for span in [Span::of(0, 499), Span::of(500, ABSENT)].into_iter().flatten() {
                prop_assert_eq!(column.rows_in(span), span.rows(&all));
            }
            let mut once = Numbers::default();
            once.append(&all, 0);
            prop_assert_eq!(once, column);
        }
    }
}
