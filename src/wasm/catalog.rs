//! The catalog at the boundary: shards in, queries in, rows out. What goes out is JSON, whose types stand in `ts/catalog/`:
//! a page of rows as one text is there sooner than as objects that cross key by key.

use super::Thrown;
use super::error::thrown;
use crate::catalog::text::{Text, highlights, matrix, pipelines, trending_tags};
use crate::catalog::{Answer, Engine, Query, Table};
use crate::error::Result;
use crate::model::json::Writer;
use wasm_bindgen::prelude::wasm_bindgen;

/// Many models, opened from the shards of a snapshot. Free it when done.
#[wasm_bindgen]
#[derive(Default)]
pub struct Catalog {
    engine: Engine,
    text: Text,
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
        if answer.total == 0
            && let Some(meant) = self.text.correct(self.engine.table(), &query.text)
        {
            out.key("correction").text(&meant);
        }
        out.close(b'}');
        Ok(out.finish())
    }

    /// Builds what typos, suggestions and likeness need, by so many names at a time; says whether it is done.
    pub fn prepare(&mut self, names: u32) -> bool {
        self.text.prepare(self.engine.table(), names.max(1) as usize)
    }

    /// What somebody who typed this may mean.
    pub fn suggest(&mut self, text: &str, limit: u32) -> String {
        let all = self.text.suggest(self.engine.table(), text, limit as usize);
        list(all.iter(), &mut |one, out| one.write(out))
    }

    /// Models that are like the one with this id; none where there is no such model.
    pub fn similar(&mut self, id: &str, limit: u32) -> String {
        let table = self.engine.table();
        let found = table.find(id);
        let all = found.map(|row| self.text.similar(table, row as usize, limit as usize));
        list(all.iter().flatten(), &mut |(row, score), out| {
            out.open(b'{');
            table.write(*row as usize, out);
            out.key("similarity").number(Some((*score).into()));
            out.close(b'}');
        })
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

    /// How many models there are from each type of data to each other.
    #[must_use]
    pub fn matrix(&self) -> String {
        let mut out = Writer::default();
        matrix(self.table()).write(&mut out);
        out.finish()
    }

    /// Chains of tasks from one type of data to another.
    #[must_use]
    pub fn pipelines(&self, from: &str, to: &str) -> String {
        let all = pipelines(self.table(), from, to);
        list(all.iter(), &mut |one, out| one.write(out))
    }

    /// Tags whose models trend.
    #[must_use]
    pub fn trending_tags(&self, limit: u32) -> String {
        let all = trending_tags(self.table(), limit as usize);
        list(all.iter(), &mut |one, out| one.write(out))
    }
}

impl Catalog {
    fn table(&self) -> &Table {
        self.engine.table()
    }

    fn answer(&mut self, query: &Query) -> Result<Answer> {
        let found = (!query.text.is_empty()).then(|| {
            let table = self.engine.table();
            if query.by_relevance() {
                self.text.search(table, &query.text)
            } else {
                self.text.matching(table, &query.text)
            }
        });
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
            out.key("highlights").open(b'[');
            for (start, end) in highlights(&self.table().id(row), &query.text) {
                out.open(b'[');
                out.whole(start.into());
                out.whole(end.into());
                out.close(b']');
            }
            out.close(b']');
        }
        out.close(b'}');
    }
}

fn list<T>(all: impl Iterator<Item = T>, write: &mut dyn FnMut(T, &mut Writer)) -> String {
    let mut out = Writer::default();
    out.open(b'[');
    for one in all {
        write(one, &mut out);
    }
    out.close(b']');
    out.finish()
}
