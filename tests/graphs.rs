//! Graph files: what is told, in how many requests, and what no file can do.

#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a test may fail loudly, and its files are small"
)]

#[path = "support/flatbuffer.rs"]
mod flatbuffer;
#[path = "support/protobuf.rs"]
mod protobuf;

use flatbuffer::Put;
use hubfit::extract::file_facts::open;
use hubfit::format::{FileFormat, Step};
use hubfit::model::file_facts::{Dimension, FileFacts, GraphValue, KeyValue};
use proptest::collection::vec;
use proptest::prelude::*;
use protobuf::{Fields, Holed, Piece, hole, message, number, text, varint};

/// The facts of a file, the requests it took, and the bytes.
type Told = (FileFacts, usize, u64);

fn drive(format: FileFormat, file: &Holed, size: Option<u64>) -> hubfit::Result<Told> {
    let mut reader = open(format, size);
    let mut wanted = reader.start();
    let (mut asked, mut bytes): (Vec<std::ops::Range<u64>>, u64) = (vec![], 0);
    loop {
        assert!(wanted.start < wanted.end, "an empty range");
        assert!(size.is_none_or(|size| wanted.end <= size.max(1)), "behind the end: {wanted:?}");
        let twice = asked.iter().find(|old| wanted.start < old.end && old.start < wanted.end);
        assert_eq!(twice, None, "bytes asked for twice: {wanted:?}");
        asked.push(wanted.clone());
        assert!(asked.len() <= 70, "too many requests");
        let read = file.read(wanted);
        bytes += read.len() as u64;
        match reader.feed(&read)? {
            Step::Need(more) => wanted = more,
            Step::Done(facts) => return Ok((facts, asked.len(), bytes)),
        }
    }
}

/// The facts of a file, whether its size is known or not.
fn holed(format: FileFormat, fields: Fields) -> hubfit::Result<Told> {
    let file = Holed::new(fields);
    let known = drive(format, &file, Some(file.size));
    let unknown = drive(format, &file, None);
    match (&known, &unknown) {
        (Ok(known), Ok(unknown)) => assert_eq!(known.0, unknown.0),
        (Err(known), Err(unknown)) => assert_eq!(known.code(), unknown.code()),
        _ => assert!(known.is_err(), "{known:?} but {unknown:?}"),
    }
    known
}

fn read(format: FileFormat, bytes: &[u8]) -> hubfit::Result<FileFacts> {
    holed(format, vec![Piece::Bytes(bytes.to_vec())]).map(|told| told.0)
}

fn refused(format: FileFormat, bytes: &[u8]) -> (&'static str, String) {
    let error = read(format, bytes).unwrap_err();
    (error.code(), error.to_string())
}

fn operators(facts: &FileFacts) -> Vec<(&str, u64)> {
    facts.operators.iter().map(|row| (row.name.as_str(), row.count)).collect()
}

fn types(facts: &FileFacts) -> Vec<(&str, u64, u64, u64)> {
    facts
        .types
        .iter()
        .map(|row| (row.name.as_str(), row.tensors, row.elements, row.bytes))
        .collect()
}

fn problems(facts: &FileFacts) -> Vec<&str> {
    facts.problems.iter().map(|problem| problem.code.as_str()).collect()
}

fn key<'a>(facts: &'a FileFacts, name: &str) -> Option<&'a KeyValue> {
    facts.keys.iter().find(|key| key.key == name).map(|key| &key.value)
}

fn word(text: &str) -> KeyValue {
    KeyValue::Text(text.to_owned())
}

fn value(name: &str, data_type: &str, shape: &[Dimension]) -> GraphValue {
    GraphValue { name: name.into(), data_type: data_type.into(), shape: Some(shape.to_vec()) }
}

fn named(name: &str) -> Dimension {
    Dimension::Name(name.to_owned())
}

// --- ONNX

fn node(operator: &str, domain: &str, attributes: impl IntoIterator<Item = Fields>) -> Fields {
    let attributes = attributes.into_iter().map(|attribute| message(5, [attribute]));
    let fields = [text(1, "x"), text(4, operator)].into_iter().chain(attributes);
    message(1, fields.chain([text(7, domain)]))
}

