//! GGUF headers: `GgufReader`, and what becomes of its facts.
#![no_main]

use hubfit::extract::file_facts;
use hubfit::format::gguf::{GgufFacts, GgufReader, Value};
use hubfit_fuzz::memory::within;
use hubfit_fuzz::reading::read_any_way;
use libfuzzer_sys::fuzz_target;

/// The smallest key has 13 bytes, the smallest tensor 24; each is kept in about 100, in lists that grow by
/// doubling, with an index beside them.
const TIMES: usize = 40;

fuzz_target!(|bytes: &[u8]| {
    let size = Some(bytes.len() as u64);
    let _ = read_any_way(TIMES, bytes, |first| GgufReader::new(None).first_read(first));
    let sized = read_any_way(TIMES, bytes, |first| GgufReader::new(size).first_read(first));
    if let Ok(facts) = sized {
        decode(&facts, bytes);
    }
    let told = || file_facts::of_bytes("a.gguf", bytes);
    let _ = within(2 * TIMES, bytes.len(), told).map(|facts| serde_json::to_vec(&facts));
});

/// Lists that were passed over, decoded on request.
fn decode(facts: &GgufFacts, bytes: &[u8]) {
    for entry in &facts.entries {
        let Value::List(list) = &entry.value else { continue };
        let place = |at| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
        let span = &bytes[place(list.span.start)..place(list.span.end)];
        within(TIMES, span.len(), || {
            (facts.texts(list, span).is_ok(), facts.values(list, span).is_ok())
        });
    }
}
