//! Cases as pairs of files: `NAME.input.json` and `NAME.expected.json`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]
#![expect(clippy::disallowed_methods, reason = "a test reads its cases from files")]

use serde_json::Value;
use std::path::{Path, PathBuf};

const INPUT: &str = ".input.json";

/// The cases of a folder of `tests/vectors/`, in the order of their names.
pub(crate) fn cases(folder: &str) -> Vec<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(folder);
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> =
        entries.filter(|path| path.to_str().unwrap().ends_with(INPUT)).collect();
    cases.sort();
    assert!(!cases.is_empty());
    let read = |path: PathBuf| {
        let input = serde_json::from_slice(&std::fs::read(&path).unwrap());
        let input = input.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path, input)
    };
    cases.into_iter().map(read).collect()
}

/// Compares what was found with what the case expects; with `UPDATE_VECTORS` set, writes it there first.
#[track_caller]
pub(crate) fn compare(input: &Path, found: &Value) {
    let expected = input.to_str().unwrap().replace(INPUT, ".expected.json");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(&expected, serde_json::to_string_pretty(found).unwrap() + "\n").unwrap();
    }
    let text =
        std::fs::read_to_string(&expected).unwrap_or_else(|_| panic!("{expected} is missing"));
    assert_eq!(*found, serde_json::from_str::<Value>(&text).unwrap(), "{expected}");
}
