//! All columns of a catalog, and how rows become them.

use super::column::{ABSENT, Codes, Ids, NONE, Numbers, Sets, to_number, to_stored};
use super::dictionary::{Dictionary, Interner};
use super::field::{NameField, NamesField, NumberField};
use super::row::Row;
use super::snapshot::MOST_ROWS;
use crate::model::json::Writer;
use crate::model::order::order;
use crate::model::said::{readable, said};
use std::cmp::Ordering;

/// Columns of equal length, and the names that their codes stand for.
///
/// Rows come in tiers: the most popular ones first, each tier in the order of author and name (bytes, authors first).
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// How many rows each tier has.
    pub tiers: Vec<u32>,
    /// By row: the part of the id after the slash.
    pub ids: Ids,
    /// By row: the base model's id, as a code in `bases`.
    pub base: Codes,
    /// Ids of base models, whether or not the catalog has them as rows.
    pub bases: Dictionary,
    /// By [`NameField`].
    pub names: [Names<Codes>; NameField::ALL.len()],
    /// By [`NamesField`].
    pub sets: [Names<Sets>; NamesField::ALL.len()],
    /// By [`NumberField`].
    pub numbers: [Numbers; NumberField::ALL.len()],
    /// Rows that a delta took away, ascending: they stand in all columns, and no answer has them.
    pub removed: Vec<u32>,
    /// What it was read from: the snapshot's hash once all its shards are read; 0 where it was built.
    pub snapshot: u64,
}

/// Each of the columns in a loop: written out one after the other, as a derived one has it, they are 2 kB.
impl Default for Table {
    fn default() -> Self {
        Self {
            names: std::array::from_fn(|_| Names::default()),
            sets: std::array::from_fn(|_| Names::default()),
            numbers: std::array::from_fn(|_| Numbers::default()),
            tiers: Vec::default(),
            ids: Ids::default(),
            base: Codes::default(),
            bases: Dictionary::default(),
            removed: Vec::default(),
            snapshot: 0,
        }
    }
}

/// A column of codes with what they stand for. In [`Codes`], 0 is none and code `n` stands for name `n - 1`; in [`Sets`], code `n` for name `n`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names<C> {
    /// The names, the most used first.
    pub names: Dictionary,
    /// The codes, by row.
    pub codes: C,
}

