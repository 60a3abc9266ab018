//! Keys of rows: numbers of 32 bits that order as the key does, none last.

use crate::catalog::Table;
use crate::catalog::column::{Codes, NONE};
use crate::catalog::dictionary::Dictionary;
use crate::catalog::fit::Fit;
use crate::catalog::matches::Matches;
use crate::catalog::query::{Class, Key, Order};
use crate::model::order::order;
use std::borrow::Cow;
use std::cmp::Ordering;

/// The key of a row without a value: after all others.
pub(super) const LAST: u32 = u32::MAX;

/// What keys are read from.
#[derive(Clone, Copy)]
pub(in crate::catalog) struct Given<'a> {
    pub(in crate::catalog) table: &'a Table,
    pub(in crate::catalog) fit: Option<&'a Fit>,
    pub(in crate::catalog) matches: Option<&'a Matches>,
}

/// The keys of an order, by row.
pub(in crate::catalog) struct Columns<'a> {
    table: &'a Table,
    columns: Vec<Column<'a>>,
}

enum Column<'a> {
    /// Numbers as they are stored.
    Stored(Cow<'a, [u32]>, Order),
    /// By code: the rank of its name.
    Ranks(&'a Codes, Vec<u32>),
    Class(&'a Fit),
    Score(&'a Matches),
}

impl<'a> Columns<'a> {
    pub(in crate::catalog) fn of(given: Given<'a>, keys: &[Key]) -> Self {
        let mut columns = Vec::with_capacity(keys.len() + 1);
        for key in keys {
            match *key {
                Key::Relevance => columns.extend(given.matches.map(Column::Score)),
                Key::Fit => {
                    columns.extend(given.fit.map(Column::Class));
                    let need = given.fit.map(Fit::need);
                    let stored = |need| Column::Stored(Cow::Borrowed(need), Order::Descending);
                    columns.extend(need.map(stored));
                }
                Key::Number(field, order) => {
                    columns.push(Column::Stored(given.table.number(field).stored(), order));
                }
                Key::Name(field, order) => {
                    let column = given.table.name(field);
                    columns.push(Column::Ranks(&column.codes, ranks(&column.names, order)));
                }
            }
        }
        Self { table: given.table, columns }
    }

    pub(in crate::catalog) fn table(&self) -> &'a Table {
        self.table
    }

    pub(in crate::catalog) fn len(&self) -> usize {
        self.columns.len()
    }

    /// The key of a row in one column.
    pub(in crate::catalog) fn key(&self, column: usize, row: u32) -> u32 {
        self.columns.get(column).map_or(LAST, |column| column.key(row))
    }

    /// All keys of a row.
    pub(in crate::catalog) fn keys(&self, row: u32) -> Vec<u32> {
        self.columns.iter().map(|column| column.key(row)).collect()
    }

    /// How two rows stand, from one column on; ties by author and name.
    pub(super) fn compare_from(&self, column: usize, one: u32, other: u32) -> Ordering {
        let rest = self.columns.iter().skip(column);
        let unequal = rest.map(|column| column.key(one).cmp(&column.key(other)));
        let by_id = || self.table.compare_ids(one as usize, other as usize);
        unequal.into_iter().find(|order| order.is_ne()).unwrap_or_else(by_id)
    }
}

impl Column<'_> {
    #[inline]
    fn key(&self, row: u32) -> u32 {
        match self {
            Self::Stored(stored, order) => {
                turned(stored.get(row as usize).copied().unwrap_or(LAST), *order)
            }
            Self::Ranks(codes, ranks) => {
                ranks.get(codes.get(row as usize) as usize).copied().unwrap_or(LAST)
            }
            Self::Class(fit) => fit.class(row) as u32,
            Self::Score(matches) => {
                let place = matches.rows.binary_search(&row).ok();
                place
                    .and_then(|place| matches.scores.get(place))
                    .map_or(LAST, |score| of_score(*score))
            }
        }
    }
}

/// A stored number as a key.
pub(super) const fn turned(stored: u32, order: Order) -> u32 {
    match order {
        Order::Ascending => stored,
        Order::Descending if stored == LAST => LAST,
        Order::Descending => LAST - 1 - stored,
    }
}

/// A score as a key: the best first. The bits of a `f32` order as the number does, turned where it is negative.
pub(super) const fn of_score(score: f32) -> u32 {
    let bits = score.to_bits();
    let ascending = if bits >> 31 == 1 { !bits } else { bits | 1 << 31 };
    !ascending
}

/// By code: the place of its name in the order of bytes; [`LAST`] for none.
fn ranks(names: &Dictionary, direction: Order) -> Vec<u32> {
    let name = |place: usize| names.name(u32::try_from(place).unwrap_or(u32::MAX)).as_bytes();
    let sorted = order(names.len(), &|one, other| name(one).cmp(name(other)));
    let mut ranks = vec![LAST; names.len() + 1];
    for (code, rank) in sorted.iter().zip(0..) {
        if let Some(place) = ranks.get_mut((code + NONE + 1) as usize) {
            *place = turned(rank, direction);
        }
    }
    ranks
}

/// The class comes first in an order by fit.
const _: () = assert!((Class::Full as u32) < Class::Unknown as u32);
