//! TFLite files.

use crate::flatbuffer::{self, Put};
use crate::protobuf::{Holed, Piece};
use crate::read::*;
use crate::tflite_writer::*;
use hubfit::format::FileFormat;
use hubfit::model::file_facts::Dimension;

#[test]
fn a_tflite_model() {
    let facts = read(FileFormat::Tflite, &tflite([subgraph()], [])).unwrap();
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
    let names = |keys: &[&'static str]| {
        let file = tflite([subgraph()], [signatures(keys)]);
        let facts = read(FileFormat::Tflite, &file).unwrap();
        facts.inputs.into_iter().map(|input| input.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&["decode"]), ["tokens"]);
    assert_eq!(names(&["decode", "prefill_128"]), ["decode/tokens", "prefill_128/tokens"]);
}

#[test]
fn tables_far_behind_the_weights_take_two_requests() {
    let bytes = tflite([subgraph()], []);
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
    let mut good = tflite([subgraph()], []);
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
    let mut file = tflite([subgraph()], []);
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
        let graph = table([(0, list([tensor]))]);
        let facts = read(FileFormat::Tflite, &tflite([graph], [])).unwrap();
        problems(&facts).join(" ")
    };
    assert_eq!(model(tflite_tensor("w", 0, &[i32::MAX; 8], 1)), "invalid_shape");
    assert_eq!(model(tflite_tensor("w", 0, &[-1, 2], 1)), "invalid_shape");
    assert_eq!(model(tflite_tensor("w", 0, &[2], 77)), "missing_buffer");
    let unlisted = table([(3, Put::List(vec![operator(9, &[], &[])]))]);
    let facts = read(FileFormat::Tflite, &tflite([unlisted], [])).unwrap();
    assert_eq!(problems(&facts), ["unknown_operator"]);
}

#[test]
fn buffers_in_other_files() {
    let more = |name| read(FileFormat::Tflite, &tflite([], buffer_in(name))).unwrap();
    let facts = more("weights.bin");
    assert_eq!(
        (facts.external_files[0].path.as_str(), facts.external_files[0].bytes),
        ("weights.bin", (1 << 33) + 8)
    );
    assert_eq!(problems(&more("../weights.bin")), ["unsafe_file_name"]);
}

/// The same file with another length of the list that starts with these bytes.
fn with_length(file: &[u8], list: &[u8], length: u32) -> Vec<u8> {
    let at = file.windows(list.len()).position(|bytes| bytes == list).unwrap();
    let mut file = file.to_vec();
    file[at - 4..at].copy_from_slice(&length.to_le_bytes());
    file
}

#[test]
fn lists_that_are_longer_than_the_file() {
    let tensor = tflite_tensor("a name", 0, &[123_456_789, 2], 1);
    let graph = table([(0, list([tensor])), (1, Put::Numbers(vec![7_654_321]))]);
    let file = tflite([graph], []);
    let shape = 123_456_789_i32.to_le_bytes();
    let inputs = 7_654_321_i32.to_le_bytes();
    for length in [100_000, 1 << 21, 1 << 30, 1 << 31, u32::MAX] {
        for list in [&shape, &inputs] {
            let bytes = with_length(&file, list, length);
            let code = refused(FileFormat::Tflite, &bytes).0;
            assert!(matches!(code, "invalid_file" | "limit_exceeded"), "{list:?} {length} {code}");
            assert_reads_little(bytes);
        }
        // Of a name, only the start is looked at.
        let bytes = with_length(&file, b"a name", length);
        assert!(read(FileFormat::Tflite, &bytes).is_ok(), "{length}");
        assert_reads_little(bytes);
    }
}

/// Where the file goes on and on, no more than a few megabytes are read.
fn assert_reads_little(bytes: Vec<u8>) {
    let endless = Holed::new(vec![Piece::Bytes(bytes), Piece::Hole(1 << 40)]);
    if let Ok((_, requests, read)) = drive(FileFormat::Tflite, &endless, Some(endless.size)) {
        assert!(requests <= 6 && read <= 20 << 20, "{requests} requests, {read} bytes");
    }
}

#[test]
fn tables_in_a_thousand_places_are_given_up() {
    // Each operator stands a megabyte behind the one before.
    let names: Vec<_> = (0..1000).map(|_| table([(3, Put::U32(206))])).collect();
    let codes = table([(0, Put::U32(3)), (1, Put::List(names))]);
    let mut spread = flatbuffer::write(vec![], &codes);
    let root = u32::from_le_bytes(*spread.first_chunk().unwrap()) as usize;
    let slot = root + 4 + 8;
    let list = slot + u32::from_le_bytes(*spread[slot..].first_chunk().unwrap()) as usize + 4;
    for at in 0..1000_u32 {
        let place = list + 4 * at as usize;
        spread[place..place + 4].copy_from_slice(&((at + 1) << 20).to_le_bytes());
    }
    let file = Holed::new(vec![Piece::Bytes(spread), Piece::Hole(2 << 30)]);
    for size in [Some(file.size), None] {
        let code = drive(FileFormat::Tflite, &file, size).unwrap_err().code();
        assert!(matches!(code, "limit_exceeded" | "invalid_file"), "{code}");
    }
}
