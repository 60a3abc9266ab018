//! OpenVINO graphs: `OpenvinoReader`.
#![no_main]

use hubfit::format::openvino::OpenvinoReader;
use hubfit_fuzz::graph;
use libfuzzer_sys::fuzz_target;

/// `<a>` of three bytes is an element that is open.
const TIMES: usize = 40;

fuzz_target!(|bytes: &[u8]| {
    graph::read(TIMES, bytes, |size, first| OpenvinoReader::new(size).first_read(first));
});
