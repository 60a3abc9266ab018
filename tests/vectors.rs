//! The shared cases of `tests/vectors/`: pairs of files that Rust and JavaScript both run.
//!
//! A new case is a new `*.input.json` or `*.page`; `UPDATE_VECTORS=1 cargo test --test vectors` writes what is
//! expected of it, for review.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]
#![expect(clippy::disallowed_methods, reason = "a test reads its cases from files")]

use hubfit::model::listing::ExtraEvidence;
use hubfit::{WorkerProfile, compat, extract, filter_compatible_models, read_model};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn cases(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(folder);
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> =
        entries.filter(|path| path.to_str().unwrap().ends_with(ending)).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

#[track_caller]
fn compare(input: &Path, ending: &str, found: &Value) {
    let name = input.to_str().unwrap().strip_suffix(ending).unwrap();
    let expected = format!("{name}.expected.json");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(&expected, serde_json::to_string_pretty(found).unwrap() + "\n").unwrap();
    }
    let text =
        std::fs::read_to_string(&expected).unwrap_or_else(|_| panic!("{expected} is missing"));
    assert_eq!(*found, serde_json::from_str::<Value>(&text).unwrap(), "{name}");
}

#[test]
fn checks() {
    for path in cases("check", ".input.json") {
        let input: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let text = |key: &str| input.get(key).map(Value::to_string);
        let (model, evidence) = (text("model").unwrap(), text("evidence").unwrap_or("{}".into()));
        let item = read_model(model.as_bytes()).unwrap();
        let item = item.with(ExtraEvidence::from_json(evidence.as_bytes()).unwrap());
        let worker = text("worker").map(|json| WorkerProfile::from_json(json.as_bytes()).unwrap());
        let worker = worker.unwrap_or_else(WorkerProfile::reference);
        let metadata = extract::metadata(&item);
        let verdict = compat::check(&metadata, &worker);
        assert_eq!(compat::accepts(&item, &worker), verdict.compatible, "{}", path.display());
        compare(&path, ".input.json", &json!({ "metadata": metadata, "verdict": verdict }));
    }
}

#[test]
fn pages() {
    for path in cases("page", ".page") {
        let page = std::fs::read(&path).unwrap();
        let found = match filter_compatible_models(&page, &WorkerProfile::reference()) {
            Ok(rows) => json!({
                "kept": rows.kept.iter().map(|row| json!([row.index, row.bytes.start, row.bytes.end])).collect::<Vec<_>>(),
                "skipped": rows.skipped,
                "total": rows.total,
            }),
            Err(error) => json!({ "code": error.code(), "message": error.to_string() }),
        };
        compare(&path, ".page", &found);
    }
}
