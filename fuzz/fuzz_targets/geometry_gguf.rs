//! Geometry from a GGUF header, written from lines of text (`hubfit_fuzz::lines`); and its way through JSON.
#![no_main]

use hubfit::extract::geometry;
use hubfit::format::gguf::GgufReader;
use hubfit::model::{Geometry, Json};
use hubfit_fuzz::reading::drive;
use hubfit_fuzz::{lines, within};
use libfuzzer_sys::fuzz_target;

/// Of a layer a few words are kept, and of its keys a list each while they are read. There are 512 layers at most,
/// which one number asks for.
const LAYERS: usize = 512 * 512;

const TIMES: usize = 40;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let file = lines::gguf(text);
    let Ok(facts) = drive(&mut GgufReader::new(None), &file) else { return };
    let read = || geometry::of_gguf(&facts);
    let Ok(found) = within(TIMES, file.len() + LAYERS / TIMES, read) else { return };
    assert!(found.layers.len() + found.mtp_layers.len() <= 2 * 512 + 1);
    let json = serde_json::to_vec(&found).expect("geometry is plain");
    let view = Json::parse("a geometry", &json).expect("our own JSON");
    // Numbers beyond 2^53 are none in JSON.
    if !json.windows(16).any(|digits| digits.iter().all(u8::is_ascii_digit)) {
        assert_eq!(Geometry::from_json(view), Some(found));
    }
});
