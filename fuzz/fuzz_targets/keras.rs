//! Keras archives and HDF5 files: `KerasReader`.
#![no_main]

use hubfit::format::keras::KerasReader;
use hubfit_fuzz::container;
use libfuzzer_sys::fuzz_target;

/// A layer has a name; imports are told apart up to a number.
const TIMES: usize = 64;

fuzz_target!(|bytes: &[u8]| container::read(TIMES, bytes, "a.keras", KerasReader::new));
