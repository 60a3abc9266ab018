//! Graph files: what is told, in how many requests, and what no file can do.

#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a test may fail loudly, and its files are small"
)]

mod any_bytes;
mod coreml;
mod litertlm;
mod onnx;
mod openvino;
mod read;
mod samples;
mod splits;
mod tflite;

#[path = "../support/flatbuffer.rs"]
mod flatbuffer;
#[path = "../support/protobuf.rs"]
mod protobuf;
#[path = "../support/tflite.rs"]
mod tflite_writer;
