//! Which names some rows have in a field with several, and which of these sets are alike.

use super::content::SetList;
use crate::catalog::column::Sets;
use crate::model::order::order;
use std::cmp::Reverse;

/// The codes of each of `rows`, ascending. The set of row `n` is that of number `n + 1`.
pub(super) fn of(field: u8, sets: &Sets, rows: &[u32]) -> SetList {
    let mut all = SetList { field, ends: Vec::with_capacity(rows.len()), ..SetList::default() };
    for row in rows {
        all.codes.extend_from_slice(sets.get(*row as usize));
        all.ends.push(u32::try_from(all.codes.len()).unwrap_or(u32::MAX));
    }
    all
}

/// How many rows a set has at most that is numbered by appearance: a number would take more than it saves in the rows.
const RARE: u32 = 4;

/// The sets that are not empty, each once, the most frequent first and rare ones in order of appearance; and for each row the
/// number of its own.
pub(super) fn distinct(all: &SetList) -> (SetList, Vec<u32>) {
    let row = |at: usize| all.get(u32::try_from(at + 1).unwrap_or(u32::MAX));
    let sorted = order(all.len(), &|one, other| row(one).cmp(row(other)));
    // Runs of rows with one set: where each starts among the sorted ones.
    let mut runs: Vec<(u32, u32)> = Vec::new();
    let mut last: Option<&[u32]> = None;
    for (at, index) in (0..).zip(&sorted) {
        let set = row(*index as usize);
        if set.is_empty() {
            continue;
        }
        match runs.last_mut() {
            Some((_, end)) if last == Some(set) => *end = at + 1,
            _ => runs.push((at, at + 1)),
        }
        last = Some(set);
    }
    let key = |at: usize| {
        let (start, end) = runs.get(at).copied().unwrap_or_default();
        let count = Some(end - start).filter(|count| *count > RARE);
        let first = sorted.get(start as usize).filter(|_| count.is_none());
        (Reverse(count), first)
    };
    let by_count = order(runs.len(), &|one, other| key(one).cmp(&key(other)));
    let is_frequent = |run: &&u32| key(**run as usize).1.is_none();
    let frequent = by_count.iter().filter(is_frequent).count();
    let frequent = u32::try_from(frequent).unwrap_or(u32::MAX);
    let mut sets = SetList { field: all.field, frequent, ..SetList::default() };
    let mut column = vec![0; all.len()];
    for (number, run) in (1..).zip(by_count) {
        let Some(&(start, end)) = runs.get(run as usize) else { break };
        let rows = sorted.get(start as usize..end as usize).unwrap_or_default();
        if let Some(first) = rows.first() {
            sets.codes.extend_from_slice(row(*first as usize));
        }
        sets.ends.push(u32::try_from(sets.codes.len()).unwrap_or(u32::MAX));
        for row in rows {
            if let Some(slot) = column.get_mut(*row as usize) {
                *slot = number;
            }
        }
    }
    (sets, column)
}
