//! safetensors headers: `SafetensorsReader`, and what becomes of its facts.
#![no_main]

use hubfit::extract::file_facts;
use hubfit::format::safetensors::{SafetensorsFacts, SafetensorsReader, count_parameters};
use hubfit_fuzz::memory::within;
use hubfit_fuzz::reading::read_any_way;
use libfuzzer_sys::fuzz_target;

/// An entry has 50 bytes and more; but `"":{},` of 6 bytes is an entry that is malformed, and so told.
const TIMES: usize = 40;

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    // The length field is a wall of eight bytes: behind it the same bytes are a header once more.
    read(&[&(bytes.len() as u64).to_le_bytes(), bytes].concat());
});

fn read(bytes: &[u8]) {
    let size = bytes.len() as u64;
    let _ = read_any_way(TIMES, bytes, |first| SafetensorsReader::new().first_bytes(first));
    let sized = |first| SafetensorsReader::with_file_size(size).first_bytes(first);
    if let Ok(facts) = read_any_way(TIMES, bytes, sized) {
        use_facts(&facts);
    }
    let told = || file_facts::of_bytes("a.safetensors", bytes);
    let _ = within(2 * TIMES, bytes.len(), told).map(|facts| serde_json::to_vec(&facts));
}

fn use_facts(facts: &SafetensorsFacts) {
    let _ = count_parameters(&[&facts.tensors], None);
    for tensor in facts.tensors.iter() {
        assert!(facts.tensors.find(tensor.name.as_ref()).is_some(), "{:?} not found", tensor.name);
    }
}
