//! A file of each format that has everything its reader looks at.

use crate::coreml::{coreml, ml_program};
use crate::litertlm::{litertlm, metadata, section};
use crate::onnx::sample;
use crate::openvino::IR;
use crate::protobuf::{Fields, Holed};
use crate::read::read;
use crate::tflite_writer::{subgraph, tflite};
use hubfit::format::FileFormat;

pub(crate) fn bytes_of(fields: Fields) -> Vec<u8> {
    let file = Holed::new(fields);
    file.read(0..file.size)
}

pub(crate) fn samples() -> Vec<(FileFormat, Vec<u8>)> {
    let metadata = metadata();
    let end = 16_384 + metadata.len() as u64;
    let sections = vec![section(5, "", 16_384, end), section(3, "x", 16_384, end)];
    vec![
        (FileFormat::Onnx, bytes_of(sample())),
        (FileFormat::Tflite, tflite([subgraph(), subgraph()], [])),
        (FileFormat::Litertlm, litertlm(sections, &metadata)),
        (FileFormat::Coreml, bytes_of(coreml(8, ml_program()))),
        (FileFormat::Openvino, IR.as_bytes().to_vec()),
    ]
}

#[test]
fn the_samples_are_recognised_by_their_bytes() {
    for (format, bytes) in samples() {
        assert_eq!(FileFormat::of_bytes(&bytes[..16]), Some(format));
        assert!(read(format, &bytes).is_ok(), "{format:?}");
    }
}
