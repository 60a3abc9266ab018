//! Core ML models and manifests: `CoremlReader`.
#![no_main]

use hubfit::format::coreml::CoremlReader;
use hubfit_fuzz::graph;
use libfuzzer_sys::fuzz_target;

/// A dimension of one byte is kept in 32, in lists that grow by doubling.
const TIMES: usize = 40;

fuzz_target!(|bytes: &[u8]| {
    // A manifest is read at once.
    let least = if bytes.starts_with(b"{") { bytes.len() as u64 } else { 1 };
    graph::read(TIMES, bytes, |size, first| CoremlReader::new(size).first_read(first.max(least)));
});
