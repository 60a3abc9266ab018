//! Whole tables in order: sorted by radix when their end is asked for; else their beginnings, which most questions need alone.

use super::column::{Columns, LAST, turned};
use crate::catalog::Table;
use crate::catalog::fit::Fit;
use crate::catalog::query::{Key, Order};
use std::rc::Rc;

/// Permutations that are kept, 4 bytes a row each: one for the order in use and one to go back to.
const MOST_KEPT: usize = 2;

/// Of so many rows one is in the beginning of an order that is kept. Filters that pass one of forty rows or more find a page there, and
/// it is picked out within a frame, where sorting all rows would take ten.
const HEAD: usize = 256;
/// Fewest and most of them: fewer would save nothing, more would take longer than a frame.
const HEADS: std::ops::RangeInclusive<usize> = 1 << 8..=1 << 11;

/// Permutations of a table.
#[derive(Debug, Default)]
pub(in crate::catalog) struct Orders {
    /// By author and name.
    by_id: Option<Rc<Vec<u32>>>,
    kept: Vec<(Vec<Key>, Rc<Vec<u32>>)>,
    /// By what rows need for so many tokens.
    by_need: Option<(u64, Rc<Vec<u32>>)>,
    /// The order that was asked for last, and its beginning once it was asked for twice in a row.
    head: (Vec<Key>, Option<Vec<u32>>),
}

impl Orders {
    /// The first rows of all in the order of their keys, as many as are `picked`; none where it is not asked for again.
    pub(in crate::catalog) fn head(
        &mut self,
        keys: &[Key],
        picked: &dyn Fn(usize) -> Vec<u32>,
        rows: usize,
    ) -> &[u32] {
        if self.head.0 != keys {
            self.head = (keys.to_vec(), None);
            return &[];
        }
        let most = (rows / HEAD).clamp(*HEADS.start(), *HEADS.end());
        self.head.1.get_or_insert_with(|| picked(most))
    }

    /// The rows in the order of their keys, where it is known already.
    pub(in crate::catalog) fn known(&self, keys: &[Key]) -> Option<Rc<Vec<u32>>> {
        self.kept.iter().find(|(known, _)| known == keys).map(|(_, order)| Rc::clone(order))
    }

    /// The rows in the order of their keys; kept where the keys do not depend on the query.
    pub(in crate::catalog) fn of(&mut self, keys: &[Key], columns: &Columns<'_>) -> Rc<Vec<u32>> {
        if let Some(known) = self.known(keys) {
            return known;
        }
        let mut rows = self.by_id(columns.table()).to_vec();
        for column in (0..columns.len()).rev() {
            rows = by_radix(rows, &|row| columns.key(column, row));
        }
        let rows = Rc::new(rows);
        if !keys.iter().any(|key| matches!(key, Key::Fit | Key::Relevance)) {
            self.kept.truncate(MOST_KEPT - 1);
            self.kept.insert(0, (keys.to_vec(), Rc::clone(&rows)));
        }
        rows
    }

    /// The rows in the order of what they need, where it is known already.
    pub(in crate::catalog) fn known_by_need(&self, fit: &Fit) -> Option<Rc<Vec<u32>>> {
        let tokens = fit.tokens().to_bits();
        let known = self.by_need.as_ref().filter(|(known, _)| *known == tokens);
        known.map(|(_, rows)| Rc::clone(rows))
    }

    /// The rows in the order of what they need, the largest first: within each class that is the order by fit.
    pub(in crate::catalog) fn by_need(&mut self, table: &Table, fit: &Fit) -> Rc<Vec<u32>> {
        if let Some(known) = self.known_by_need(fit) {
            return known;
        }
        let need = |row: u32| fit.need().get(row as usize).copied().unwrap_or(LAST);
        let key = |row| turned(need(row), Order::Descending);
        let rows = Rc::new(by_radix(self.by_id(table).to_vec(), &key));
        self.by_need = Some((fit.tokens().to_bits(), Rc::clone(&rows)));
        rows
    }

    /// The rows in the order of author and name.
    fn by_id(&mut self, table: &Table) -> Rc<Vec<u32>> {
        let by_id = self.by_id.get_or_insert_with(|| Rc::new(merged(table)));
        Rc::clone(by_id)
    }
}

/// The tiers of a table, each in order, merged one after the other.
fn merged(table: &Table) -> Vec<u32> {
    let rows = u32::try_from(table.len()).unwrap_or(u32::MAX);
    let mut all: Vec<u32> = Vec::new();
    let mut start: u32 = 0;
    for length in table.tiers.iter().copied().chain([u32::MAX]) {
        let end = start.saturating_add(length).min(rows);
        all = merge(table, &all, &(start..end).collect::<Vec<_>>());
        start = end;
    }
    all
}

fn merge(table: &Table, one: &[u32], other: &[u32]) -> Vec<u32> {
    let mut merged = Vec::with_capacity(one.len() + other.len());
    let (mut one, mut other) = (one.iter().copied().peekable(), other.iter().copied().peekable());
    while let (Some(left), Some(right)) = (one.peek(), other.peek()) {
        let first = table.compare_ids(*left as usize, *right as usize).is_le();
        merged.extend(if first { one.next() } else { other.next() });
    }
    merged.extend(one);
    merged.extend(other);
    merged
}

/// Bits of a digit: 2,048 counters stay in the nearest memory, and three digits make a key.
const DIGIT: u32 = 11;

/// Rows sorted by a key; equal ones stay in their order.
fn by_radix(rows: Vec<u32>, key: &dyn Fn(u32) -> u32) -> Vec<u32> {
    let mut pairs: Vec<u64> =
        rows.into_iter().map(|row| u64::from(key(row)) << 32 | u64::from(row)).collect();
    let mut spare = vec![0; pairs.len()];
    for shift in (32..64).step_by(DIGIT as usize) {
        if scatter(&pairs, &mut spare, shift) {
            std::mem::swap(&mut pairs, &mut spare);
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is the row")]
    let row = |pair: u64| pair as u32;
    pairs.into_iter().map(row).collect()
}

/// Sorts by one digit; not where all have the same.
fn scatter(from: &[u64], to: &mut [u64], shift: u32) -> bool {
    #[expect(clippy::cast_possible_truncation, reason = "the lowest 11 bits are meant")]
    let digit = |pair: u64| (pair >> shift) as usize % (1 << DIGIT);
    let mut places = [0_u32; 1 << DIGIT];
    for pair in from {
        if let Some(count) = places.get_mut(digit(*pair)) {
            *count += 1;
        }
    }
    if places.iter().any(|count| *count as usize == from.len()) {
        return false;
    }
    let mut sum = 0;
    for place in &mut places {
        sum += std::mem::replace(place, sum);
    }
    for pair in from {
        if let Some(place) = places.get_mut(digit(*pair)) {
            if let Some(spot) = to.get_mut(*place as usize) {
                *spot = *pair;
            }
            *place += 1;
        }
    }
    true
}
