//! Pickles: what they import, and the tensors that they rebuild.
#![no_main]

use hubfit::format::pickle;
use hubfit_fuzz::container::FREE;
use hubfit_fuzz::within;
use libfuzzer_sys::fuzz_target;

/// An opcode of one byte is a value of eight on the stack, in lists that grow by doubling.
const TIMES: usize = 64;

fuzz_target!(|bytes: &[u8]| {
    within(TIMES, bytes.len() + FREE / TIMES, || {
        let facts = pickle::read(bytes);
        let tensors = facts.tensors().count();
        assert!(tensors <= bytes.len());
        let _ = (facts.imports.list(), facts.groups(), facts.storage_bytes());
    });
});
