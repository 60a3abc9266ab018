//! Geometry from its JSON: what is read is written and read the same.
#![no_main]

use hubfit::model::{Geometry, Json};
use hubfit_fuzz::within;
use libfuzzer_sys::fuzz_target;

/// `0,` is a layer of nothing, refused with the rest of a list.
const TIMES: usize = 256;

fuzz_target!(|bytes: &[u8]| {
    let Ok(view) = Json::parse("a geometry", bytes) else { return };
    let Some(found) = within(TIMES, bytes.len(), || Geometry::from_json(view)) else { return };
    let json = serde_json::to_vec(&found).expect("geometry is plain");
    let again = Json::parse("a geometry", &json).expect("our own JSON");
    assert_eq!(Geometry::from_json(again), Some(found));
});
