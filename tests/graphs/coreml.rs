//! Core ML files.

use crate::protobuf::{Fields, Piece, hole, message, number, text, varint};
use crate::read::*;
use hubfit::format::FileFormat;
use hubfit::model::file_facts::{Dimension, KeyValue};

pub(crate) fn feature(field: u64, name: &str, kind: Fields) -> Fields {
    message(field, [text(1, name), message(3, [kind])])
}

pub(crate) fn weight(data_type: u64, dims: &[u64], path: &str, offset: u64) -> Fields {
    let dims = dims.iter().map(|dim| message(3, [message(1, [number(1, *dim)])]));
    let tensor_type = message(1, [number(1, data_type)].into_iter().chain(dims));
    let blob = message(5, [text(1, path), number(2, offset)]);
    message(5, [text(1, "val"), message(2, [message(2, [tensor_type]), blob])])
}

pub(crate) fn mil(operations: impl IntoIterator<Item = Fields>) -> Fields {
    let block = message(2, operations);
    let function = message(2, [text(2, "CoreML7"), message(3, [text(1, "CoreML7"), block])]);
    message(502, [number(1, 1), message(2, [text(1, "main"), function])])
}

pub(crate) fn coreml(version: u64, kind: Fields) -> Fields {
    let array = message(5, [message(1, [vec![Piece::Bytes(vec![1, 64])]]), number(2, 0x1_0010)]);
    let image = message(4, [number(1, 224), number(2, 112), number(3, 20)]);
    let metadata = message(100, [text(3, "hubfit"), message(100, [text(1, "k"), text(2, "v")])]);
    let description = [feature(1, "x", array), feature(10, "y", image), metadata];
    number(1, version).into_iter().chain(message(2, description)).chain(kind).collect()
}

pub(crate) fn ml_program() -> Fields {
    let inner = message(4, [message(3, [text(1, "exp")])]);
    mil([
        message(3, [text(1, "const"), weight(25, &[3, 5], "@model_path/weights/weight.bin", 64)]),
        message(3, [text(1, "const"), weight(10, &[100], "@model_path/weights/weight.bin", 192)]),
        message(3, [text(1, "cond"), inner]),
    ])
}

#[test]
fn a_core_ml_program() {
    let facts = holed(FileFormat::Coreml, coreml(8, ml_program())).unwrap().0;
    assert_eq!((facts.version.as_deref(), problems(&facts).len()), (Some("8"), 0));
    assert_eq!(key(&facts, "minimum_system"), Some(&word("iOS 17, macOS 14")));
    assert_eq!(key(&facts, "model_type"), Some(&word("mlProgram")));
    assert_eq!(
        (key(&facts, "author"), key(&facts, "k")),
        (Some(&word("hubfit")), Some(&word("v")))
    );
    assert_eq!(operators(&facts), [("const", 2), ("cond", 1), ("exp", 1)]);
    assert_eq!(types(&facts), [("FLOAT16", 1, 100, 200), ("INT4", 1, 15, 8)]);
    let file = &facts.external_files[0];
    assert_eq!((&*file.path, file.tensors, file.bytes), ("weights/weight.bin", 2, 192 + 64 + 200));
    let sizes = |sizes: [f64; 2]| sizes.map(Dimension::Size);
    assert_eq!(facts.inputs, [value("x", "FLOAT16", &sizes([1.0, 64.0]))]);
    assert_eq!(facts.outputs, [value("y", "IMAGE(RGB)", &sizes([112.0, 224.0]))]);
    assert_eq!((&*facts.opsets[0].domain, facts.opsets[0].version), ("CoreML", 7));
}

