//! The lazy view of JSON, held against `serde_json`.
#![no_main]

use hubfit::model::Json;
use hubfit_fuzz::{json, within};
use libfuzzer_sys::fuzz_target;

/// A view keeps nothing; a text with escapes is copied once.
const TIMES: usize = 4;

fuzz_target!(|bytes: &[u8]| {
    let view = within(TIMES, bytes.len(), || Json::parse("a text", bytes));
    if let Ok(value) = serde_json::from_slice(bytes) {
        json::agree(view.expect("what serde_json takes"), &value);
    } else if let Ok(view) = view {
        within(TIMES, bytes.len(), || look(view, bytes.len(), 8));
    }
});

/// Looks at everything in a text that is no JSON; what is found may be anything, but it ends.
fn look(view: Json<'_>, length: usize, depth: u32) {
    let _ = (view.text(), view.number(), view.count(), view.flag(), view.found(), view.counts());
    let _ = (view.get("a"), view.at("a.b"), view.texts().count());
    assert!(view.bytes().len() <= length);
    assert!(view.items().count() <= length && view.entries().count() <= length);
    if depth > 0 {
        let values = view.items().chain(view.entries().map(|(_, value)| value));
        values.for_each(|value| look(value, length, depth - 1));
    }
}