impl Table {
    /// Says how many rows there will be in all, as far as one knows: columns then get their room at once, and need not be moved
    /// for each shard. A wrong number does no harm.
    pub fn expect(&mut self, rows: u32) {
        /// Bytes that a row takes in all columns.
        const ROW: usize = 128;
        let rows = rows.min(MOST_ROWS) as usize;
        // Memory that is had once is had for all columns: in wasm, growing it piece by piece takes a fifth of all the time.
        let mut memory: Vec<u8> = Vec::new();
        let _ = memory.try_reserve_exact(rows.saturating_mul(ROW));
        drop(std::hint::black_box(memory));
        self.ids.expect(rows);
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The column of a field with one name.
    #[must_use]
    pub fn name(&self, field: NameField) -> &Names<Codes> {
        let [first, ..] = &self.names;
        self.names.get(field.index()).unwrap_or(first)
    }

    /// The column of a field with several names.
    #[must_use]
    pub fn set(&self, field: NamesField) -> &Names<Sets> {
        let [first, ..] = &self.sets;
        self.sets.get(field.index()).unwrap_or(first)
    }

    /// The column of numbers of a field.
    #[must_use]
    pub fn number(&self, field: NumberField) -> &Numbers {
        let [first, ..] = &self.numbers;
        self.numbers.get(field.index()).unwrap_or(first)
    }

    /// The author of a row; empty where the id has none.
    #[must_use]
    pub fn author(&self, row: usize) -> &str {
        self.name(NameField::Author).of(row).unwrap_or("")
    }

    /// The id of a row.
    #[must_use]
    pub fn id(&self, row: usize) -> String {
        let name = readable(self.ids.name(row));
        match self.author(row) {
            "" => name.to_owned(),
            author => said(&[author, "/", name]),
        }
    }

    /// How two rows stand in the order of author and name, which breaks all ties.
    #[must_use]
    pub fn compare_ids(&self, one: usize, other: usize) -> Ordering {
        let key = |row| (self.author(row).as_bytes(), self.ids.name(row));
        key(one).cmp(&key(other))
    }

    /// A row, whole.
    #[must_use]
    pub fn row(&self, row: usize) -> Row {
        let mut whole = Row { id: self.id(row), ..Row::default() };
        whole.base = name_of(&self.bases, self.base.get(row)).map(str::to_owned);
        for (place, column) in whole.name.iter_mut().zip(&self.names) {
            *place = column.of(row).map(str::to_owned);
        }
        for (place, column) in whole.names.iter_mut().zip(&self.sets) {
            *place = column.of(row).map(str::to_owned).collect();
        }
        for ((place, column), field) in
            whole.number.iter_mut().zip(&self.numbers).zip(NumberField::ALL)
        {
            *place = to_number(*field, column.get(row));
        }
        whole
    }

    /// Writes a row: what is known of it, under the names of the fields, as the entries of an object.
    pub fn write(&self, row: usize, out: &mut Writer) {
        out.key("id").text(&self.id(row));
        if let Some(base) = name_of(&self.bases, self.base.get(row)) {
            out.key("base").text(base);
        }
        for (field, column) in NameField::ALL.iter().zip(&self.names) {
            if let Some(name) = column.of(row) {
                out.key(field.name()).text(name);
            }
        }
        for (field, column) in NamesField::ALL.iter().zip(&self.sets) {
            let mut names = column.of(row).peekable();
            if names.peek().is_some() {
                out.key(field.name()).texts(&mut names);
            }
        }
        for (field, column) in NumberField::ALL.iter().zip(&self.numbers) {
            let number = to_number(*field, column.get(row));
            if number.is_some() {
                out.key(field.name()).number(number);
            }
        }
    }
}

impl Names<Codes> {
    /// The name of a row.
    #[must_use]
    pub fn of(&self, row: usize) -> Option<&str> {
        name_of(&self.names, self.codes.get(row))
    }
}

impl Names<Sets> {
    /// The names of a row, in the order of their codes: the most used first.
    pub fn of(&self, row: usize) -> impl Iterator<Item = &str> {
        self.codes.get(row).iter().map(|code| self.names.name(*code))
    }
}

fn name_of(names: &Dictionary, code: u32) -> Option<&str> {
    (code != NONE).then(|| names.name(code - 1))
}

/// Rows on their way into a table.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    ids: Ids,
    base: Draft,
    names: [Draft; NameField::ALL.len()],
    sets: [ManyDraft; NamesField::ALL.len()],
    numbers: [Vec<u32>; NumberField::ALL.len()],
}

/// A column whose codes stand for names in order of appearance.
#[derive(Clone, Debug, Default)]
struct Draft {
    names: Interner,
    codes: Vec<u32>,
}

/// A column of several codes a row.
#[derive(Clone, Debug, Default)]
struct ManyDraft {
    names: Interner,
    codes: Vec<u32>,
    ends: Vec<u32>,
}

impl Builder {
    /// Takes a row. Of several with one id, the last counts.
    pub fn push(&mut self, row: &Row) {
        let (author, name) = row.author_and_name();
        self.ids.push(name);
        self.base.push(row.base.as_deref());
        for ((draft, field), given) in self.names.iter_mut().zip(NameField::ALL).zip(&row.name) {
            let author = Some(author).filter(|author| !author.is_empty());
            draft.push(if *field == NameField::Author { author } else { given.as_deref() });
        }
        for (draft, given) in self.sets.iter_mut().zip(&row.names) {
            draft.push(given);
        }
        for ((column, field), given) in
            self.numbers.iter_mut().zip(NumberField::ALL).zip(row.number)
        {
            column.push(to_stored(*field, given));
        }
    }

    /// How many rows were taken.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether no row was taken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The table. `tiers` says how many rows come in the first tiers, by downloads; what is left is the last one.
    #[must_use]
    pub fn finish(self, tiers: &[u32]) -> Table {
        let (rows, tiers) = self.places(tiers);
        let mut table = Table { tiers, ..Table::default() };
        for row in &rows {
            table.ids.push(readable(self.ids.name(*row as usize)));
        }
        (table.bases, table.base) = self.base.finish(&rows);
        for (column, draft) in table.names.iter_mut().zip(self.names) {
            (column.names, column.codes) = draft.finish(&rows);
        }
        for (column, draft) in table.sets.iter_mut().zip(self.sets) {
            (column.names, column.codes) = draft.finish(&rows);
        }
        for (column, draft) in table.numbers.iter_mut().zip(&self.numbers) {
            let number = |row: &u32| draft.get(*row as usize).copied().unwrap_or(ABSENT);
            let numbers: Vec<u32> = rows.iter().map(number).collect();
            column.append(&numbers, 0);
        }
        table
    }

