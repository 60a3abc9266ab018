//! ONNX files.

use crate::protobuf::{Fields, Holed, Piece, hole, message, number, text, varint};
use crate::read::*;
use hubfit::format::FileFormat;
use hubfit::model::file_facts::Dimension;

pub(crate) fn node(
    operator: &str,
    domain: &str,
    attributes: impl IntoIterator<Item = Fields>,
) -> Fields {
    let attributes = attributes.into_iter().map(|attribute| message(5, [attribute]));
    let fields = [text(1, "x"), text(4, operator)].into_iter().chain(attributes);
    message(1, fields.chain([text(7, domain)]))
}

pub(crate) fn tensor(field: u64, name: &str, dims: &[u64], data_type: u64, data: Fields) -> Fields {
    let dims = dims.iter().map(|dim| number(1, *dim));
    message(field, dims.chain([number(2, data_type), text(8, name), data]))
}

pub(crate) fn external(location: &str, offset: u64, length: u64) -> Fields {
    let entry = |key: &str, value: &str| message(13, [text(1, key), text(2, value)]);
    let (offset, length) = (offset.to_string(), length.to_string());
    let entries = [entry("location", location), entry("offset", &offset), entry("length", &length)];
    entries.into_iter().flatten().chain(number(14, 1)).collect()
}

pub(crate) fn graph(parts: impl IntoIterator<Item = Fields>) -> Fields {
    message(7, parts)
}

/// A model with what stands before and behind its graph.
pub(crate) fn onnx(graph: Fields) -> Fields {
    let opset = |domain: &str, version| message(8, [text(1, domain), number(2, version)]);
    let before = [number(1, 10), text(2, "pytorch")].into_iter().flatten();
    before.chain(graph).chain(opset("", 21)).chain(opset("com.microsoft", 1)).collect()
}

pub(crate) fn sample() -> Fields {
    let dims = [message(1, [text(2, "batch")]), message(1, [number(1, 3)]), message(1, [])];
    let tensor_type = message(1, [number(1, 7), message(2, dims)]);
    let input = |field| message(field, [text(1, "ids"), message(2, [tensor_type.clone()])]);
    let body = [node("Add", "", []), tensor(5, "c", &[2], 1, hole(9, 8))];
    let constant = tensor(5, "", &[], 6, hole(9, 4));
    let function = message(25, [message(7, [text(4, "Erf")]), text(1, "Gelu"), text(10, "local")]);
    let graph = graph([
        node("MatMulNBits", "com.microsoft", []),
        node("If", "", [message(6, body)]),
        node("Constant", "ai.onnx", [constant]),
        text(2, "main"),
        tensor(5, "w", &[1000, 100], 21, hole(9, 50_000)),
        tensor(5, "e", &[4, 4], 10, external("model.onnx_data", 4096, 32)),
        tensor(5, "f", &[8], 1, external("model.onnx_data", 0, 32)),
        input(11),
        input(12),
    ]);
    let metadata = message(14, [text(1, "license"), text(2, "MIT")]);
    onnx(graph).into_iter().chain(metadata).chain(function).collect()
}

#[test]
fn an_onnx_model() {
    let (facts, requests, _) = holed(FileFormat::Onnx, sample()).unwrap();
    assert_eq!((facts.version.as_deref(), requests), (Some("10"), 1));
    assert_eq!(problems(&facts), [""; 0]);
    let mut names = operators(&facts);
    names.sort_unstable();
    let one = ["Add", "Constant", "Erf", "If", "com.microsoft.MatMulNBits"].map(|name| (name, 1));
    assert_eq!(names, one);
    assert_eq!(
        types(&facts),
        [
            ("UINT4", 1, 100_000, 50_000),
            ("FLOAT", 2, 10, 40),
            ("FLOAT16", 1, 16, 32),
            ("INT32", 1, 1, 4)
        ]
    );
    assert_eq!((facts.tensor_count, facts.element_count, facts.tensor_bytes), (5, 100_027, 50_076));
    let file = &facts.external_files[0];
    assert_eq!((file.path.as_str(), file.tensors, file.bytes), ("model.onnx_data", 2, 4128));
    let shape = [named("batch"), Dimension::Size(3.0), named("")];
    assert_eq!(facts.inputs, [value("ids", "INT64", &shape)]);
    assert_eq!(facts.outputs, facts.inputs);
    let opsets: Vec<_> = facts.opsets.iter().map(|set| (&*set.domain, set.version)).collect();
    assert_eq!(opsets, [("ai.onnx", 21), ("com.microsoft", 1)]);
    assert_eq!(key(&facts, "license"), Some(&word("MIT")));
    assert_eq!(key(&facts, "producer_name"), Some(&word("pytorch")));
}

