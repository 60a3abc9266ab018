//! TFLite graphs: `TfliteReader`.
#![no_main]

use hubfit::format::tflite::TfliteReader;
use hubfit_fuzz::graph;
use libfuzzer_sys::fuzz_target;

/// Tables may be shared, but not read more often than there are bytes.
const TIMES: usize = 128;

fuzz_target!(|bytes: &[u8]| {
    graph::read(TIMES, bytes, |size, first| TfliteReader::new(size).first_read(first));
});
