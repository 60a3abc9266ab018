//! Directories of zip archives: `ZipReader`, and MediaPipe bundles, which are nothing else.
#![no_main]

use hubfit::format::zip::ZipReader;
use hubfit_fuzz::container;
use libfuzzer_sys::fuzz_target;

/// An entry has 46 bytes and more, and is kept in about 100.
const TIMES: usize = 64;

fuzz_target!(|bytes: &[u8]| container::read(TIMES, bytes, "a.task", ZipReader::new));
