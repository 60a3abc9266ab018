//! TFLite graphs and LiteRT-LM headers: tables that lead to each other.

use crate::flatbuffer_writer::{Put, write};
use crate::{Seed, seed};

fn table<const N: usize>(fields: [(u16, Put); N]) -> Put {
    Put::Table(fields.into())
}

fn list<const N: usize>(items: [Put; N]) -> Put {
    Put::List(items.into())
}

pub(crate) fn tflite() -> Vec<Seed> {
    let model = |more| write(vec![], &tflite_model(graph(), more));
    let plain = model(vec![]);
    let tensor = |tensor| write(vec![], &tflite_model(table([(0, list([tensor]))]), vec![]));
    vec![
        seed("signatures", model(vec![(7, list([signature("decode"), signature("prefill")]))])),
        seed("other-files", model(elsewhere("weights.bin"))),
        seed("unsafe-file", model(elsewhere("../weights.bin"))),
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

fn tflite_model(graph: Put, more: Vec<(u16, Put)>) -> Put {
    let codes = [
        table([(0, Put::U8(9))]),
        table([(0, Put::U8(127)), (3, Put::U32(206))]),
        table([(0, Put::U8(32)), (1, Put::Text("rms_norm")), (3, Put::U32(32))]),
    ];
    let version = table([(0, Put::Bytes(b"1.14.0\0\0\0\0".to_vec()))]);
    let buffers = [table([]), table([(0, Put::Bytes(vec![0; 8]))]), table([]), version];
    let metadata = table([(0, Put::Text("min_runtime_version")), (1, Put::U32(3))]);
    let mut fields = vec![
        (0, Put::U32(3)),
        (1, list(codes)),
        (2, list([graph])),
        (3, Put::Text("a test")),
        (4, list(buffers)),
        (6, list([metadata])),
    ];
    fields.extend(more);
    Put::Table(fields)
}

fn tflite_tensor(name: &'static str, kind: u8, shape: &[i32], buffer: u32) -> Put {
    let shape = Put::Numbers(shape.to_vec());
    table([(0, shape), (1, Put::U8(kind)), (2, Put::U32(buffer)), (3, Put::Text(name))])
}

fn graph() -> Put {
    let tensors = [
        tflite_tensor("x", 2, &[1, -1], 2),
        tflite_tensor("w", 17, &[3, 5], 1),
        tflite_tensor("y", 0, &[1, 8], 2),
    ];
    let operators = [operator(0, &[0, 1, -1], &[2]), operator(2, &[2], &[2])];
    let (inputs, outputs) = (Put::Numbers(vec![0]), Put::Numbers(vec![2]));
    table([(0, list(tensors)), (1, inputs), (2, outputs), (3, list(operators))])
}

fn operator(code: u32, inputs: &[i32], outputs: &[i32]) -> Put {
    let (inputs, outputs) = (Put::Numbers(inputs.to_vec()), Put::Numbers(outputs.to_vec()));
    table([(0, Put::U32(code)), (1, inputs), (2, outputs)])
}

fn signature(key: &'static str) -> Put {
    let map = |name, tensor| list([table([(0, Put::Text(name)), (1, Put::U32(tensor))])]);
    table([(0, map("tokens", 0)), (1, map("logits", 2)), (2, Put::Text(key))])
}

fn elsewhere(file: &'static str) -> Vec<(u16, Put)> {
    let group = table([(0, Put::Text(file))]);
    let place = [(0, Put::U32(1)), (1, Put::U32(0)), (2, Put::U64(1 << 33)), (3, Put::U64(8))];
    vec![(8, list([group])), (9, list([table(place)]))]
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
