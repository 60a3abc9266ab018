//! What `torch.save` and `torch.jit.save` write, and plain pickles.
//!
//! Since 1.6 a file is a zip archive: `data.pkl` describes the tensors, `data/<key>` holds their storages. Before, it was
//! five pickles in a row, the first of them a magic number, with the storages behind. A TorchScript archive has code and
//! constants beside. Nothing is loaded: [`pickle`](super::pickle) reads the opcodes.
//!
//! Sources: torch 2.15 `torch/serialization.py`, `caffe2/serialize/inline_container.{h,cc}`.

mod archive;
mod facts;
mod other;
mod plan;
mod reader;

pub use facts::{PytorchContainer, PytorchFacts};
pub(crate) use reader::MANNER;
pub use reader::PytorchReader;
