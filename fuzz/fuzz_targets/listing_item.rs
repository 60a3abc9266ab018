//! Rows of a listing: one, and a page of them; what is made of them, and what is answered.
#![no_main]

use hubfit::model::CompatibilityConfidence;
use hubfit::{ModelMetadata, WorkerProfile, compat, extract, filter_compatible_models, read_model};
use hubfit_fuzz::within;
use libfuzzer_sys::fuzz_target;

/// A file of `siblings` takes 4 bytes at least and is kept in about 80, in lists that grow by doubling; its
/// variant has the words of its name again.
const TIMES: usize = 96;

fuzz_target!(|bytes: &[u8]| {
    let worker = WorkerProfile::reference();
    within(TIMES, bytes.len(), || item(bytes, &worker));
    let page = || filter_compatible_models(bytes, &worker);
    if let Ok(rows) = within(TIMES, bytes.len(), page) {
        for row in rows.kept {
            assert!(read_model(&bytes[row.bytes]).is_ok());
        }
    }
});

/// The short way answers as the long way, and metadata survives being written.
fn item(bytes: &[u8], worker: &WorkerProfile) {
    let Ok(item) = read_model(bytes) else { return };
    let metadata = extract::metadata(&item);
    let verdict = compat::check(&metadata, worker);
    assert_eq!(compat::accepts(&item, worker), verdict.compatible);
    assert!(verdict.compatible || verdict.confidence == CompatibilityConfidence::None);
    let written = serde_json::to_vec(&metadata).expect("metadata is plain");
    let again = ModelMetadata::from_json(&written).expect("our own JSON");
    assert_eq!(again, metadata);
}
