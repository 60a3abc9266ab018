//! The catalog at the boundary: shards in, queries in, rows out. What goes out is JSON, whose types stand in `ts/catalog/`:
//! a page of rows as one text is there sooner than as objects that cross key by key.

use super::Thrown;
use super::error::thrown;
use crate::catalog::text::Text;
use crate::catalog::{Answer, Engine, Query, Table};
use crate::error::Result;
use crate::model::json::Writer;
use wasm_bindgen::prelude::wasm_bindgen;

/// Many models, opened from the shards of a snapshot. Free it when done.
#[wasm_bindgen]
#[derive(Default)]
pub struct Catalog {
    pub(super) engine: Engine,
    pub(super) text: Text,
}

#[wasm_bindgen]
impl Catalog {
    /// A catalog without models.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Catalog {
        Self::default()
    }

    /// How many models there are.
    #[must_use]
    pub fn size(&self) -> u32 {
        let removed = u32::try_from(self.table().removed.len()).unwrap_or(u32::MAX);
        self.places().saturating_sub(removed)
    }

    /// How many places of rows there are, those of removed ones among them.
    #[must_use]
    pub fn places(&self) -> u32 {
        u32::try_from(self.table().len()).unwrap_or(u32::MAX)
    }

    /// Makes room for so many models, as the manifest promises: what is made at once is not made again and again.
    pub fn expect(&mut self, rows: u32) {
        self.engine.change(|table| table.expect(rows));
    }

    /// Takes a shard, and whether all of the snapshot is there with it. Throws, and stays as it was, where the bytes are no
    /// whole shard that continues what is there.
    pub fn add(&mut self, shard: &[u8], whole: bool) -> Thrown<()> {
        let mut added = Ok(());
        self.engine.change(|table| added = table.append(shard));
        added.map_err(thrown)?;
        self.engine.partial = !whole;
        self.text.table_changed();
        Ok(())
    }

    /// Answers a query, whose values come as bytes (`src/catalog/query/value.rs`).
    pub fn query(&mut self, query: &[u8]) -> Thrown<String> {
        let query = Query::decode(query).map_err(thrown)?;
        let answer = self.answer(&query).map_err(thrown)?;
        let mut out = Writer::default();
        out.open(b'{');
        answer.write(&mut out);
        out.key("rows").open(b'[');
        for (place, row) in answer.rows.iter().enumerate() {
            self.hit(&query, &answer, place, *row as usize, &mut out);
        }
        out.close(b']');
        if answer.total == 0 && !query.text.is_empty() {
            self.correction(&query, &mut out);
        }
        out.close(b'}');
        Ok(out.finish())
    }

    /// The model with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<String> {
        let row = self.table().find(id)?;
        let mut out = Writer::default();
        self.row(row, &mut out);
        Some(out.finish())
    }

    /// The models at so many places, from one on.
    #[must_use]
    pub fn rows(&self, start: u32, count: u32) -> String {
        let places = start..self.places().min(start.saturating_add(count));
        let removed = &self.table().removed;
        let rows = places.filter(|place| removed.binary_search(place).is_err());
        list(rows, &mut |row, out| self.row(row, out))
    }
}

impl Catalog {
    pub(super) fn table(&self) -> &Table {
        self.engine.table()
    }

    fn answer(&mut self, query: &Query) -> Result<Answer> {
        let found = (!query.text.is_empty()).then(|| self.found(query));
        self.engine.query(query, found.as_ref())
    }

    fn row(&self, row: u32, out: &mut Writer) {
        out.open(b'{');
        self.table().write(row as usize, out);
        out.close(b'}');
    }

    /// A row of a page with what the query has made of it.
    fn hit(&self, query: &Query, answer: &Answer, place: usize, row: usize, out: &mut Writer) {
        out.open(b'{');
        self.table().write(row, out);
        if let Some(fits) = answer.fits.get(place) {
            fits.write(out);
        }
        if let Some(group) = answer.groups.get(place) {
            out.key("members").whole(group.members.into());
            if let Some(best) = group.best {
                out.key("best").text(&self.table().id(best as usize));
            }
        }
        if !query.text.is_empty() {
            self.highlights(query, row, out);
        }
        out.close(b'}');
    }
}

pub(super) fn list<T>(
    all: impl Iterator<Item = T>,
    write: &mut dyn FnMut(T, &mut Writer),
) -> String {
    let mut out = Writer::default();
    out.open(b'[');
    for one in all {
        write(one, &mut out);
    }
    out.close(b']');
    out.finish()
}
