//! Checkpoints of PyTorch: `PytorchReader`, and what becomes of its facts.
#![no_main]

use hubfit::format::pytorch::PytorchReader;
use hubfit_fuzz::container;
use libfuzzer_sys::fuzz_target;

/// An opcode of one byte is a value of eight on the stack, in lists that grow by doubling.
const TIMES: usize = 64;

fuzz_target!(|bytes: &[u8]| {
    container::read(TIMES, bytes, "a.pt", PytorchReader::new);
    let file = container::behind_the_head(bytes);
    container::read(TIMES, &file, "a.pt", PytorchReader::new);
});
