//! Agreement with Python: what torch, NumPy, Keras and `pickle` itself write is read as they say it is.
//!
//! `HUBFIT_PYTHON` names an interpreter; what it has no library for is left out and said so. Without it, only the small
//! files that are kept in `tests/vectors/pickles.jsonl` are compared. `tests/agreement/pickles.py` writes both.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(dead_code, reason = "the support is shared with other tests")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "it starts Python and reads its files"
)]

mod support;

use hubfit::format::keras::KerasReader;
use hubfit::format::numpy::NumpyReader;
use hubfit::format::pickle::{Imports, PickleFacts};
use hubfit::format::problem::Problems;
use hubfit::format::pytorch::{PytorchContainer, PytorchReader};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const SCRIPT: &str = "tests/agreement/pickles.py";

fn names(imports: &Imports) -> Vec<String> {
    let mut names: Vec<String> = imports.list().into_iter().map(|import| import.name).collect();
    names.sort();
    names
}

fn sound(problems: &Problems, file: &str) {
    assert_eq!(problems.list, [], "{file}");
}

/// Name, type and shape of each tensor, as Python tells them.
fn tensors(pickle: &PickleFacts) -> Value {
    let row = |tensor: hubfit::format::pickle::PickleTensor| {
        (tensor.name, json!([tensor.dtype.name(), tensor.shape]))
    };
    Value::Object(pickle.tensors().map(row).collect())
}

fn check_pytorch(file: &str, bytes: &[u8], expected: &Value) -> usize {
    let (facts, requests) =
        support::read(PytorchReader::new(Some(bytes.len() as u64)), bytes).unwrap();
    sound(&facts.problems, file);
    assert_eq!(json!(names(&facts.imports)), expected["imports"], "{file}");
    let Some(container) = expected["container"].as_str() else { return requests };
    let found = match facts.container {
        PytorchContainer::Zip => "zip",
        PytorchContainer::TorchScript => "torchscript",
        PytorchContainer::Legacy => "legacy",
        PytorchContainer::Pickle => "pickle",
    };
    assert_eq!(found, container, "{file}");
    assert_eq!(tensors(&facts.pickle), expected["tensors"], "{file}");
    assert_eq!(json!(facts.pickle.storage_bytes()), expected["bytes"], "{file}");
    if container == "legacy" {
        assert_eq!(json!(facts.header_bytes), expected["header"], "{file}");
        assert_eq!(facts.version.as_deref(), Some("1001"));
    } else if bytes.len() < 65_536 {
        // Of larger archives the lines about them are read only where they are at hand.
        assert_eq!(facts.version.as_deref(), Some("3"), "{file}");
        assert_eq!(facts.byte_order.as_deref(), Some("little"), "{file}");
    }
    requests
}

fn check_numpy(file: &str, bytes: &[u8], expected: &Value) -> usize {
    let (facts, requests) =
        support::read(NumpyReader::new(Some(bytes.len() as u64)), bytes).unwrap();
    let rows = facts.arrays.iter().map(|array| {
        let row = json!([array.dtype, array.shape, array.bytes, array.fortran_order]);
        (array.name.clone(), row)
    });
    assert_eq!(Value::Object(rows.collect()), expected["arrays"], "{file}");
    let objects = facts.arrays.iter().filter(|array| array.has_objects).count();
    let codes: Vec<_> = facts.problems.list.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, vec!["object_array"; objects], "{file}");
    let own = names(&facts.imports).iter().any(|name| name == "__main__.Node");
    assert_eq!(own, objects > 0, "{file}: {:?}", facts.imports);
    requests
}

fn check_keras(file: &str, bytes: &[u8], expected: &Value) -> usize {
    let (facts, requests) =
        support::read(KerasReader::new(Some(bytes.len() as u64)), bytes).unwrap();
    sound(&facts.problems, file);
    assert_eq!(json!(names(&facts.imports)), expected["imports"], "{file}");
    assert_eq!(facts.hdf5_version.is_some(), expected["hdf5"] == json!(true), "{file}");
    assert_eq!(json!(facts.keras_version), expected["version"], "{file}");
    assert_eq!(json!(facts.class_name), expected["class"], "{file}");
    assert_eq!(json!(facts.layers), expected["layers"], "{file}");
    requests
}

#[test]
fn files_that_python_writes_now() {
    let Ok(python) = std::env::var("HUBFIT_PYTHON") else {
        println!(
            "HUBFIT_PYTHON is not set: no agreement with torch, NumPy, Keras and pickletools was checked"
        );
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("agreement");
    std::fs::create_dir_all(&folder).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(SCRIPT);
    let output = Command::new(python).arg(script).arg(&folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (last, files) = lines.split_last().unwrap();
    for expected in files {
        let file = expected["file"].as_str().unwrap();
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let requests = match expected["library"].as_str() {
            Some("numpy") => check_numpy(file, &bytes, expected),
            Some("keras") => check_keras(file, &bytes, expected),
            _ => check_pytorch(file, &bytes, expected),
        };
        println!("{file}: {} bytes, {requests} requests", bytes.len());
    }
    println!("{} files agree; not installed, and not checked: {}", files.len(), last["missing"]);
    assert!(files.len() >= 60);
}

#[test]
fn files_that_are_kept() {
    let lines = include_str!("vectors/pickles.jsonl").lines();
    let files: Vec<Value> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    for expected in &files {
        let file = expected["file"].as_str().unwrap();
        let hex = expected["hex"].as_str().unwrap().as_bytes();
        let digits = |pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        let bytes: Vec<u8> = hex.chunks(2).map(digits).collect();
        match file.rsplit_once('.').unwrap().1 {
            "npz" => check_numpy(file, &bytes, expected),
            _ => check_pytorch(file, &bytes, expected),
        };
    }
    assert_eq!(files.len(), 27);
}
