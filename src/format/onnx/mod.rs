//! onnx files.
