//! Core ML files: the specification version and the oldest system it runs on, inputs and outputs, the operations of
//! a program and its weights.
//!
//! An `.mlmodel` file is one protocol buffer (coremltools 9.0 `mlmodel/format/Model.proto`, `MIL.proto`). An
//! `.mlpackage` is a folder whose `Manifest.json` says where that file is. [`CoremlReader`] reads both.

mod manifest;
mod model;
mod names;
mod program;
mod reader;
mod schema;

pub use reader::CoremlReader;
