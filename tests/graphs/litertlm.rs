//! LiteRT-LM files.

use crate::flatbuffer::{self, Put};
use crate::protobuf::{Holed, Piece, message, number, text};
use crate::read::*;
use crate::tflite::table;
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