#[test]
fn other_types_of_core_ml_models() {
    let types = |fields| {
        let facts = holed(FileFormat::Coreml, coreml(5, fields)).unwrap().0;
        let types = facts.keys.iter().filter(|key| key.key.ends_with("_type"));
        let text = |key: &hubfit::model::file_facts::FileKey| match &key.value {
            KeyValue::Text(text) => text.clone(),
            _ => String::new(),
        };
        types.map(text).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(types(hole(500, 400_000_000)), "neuralNetwork");
    let parts = message(202, [message(1, [hole(500, 9)]), message(1, [ml_program()])]);
    assert_eq!(types(parts.clone()), "pipeline neuralNetwork mlProgram");
    assert_eq!(
        types(message(200, [message(1, [message(1, [hole(900, 0)])])])),
        "pipelineClassifier identity"
    );
    let facts = holed(FileFormat::Coreml, coreml(99, parts)).unwrap().0;
    assert_eq!(problems(&facts), ["unknown_version"]);
}

#[test]
fn core_ml_files_that_are_refused_or_reported() {
    assert_eq!(refused(FileFormat::Coreml, &[8, 5]).0, "invalid_file");
    let without_version = holed(FileFormat::Coreml, hole(500, 3));
    assert_eq!(without_version.unwrap_err().code(), "invalid_file");
    let out =
        mil([message(3, [text(1, "const"), weight(10, &[1 << 63], "../weight.bin", u64::MAX)])]);
    let facts = holed(FileFormat::Coreml, coreml(8, out)).unwrap().0;
    assert_eq!(problems(&facts), ["invalid_shape", "unsafe_file_name"]);
    let mut deep = message(3, [text(1, "x")]);
    for _ in 0..100 {
        deep = message(3, [message(4, [deep])]);
    }
    let bomb = holed(FileFormat::Coreml, coreml(8, mil([deep])));
    assert_eq!(bomb.unwrap_err().code(), "limit_exceeded");
}

#[test]
fn a_manifest_says_where_the_model_is() {
    let manifest = br#"{"fileFormatVersion":"1.0.0","rootModelIdentifier":"A","itemInfoEntries":
        {"A":{"path":"com.apple.CoreML/model.mlmodel"},"B":{"path":"com.apple.CoreML/weights"}}}"#;
    let facts = read(FileFormat::Coreml, manifest).unwrap();
    assert_eq!(facts.external_files[0].path, "Data/com.apple.CoreML/model.mlmodel");
    assert_eq!(refused(FileFormat::Coreml, &manifest[..50]).0, "invalid_json");
    let long = [&b"{"[..], &vec![b' '; 3 << 20]].concat();
    assert_eq!(refused(FileFormat::Coreml, &long).0, "limit_exceeded");
}

#[test]
fn protocol_buffers_that_are_no_core_ml_models() {
    let description = |length: u64| [vec![8, 8, 0x12], varint(length)].concat();
    for (name, bytes) in [
        ("a length past the end", description(100)),
        ("a length of 2^63", description(1 << 63)),
        ("a length of 2^64 - 1", description(u64::MAX)),
        ("a number of 11 bytes", [vec![8], vec![0xff; 11]].concat()),
        ("a length of 11 bytes", [vec![8, 8, 0x12], vec![0x80; 10], vec![1]].concat()),
        ("field 0", vec![8, 8, 0, 1]),
        ("a group", vec![8, 8, 0x13]),
        ("a field past its message", vec![8, 8, 0x12, 2, 0x0a, 5, 1]),
    ] {
        assert_eq!(refused(FileFormat::Coreml, &bytes).0, "invalid_file", "{name}");
    }
}

#[test]
fn pipelines_in_pipelines_are_passed_over() {
    let mut model = coreml(8, ml_program());
    for _ in 0..100 {
        model = coreml(8, message(202, [message(1, [model])]));
    }
    let facts = holed(FileFormat::Coreml, model).unwrap().0;
    assert_eq!(key(&facts, "part_type"), Some(&word("pipeline")));
    assert_eq!((operators(&facts).len(), problems(&facts).len()), (0, 0));
}

#[test]
fn numbers_that_no_model_has() {
    let dims = vec![u64::MAX; 10_000];
    let weight = weight(10, &dims, "@model_path/weight.bin", u64::MAX);
    let image = message(4, [number(1, u64::MAX), number(2, 1 << 63), number(3, u64::MAX)]);
    let inputs = (0..10_000).map(|at| feature(1, &format!("x{at}"), image.clone()));
    let model =
        [number(1, u64::MAX), message(2, inputs), mil([message(3, [text(1, "const"), weight])])];
    let facts = holed(FileFormat::Coreml, model.concat()).unwrap().0;
    assert!(problems(&facts).contains(&"invalid_shape"), "{:?}", facts.problems);
    assert!(problems(&facts).contains(&"unknown_version"), "{:?}", facts.problems);
    assert!(facts.inputs.len() <= 4096 && facts.tensor_bytes == 0, "{}", facts.tensor_bytes);
}
