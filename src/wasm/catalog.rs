//! The catalog at the boundary: shards in, queries in, rows out. What goes out are plain objects, whose types stand in
//! `ts/catalog/`.

use super::Thrown;
use super::error::{broken, thrown};
use crate::catalog::snapshot;
use crate::catalog::text::{Text, highlights, matrix, pipelines, trending_tags};
use crate::catalog::{Answer, Builder, Engine, Query, Row, Table};
use crate::error::Result;
use crate::model::Json;
use js_sys::{Array, Reflect, Uint8Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

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

    /// Answers a query, which is JSON.
    pub fn query(&mut self, query: &str) -> Thrown<JsValue> {
        let query = Query::parse(query.as_bytes()).map_err(thrown)?;
        let answer = self.answer(&query).map_err(thrown)?;
        let out = object(&answer)?;
        let rows = Array::new();
        for (place, row) in answer.rows.iter().enumerate() {
            rows.push(&self.hit(&query, &answer, place, *row as usize)?);
        }
        set(&out, "rows", &rows);
        // Each row says its own.
        for own in ["fits", "groups"] {
            let _ = Reflect::delete_property(out.unchecked_ref::<js_sys::Object>(), &own.into());
        }
        if answer.total == 0
            && let Some(meant) = self.text.correct(self.engine.table(), &query.text)
        {
            set(&out, "correction", &meant.into());
        }
        Ok(out)
    }

    /// Builds what typos, suggestions and likeness need, by so many names at a time; says whether it is done.
    pub fn prepare(&mut self, names: u32) -> bool {
        self.text.prepare(self.engine.table(), names.max(1) as usize)
    }

    /// What somebody who typed this may mean.
    pub fn suggest(&mut self, text: &str, limit: u32) -> Thrown<JsValue> {
        object(&self.text.suggest(self.engine.table(), text, limit as usize))
    }

    /// Models that are like the one with this id; none where there is no such model.
    pub fn similar(&mut self, id: &str, limit: u32) -> Thrown<JsValue> {
        let rows = Array::new();
        let Some(row) = self.table().find(id) else { return Ok(rows.into()) };
        for (row, score) in self.text.similar(self.engine.table(), row as usize, limit as usize) {
            let out = object(&self.table().row(row as usize))?;
            set(&out, "similarity", &score.into());
            rows.push(&out);
        }
        Ok(rows.into())
    }

    /// The model with this id.
    pub fn get(&self, id: &str) -> Thrown<JsValue> {
        let found = self.table().find(id).map(|row| object(&self.table().row(row as usize)));
        found.unwrap_or(Ok(JsValue::UNDEFINED))
    }

    /// The models at so many places, from one on.
    pub fn rows(&self, start: u32, count: u32) -> Thrown<JsValue> {
        let rows = Array::new();
        for place in start..self.places().min(start.saturating_add(count)) {
            if self.table().removed.binary_search(&place).is_err() {
                rows.push(&object(&self.table().row(place as usize))?);
            }
        }
        Ok(rows.into())
    }

    /// How many models there are from each type of data to each other.
    pub fn matrix(&self) -> Thrown<JsValue> {
        object(&matrix(self.table()))
    }

    /// Chains of tasks from one type of data to another.
    pub fn pipelines(&self, from: &str, to: &str) -> Thrown<JsValue> {
        object(&pipelines(self.table(), from, to))
    }

    /// Tags whose models trend.
    pub fn trending_tags(&self, limit: u32) -> Thrown<JsValue> {
        object(&trending_tags(self.table(), limit as usize))
    }

    /// What changes this snapshot into another, as a shard.
    pub fn diff(&self, new: &Catalog) -> Thrown<JsValue> {
        let shard = snapshot::diff(self.table(), new.table()).map_err(thrown)?;
        Ok(shard_object(&shard))
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

    /// A row of a page with what the query has made of it.
    fn hit(&self, query: &Query, answer: &Answer, place: usize, row: usize) -> Thrown<JsValue> {
        let whole = self.table().row(row);
        let out = object(&whole)?;
        if let Some(fits) = answer.fits.get(place) {
            set(&out, "fit", &fits.fit.into());
            set(&out, "need", &fits.need.map_or(JsValue::UNDEFINED, JsValue::from));
        }
        if let Some(group) = answer.groups.get(place) {
            set(&out, "members", &group.members.into());
            let best = group.best.map(|best| self.table().id(best as usize));
            set(&out, "best", &best.map_or(JsValue::UNDEFINED, JsValue::from));
        }
        if !query.text.is_empty() {
            set(&out, "highlights", &object(&highlights(&whole.id, &query.text))?);
        }
        Ok(out)
    }
}

/// Rows on their way into a snapshot. Free it when done.
#[wasm_bindgen]
#[derive(Default)]
pub struct CatalogBuilder(Builder);

#[wasm_bindgen]
impl CatalogBuilder {
    /// A builder without rows.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> CatalogBuilder {
        Self::default()
    }

    /// Takes rows: a list of objects as JSON. Throws at the first that is none; those before it are taken.
    pub fn push(&mut self, rows: &str) -> Thrown<()> {
        let rows = Json::parse("catalog rows", rows.as_bytes()).map_err(thrown)?;
        for row in rows.items() {
            let row = Row::from_json(row.bytes()).map_err(thrown)?;
            self.0.push(&row);
        }
        Ok(())
    }

    /// The shards, which use up the rows: `tiers` says how many rows come in the first tiers, by downloads.
    #[expect(clippy::needless_pass_by_value, reason = "lists cross the boundary by value")]
    pub fn finish(&mut self, tiers: Vec<u32>) -> Array {
        let table = std::mem::take(&mut self.0).finish(&tiers);
        let shards = Array::new();
        for shard in snapshot::write(&table) {
            shards.push(&shard_object(&shard));
        }
        shards
    }
}

fn shard_object(shard: &snapshot::Shard) -> JsValue {
    let out = js_sys::Object::new().into();
    set(&out, "tier", &shard.tier.into());
    set(&out, "rows", &shard.rows.into());
    set(&out, "bytes", &Uint8Array::from(shard.bytes.as_slice()));
    out
}

fn object<T: Serialize + ?Sized>(value: &T) -> Thrown<JsValue> {
    value.serialize(&Serializer::json_compatible()).map_err(broken)
}

fn set(object: &JsValue, key: &str, value: &JsValue) {
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(object, &key.into(), value);
}
