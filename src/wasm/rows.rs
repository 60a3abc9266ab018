//! Rows of a page as JavaScript sees them: three numbers each, so that a page costs one crossing.

use super::Thrown;
use super::error::broken;
#[cfg(feature = "api")]
use crate::hub::list::ListPage;
use crate::hub::{Row, Rows};
use js_sys::{Object, Reflect, Uint32Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** Rows of a listing page. */
export interface SelectedRows {
    /** For each row: its index, the first byte of its JSON in the page, the byte after its last. */
    kept: Uint32Array;
    /** Rows that could not be read. */
    skipped: SkippedRow[];
    /** How many rows the page has. */
    total: number;
}

/** A page of a listing. */
export interface ListPage extends SelectedRows {
    /** Path and query of the next page, if there is one. */
    next: string | undefined;
}
";

pub(super) type SelectedRows = Object;

pub(super) fn encode(rows: &Rows) -> Thrown<SelectedRows> {
    let places: Vec<u32> = rows.kept.iter().flat_map(place).collect();
    let skipped = rows.skipped.serialize(&Serializer::json_compatible()).map_err(broken)?;
    let object = Object::new();
    for (key, value) in [
        ("kept", JsValue::from(Uint32Array::from(places.as_slice()))),
        ("skipped", skipped),
        ("total", JsValue::from(rows.total)),
    ] {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&object, &key.into(), &value);
    }
    Ok(object)
}

#[cfg(feature = "api")]
pub(super) fn encode_page(page: &ListPage) -> Thrown<SelectedRows> {
    let object = encode(&page.rows)?;
    let next = page.next.as_deref().map_or(JsValue::UNDEFINED, JsValue::from);
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&object, &"next".into(), &next);
    Ok(object)
}

/// Pages are limited to far less than 4 GiB, so that every place fits.
#[expect(clippy::cast_possible_truncation, reason = "MAX_PAGE_BYTES is 256 MiB")]
fn place(row: &Row) -> [u32; 3] {
    [row.index as u32, row.bytes.start as u32, row.bytes.end as u32]
}
