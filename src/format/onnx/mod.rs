//! ONNX files: operators, operator sets, tensors and where they are, inputs and outputs.
//!
//! An ONNX file is one protocol buffer (onnx `onnx/onnx.proto`, IR version 14). It is scanned from front to back, and
//! the data of tensors is passed over: a graph beside its weights takes one read or two, and a graph that holds them
//! one read more for each large tensor, up to a limit.

mod data_type;
mod model;
mod reader;
mod schema;
mod tensor;

pub use reader::OnnxReader;
