//! From one table to the next, without the rows that both have.

use super::arrange::Arrangement;
use super::layout::{self, Head, Kind};
use super::limits::LONGEST_SHARD;
use super::members;
use super::place::{self, Place};
use super::plan::PLAN;
use super::write::{Shard, content, sections};
use crate::catalog::table::Table;
use crate::error::{Code, Error, Result};
use crate::model::order::order;
use std::cmp::Ordering;

/// What makes a table that was read from a snapshot answer as `new` does: rows that are no longer, and rows that are new or not
/// what they were, as one more tier.
///
/// # Errors
/// `invalid_argument` where `old` was not read from a snapshot; `limit_exceeded` where so much is new that a whole snapshot is better.
pub fn diff(old: &Table, new: &Table) -> Result<Shard> {
    if old.snapshot == 0 {
        return Err(Error::new(
            Code::InvalidArgument,
            "catalog: expected a table that was read from a snapshot, found one that was built",
        ));
    }
    let mut arrangement = Arrangement::after(old, new);
    let (removed, rows) = changes(old, new, &arrangement);
    let mut content = content(new, &rows, &mut arrangement);
    content.removed = removed;
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let head = Head {
        kind: Kind::Delta,
        tier: u32::try_from(old.tiers.len()).unwrap_or(u32::MAX),
        first: u32::try_from(old.len()).unwrap_or(u32::MAX),
        rows: count,
        changes: old.snapshot,
        checksum: 0,
    };
    let bytes = layout::close(&head, &sections(&content, new, &rows));
    if bytes.len() > LONGEST_SHARD {
        return Err(Error::new(
            Code::LimitExceeded,
            "catalog: expected a delta of at most 16 MiB; publish a whole snapshot",
        ));
    }
    Ok(Shard { tier: head.tier, rows: count, checksum: layout::checksum_of(&bytes), bytes })
}

/// Rows of `old` that are gone or other now, ascending; and rows of `new` that are not in `old` as they are, in the order of ids.
fn changes(old: &Table, new: &Table, arrangement: &Arrangement) -> (Vec<u32>, Vec<u32>) {
    let (old_rows, new_rows) = (by_id(old), by_id(new));
    let (mut removed, mut rows, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    let (mut olds, mut news) =
        (old_rows.iter().copied().peekable(), new_rows.iter().copied().peekable());
    loop {
        let order = match (olds.peek(), news.peek()) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) => key(old, *one).cmp(&key(new, *other)),
        };
        match order {
            Ordering::Less => removed.extend(olds.next()),
            Ordering::Greater => rows.extend(news.next()),
            Ordering::Equal => pairs.extend(olds.next().zip(news.next())),
        }
    }
    for (one, other) in differing(old, new, &pairs, arrangement) {
        removed.push(one);
        rows.push(other);
    }
    removed.sort_unstable();
    let row = |at: usize| rows.get(at).map(|row| key(new, *row));
    let sorted = order(rows.len(), &|one, other| row(one).cmp(&row(other)));
    (removed, sorted.iter().filter_map(|at| rows.get(*at as usize).copied()).collect())
}

/// The author and the name, which rows are in order of.
fn key(table: &Table, row: u32) -> (&[u8], &[u8]) {
    (table.author(row as usize).as_bytes(), table.ids.name(row as usize))
}

fn by_id(table: &Table) -> Vec<u32> {
    let mut rows = order(table.len(), &|one, other| table.compare_ids(one, other));
    rows.retain(|row| table.removed.binary_search(row).is_err());
    rows
}

/// The pairs that are not equal in every column.
fn differing(
    old: &Table,
    new: &Table,
    pairs: &[(u32, u32)],
    arrangement: &Arrangement,
) -> Vec<(u32, u32)> {
    let mut differ = vec![false; pairs.len()];
    for (at, (field, _)) in PLAN.iter().enumerate() {
        let code = |code: u32| arrangement.code(at, code);
        let mut compare = |equal: &dyn Fn(usize, (u32, u32)) -> bool| {
            for ((place, pair), differs) in pairs.iter().enumerate().zip(&mut differ) {
                *differs = *differs || !equal(place, *pair);
            }
        };
        match (place::of(old, *field), place::of(new, *field)) {
            (Some(Place::Number(old)), Some(Place::Number(new))) => {
                compare(&|_, (one, other)| old.get(one as usize) == new.get(other as usize));
            }
            (Some(Place::Name(_, old)), Some(Place::Name(_, new))) => {
                let same = |one: u32, other: u32| {
                    other.checked_sub(1).map_or(Some(0), |other| code(other).map(|code| code + 1))
                        == Some(one)
                };
                compare(&|_, (one, other)| same(old.get(one as usize), new.get(other as usize)));
            }
            (Some(Place::Names(_, old)), Some(Place::Names(_, new))) => {
                let (olds, news): (Vec<u32>, Vec<u32>) = pairs.iter().copied().unzip();
                let (old, mut new) =
                    (members::of(*field, old, &olds), members::of(*field, new, &news));
                // A name that is new gets a code that no old row has.
                new.recode(&|old| code(old).unwrap_or(u32::MAX));
                let set = |place: usize| u32::try_from(place + 1).unwrap_or(u32::MAX);
                compare(&|place, _| old.get(set(place)) == new.get(set(place)));
            }
            _ => {}
        }
    }
    pairs.iter().zip(differ).filter(|(_, differs)| *differs).map(|(pair, _)| *pair).collect()
}
