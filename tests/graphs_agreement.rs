//! Graph files say to hubfit what they say to their owners' libraries.
//!
//! An extra: `HUBFIT_PYTHON` names an interpreter with the libraries that `tests/agreement/graphs.py` lists, and
//! `HUBFIT_GRAPHS`, where it is set, a folder of more files.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "it runs the owners' libraries, and says where they are absent"
)]

use hubfit::extract::file_facts::open;
use hubfit::format::{FileFormat, Step};
use hubfit::model::file_facts::{Dimension, FileFacts, GraphValue, KeyValue};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What was read, in how many requests, and how many bytes.
fn read(path: &Path) -> (FileFacts, u32, u64) {
    let file = std::fs::read(path).unwrap();
    let format = FileFormat::of_path(path.to_str().unwrap()).unwrap();
    let magic = &file[..file.len().min(16)];
    assert!(
        FileFormat::of_bytes(magic).is_none_or(|other| other == format),
        "{}: {magic:?}",
        path.display()
    );
    let mut reader = open(format, Some(file.len() as u64)).unwrap();
    let (mut wanted, mut requests, mut bytes) = (reader.start(), 1, 0);
    loop {
        bytes += wanted.end - wanted.start;
        let range = usize::try_from(wanted.start).unwrap()..usize::try_from(wanted.end).unwrap();
        let step = reader.feed(&file[range]);
        assert!(step.is_ok(), "{}: {step:?}", path.display());
        match step.unwrap() {
            Step::Need(more) => wanted = more,
            Step::Done(facts) => return (facts, requests, bytes),
        }
        requests += 1;
    }
}

fn values(values: &[GraphValue]) -> Value {
    let dimension = |dimension: &Dimension| match dimension {
        Dimension::Size(size) => json!(size),
        Dimension::Name(name) => json!(name),
    };
    let shape = |value: &GraphValue| {
        value.shape.as_ref().map(|shape| shape.iter().map(dimension).collect::<Vec<_>>())
    };
    values.iter().map(|value| json!([value.name, value.data_type, shape(value)])).collect()
}

/// The facts in the shape that the script prints.
fn told(facts: &FileFacts) -> Map<String, Value> {
    let operators: Map<_, _> =
        facts.operators.iter().map(|row| (row.name.clone(), json!(row.count))).collect();
    let types: Map<_, _> = facts
        .types
        .iter()
        .map(|row| (row.name.clone(), json!([row.tensors, row.elements, row.bytes])))
        .collect();
    let files: Map<_, _> = facts
        .external_files
        .iter()
        .map(|row| (row.path.clone(), json!([row.tensors, row.bytes])))
        .collect();
    let opsets: Value = facts.opsets.iter().map(|row| json!([row.domain, row.version])).collect();
    let sections: Value = facts
        .sections
        .iter()
        .map(|row| json!([row.section_type, row.name, row.offset, row.bytes]))
        .collect();
    let key = |name: &str| facts.keys.iter().find(|key| key.key == name).map(|key| &key.value);
    let model_type = key("model_type").map(|value| match value {
        KeyValue::Text(text) => json!(text),
        _ => Value::Null,
    });
    let all = json!({
        "version": facts.version, "operators": operators, "types": types, "files": files, "opsets": opsets,
        "inputs": values(&facts.inputs), "outputs": values(&facts.outputs), "sections": sections,
        "architecture": facts.architecture, "contextLength": facts.context_length, "modelType": model_type,
        "outputCount": facts.outputs.len(),
    });
    all.as_object().unwrap().clone()
}

/// Numbers of a shape are floats here and whole numbers there.
fn whole(value: &Value) -> Value {
    serde_json::from_str(&value.to_string().replace(".0,", ",").replace(".0]", "]")).unwrap()
}

/// What one file may say otherwise, and why: then the rest is compared all the same.
fn set_apart(path: &str, facts: &mut Map<String, Value>, expected: &mut Map<String, Value>) {
    if FileFormat::of_path(path) == Some(FileFormat::Openvino) {
        // The library sorts operators and names outputs by itself; the file's own order is ours.
        for name in ["outputs", "opsets"] {
            facts.remove(name);
            expected.remove(name);
        }
        let end = expected.remove("binBytes").unwrap();
        let least = facts["files"].get("*.bin").map_or(&json!(0), |row| &row[1]).clone();
        assert!(least.as_u64() <= end.as_u64(), "{path}: {least} bytes of {end}");
    }
    if expected.remove("sparse").is_some_and(|count| count != 0) {
        // Sparse tensors are counted as if they were dense, and reported.
        facts.remove("types");
        expected.remove("types");
    }
}

fn compare(folder: &Path, python: &str) -> usize {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/agreement/graphs.py");
    let output = Command::new(python).arg(script).arg("facts").arg(folder).output().unwrap();
    eprintln!("{}", String::from_utf8_lossy(&output.stderr));
    let all: Map<String, Value> = serde_json::from_slice(&output.stdout).unwrap();
    let (mut most, count) = ((0, 0), all.len());
    for (path, expected) in all {
        let mut expected = expected.as_object().unwrap().clone();
        let (facts, requests, bytes) = read(&folder.join(&path));
        let mut facts = told(&facts);
        set_apart(&path, &mut facts, &mut expected);
        for (field, expected) in &expected {
            let found = facts.get(field).map(whole);
            assert_eq!(found.as_ref(), Some(expected), "{path}: {field}");
        }
        let size = std::fs::metadata(folder.join(&path)).unwrap().len();
        if !path.contains("cases/") {
            eprintln!("{path}: {size} bytes, {requests} requests, {bytes} bytes read");
        }
        most = most.max((requests, bytes));
    }
    eprintln!("{count} files agree; at most {} requests", most.0);
    count
}

#[test]
fn the_owners_libraries_see_the_same() {
    let Ok(python) = std::env::var("HUBFIT_PYTHON") else {
        eprintln!(
            "HUBFIT_PYTHON is not set: graphs were not compared with their owners' libraries"
        );
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("graphs");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/agreement/graphs.py");
    let made = Command::new(&python).arg(script).arg("make").arg(&folder).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(compare(&folder, &python) > 0);
    if let Some(more) = std::env::var_os("HUBFIT_GRAPHS").map(PathBuf::from) {
        compare(&more, &python);
    }
}
