//! Tables of names, each row with the releases that have it.

use super::knowledge::Facts;
use super::pack::PackedTable;

/// A table of the knowledge base.
#[derive(Clone, Copy)]
pub struct Table<'f> {
    pub(super) facts: &'f Facts,
    pub(super) packed: &'f PackedTable,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub struct Row<'f> {
    /// The table that it is in.
    pub table: Table<'f>,
    /// Its place in the table.
    pub place: usize,
}

/// A release at which something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Place among the releases of the runtime that were read.
    pub at: usize,
    /// The change came with this release, or with one before it that was not read.
    pub sampled: bool,
}

/// The releases that have a row: half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first release that has it.
    pub since: Bound,
    /// The first that has it no more; none where the newest has it.
    pub until: Option<Bound>,
}

impl<'f> Table<'f> {
    /// `architectures`.
    #[must_use]
    pub fn name(self) -> &'f str {
        self.facts.pack.name(self.packed.name)
    }

    /// The runtime it is of; `written` of those that are written by hand.
    #[must_use]
    pub fn owner(self) -> &'f str {
        self.facts.pack.name(self.packed.owner)
    }

    /// What its rows are about: `support` (names that load), `alias`, `quantization`, `format`, `feature`, `limit`,
    /// `requires`.
    #[must_use]
    pub fn role(self) -> &'f str {
        self.facts.pack.name(self.packed.role)
    }

    /// Where its rows are from: path and symbol in the package, or a page.
    #[must_use]
    pub fn source(self) -> &'f str {
        self.facts.pack.name(self.packed.source)
    }

    /// Names of its columns; the first is what a row is about.
    pub fn columns(self) -> impl Iterator<Item = &'f str> {
        self.packed.columns.iter().map(move |&name| self.facts.pack.name(name))
    }

    /// The place of a column.
    #[must_use]
    pub fn column(self, name: &str) -> Option<usize> {
        self.columns().position(|column| column == name)
    }

    /// How many rows it has, those of all releases.
    #[must_use]
    pub fn len(self) -> usize {
        self.packed.rows
    }

    /// Whether it has no row.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.packed.rows == 0
    }

    /// Whether it is named only, and its rows are in `facts/` alone.
    #[must_use]
    pub fn is_left_out(self) -> bool {
        self.packed.left_out
    }

    /// Place of the first release for which it is known what the runtime had.
    #[must_use]
    pub fn known_since(self) -> usize {
        self.packed.first as usize
    }

    /// All rows.
    pub fn rows(self) -> impl Iterator<Item = Row<'f>> {
        (0..self.packed.rows).map(move |place| Row { table: self, place })
    }

    /// The rows that have a name in a column.
    pub fn find_in(self, column: usize, name: &str) -> impl Iterator<Item = Row<'f>> {
        let cells = self.packed.cells.get(column).map_or(&[][..], Vec::as_slice);
        let name = self.facts.pack.find(name);
        let mut range = 0..if name.is_some() { cells.len() } else { 0 };
        if let Some(name) = name.filter(|_| column == 0 && self.packed.sorted) {
            let start = cells.partition_point(|&cell| cell < name);
            let same = cells.iter().skip(start).take_while(|&&cell| cell == name).count();
            range = start..start + same;
        }
        let found = range.filter(move |&place| cells.get(place).copied() == name);
        found.map(move |place| Row { table: self, place })
    }

    /// The rows about a name: those that have it in the first column.
    pub fn find(self, name: &str) -> impl Iterator<Item = Row<'f>> {
        self.find_in(0, name)
    }
}

impl<'f> Row<'f> {
    /// The name in a column; none where it is empty.
    #[must_use]
    pub fn cell(self, column: usize) -> Option<&'f str> {
        let name = *self.table.packed.cells.get(column)?.get(self.place)?;
        Some(self.table.facts.pack.name(name)).filter(|name| *name != "-")
    }

    /// The releases that have it; none in a table without versions, whose rows hold for all.
    #[must_use]
    pub fn span(self) -> Option<Span> {
        let at = |column: &'f [u32]| column.get(self.place).copied();
        let since = bound(at(&self.table.packed.since)?);
        let until = at(&self.table.packed.until)?.checked_sub(2).map(bound);
        Some(Span { since, until })
    }
}

fn bound(number: u32) -> Bound {
    Bound { at: number as usize >> 1, sampled: number & 1 == 1 }
}
