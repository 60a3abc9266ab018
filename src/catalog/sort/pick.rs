//! The best of some rows.

use super::column::{Columns, LAST, of_score, turned};
use crate::catalog::bits::Bits;
use crate::catalog::column::Span;
use crate::catalog::matches::Matches;
use crate::catalog::query::Order;
use crate::model::order::order;
use std::cmp::Ordering;

/// The stored numbers whose keys are not after one.
fn up_to(key: u32, order: Order) -> Span {
    match order {
        _ if key == LAST => Span::ALL,
        Order::Ascending => Span::of(0, key).unwrap_or(Span::ALL),
        // Numbers that are not known come last: above all others.
        Order::Descending => Span::of(LAST - 1 - key, LAST - 1).unwrap_or(Span::ALL),
    }
}

/// The best rows so far: each with its first key.
pub(in crate::catalog) struct Best<'a> {
    columns: &'a Columns<'a>,
    most: usize,
    rows: Vec<(u32, u32)>,
    /// The last that can still be among them.
    worst: Option<(u32, u32)>,
}

impl<'a> Best<'a> {
    /// The first `most` rows of the order of some columns.
    pub(in crate::catalog) fn new(columns: &'a Columns<'a>, most: usize) -> Self {
        Self { columns, most, rows: Vec::new(), worst: None }
    }

    /// Of the rows that pass.
    pub(in crate::catalog) fn of(mut self, passes: impl Iterator<Item = u32>) -> Vec<u32> {
        for row in passes {
            self.push((self.columns.key(0, row), row));
        }
        self.finish()
    }

    /// Of the rows that pass, by numbers that are the key which `order` tells apart first: 64 rows at a time, of which those alone
    /// are looked at that can still be among the best.
    #[inline(never)]
    pub(in crate::catalog) fn of_numbers(
        mut self,
        (numbers, order): (&[u32], Order),
        passes: &Bits,
        comes: &dyn Fn(&u32) -> bool,
    ) -> Vec<u32> {
        let mut span = Span::ALL;
        for ((block, word), start) in numbers.chunks(64).zip(passes.words()).zip((0..).step_by(64))
        {
            let mut left = if *word == 0 { 0 } else { span.bits(block) & word };
            while left != 0 {
                let row = start + left.trailing_zeros();
                left &= left - 1;
                let number = numbers.get(row as usize).copied().unwrap_or(LAST);
                if comes(&row) {
                    self.push((turned(number, order), row));
                }
            }
            if let Some((key, _)) = self.worst {
                span = up_to(key, order);
            }
        }
        self.finish()
    }

    /// Of the matches of a text that pass, where their scores are the first key.
    pub(in crate::catalog) fn of_matches(
        mut self,
        matches: &Matches,
        passes: &Bits,
        comes: &dyn Fn(&u32) -> bool,
    ) -> Vec<u32> {
        let scored = matches.rows.iter().zip(&matches.scores);
        for (row, score) in scored.filter(|(row, _)| passes.has(**row) && comes(row)) {
            self.push((of_score(*score), *row));
        }
        self.finish()
    }

    fn push(&mut self, row: (u32, u32)) {
        if self.worst.is_some_and(|worst| self.compare(row, worst).is_gt()) {
            return;
        }
        self.rows.push(row);
        if self.rows.len() >= self.most.saturating_mul(2).saturating_add(64) {
            self.cut();
            self.worst = self.rows.last().copied();
        }
    }

    /// Sorts, and leaves what cannot be among the best.
    fn cut(&mut self) {
        let at = |place: usize| self.rows.get(place).copied().unwrap_or_default();
        let places = order(self.rows.len(), &|one, other| self.compare(at(one), at(other)));
        let sorted = places.into_iter().take(self.most).map(|place| at(place as usize)).collect();
        self.rows = sorted;
    }

    fn compare(&self, one: (u32, u32), other: (u32, u32)) -> Ordering {
        one.0.cmp(&other.0).then_with(|| self.columns.compare_from(1, one.1, other.1))
    }

    fn finish(mut self) -> Vec<u32> {
        self.cut();
        self.rows.into_iter().map(|(_, row)| row).collect()
    }
}
