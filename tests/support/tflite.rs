//! Writes small TFLite files; fields are named by their place in the schema.

use crate::flatbuffer::{self, Put};

pub(crate) fn table(fields: impl IntoIterator<Item = (u16, Put)>) -> Put {
    Put::Table(fields.into_iter().collect())
}

pub(crate) fn list(items: impl IntoIterator<Item = Put>) -> Put {
    Put::List(items.into_iter().collect())
}

pub(crate) fn tflite_tensor(name: &'static str, kind: u8, shape: &[i32], buffer: u32) -> Put {
    let shape = Put::Numbers(shape.to_vec());
    table([(0, shape), (1, Put::U8(kind)), (2, Put::U32(buffer)), (3, Put::Text(name))])
}

pub(crate) fn operator(code: u32, inputs: &[i32], outputs: &[i32]) -> Put {
    let (inputs, outputs) = (Put::Numbers(inputs.to_vec()), Put::Numbers(outputs.to_vec()));
    table([(0, Put::U32(code)), (1, inputs), (2, outputs)])
}

/// A file of a model with these graphs, and more fields than every model has.
pub(crate) fn tflite(
    graphs: impl IntoIterator<Item = Put>,
    more: impl IntoIterator<Item = (u16, Put)>,
) -> Vec<u8> {
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
        (1, list(codes)),
        (2, list(graphs)),
        (3, Put::Text("a test")),
        (4, list(buffers)),
        (6, list(metadata)),
    ];
    flatbuffer::write(vec![], &table(fields.into_iter().chain(more)))
}

pub(crate) fn subgraph() -> Put {
    let tensors = [
        tflite_tensor("x", 2, &[1, -1], 2),
        tflite_tensor("w", 17, &[3, 5], 1),
        tflite_tensor("y", 0, &[1, 8], 2),
    ];
    let operators =
        [operator(0, &[0, 1, -1], &[2]), operator(1, &[2], &[2]), operator(2, &[2], &[2])];
    let (inputs, outputs) = (Put::Numbers(vec![0]), Put::Numbers(vec![2]));
    table([(0, list(tensors)), (1, inputs), (2, outputs), (3, list(operators))])
}

/// The field of signatures with these keys.
pub(crate) fn signatures(keys: &[&'static str]) -> (u16, Put) {
    let map = |name, tensor| list([table([(0, Put::Text(name)), (1, Put::U32(tensor))])]);
    let signature =
        |&key| table([(0, map("tokens", 0)), (1, map("logits", 2)), (2, Put::Text(key))]);
    (7, list(keys.iter().map(signature)))
}

/// The fields of a buffer in another file.
pub(crate) fn buffer_in(file: &'static str) -> [(u16, Put); 2] {
    let group = table([(0, Put::Text(file))]);
    let place = [(0, Put::U32(1)), (1, Put::U32(0)), (2, Put::U64(1 << 33)), (3, Put::U64(8))];
    [(8, list([group])), (9, list([table(place)]))]
}
