//! From a table to shards.

use super::arrange::{Arrangement, most_used};
use super::content::Content;
use super::layout::{self, Head, Kind, Written};
use super::limits::{FULL_SHARD, LONGEST_SHARD};
use super::place::{self, Place};
use super::plan::PLAN;
use super::{checksum, members};
use crate::catalog::column::NONE;
use crate::catalog::table::Table;
use crate::model::said::readable;

/// A file of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// The tier that its rows are of.
    pub tier: u32,
    /// How many rows it has.
    pub rows: u32,
    /// Its checksum, which may name the file.
    pub checksum: u64,
    /// What the file holds.
    pub bytes: Vec<u8>,
}

/// The shards of a table, in the order in which they are read. Rows that a delta took away are not in them.
#[must_use]
pub fn write(table: &Table) -> Vec<Shard> {
    let mut writer =
        Writer { table, arrangement: Arrangement::new(table), shards: Vec::new(), rows: 0 };
    let mut start = 0;
    let mut tier = 0;
    for length in &table.tiers {
        let end = start + length;
        let rows: Vec<u32> =
            (start..end).filter(|row| table.removed.binary_search(row).is_err()).collect();
        if !rows.is_empty() {
            writer.tier(tier, &rows);
            tier += 1;
        }
        start = end;
    }
    writer.shards
}

/// The hash of a snapshot: what a table is named by that has read these shards.
#[must_use]
pub fn hash(shards: &[Shard]) -> u64 {
    shards.iter().fold(0, |before, shard| checksum::after(before, shard.checksum))
}

struct Writer<'a> {
    table: &'a Table,
    arrangement: Arrangement,
    shards: Vec<Shard>,
    rows: u32,
}

impl Writer<'_> {
    fn tier(&mut self, tier: u32, rows: &[u32]) {
        let mut left = rows;
        while !left.is_empty() {
            let (now, later) = left.split_at(self.fitting(left));
            self.shard(tier, now);
            left = later;
        }
    }

    /// How many rows fill a shard, as far as one can tell beforehand.
    fn fitting(&self, rows: &[u32]) -> usize {
        /// Bytes of all columns, where they take much.
        const COLUMNS: usize = 40;
        let mut room = LONGEST_SHARD;
        let fits = |row: &&u32| {
            let bytes = self.table.ids.name(**row as usize).len() + COLUMNS;
            room = room.saturating_sub(bytes);
            room > 0
        };
        rows.iter().take(FULL_SHARD).take_while(fits).count().max(1)
    }

    /// One shard, or two halves of it where it is too long after all.
    fn shard(&mut self, tier: u32, rows: &[u32]) {
        let before = self.arrangement.clone();
        let content = content(self.table, rows, &mut self.arrangement);
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let head =
            Head { kind: Kind::Tier, tier, first: self.rows, rows: count, changes: 0, checksum: 0 };
        let bytes = layout::close(&head, &sections(&content, self.table, rows));
        if bytes.len() > LONGEST_SHARD && rows.len() > 1 {
            self.arrangement = before;
            let (first, second) = rows.split_at(rows.len() / 2);
            self.shard(tier, first);
            self.shard(tier, second);
            return;
        }
        self.rows += count;
        self.shards.push(Shard { tier, rows: count, checksum: layout::checksum_of(&bytes), bytes });
    }
}

/// The sections of what a shard with these rows says.
pub(super) fn sections(content: &Content, table: &Table, rows: &[u32]) -> Vec<Written> {
    content.write(&|at| {
        let code = rows.get(at).map_or(NONE, |row| table.base.get(*row as usize));
        code.checked_sub(1).map_or("", |code| table.bases.name(code))
    })
}

/// What a shard with these rows says.
pub(super) fn content(table: &Table, rows: &[u32], arrangement: &mut Arrangement) -> Content {
    let mut content = Content { rows: rows.len(), ..Content::default() };
    for row in rows {
        content.ids.push(readable(table.ids.name(*row as usize)));
    }
    for (at, (field, _)) in PLAN.iter().enumerate() {
        let column = match place::of(table, *field) {
            None => continue,
            Some(Place::Number(column)) => {
                rows.iter().map(|row| column.get(*row as usize).wrapping_add(1)).collect()
            }
            Some(Place::Name(names, codes)) => {
                let codes: Vec<u32> = rows.iter().map(|row| codes.get(*row as usize)).collect();
                let some = codes.iter().filter_map(|code| code.checked_sub(1));
                content.names.extend(arrangement.give(at, names, some));
                let code = |code: u32| {
                    code.checked_sub(1)
                        .and_then(|code| arrangement.code(at, code))
                        .map_or(NONE, |code| code + 1)
                };
                codes.into_iter().map(code).collect()
            }
            Some(Place::Names(names, sets)) => {
                let mut all = members::of(*field, sets, rows);
                let first = if arrangement.is_first(at) {
                    most_used(&sets.uses(names.len()))
                } else {
                    Vec::new()
                };
                let (mut both, most) = (arrangement.give(at, names, first), &all.codes);
                let more = arrangement.give(at, names, most.iter().copied());
                match (&mut both, more) {
                    (Some(both), Some(more)) => both.names.append(&more.names),
                    (None, more) => both = more,
                    _ => {}
                }
                content.names.extend(both);
                all.recode(&|code| arrangement.code(at, code).unwrap_or(u32::MAX));
                let (list, column) = members::distinct(&all);
                content.sets.push(list);
                column
            }
        };
        if column.iter().any(|number| *number != 0) {
            content.columns.push((*field, column));
        }
    }
    content
}
