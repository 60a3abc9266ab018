//! `quantization_config`, and the parameters counted by it: a config, a zero byte, a safetensors header's JSON.
#![no_main]

use hubfit::format::safetensors::{Quantization, SafetensorsReader, count_parameters};
use hubfit_fuzz::reading::drive;
use hubfit_fuzz::within;
use libfuzzer_sys::fuzz_target;

/// `[0,0,0]` is a tree of values of 32 bytes each, in lists that grow by doubling.
const TIMES: usize = 96;

fuzz_target!(|bytes: &[u8]| {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    let (config, header) = (&bytes[..end], bytes.get(end + 1..).unwrap_or_default());
    let read = || Quantization::from_config(config);
    let Ok(Some(found)) = within(TIMES, config.len(), read) else { return };
    assert!(found.scheme.bits.is_none_or(f64::is_finite), "{:?}", found.scheme);
    let _ = serde_json::to_vec(&found.scheme);
    let file = [&(header.len() as u64).to_le_bytes(), header].concat();
    if let Ok(facts) = drive(&mut SafetensorsReader::new(), &file) {
        within(TIMES, bytes.len(), || count_parameters(&[&facts.tensors], Some(&found)));
    }
});
