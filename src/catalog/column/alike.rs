//! Numbers that are mostly those of another column in the same rows: that column, and what differs.

use super::ABSENT;
use super::span::Span;
use super::sparse::Sparse;
use crate::catalog::Bits;
use std::rc::Rc;

/// The other column, and the rows whose number is another one: that plus one, so that an absent one is a number too.
#[derive(Clone, Debug, Default)]
pub(super) struct Alike {
    other: Rc<Vec<u32>>,
    differs: Sparse,
}

impl Alike {
    /// Adds the numbers of more rows, for which the other column has its own already. Gives back whether that was worth it: where
    /// half of all rows differ, or one has a number that cannot be told, nothing is added.
    pub(super) fn append(&mut self, more: &[u32], other: &Rc<Vec<u32>>, room: usize) -> bool {
        let first = self.len();
        let others = other.get(first..).unwrap_or_default();
        if others.len() != more.len() || more.contains(&(ABSENT - 1)) {
            return false;
        }
        let told = |(number, other): (&u32, &u32)| {
            if number == other { ABSENT } else { number.wrapping_add(1) }
        };
        let told: Vec<u32> = more.iter().zip(others).map(told).collect();
        let new = told.iter().filter(|number| **number != ABSENT).count();
        let rows = first + more.len();
        let all = self.differs.numbers().len() + new;
        if all * 2 > rows {
            return false;
        }
        self.differs.append(&told, [room, super::numbers::of_room(all, rows, room)]);
        self.other = Rc::clone(other);
        true
    }

    /// Lets the other column go, so that it can grow without a copy; nothing but adding rows makes sense then.
    pub(super) fn release(&mut self) {
        self.other = Rc::default();
    }

    pub(super) fn len(&self) -> usize {
        self.differs.len()
    }

    pub(super) fn get(&self, row: usize) -> u32 {
        match self.differs.get(row) {
            ABSENT if row < self.len() => self.other.get(row).copied().unwrap_or(ABSENT),
            ABSENT => ABSENT,
            told => told.wrapping_sub(1),
        }
    }

    /// A number for each row, where the other column has these.
    pub(super) fn dense(&self, other: &[u32]) -> Vec<u32> {
        let mut all = other.get(..self.len()).unwrap_or_default().to_vec();
        for (row, told) in self.differs.iter() {
            if let Some(slot) = all.get_mut(row as usize) {
                *slot = told.wrapping_sub(1);
            }
        }
        all
    }

    /// A number for each row.
    pub(super) fn stored(&self) -> Vec<u32> {
        self.dense(&self.other)
    }

    /// The rows whose number is in a range.
    pub(super) fn rows_in(&self, span: Span) -> Bits {
        let mut rows = span.rows(self.other.get(..self.len()).unwrap_or_default());
        let (words, mut told) = (self.differs.words(), self.differs.numbers().iter());
        for (word, differ) in words.iter().enumerate() {
            let (mut left, mut pass) = (*differ, 0);
            while left != 0 {
                let next = told.next().map_or(0, |told| span.has(told.wrapping_sub(1)));
                pass |= u64::from(next) << left.trailing_zeros();
                left &= left - 1;
            }
            rows.replace(word, *differ, pass);
        }
        rows
    }
}
