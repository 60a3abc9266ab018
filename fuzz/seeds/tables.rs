//! TFLite graphs and LiteRT-LM headers: tables that lead to each other.

use crate::flatbuffer::{Put, write};
use crate::tflite_writer::{buffer_in, list, signatures, subgraph, table, tflite, tflite_tensor};
use crate::{Seed, seed};

pub(crate) fn models() -> Vec<Seed> {
    let model = |more: Vec<(u16, Put)>| tflite([subgraph()], more);
    let plain = model(vec![]);
    let tensor = |tensor| tflite([table([(0, list([tensor]))])], []);
    vec![
        seed("signatures", model(vec![signatures(&["decode", "prefill"])])),
        seed("other-files", model(buffer_in("weights.bin").into())),
        seed("unsafe-file", model(buffer_in("../weights.bin").into())),
        seed("shape-overflows", tensor(tflite_tensor("w", 0, &[i32::MAX; 8], 1))),
        seed("missing-buffer", tensor(tflite_tensor("w", 0, &[2], 77))),
        seed("no-root", b"\0\0\0\0TFL3\0\0\0\0"),
        seed("root-behind-the-end", b"\xff\xff\xff\xffTFL3\0\0\0\0"),
        seed("cut", &plain[..plain.len() / 2]),
        seed("shared-tables", shared(500, &plain)),
        seed("shared-and-longer", [shared(60, &plain), vec![0; 8 << 10]].concat()),
        seed("endless-buffers", endless(&plain)),
        seed("model", plain),
    ]
}

/// Where the offset at this place leads to.
fn target(file: &[u8], at: usize) -> usize {
    at + u32::from_le_bytes(*file[at..].first_chunk().unwrap()) as usize
}

/// A list of 2^28 buffers: the fifth field that is written of the root.
fn endless(model: &[u8]) -> Vec<u8> {
    let list = target(model, target(model, 0) + 4 + 8 * 4);
    let mut out = model.to_vec();
    out[list..list + 4].copy_from_slice(&(1_u32 << 28).to_le_bytes());
    out
}

/// A list of so many graphs that are one, with all its tables.
fn shared(graphs: u32, model: &[u8]) -> Vec<u8> {
    // The graphs are the third field that is written of the root; their list starts with its length.
    let slot = target(model, 0) + 4 + 8 * 2;
    let graph = target(model, target(model, slot) + 4);
    let mut out = model.to_vec();
    out[slot..slot + 4].copy_from_slice(&((model.len() - slot) as u32).to_le_bytes());
    out.extend(graphs.to_le_bytes());
    let copy = out.len() + 4 * graphs as usize;
    for _ in 0..graphs {
        out.extend(((copy + graph - out.len()) as u32).to_le_bytes());
    }
    out.extend(model);
    out
}

pub(crate) fn litertlm() -> Vec<Seed> {
    // LlmMetadata: 4096 tokens at most, the kind gemma3, a template.
    let told = b"\x28\x80\x20\x32\x02\x22\x00\x3a\x07{{ x }}\x58\x01\x72\x031.0";
    let far = |start, end| litertlm_file(list([section(5, start, end)]), &[0x3a; 100]);
    let good = litertlm_file(list([section(5, 1024, 1024 + told.len() as u64), model()]), told);
    vec![
        seed("cut", &good[..100]),
        seed("model", good),
        seed("section-backwards", far(u64::MAX, 1 << 40)),
        seed("section-past-the-end", far(1024, u64::MAX)),
        seed("broken-metadata", far(1024, 1124)),
        seed("long-metadata", far(1024, 20 << 20)),
        seed("magic-alone", b"LITERTLM"),
    ]
}

fn model() -> Put {
    section(3, 1024, 1100)
}

fn section(kind: u8, start: u64, end: u64) -> Put {
    let key = keys("model_type", "tf_lite_prefill_decode");
    table([(0, key), (1, Put::U64(start)), (2, Put::U64(end)), (3, Put::U8(kind))])
}

fn keys(key: &'static str, value: &'static str) -> Put {
    let value = table([(0, Put::Text(value))]);
    list([table([(0, Put::Text(key)), (1, Put::U8(9)), (2, value)])])
}

/// A header of one kilobyte, and metadata behind it.
fn litertlm_file(sections: Put, metadata: &[u8]) -> Vec<u8> {
    let header = table([(0, table([(0, keys("Authors", "hubfit"))])), (1, table([(0, sections)]))]);
    let mut start = b"LITERTLM".to_vec();
    start.extend([1_u32, 7, 0, 0].iter().flat_map(|part| part.to_le_bytes()));
    start.extend(1024_u64.to_le_bytes());
    let mut file = write(start, &header);
    file.resize(1024, 0);
    file.extend(metadata);
    file
}
