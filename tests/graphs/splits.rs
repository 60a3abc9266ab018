//! Wherever reads end and begin, the facts are the same: what is read is moved, so that an end falls on each byte.

use crate::coreml::{coreml, ml_program};
use crate::litertlm::{litertlm, metadata, section};
use crate::onnx::sample;
use crate::openvino::IR;
use crate::protobuf::{Fields, Holed, Piece, hole};
use crate::read::{drive, holed};
use crate::samples::bytes_of;
use crate::tflite_writer::{subgraph, tflite};
use hubfit::format::FileFormat;
use hubfit::model::file_facts::FileFacts;

/// Where the first read of most formats ends, and of those made of FlatBuffers.
const FIRST_READ: usize = 2 << 20;
const FIRST_TABLES: usize = 256 << 10;

/// The facts, but for those that tell of places.
fn facts(format: FileFormat, fields: Fields) -> FileFacts {
    let facts = holed(format, fields).unwrap().0;
    FileFacts { header_bytes: 0, sections: vec![], ..facts }
}

/// Each place near the start and the end of a file of that length, and some between.
fn cuts(length: usize) -> impl Iterator<Item = usize> {
    (0..length + 2).filter(move |cut| *cut < 400 || length < cut + 400 || cut % 997 == 0)
}

fn protobuf_in_two(format: FileFormat, fields: &Fields) {
    let expected = facts(format, fields.clone());
    let length = bytes_of(fields.clone()).len();
    for cut in cuts(length) {
        // A field that nobody knows, so long that the first read ends in what follows. Its start has six bytes.
        let pad = hole(1999, (FIRST_READ - cut - 6) as u64);
        let told = facts(format, [pad, fields.clone()].concat());
        assert_eq!(told, expected, "{format:?}, cut at byte {cut} of {length}");
    }
}

#[test]
fn an_onnx_model_in_two() {
    protobuf_in_two(FileFormat::Onnx, &sample());
}

#[test]
fn a_core_ml_model_in_two() {
    protobuf_in_two(FileFormat::Coreml, &coreml(8, ml_program()));
}

#[test]
fn an_openvino_graph_in_two() {
    let (start, rest) = IR.split_once('\n').unwrap();
    let file = |comments: Vec<u8>| {
        let text = [start.as_bytes(), &comments, rest.as_bytes()].concat();
        facts(FileFormat::Openvino, vec![Piece::Bytes(text)])
    };
    let expected = file(vec![]);
    for cut in cuts(rest.len()).step_by(11) {
        let told = file(comments(FIRST_READ - start.len() - cut));
        assert_eq!(told, expected, "cut at byte {cut}");
    }
}

/// Comments of so many bytes.
fn comments(bytes: usize) -> Vec<u8> {
    const LONG: usize = 4096;
    let comment = |bytes: usize| [b"<!--", &*vec![b'x'; bytes - 7], b"-->"].concat();
    [comment(LONG).repeat(bytes / LONG - 1), comment(bytes % LONG + LONG)].concat()
}

#[test]
fn a_tflite_model_in_two() {
    let bytes = tflite([subgraph()], []);
    let root = u32::from_le_bytes(*bytes.first_chunk().unwrap());
    let expected = facts(FileFormat::Tflite, vec![Piece::Bytes(bytes.clone())]);
    for cut in cuts(bytes.len() - 8) {
        let gap = FIRST_TABLES - 8 - cut;
        let mut front = bytes[..8].to_vec();
        front[..4].copy_from_slice(&(root + gap as u32).to_le_bytes());
        let rest = Piece::Bytes(bytes[8..].to_vec());
        let told =
            facts(FileFormat::Tflite, vec![Piece::Bytes(front), Piece::Hole(gap as u64), rest]);
        assert_eq!(told, expected, "cut at byte {cut}");
    }
}

#[test]
fn the_metadata_of_a_litertlm_file_in_two() {
    let metadata = metadata();
    let file = |start: usize| {
        let end = (start + metadata.len()) as u64;
        let header = litertlm(vec![section(5, "", start as u64, end)], &[]);
        let gap = Piece::Hole((start - header.len()) as u64);
        facts(FileFormat::Litertlm, vec![Piece::Bytes(header), gap, Piece::Bytes(metadata.clone())])
    };
    let expected = file(16_384);
    assert_eq!(expected.architecture.as_deref(), Some("gemma3"));
    for cut in cuts(metadata.len()) {
        assert_eq!(file(FIRST_TABLES - cut), expected, "cut at byte {cut}");
    }
}

#[test]
fn a_file_that_ends_early_is_refused_or_says_so() {
    for (format, bytes) in crate::samples::samples() {
        for cut in 0..bytes.len() {
            let file = Holed::new(vec![Piece::Bytes(bytes[..cut].to_vec())]);
            let whole = drive(format, &file, Some(file.size)).is_ok();
            assert_eq!(whole, drive(format, &file, None).is_ok(), "{format:?} of {cut} bytes");
        }
    }
}
