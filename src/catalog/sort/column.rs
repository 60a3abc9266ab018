//! Keys of rows: numbers of 32 bits that order as the key does, none last.

use super::ranks::Ranks;
use crate::catalog::Table;
use crate::catalog::column::{Codes, Numbers};
use crate::catalog::fit::Fit;
use crate::catalog::matches::Matches;
use crate::catalog::query::{Class, Key, Order};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

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
    Number(&'a Numbers, Order),
    Need(&'a [u32]),
    /// By code: the rank of its name.
    Ranks(&'a Codes, Rc<Vec<u32>>, Order),
    Class(&'a Fit),
    Score(&'a Matches),
}

impl<'a> Columns<'a> {
    pub(in crate::catalog) fn of(given: Given<'a>, keys: &[Key], ranks: &mut Ranks) -> Self {
        let mut columns = Vec::with_capacity(keys.len() + 1);
        for key in keys {
            match *key {
                Key::Relevance => columns.extend(given.matches.map(Column::Score)),
                Key::Fit => {
                    columns.extend(given.fit.map(Column::Class));
                    columns.extend(given.fit.map(|fit| Column::Need(fit.need())));
                }
                Key::Number(field, order) => {
                    columns.push(Column::Number(given.table.number(field), order));
                }
                Key::Name(field, order) => {
                    let ranks = ranks.of(given.table, field);
                    columns.push(Column::Ranks(&given.table.name(field).codes, ranks, order));
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

    /// Whether the first key is made of numbers.
    pub(in crate::catalog) fn begin_with_numbers(&self) -> bool {
        matches!(self.columns.first(), Some(Column::Number(..) | Column::Need(_)))
    }

    /// The numbers that the first key is made of, by row, and which end comes first; none where it is of another kind.
    pub(in crate::catalog) fn numbers(&self) -> Option<(Cow<'a, [u32]>, Order)> {
        match self.columns.first()? {
            Column::Number(numbers, order) => Some((numbers.stored(), *order)),
            Column::Need(need) => Some((Cow::Borrowed(need), Order::Descending)),
            _ => None,
        }
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
            Self::Number(numbers, order) => turned(numbers.get(row as usize), *order),
            Self::Need(need) => {
                turned(need.get(row as usize).copied().unwrap_or(LAST), Order::Descending)
            }
            Self::Ranks(codes, ranks, order) => {
                let rank = ranks.get(codes.get(row as usize) as usize);
                turned(rank.copied().unwrap_or(LAST), *order)
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

/// The class comes first in an order by fit.
const _: () = assert!((Class::Full as u32) < Class::Unknown as u32);