#[test]
fn a_graph_beside_its_weights_takes_two_requests() {
    let nodes = (0..30_000).map(|at| node("MatMul", "", [text(3, &format!("attribute {at:060}"))]));
    let weights = (0..300).map(|at| tensor(5, "w", &[8], 1, external("w.onnx_data", at * 32, 32)));
    let (facts, requests, bytes) =
        holed(FileFormat::Onnx, onnx(graph(nodes.chain(weights)))).unwrap();
    assert_eq!((facts.operators[0].count, facts.tensor_count), (30_000, 300));
    assert!(requests == 2 && bytes > 2 << 20, "{requests} requests, {bytes} bytes");
}

#[test]
fn two_gigabytes_in_one_file_are_not_downloaded() {
    let weights = (0..40).map(|_| tensor(5, "w", &[50_000_000], 2, hole(9, 50_000_000)));
    let parts = [node("MatMul", "", [])].into_iter().chain(weights);
    let (facts, requests, bytes) = holed(FileFormat::Onnx, onnx(graph(parts))).unwrap();
    assert_eq!((problems(&facts).len(), facts.tensor_bytes), (0, 2_000_000_000));
    assert_eq!((facts.opsets.len(), facts.header_bytes < 2000), (2, true));
    assert!(requests <= 41 && bytes < 5 << 20, "{requests} requests, {bytes} bytes");
}

#[test]
fn small_tensors_are_read_over() {
    let weights = (0..100).map(|_| tensor(5, "w", &[300_000], 2, hole(9, 300_000)));
    let (facts, requests, _) = holed(FileFormat::Onnx, onnx(graph(weights))).unwrap();
    assert_eq!((problems(&facts).len(), facts.tensor_count), (0, 100));
    assert!(requests <= 30, "{requests} requests");
}

#[test]
fn a_scan_that_stops_early_says_so_and_reads_what_follows() {
    let weights = (0..300).map(|_| tensor(5, "w", &[7_000_000], 2, hole(9, 7_000_000)));
    let parts = [node("MatMul", "", [])].into_iter().chain(weights);
    let (facts, requests, bytes) = holed(FileFormat::Onnx, onnx(graph(parts))).unwrap();
    assert_eq!((problems(&facts), facts.opsets.len()), (vec!["stopped_early"], 2));
    assert!(facts.problems[0].message.contains("1652"), "{}", facts.problems[0].message);
    assert_eq!(operators(&facts), [("MatMul", 1)]);
    assert!(requests <= 66 && bytes < 8 << 20, "{requests} requests, {bytes} bytes");
}

#[test]
fn tensors_among_the_inputs_of_old_files_are_none() {
    let input = |name: &str| message(11, [text(1, name)]);
    let graph = graph([tensor(5, "w", &[1], 1, hole(9, 4)), input("x"), input("w")]);
    let old = number(1, 3).into_iter().chain(graph.clone()).collect();
    let names = |fields| {
        let facts = holed(FileFormat::Onnx, fields).unwrap().0;
        facts.inputs.into_iter().map(|input| input.name).collect::<Vec<_>>()
    };
    assert_eq!(names(old), ["x"]);
    assert_eq!(names(onnx(graph)), ["x", "w"]);
}

#[test]
fn files_outside_the_folder_are_left_out() {
    for location in ["../x", "/etc/passwd", "C:\\x", "*/_ORT_MEM_ADDR_/*", "", "a/../../x"] {
        let tensor = tensor(5, "w", &[8], 1, external(location, 0, 32));
        let facts = holed(FileFormat::Onnx, onnx(graph([tensor]))).unwrap().0;
        assert_eq!((problems(&facts), facts.external_files.len()), (vec!["unsafe_file_name"], 0));
    }
}

