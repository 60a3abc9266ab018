//! NumPy arrays, and archives of them: `NumpyReader`.
#![no_main]

use hubfit::format::numpy::NumpyReader;
use hubfit_fuzz::container;
use libfuzzer_sys::fuzz_target;

/// A header of Python's literals is kept as numbers and texts.
const TIMES: usize = 64;

fuzz_target!(|bytes: &[u8]| container::read(TIMES, bytes, "a.npz", NumpyReader::new));
