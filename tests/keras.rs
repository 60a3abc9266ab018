//! Keras models: what an archive builds, and what an HDF5 file is.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(dead_code, reason = "the support is shared with other tests")]

mod support;

use hubfit::format::keras::{KerasFacts, KerasReader};
use hubfit::model::file_facts::ImportRisk::{self, Dangerous, Suspicious};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::zip::Zip;

fn read(bytes: &[u8]) -> hubfit::Result<(KerasFacts, usize)> {
    support::read(KerasReader::new(Some(bytes.len() as u64)), bytes)
}

fn codes(facts: &KerasFacts) -> Vec<&str> {
    facts.problems.list.iter().map(|problem| problem.code).collect()
}

fn archive(config: &str) -> Vec<u8> {
    let mut zip = Zip::default();
    let metadata = json!({ "keras_version": "3.12.0", "date_saved": "2026-01-02@03:04:05" });
    zip.stored("metadata.json", metadata.to_string().as_bytes())
        .stored("config.json", config.as_bytes());
    zip.stored("model.weights.h5", &[0; 300]).finish()
}

/// A model with one layer.
fn model(layer: &Value) -> String {
    let dense =
        json!({ "module": "keras.layers", "class_name": "Dense", "config": { "units": 3 } });
    let config = json!({ "name": "sequential", "layers": [dense, layer] });
    json!({ "module": "keras", "class_name": "Sequential", "config": config }).to_string()
}

fn imports(layer: &Value) -> Vec<(String, ImportRisk)> {
    let (facts, _) = read(&archive(&model(layer))).unwrap();
    facts.imports.list().into_iter().map(|import| (import.name, import.risk)).collect()
}

#[test]
fn an_archive() {
    let relu = json!({ "module": "keras.layers", "class_name": "ReLU", "config": {} });
    let (facts, requests) = read(&archive(&model(&relu))).unwrap();
    assert_eq!((codes(&facts), requests, facts.layers), (vec![], 1, Some(2)));
    assert_eq!(
        (facts.keras_version.as_deref(), facts.class_name.as_deref()),
        (Some("3.12.0"), Some("Sequential"))
    );
    assert_eq!((facts.weights_bytes, facts.imports.list().len()), (Some(300), 0));
}

#[test]
fn what_a_configuration_calls() {
    let one = |name: &str, risk| vec![(name.to_owned(), risk)];
    let class =
        |module: &str, name: &str| json!({ "module": module, "class_name": name, "config": {} });
    // Marshalled code in a Lambda layer, CVE-2024-3660.
    let lambda = json!({ "module": "keras.layers", "class_name": "Lambda", "config": {
        "function": { "class_name": "__lambda__", "config": { "code": "4wEAAAAA" } } } });
    assert_eq!(imports(&lambda), one("keras.layers.Lambda", Dangerous));
    // Any function of any module, CVE-2025-1550.
    let function = json!({ "module": "builtins", "class_name": "function", "config": "exec" });
    assert_eq!(imports(&function), one("builtins.exec", Dangerous));
    assert_eq!(imports(&class("subprocess", "Popen")), one("subprocess.Popen", Dangerous));
    // Harmless modules of Keras, with a function that fetches files, and a layer that loads others (CVE-2026-1462).
    let fetch = json!({ "module": "keras.utils", "class_name": "function", "config": "get_file" });
    assert_eq!(imports(&fetch), one("keras.utils.get_file", Dangerous));
    assert_eq!(
        imports(&class("keras.layers", "TFSMLayer")),
        one("keras.layers.TFSMLayer", Dangerous)
    );
    assert_eq!(imports(&class("my_package", "MyLayer")), one("my_package.MyLayer", Suspicious));
    let deep = json!({ "config": [[{ "config": { "activation": class("os", "system") } }]] });
    assert_eq!(imports(&deep), one("os.system", Dangerous));
    assert_eq!(imports(&class("keras.layers", "Dropout")), []);
    assert_eq!(
        imports(&class("kerasx.layers", "Dropout")),
        one("kerasx.layers.Dropout", Suspicious)
    );
}

#[test]
fn configurations_that_cannot_be_read() {
    for config in ["", "[]", "{", "\"text\""] {
        assert_eq!(codes(&read(&archive(config)).unwrap().0), ["missing_config"], "{config}");
    }
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    assert_eq!(codes(&read(&archive(&deep)).unwrap().0), ["deep_config"]);
    let mut zip = Zip::default();
    assert_eq!(codes(&read(&zip.stored("x", b"").finish()).unwrap().0), ["missing_config"]);
}

#[test]
fn a_large_archive_takes_two_requests() {
    let mut zip = Zip::default();
    zip.stored("metadata.json", b"{}").stored("config.json", model(&json!({})).as_bytes());
    let bytes = zip.stored("model.weights.h5", &vec![0; 1_000_000]).finish();
    assert_eq!(read(&bytes).unwrap().1, 2);
}

#[test]
fn superblocks_of_hdf5() {
    let block = |version: u8| {
        let mut block = [b"\x89HDF\r\n\x1a\n", &[version][..], &[0; 91]].concat();
        let (width, end) = match version {
            0 => (13, 40),
            1 => (13, 44),
            _ => (9, 28),
        };
        block[width] = 8;
        block[end] = 100;
        block
    };
    for version in 0..=3 {
        let (facts, _) = read(&block(version)).unwrap();
        assert_eq!((facts.hdf5_version, codes(&facts)), (Some(version), vec![]));
        assert_eq!(codes(&read(&block(version)[..90]).unwrap().0), ["size_differs"]);
    }
    assert_eq!(read(b"\x89HDF\r\n\x1a\n").err().unwrap().code(), "invalid_file");
    assert_eq!(read(b"GGUF").err().unwrap().code(), "invalid_file");
}

#[test]
fn what_crosses_to_javascript() {
    let bytes = archive(&model(&json!({})));
    let facts = support::facts("keras", Some(bytes.len() as u64), &bytes).unwrap().0;
    let keys = json!([
        { "key": "container", "value": "zip" }, { "key": "class_name", "value": "Sequential" },
        { "key": "layers", "value": 2.0 }, { "key": "weights_bytes", "value": 300.0 },
    ]);
    assert_eq!(
        (facts.version.as_deref(), serde_json::to_value(&facts.keys).unwrap()),
        (Some("3.12.0"), keys)
    );
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..200), config in "[\\[\\]{}\",:a-c0-9]{0,80}") {
        let _ = read(&[b"\x89HDF\r\n\x1a\n", &bytes[..]].concat());
        let _ = read(&bytes);
        let _ = read(&archive(&config));
    }
}
