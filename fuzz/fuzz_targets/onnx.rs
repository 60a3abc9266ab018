//! ONNX graphs: `OnnxReader`.
#![no_main]

use hubfit::format::onnx::OnnxReader;
use hubfit_fuzz::graph;
use libfuzzer_sys::fuzz_target;

/// A dimension of one byte is kept in 32, in lists that grow by doubling.
const TIMES: usize = 40;

fuzz_target!(|bytes: &[u8]| {
    graph::read(TIMES, bytes, |size, first| OnnxReader::new(size).first_read(first));
});
