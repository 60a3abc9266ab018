//! The best of some rows.

use super::column::{Columns, of_score};
use crate::catalog::bits::Bits;
use crate::catalog::matches::Matches;
use crate::model::order::order;
use std::cmp::Ordering;

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
