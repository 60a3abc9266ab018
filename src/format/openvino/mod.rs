//! OpenVINO IR: the layers of a graph, their types, and the constants in the `.bin` file beside it.
//!
//! The graph is XML (openvino `docs/articles_en/documentation/openvino-ir-format.rst`; files written by 2026.4), the data of its constants a file of the same name with
//! the ending `.bin`. The XML is read from front to back, because what was done to the model stands at its end.

mod ir;
mod reader;
mod xml;

pub use reader::OpenvinoReader;
