//! `model.safetensors.index.json`, merged with a header.
#![no_main]

use hubfit::format::safetensors::{SafetensorsFacts, SafetensorsIndex};
use hubfit_fuzz::within;
use libfuzzer_sys::fuzz_target;

/// `"":"a"` of 7 bytes is a shard with its lists.
const TIMES: usize = 64;

fuzz_target!(|bytes: &[u8]| {
    let Ok(index) = within(TIMES, bytes.len(), || SafetensorsIndex::from_json(bytes)) else {
        return;
    };
    for shard in &index.shards {
        assert_eq!(shard.names().len(), shard.tensors);
        let leaves = shard.file.split('/').any(|part| matches!(part, "" | "." | ".."));
        assert!(!leaves, "{} leaves the folder", shard.file);
        let length: usize = shard.names().map(str::len).sum();
        assert!(length <= bytes.len());
    }
    let facts = SafetensorsFacts::default();
    let files: Vec<_> = index.shards.iter().map(|shard| (shard.file.as_str(), &facts)).collect();
    let _ = within(TIMES, bytes.len(), || index.merge(&files));
});
