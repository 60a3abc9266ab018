//! Snapshots at the boundary: rows in, shards out. Pages that open a catalog do without all this, so it is a module of its own.

use super::Thrown;
use super::error::thrown;
use crate::catalog::snapshot::{self, Shard};
use crate::catalog::{Builder, Row, Table};
use crate::model::Json;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

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
        snapshot::write(&table).iter().map(object).collect()
    }
}

/// A snapshot that is compared with another. Free it when done.
#[wasm_bindgen]
#[derive(Default)]
pub struct CatalogSnapshot(Table);

#[wasm_bindgen]
impl CatalogSnapshot {
    /// A snapshot without models.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> CatalogSnapshot {
        Self::default()
    }

    /// Takes a shard. Throws, and stays as it was, where the bytes are no whole shard that continues what is there.
    pub fn add(&mut self, shard: &[u8]) -> Thrown<()> {
        self.0.append(shard).map_err(thrown)
    }

    /// How many models there are.
    #[must_use]
    pub fn size(&self) -> u32 {
        number(self.0.len().saturating_sub(self.0.removed.len()))
    }

    /// Becomes another snapshot; gives the shard that does this, with the number of models that are `removed`.
    pub fn become_other(&mut self, other: &CatalogSnapshot) -> Thrown<JsValue> {
        let shard = snapshot::diff(&self.0, &other.0).map_err(thrown)?;
        let before = self.0.removed.clone();
        self.add(&shard.bytes)?;
        let left = self.0.removed.iter().filter(|row| before.binary_search(row).is_err());
        let gone = left.filter(|row| self.0.find(&self.0.id(**row as usize)).is_none()).count();
        let out = object(&shard);
        set(&out, "removed", &number(gone).into());
        Ok(out)
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn object(shard: &Shard) -> JsValue {
    let out = Object::new().into();
    set(&out, "tier", &shard.tier.into());
    set(&out, "rows", &shard.rows.into());
    set(&out, "bytes", &Uint8Array::from(shard.bytes.as_slice()));
    out
}

fn set(object: &JsValue, key: &str, value: &JsValue) {
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(object, &key.into(), value);
}