    /// Which row comes where, and the lengths of the tiers.
    fn places(&self, tiers: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let by_id = self.by_id();
        let downloads = self.numbers.get(NumberField::Downloads.index());
        let popularity = |at: usize| {
            let row = by_id.get(at).map_or(0, |row| *row as usize);
            downloads
                .and_then(|column| column.get(row))
                .and_then(|stored| to_number(NumberField::Downloads, *stored))
                .unwrap_or(-1.0)
        };
        let ranked =
            order(by_id.len(), &|one, other| popularity(other).total_cmp(&popularity(one)));
        let mut places = Vec::with_capacity(by_id.len());
        let mut lengths = Vec::new();
        let mut left = ranked.as_slice();
        for length in tiers.iter().map(|length| *length as usize).chain([usize::MAX]) {
            let (tier, rest) = left.split_at(length.min(left.len()));
            left = rest;
            let mut tier = tier.to_vec();
            tier.sort_unstable();
            places.extend(tier.iter().filter_map(|at| by_id.get(*at as usize)));
            lengths.push(u32::try_from(tier.len()).unwrap_or(u32::MAX));
        }
        lengths.retain(|length| *length > 0);
        (places, lengths)
    }

    /// The rows in order of author and name, the last of each id alone.
    fn by_id(&self) -> Vec<u32> {
        let author = self.names.get(NameField::Author.index());
        let key = |row: usize| {
            (author.map_or("", |draft| draft.name(row)).as_bytes(), self.ids.name(row))
        };
        let sorted = order(self.len(), &|one, other| key(one).cmp(&key(other)));
        let next = sorted.iter().skip(1).map(Some).chain([None]);
        let last = |(row, next): &(&u32, Option<&u32>)| {
            next.is_none_or(|next| key(**row as usize) != key(*next as usize))
        };
        sorted.iter().zip(next).filter(last).map(|(row, _)| *row).collect()
    }
}

impl Draft {
    fn push(&mut self, name: Option<&str>) {
        self.codes.push(name.map_or(NONE, |name| self.names.code(name).saturating_add(1)));
    }

    fn name(&self, row: usize) -> &str {
        self.codes.get(row).map_or("", |code| name_of(self.names.names(), *code).unwrap_or(""))
    }

    fn finish(self, rows: &[u32]) -> (Dictionary, Codes) {
        let old = |row: &u32| self.codes.get(*row as usize).copied().unwrap_or(NONE);
        let used = rows.iter().filter_map(|row| old(row).checked_sub(1));
        let (names, new) = self.names.finish(used);
        let code = |old: u32| {
            old.checked_sub(1).and_then(|old| new.get(old as usize)).map_or(NONE, |new| new + 1)
        };
        let codes: Vec<u32> = rows.iter().map(|row| code(old(row))).collect();
        (names, Codes::of(&codes))
    }
}

impl ManyDraft {
    fn push(&mut self, names: &[String]) {
        let names_codes = names.iter().map(|name| self.names.code(name));
        self.codes.extend(names_codes);
        self.ends.push(u32::try_from(self.codes.len()).unwrap_or(u32::MAX));
    }

    fn finish(self, rows: &[u32]) -> (Dictionary, Sets) {
        let end = |row: usize| self.ends.get(row).map_or(0, |end| *end as usize);
        let range = |row: u32| (row as usize).checked_sub(1).map_or(0, end)..end(row as usize);
        let old = |row: &u32| self.codes.get(range(*row)).unwrap_or_default().iter().copied();
        let (names, new) = self.names.finish(rows.iter().flat_map(old));
        let code = |old: u32| new.get(old as usize).copied().unwrap_or(0);
        let set = |row: &u32| {
            let mut set: Vec<u32> = old(row).map(code).collect();
            set.sort_unstable();
            set.dedup();
            set
        };
        (names, Sets::of(rows.iter().map(set)))
    }
}
