//! LiteRT-LM files.

use crate::flatbuffer::{self, Put};
use crate::protobuf::{Holed, Piece, message, number, text, varint};
use crate::read::*;
use crate::tflite_writer::table;
use hubfit::format::FileFormat;

pub(crate) fn section(kind: u8, name: &'static str, start: u64, end: u64) -> Put {
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
pub(crate) fn litertlm(sections: Vec<Put>, metadata: &[u8]) -> Vec<u8> {
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

/// What a language model says of itself.
pub(crate) fn metadata() -> Vec<u8> {
    let fields = [number(5, 4096), message(6, [message(4, [number(3, 896)])]), text(7, "{{ x }}")];
    Holed::new(fields.concat()).read(0..1000)
}

#[test]
fn a_litertlm_file() {
    let metadata = metadata();
    let end = 16_384 + metadata.len() as u64;
    let file = litertlm(
        vec![
            section(5, "", 16_384, end),
            section(3, "tf_lite_prefill_decode", 32_768, 40_000),
            section(99, "", 0, 7),
        ],
        &metadata,
    );
    let facts =
        holed(FileFormat::Litertlm, vec![Piece::Bytes(file), Piece::Hole(30_000)]).unwrap().0;
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
    let facts = read(FileFormat::Litertlm, &far).unwrap();
    assert_eq!(problems(&facts), ["truncated"]);
    // Told as that wherever the file ends, which may be known or not.
    let endless = litertlm(vec![section(5, "", 16_384, u64::MAX)], &[]);
    let facts = read(FileFormat::Litertlm, &endless).unwrap();
    assert_eq!(problems(&facts), ["long_metadata"]);
    let long = litertlm(vec![section(5, "", 16_384, 20 << 20)], &[]);
    let long = vec![Piece::Bytes(long), Piece::Hole(20 << 20)];
    let facts = holed(FileFormat::Litertlm, long).unwrap().0;
    assert_eq!(problems(&facts), ["long_metadata"]);
    assert_eq!(told(16_384, 16_484).unwrap_err().code(), "invalid_file");
    assert_eq!(refused(FileFormat::Litertlm, b"LITERTLM").0, "invalid_file");
    assert_eq!(refused(FileFormat::Litertlm, &[0; 100]).0, "invalid_file");
}

#[test]
fn metadata_that_lies() {
    let told = |metadata: Vec<u8>| {
        let end = 16_384 + metadata.len() as u64;
        read(FileFormat::Litertlm, &litertlm(vec![section(5, "", 16_384, end)], &metadata))
    };
    for (name, metadata) in [
        ("a number of 11 bytes", [vec![0x28], vec![0xff; 11]].concat()),
        ("a length of 2^64 - 1", [vec![0x32], varint(u64::MAX)].concat()),
        ("a length past the end", vec![0x32, 100]),
        ("field 0", vec![0, 1]),
        ("a group", vec![0x0b]),
    ] {
        assert_eq!(told(metadata).unwrap_err().code(), "invalid_file", "{name}");
    }
    let mut deep = number(1, 1);
    for _ in 0..10_000 {
        deep = message(6, [deep]);
    }
    // Nothing is entered that is not known.
    assert!(told(Holed::new(deep).read(0..100_000)).is_ok());
}

#[test]
fn headers_that_lie() {
    let good = litertlm(vec![section(3, "x", 16_384, 16_400)], &[0; 16]);
    for (name, at, bytes, code) in [
        ("a header of 2^64 - 1 bytes", 24, u64::MAX.to_le_bytes(), None),
        ("a header of 0 bytes", 24, [0; 8], None),
        ("a root behind the end", 32, [0xff; 8], Some("invalid_file")),
        ("a root at itself", 32, [0; 8], Some("invalid_file")),
    ] {
        let mut file = good.clone();
        file[at..at + 8].copy_from_slice(&bytes);
        let told = read(FileFormat::Litertlm, &file);
        assert_eq!(told.err().map(|error| error.code()), code, "{name}");
    }
}