fn tensor(field: u64, name: &str, dims: &[u64], data_type: u64, data: Fields) -> Fields {
    let dims = dims.iter().map(|dim| number(1, *dim));
    message(field, dims.chain([number(2, data_type), text(8, name), data]))
}

fn external(location: &str, offset: u64, length: u64) -> Fields {
    let entry = |key: &str, value: &str| message(13, [text(1, key), text(2, value)]);
    let (offset, length) = (offset.to_string(), length.to_string());
    let entries = [entry("location", location), entry("offset", &offset), entry("length", &length)];
    entries.into_iter().flatten().chain(number(14, 1)).collect()
}

fn graph(parts: impl IntoIterator<Item = Fields>) -> Fields {
    message(7, parts)
}

/// A model with what stands before and behind its graph.
fn onnx(graph: Fields) -> Fields {
    let opset = |domain: &str, version| message(8, [text(1, domain), number(2, version)]);
    let before = [number(1, 10), text(2, "pytorch")].into_iter().flatten();
    before.chain(graph).chain(opset("", 21)).chain(opset("com.microsoft", 1)).collect()
}

fn sample() -> Fields {
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

// --- TFLite

fn table(fields: impl IntoIterator<Item = (u16, Put)>) -> Put {
    Put::Table(fields.into_iter().collect())
}

fn tflite_tensor(name: &'static str, kind: u8, shape: &[i32], buffer: u32) -> Put {
    let shape = Put::Numbers(shape.to_vec());
    table([(0, shape), (1, Put::U8(kind)), (2, Put::U32(buffer)), (3, Put::Text(name))])
}

fn operator(code: u32, inputs: &[i32], outputs: &[i32]) -> Put {
    let (inputs, outputs) = (Put::Numbers(inputs.to_vec()), Put::Numbers(outputs.to_vec()));
    table([(0, Put::U32(code)), (1, inputs), (2, outputs)])
}

fn tflite_model(subgraphs: Vec<Put>, more: impl IntoIterator<Item = (u16, Put)>) -> Put {
    let codes = [
        table([(0, Put::U8(9))]),
        table([(0, Put::U8(127)), (3, Put::U32(206))]),
        table([(0, Put::U8(32)), (1, Put::Text("rms_norm")), (3, Put::U32(32))]),
    ];
    let version = table([(0, Put::Bytes(b"1.14.0\0\0\0\0".to_vec()))]);
    let buffers = [table([]), table([(0, Put::Bytes(vec![0; 8]))]), table([]), version];
    let metadata = |name, buffer| table([(0, Put::Text(name)), (1, Put::U32(buffer))]);
    let metadata = [metadata("min_runtime_version", 3), metadata("TFLITE_METADATA", 2)];
    let fields = [
        (0, Put::U32(3)),
        (1, Put::List(codes.to_vec())),
        (2, Put::List(subgraphs)),
        (3, Put::Text("a test")),
        (4, Put::List(buffers.to_vec())),
        (6, Put::List(metadata.to_vec())),
    ];
    table(fields.into_iter().chain(more))
}

fn subgraph() -> Put {
    let tensors = [
        tflite_tensor("x", 2, &[1, -1], 2),
        tflite_tensor("w", 17, &[3, 5], 1),
        tflite_tensor("y", 0, &[1, 8], 2),
    ];
    let operators =
        [operator(0, &[0, 1, -1], &[2]), operator(1, &[2], &[2]), operator(2, &[2], &[2])];
    table([
        (0, Put::List(tensors.to_vec())),
        (1, Put::Numbers(vec![0])),
        (2, Put::Numbers(vec![2])),
        (3, Put::List(operators.to_vec())),
    ])
}

fn tflite(model: &Put) -> Vec<u8> {
    flatbuffer::write(vec![], model)
}

#[test]
fn a_tflite_model() {
    let facts = read(FileFormat::Tflite, &tflite(&tflite_model(vec![subgraph()], []))).unwrap();
    assert_eq!((facts.version.as_deref(), problems(&facts).len()), (Some("3"), 0));
    let expected = [("CUSTOM(rms_norm)", 1), ("FULLY_CONNECTED", 1), ("STABLEHLO_COMPOSITE", 1)];
    assert_eq!(operators(&facts), expected);
    assert_eq!(types(&facts), [("INT4", 1, 15, 8)]);
    assert_eq!(facts.inputs, [value("x", "INT32", &[Dimension::Size(1.0), named("")])]);
    assert_eq!(facts.outputs[0].name, "y");
    assert_eq!(key(&facts, "min_runtime_version"), Some(&word("1.14.0")));
    assert_eq!(key(&facts, "metadata"), Some(&word("TFLITE_METADATA")));
}

#[test]
fn signatures_name_what_goes_in() {
    let map = |name, tensor| table([(0, Put::Text(name)), (1, Put::U32(tensor))]);
    let signature = |key| {
        let (inputs, outputs) = (vec![map("tokens", 0)], vec![map("logits", 2)]);
        table([(0, Put::List(inputs)), (1, Put::List(outputs)), (2, Put::Text(key))])
    };
    let names = |keys: &[&'static str]| {
        let list = Put::List(keys.iter().copied().map(signature).collect());
        let model = tflite_model(vec![subgraph()], [(7, list)]);
        let facts = read(FileFormat::Tflite, &tflite(&model)).unwrap();
        facts.inputs.into_iter().map(|input| input.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&["decode"]), ["tokens"]);
    assert_eq!(names(&["decode", "prefill_128"]), ["decode/tokens", "prefill_128/tokens"]);
}

#[test]
fn tables_far_behind_the_weights_take_two_requests() {
    let bytes = tflite(&tflite_model(vec![subgraph()], []));
    let root = u32::from_le_bytes(*bytes.first_chunk().unwrap());
    let far = 1_500_000_000_u32;
    let mut front = bytes[..8].to_vec();
    front[..4].copy_from_slice(&(root + far).to_le_bytes());
    let tables = bytes[8..].to_vec();
    let pieces = vec![Piece::Bytes(front), Piece::Hole(far.into()), Piece::Bytes(tables)];
    let (facts, requests, read) = holed(FileFormat::Tflite, pieces).unwrap();
    assert_eq!((facts.operators.len(), requests), (3, 2));
    assert!(read <= 512 << 10, "{read}");
}

#[test]
fn flatbuffers_that_are_refused() {
    let start = |bytes: &[u8]| [bytes, b"TFL3", &[0; 8]].concat();
    let mut good = tflite(&tflite_model(vec![subgraph()], []));
    let root = u32::from_le_bytes(*good.first_chunk().unwrap()) as usize;
    let cut = good[..root + 2].to_vec();
    // The table says that the list of its fields is itself.
    let mut own_fields = good.clone();
    own_fields[root..root + 4].copy_from_slice(&0_i32.to_le_bytes());
    let mut before_the_file = good.clone();
    before_the_file[root..root + 4].copy_from_slice(&i32::MAX.to_le_bytes());
    // Its list of graphs is longer than the file.
    let graphs = root + 4 + 2 * 8;
    let list = graphs + u32::from_le_bytes(*good[graphs..].first_chunk().unwrap()) as usize;
    good[list..list + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    for (name, bytes, code) in [
        ("nothing", vec![], "invalid_file"),
        ("no identifier", vec![8, 0, 0, 0, b'X', 0, 0, 0, 0], "invalid_file"),
        ("a root at itself", start(&[0; 4]), "invalid_file"),
        ("a root behind the end", start(&[0xff; 4]), "invalid_file"),
        ("a table that is cut", cut, "invalid_file"),
        ("a list of fields that is no list", own_fields, "invalid_file"),
        ("a list of fields before the file", before_the_file, "invalid_file"),
        ("2^32 - 1 graphs", good, "invalid_file"),
        ("an LFS pointer", b"version https://git-lfs.github.com".to_vec(), "invalid_file"),
    ] {
        assert_eq!(refused(FileFormat::Tflite, &bytes).0, code, "{name}");
    }
}

#[test]
fn tables_that_are_shared_without_end_are_refused() {
    // 3,000 graphs that are one, with 3,000 operators that are one: nine million.
    let mut file = tflite(&tflite_model(vec![subgraph()], []));
    let shared = |file: &mut Vec<u8>, slot: usize, count: usize| {
        let first = slot + u32::from_le_bytes(*file[slot..].first_chunk().unwrap()) as usize + 4;
        let target = first + u32::from_le_bytes(*file[first..].first_chunk().unwrap()) as usize;
        // The tables are copied behind the new list, so that offsets lead forward.
        let list = file.len();
        file.extend((count as u32).to_le_bytes());
        let tables = list + 4 + 4 * count;
        for at in 0..count {
            let place = list + 4 + 4 * at;
            file.extend(((tables + target - place) as u32).to_le_bytes());
        }
        let copy = file[..list].to_vec();
        file.extend(copy);
        file[slot..slot + 4].copy_from_slice(&((list - slot) as u32).to_le_bytes());
        tables
    };
    let root = u32::from_le_bytes(*file.first_chunk().unwrap()) as usize;
    // Field 2 of the root, and field 3 of the graph, stand third and fourth among those written.
    let graph_slot = |file: &[u8], slot: usize| {
        let first = slot + u32::from_le_bytes(*file[slot..].first_chunk().unwrap()) as usize + 4;
        first + u32::from_le_bytes(*file[first..].first_chunk().unwrap()) as usize + 4 + 8 * 3
    };
    let operators = graph_slot(&file, root + 4 + 2 * 8);
    shared(&mut file, operators, 3000);
    shared(&mut file, root + 4 + 2 * 8, 3000);
    let file = Holed::new(vec![Piece::Bytes(file)]);
    let told = drive(FileFormat::Tflite, &file, Some(file.size));
    assert_eq!(told.unwrap_err().code(), "limit_exceeded");
}

#[test]
fn tensors_that_do_not_fit_are_problems() {
    let model = |tensor: Put| {
        let graph = table([(0, Put::List(vec![tensor]))]);
        let facts = read(FileFormat::Tflite, &tflite(&tflite_model(vec![graph], []))).unwrap();
        problems(&facts).join(" ")
    };
    assert_eq!(model(tflite_tensor("w", 0, &[i32::MAX; 8], 1)), "invalid_shape");
    assert_eq!(model(tflite_tensor("w", 0, &[-1, 2], 1)), "invalid_shape");
    assert_eq!(model(tflite_tensor("w", 0, &[2], 77)), "missing_buffer");
    let unlisted = table([(3, Put::List(vec![operator(9, &[], &[])]))]);
    let facts = read(FileFormat::Tflite, &tflite(&tflite_model(vec![unlisted], []))).unwrap();
    assert_eq!(problems(&facts), ["unknown_operator"]);
}

#[test]
fn buffers_in_other_files() {
    let group = |name| table([(0, Put::Text(name))]);
    let buffer =
        table([(0, Put::U32(1)), (1, Put::U32(0)), (2, Put::U64(1 << 33)), (3, Put::U64(8))]);
    let more = |name| {
        let lists = [(8, Put::List(vec![group(name)])), (9, Put::List(vec![buffer.clone()]))];
        read(FileFormat::Tflite, &tflite(&tflite_model(vec![], lists))).unwrap()
    };
    let facts = more("weights.bin");
    assert_eq!(
        (facts.external_files[0].path.as_str(), facts.external_files[0].bytes),
        ("weights.bin", (1 << 33) + 8)
    );
    assert_eq!(problems(&more("../weights.bin")), ["unsafe_file_name"]);
}

// --- LiteRT-LM

fn section(kind: u8, name: &'static str, start: u64, end: u64) -> Put {
    let text = table([(0, Put::Text(name))]);
    let item = table([(0, Put::Text("model_type")), (1, Put::U8(9)), (2, text)]);
    table([
        (0, Put::List(vec![item])),
        (1, Put::U64(start)),
        (2, Put::U64(end)),
        (3, Put::U8(kind)),
    ])
}

/// A header of 16 kB with these sections, and metadata behind it.
fn litertlm(sections: Vec<Put>, metadata: &[u8]) -> Vec<u8> {
    let author = table([(0, Put::Text("hubfit"))]);
    let key = table([(0, Put::Text("Authors")), (1, Put::U8(9)), (2, author)]);
    let header =
        table([(0, table([(0, Put::List(vec![key]))])), (1, table([(0, Put::List(sections))]))]);
    let mut start = b"LITERTLM".to_vec();
    start.extend([1_u32, 7, 0].iter().flat_map(|part| part.to_le_bytes()));
    start.extend([0; 4]);
    start.extend(16_384_u64.to_le_bytes());
    let mut file = flatbuffer::write(start, &header);
    file.resize(16_384, 0);
    file.extend(metadata);
    file
}

#[test]
fn a_litertlm_file() {
    let fields = [number(5, 4096), message(6, [message(4, [number(3, 896)])]), text(7, "{{ x }}")];
    let metadata = Holed::new(fields.concat()).read(0..1000);
    let end = 16_384 + metadata.len() as u64;
    let file = litertlm(
        vec![
            section(5, "", 16_384, end),
            section(3, "tf_lite_prefill_decode", 32_768, 40_000),
            section(99, "", 0, 7),
        ],
        &metadata,
    );
    let facts = drive(FileFormat::Litertlm, &Holed::new(vec![Piece::Bytes(file)]), None).unwrap().0;
    assert_eq!((facts.version.as_deref(), facts.header_bytes), (Some("1.7.0"), 16_384));
    assert_eq!((facts.architecture.as_deref(), facts.context_length), (Some("gemma3"), Some(4096)));
    let sections: Vec<_> =
        facts.sections.iter().map(|part| (part.section_type.as_str(), part.bytes)).collect();
    let expected =
        [("LlmMetadataProto", metadata.len() as u64), ("TFLiteModel", 7232), ("type 99", 7)];
    assert_eq!(sections, expected);
    assert_eq!(facts.sections[1].name.as_deref(), Some("tf_lite_prefill_decode"));
    assert_eq!(key(&facts, "Authors"), Some(&word("hubfit")));
    assert_eq!(problems(&facts), ["invalid_section"]);
}

#[test]
fn sections_that_lie() {
    let told = |start, end| {
        let file = litertlm(vec![section(5, "", start, end)], &[0x3a; 100]);
        read(FileFormat::Litertlm, &file).map(|facts| problems(&facts).join(" "))
    };
    assert_eq!(told(u64::MAX, 1 << 40).unwrap(), "invalid_section");
    let far = litertlm(vec![section(3, "", 16_384, u64::MAX)], &[]);
    let far = Holed::new(vec![Piece::Bytes(far)]);
    let facts = drive(FileFormat::Litertlm, &far, Some(far.size)).unwrap().0;
    assert_eq!(problems(&facts), ["truncated"]);
    let long = litertlm(vec![section(5, "", 16_384, 20 << 20)], &[]);
    let facts = drive(FileFormat::Litertlm, &Holed::new(vec![Piece::Bytes(long)]), None).unwrap().0;
    assert_eq!(problems(&facts), ["long_metadata"]);
    assert_eq!(told(16_384, 16_484).unwrap_err().code(), "invalid_file");
    assert_eq!(refused(FileFormat::Litertlm, b"LITERTLM").0, "invalid_file");
    assert_eq!(refused(FileFormat::Litertlm, &[0; 100]).0, "invalid_file");
}

// --- Core ML

fn feature(field: u64, name: &str, kind: Fields) -> Fields {
    message(field, [text(1, name), message(3, [kind])])
}

fn weight(data_type: u64, dims: &[u64], path: &str, offset: u64) -> Fields {
    let dims = dims.iter().map(|dim| message(3, [message(1, [number(1, *dim)])]));
    let tensor_type = message(1, [number(1, data_type)].into_iter().chain(dims));
    let blob = message(5, [text(1, path), number(2, offset)]);
    message(5, [text(1, "val"), message(2, [message(2, [tensor_type]), blob])])
}

fn mil(operations: impl IntoIterator<Item = Fields>) -> Fields {
    let block = message(2, operations);
    let function = message(2, [text(2, "CoreML7"), message(3, [text(1, "CoreML7"), block])]);
    message(502, [number(1, 1), message(2, [text(1, "main"), function])])
}

fn coreml(version: u64, kind: Fields) -> Fields {
    let array = message(5, [message(1, [vec![Piece::Bytes(vec![1, 64])]]), number(2, 0x1_0010)]);
    let image = message(4, [number(1, 224), number(2, 112), number(3, 20)]);
    let metadata = message(100, [text(3, "hubfit"), message(100, [text(1, "k"), text(2, "v")])]);
    let description = [feature(1, "x", array), feature(10, "y", image), metadata];
    number(1, version).into_iter().chain(message(2, description)).chain(kind).collect()
}

fn ml_program() -> Fields {
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

// --- OpenVINO

const IR: &str = r#"<?xml version="1.0"?>
<!-- a <test> -->
<net name="a &lt;test&gt;" version="11">
	<layers>
		<layer id="0" name="ids" type="Parameter" version="opset1">
			<data shape="?,1..8,64" element_type="i64" />
			<output><port id="0" precision="I64" names="ids"><dim>-1</dim><dim>-1</dim><dim>64</dim></port></output>
		</layer>
		<layer id="1" name="w" type="Const" version="opset1"><data element_type="u4" shape="3, 5" offset="0" size="8" /></layer>
		<layer id="2" name="again" type="Const" version="opset1"><data element_type="u4" shape="3, 5" offset="0" size="8" /></layer>
		<layer id="3" name="s" type="Const" version="opset1"><data element_type="f16" shape="" offset="8" size="2" /></layer>
		<layer id="4" name="attention" type="ScaledDotProductAttention" version="opset13" />
		<layer id="5" name="norm" type="RMS" version="ie_internal_opset"/>
		<layer id="6" name="loop" type="Loop" version="opset5">
			<body><layers>
				<layer id="0" name="inner" type="Parameter" version="opset1"><data shape="1" element_type="f32"/></layer>
				<layer id="1" name="inner out" type="Result" version="opset1"><input><port id="0" precision="FP32"><dim>1</dim></port></input></layer>
			</layers></body>
		</layer>
		<layer id="7" name="r" type="Result" version="opset1" output_names="logits">
			<input><port id="0" precision="FP32"><dim>-1</dim><dim>32000</dim></port></input>
		</layer>
	</layers>
	<rt_info>
		<Runtime_version value="2026.4.1" />
		<nncf><weight_compression><mode value="int4_sym" /><group_size value="128" /></weight_compression></nncf>
	</rt_info>
</net>
"#;

#[test]
fn an_openvino_graph() {
    let facts = read(FileFormat::Openvino, IR.as_bytes()).unwrap();
    assert_eq!((facts.version.as_deref(), problems(&facts).len()), (Some("11"), 0));
    let mut names = operators(&facts);
    names.sort_unstable();
    assert_eq!(
        names,
        [
            ("Const", 3),
            ("Loop", 1),
            ("Parameter", 2),
            ("Result", 2),
            ("ScaledDotProductAttention", 1),
            ("ie_internal_opset.RMS", 1)
        ]
    );
    assert_eq!(types(&facts), [("u4", 1, 15, 8), ("f16", 1, 1, 2)]);
    let file = &facts.external_files[0];
    assert_eq!((file.path.as_str(), file.bytes), ("*.bin", 10));
    let shape = [named(""), named("1..8"), Dimension::Size(64.0)];
    assert_eq!(facts.inputs, [value("ids", "i64", &shape)]);
    let shape = [named(""), Dimension::Size(32_000.0)];
    assert_eq!(facts.outputs, [value("logits", "FP32", &shape)]);
    assert_eq!((&*facts.opsets[0].domain, facts.opsets[0].version), ("opset", 13));
    assert_eq!(key(&facts, "name"), Some(&word("a <test>")));
    assert_eq!(key(&facts, "nncf.weight_compression.mode"), Some(&word("int4_sym")));
    assert_eq!(key(&facts, "nncf.weight_compression.group_size"), Some(&word("128")));
    assert_eq!(key(&facts, "Runtime_version"), Some(&word("2026.4.1")));
}

#[test]
fn xml_that_is_refused() {
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE net [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><net name="&b;"/>"#;
    let external = r#"<!DOCTYPE net SYSTEM "file:///etc/passwd"><net/>"#;
    let deep = format!("<net>{}", "<a>".repeat(200));
    let long = format!("<net name=\"{}\"/>", "x".repeat(3 << 20));
    for (name, xml, code) in [
        ("entities", bomb, "invalid_file"),
        ("an external type", external, "invalid_file"),
        ("depth", &deep, "limit_exceeded"),
        ("a long value", &long, "limit_exceeded"),
        ("another root", "<html></html>", "invalid_file"),
        ("an end without a start", "</net>", "invalid_file"),
        ("no end", "<net><layers>", "invalid_file"),
        ("a cut tag", "<net name=\"x", "invalid_file"),
        ("nothing", "", "invalid_file"),
    ] {
        assert_eq!(refused(FileFormat::Openvino, xml.as_bytes()).0, code, "{name}");
    }
    assert!(read(FileFormat::Openvino, b"\xef\xbb\xbf<net version='11'/>").is_ok());
}

#[test]
fn constants_that_do_not_fit_are_problems() {
    for (shape, size) in [("4", "7"), ("-1", "8"), ("9999999999,9999999999,9", "8"), ("x", "8")] {
        let xml = format!(
            r#"<net><layers><layer type="Const"><data element_type="f16" shape="{shape}" offset="18446744073709551615" size="{size}"/></layer></layers></net>"#
        );
        let facts = read(FileFormat::Openvino, xml.as_bytes()).unwrap();
        assert_eq!(problems(&facts), ["size_mismatch"], "{shape} {size}");
    }
}

#[test]
fn a_graph_that_never_ends_is_given_up() {
    let layer = format!("<layer type=\"Add\" version=\"opset1\" name=\"{:1000}\"/>", "");
    let layers = layer.repeat(40_000);
    let xml = [b"<net><layers>", layers.as_bytes()].concat();
    let file = Holed::new(vec![Piece::Bytes(xml)]);
    let (facts, requests, bytes) = drive(FileFormat::Openvino, &file, None).unwrap();
    assert_eq!(problems(&facts), ["stopped_early"]);
    assert!(requests < 8 && bytes == 32 << 20, "{requests} {bytes}");
}

// --- any bytes

fn samples() -> Vec<(FileFormat, Vec<u8>)> {
    let bytes = |fields| {
        let file = Holed::new(fields);
        file.read(0..file.size)
    };
    vec![
        (FileFormat::Onnx, bytes(sample())),
        (FileFormat::Tflite, tflite(&tflite_model(vec![subgraph(), subgraph()], []))),
        (FileFormat::Litertlm, litertlm(vec![section(3, "x", 16_384, 16_400)], &[0; 16])),
        (FileFormat::Coreml, bytes(coreml(8, ml_program()))),
        (FileFormat::Openvino, IR.as_bytes().to_vec()),
    ]
}

fn formats() -> impl Strategy<Value = FileFormat> {
    prop::sample::select(samples().into_iter().map(|(format, _)| format).collect::<Vec<_>>())
}

fn is_refusal(error: &hubfit::Error) -> bool {
    matches!(error.code(), "invalid_file" | "limit_exceeded" | "invalid_json")
}

#[test]
fn the_samples_are_recognised_by_their_bytes() {
    for (format, bytes) in samples() {
        assert_eq!(FileFormat::of_bytes(&bytes[..16]), Some(format));
        assert!(read(format, &bytes).is_ok(), "{format:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_make_it_panic(format in formats(), bytes in vec(any::<u8>(), 0..300)) {
        if let Err(error) = read(format, &bytes) {
            prop_assert!(is_refusal(&error), "{}", error);
        }
    }

    #[test]
    fn no_damage_makes_it_panic(sample in prop::sample::select(samples()), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let (format, mut bytes) = sample;
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let file = Holed::new(vec![Piece::Bytes(bytes)]);
        for size in [Some(file.size), None, Some(file.size + 100)] {
            if let Err(error) = drive(format, &file, size) {
                prop_assert!(is_refusal(&error), "{}", error);
            }
        }
    }

    #[test]
    fn weights_of_any_size_are_passed_over(sizes in vec(prop_oneof![0_u64..100, 0_u64..5_000_000, 0_u64..500_000_000], 0..40)) {
        let weights = sizes.iter().map(|size| tensor(5, "w", &[*size], 2, hole(9, *size)));
        let (facts, ..) = holed(FileFormat::Onnx, onnx(graph(weights))).unwrap();
        prop_assert_eq!(problems(&facts), [""; 0]);
        prop_assert_eq!((facts.tensor_count, facts.tensor_bytes), (sizes.len() as u64, sizes.iter().sum()));
        prop_assert_eq!(facts.opsets.len(), 2);
    }
}
