//! Rows under their base models.

use super::Table;
use super::answer::Group;
use super::bits::Bits;
use super::column::{ABSENT, NONE};
use super::field::NumberField;
use super::fit::Fit;
use super::query::Class;

/// Links from a model to its base that are followed: quantizations of merges of finetunes end after four or five.
const MOST_LINKS: usize = 8;

/// Under what each row stands.
#[derive(Debug)]
pub(super) struct Roots {
    /// By row: the row of the base model; or, of one that the catalog has not, its code after all rows.
    by_row: Vec<u32>,
    /// How many roots there can be.
    most: usize,
    rows: u32,
}

/// The groups of rows that pass.
pub(super) struct Groups {
    pub(super) total: u32,
    /// The first row of each group, in order.
    pub(super) firsts: Vec<u32>,
}

impl Roots {
    /// The roots of the rows that are not removed.
    pub(super) fn of(table: &Table, present: &Bits) -> Self {
        let rows = u32::try_from(table.len()).unwrap_or(u32::MAX);
        let row_of = |id| table.find(id).filter(|row| present.has(*row));
        let bases: Vec<u32> = (rows..)
            .zip(table.bases.names())
            .map(|(absent, id)| row_of(id).unwrap_or(absent))
            .collect();
        let root = |row| root(table, &bases, row);
        Self { by_row: (0..rows).map(root).collect(), most: table.len() + bases.len(), rows }
    }

    fn root(&self, row: u32) -> u32 {
        self.by_row.get(row as usize).copied().unwrap_or(row)
    }

    /// The groups of rows that pass, which come in their order.
    pub(super) fn groups(&self, rows: &Bits, sorted: &[u32]) -> Groups {
        let mut seen = Bits::none(self.most);
        let mut firsts = Vec::new();
        for row in sorted.iter().filter(|row| rows.has(**row)) {
            let root = self.root(*row);
            if !seen.has(root) {
                seen.add(&[root]);
                firsts.push(*row);
            }
        }
        Groups { total: u32::try_from(firsts.len()).unwrap_or(u32::MAX), firsts }
    }

    /// The rows that stand for the groups of a page, and what is in them.
    pub(super) fn answer(
        &self,
        table: &Table,
        fit: Option<&Fit>,
        rows: &Bits,
        firsts: &[u32],
    ) -> (Vec<u32>, Vec<Group>) {
        let page: Vec<u32> = firsts.iter().map(|row| self.root(*row)).collect();
        let mut members = vec![Vec::new(); page.len()];
        let asked = Bits::of_rows(self.most, &page);
        for row in rows.iter().filter(|row| asked.has(self.root(*row))) {
            let place = page.iter().position(|root| *root == self.root(row));
            if let Some(members) = place.and_then(|place| members.get_mut(place)) {
                members.push(row);
            }
        }
        let group = |(root, members): (&u32, &Vec<u32>)| self.group(table, fit, *root, members);
        page.iter().zip(&members).map(group).unzip()
    }

    fn group(&self, table: &Table, fit: Option<&Fit>, root: u32, members: &[u32]) -> (u32, Group) {
        let downloads = table.number(NumberField::Downloads);
        let shown = if root < self.rows {
            Some(root)
        } else {
            greatest(table, members.iter().copied(), &|row| {
                // One without a number comes after one with 0.
                Some(known(downloads.get(row as usize)).map_or(0, |downloads| downloads + 1))
            })
        };
        let shown = shown.unwrap_or(root);
        let all = members.iter().copied().chain([shown]);
        let sizes = table.number(NumberField::RecommendedSize);
        let best = match fit {
            Some(fit) => greatest(table, all, &|row| {
                (fit.class(row) == Class::Full).then(|| fit.need().get(row as usize).copied())?
            }),
            None => greatest(table, all, &|row| known(sizes.get(row as usize))),
        };
        let members = u32::try_from(members.len()).unwrap_or(u32::MAX);
        (shown, Group { members, best })
    }
}

fn known(stored: u32) -> Option<u32> {
    (stored != ABSENT).then_some(stored)
}

/// The row with the greatest value; of equal ones the first by author and name.
fn greatest(
    table: &Table,
    rows: impl Iterator<Item = u32>,
    value: &dyn Fn(u32) -> Option<u32>,
) -> Option<u32> {
    let valued = rows.filter_map(|row| value(row).map(|value| (value, row)));
    let best = valued.max_by(|(one, first), (other, second)| {
        let by_id = || table.compare_ids(*second as usize, *first as usize);
        one.cmp(other).then_with(by_id)
    });
    best.map(|(_, row)| row)
}

/// The end of a row's links; a row whose links go in a circle stands alone.
fn root(table: &Table, bases: &[u32], row: u32) -> u32 {
    let mut root = row;
    for _ in 0..MOST_LINKS {
        let code = table.base.get(root as usize);
        let base = code.checked_sub(NONE + 1).and_then(|code| bases.get(code as usize));
        match base {
            Some(base) if *base == row => return row,
            Some(base) => root = *base,
            None => break,
        }
    }
    root
}