#[test]
fn sizes_that_no_tensor_has_are_problems() {
    for (dims, data, code) in [
        (&[1 << 63][..], hole(9, 4), "invalid_shape"),
        (&[u64::MAX, u64::MAX], hole(9, 4), "invalid_shape"),
        (&[1 << 40, 1 << 40], vec![], "invalid_shape"),
        (&[2], hole(9, 9), "size_mismatch"),
        (&[2], external("x", u64::MAX, 1 << 63), "size_mismatch"),
    ] {
        let facts =
            holed(FileFormat::Onnx, onnx(graph([tensor(5, "w", dims, 1, data)]))).unwrap().0;
        assert_eq!(problems(&facts), [code], "{dims:?}");
    }
}

#[test]
fn protocol_buffers_that_are_refused() {
    let graph_of = |length: u64| [vec![0x3a], varint(length)].concat();
    for (name, bytes, code, found) in [
        ("nothing", vec![], "invalid_file", "no graph"),
        ("no graph", vec![8, 10], "invalid_file", "no graph"),
        ("a length past the end", graph_of(100), "invalid_file", "past byte"),
        ("a length of 2^63", graph_of(1 << 63), "invalid_file", ""),
        ("a length of 2^64 - 1", graph_of(u64::MAX), "invalid_file", ""),
        ("a number of 11 bytes", [vec![8], vec![0xff; 11]].concat(), "invalid_file", "64 bits"),
        ("a number past 64 bits", [vec![8], vec![0xff; 9], vec![2]].concat(), "invalid_file", "64"),
        ("a number that does not end", vec![8, 0x80], "invalid_file", "the file ends"),
        ("field 0", vec![0, 1], "invalid_file", "without a number"),
        ("field 2^60", [varint(1 << 60), vec![0]].concat(), "invalid_file", "without a number"),
        ("a group", vec![0x0b], "invalid_file", "no known type"),
        ("a field past its message", vec![0x3a, 2, 0x12, 5, b'a', b'b'], "invalid_file", "past"),
        ("a number past its message", vec![0x3a, 1, 8, 1], "invalid_file", "past"),
        ("eight bytes past it", vec![0x3a, 2, 9, 0, 0, 0, 0, 0, 0, 0, 0], "invalid_file", "past"),
        ("an LFS pointer", b"version https://git-lfs.github.com".to_vec(), "invalid_file", "LFS"),
    ] {
        let (own, message) = refused(FileFormat::Onnx, &bytes);
        assert!(own == code && message.contains(found), "{name}: {own} {message}");
    }
}

#[test]
fn a_nesting_bomb_is_refused() {
    let mut body = graph([]);
    for _ in 0..200 {
        body = message(6, [node("If", "", [body])]);
    }
    let file = message(7, [node("If", "", [body])]);
    assert_eq!(holed(FileFormat::Onnx, file).unwrap_err().code(), "limit_exceeded");
}

#[test]
fn many_names_are_counted_and_not_kept() {
    let nodes = (0..20_000).map(|at| node(&format!("Op{at}"), "", []));
    let facts = holed(FileFormat::Onnx, onnx(graph(nodes))).unwrap().0;
    assert_eq!((facts.operators.len(), facts.problems.len()), (4096, 1));
    let long = onnx(graph([node(&"x".repeat(60_000), "", [])]));
    assert!(holed(FileFormat::Onnx, long).unwrap().0.operators[0].name.len() <= 1024);
    let dims = graph([tensor(5, "w", &vec![1; 100_000], 1, hole(9, 4))]);
    assert_eq!(problems(&holed(FileFormat::Onnx, onnx(dims)).unwrap().0), [""; 0]);
}

#[test]
fn a_flood_of_fields_ends() {
    let field = [vec![0x52, 0xd0, 0x0f], vec![b'x'; 2000]].concat();
    let flood = vec![Piece::Bytes(field.repeat(20_000))];
    let told = drive(FileFormat::Onnx, &Holed::new(flood.clone()), None);
    assert_eq!(told.unwrap_err().code(), "invalid_file");
    let (facts, _, bytes) = holed(FileFormat::Onnx, onnx(message(7, [flood]))).unwrap();
    assert_eq!((problems(&facts), facts.opsets.len()), (vec!["stopped_early"], 2));
    assert!(bytes <= 34 << 20, "{bytes}");
}
