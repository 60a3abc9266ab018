//! Format readers: every fact a model file states, from as few bytes as possible.
//!
//! A reader is a state machine over byte ranges. It says which bytes it wants, is given them, and says what it
//! found or which bytes it wants next. It never fetches: the drivers in `ts/io` and `src/client` do, and tests
//! feed slices.
//!
//! ```
//! use hubfit::format::{Reader, Step};
//!
//! /// Reads a file that is in memory.
//! fn read<R: Reader>(mut reader: R, file: &[u8]) -> hubfit::Result<R::Facts> {
//!     let mut wanted = reader.start();
//!     loop {
//!         let end = (wanted.end as usize).min(file.len());
//!         let bytes = file.get(wanted.start as usize..end).unwrap_or_default();
//!         match reader.feed(bytes)? {
//!             Step::Need(more) => wanted = more,
//!             Step::Done(facts) => return Ok(facts),
//!         }
//!     }
//! }
//! ```

pub(crate) mod bytes;
pub mod chat_template;
pub(crate) mod container;
pub mod coreml;
mod draft;
mod file_format;
mod flatbuffer;
pub mod gguf;
pub(crate) mod held;
pub mod keras;
pub mod numpy;
pub mod onnx;
pub mod openvino;
pub mod pickle;
pub mod problem;
mod protobuf;
pub mod pytorch;
mod reads;
pub mod safetensors;
mod stream;
pub mod tflite;
pub mod zip;

pub use file_format::FileFormat;
pub(crate) use safetensors::is_safe_path;

use crate::error::Result;
use std::ops::Range;

/// What a reader says of the bytes it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<T> {
    /// It wants these bytes of the file: at least one, and never those it was given before.
    Need(Range<u64>),
    /// It has all it wants.
    Done(T),
}

/// Reads the facts of one file.
pub trait Reader {
    /// What the file states.
    type Facts;

    /// The bytes it wants first.
    fn start(&self) -> Range<u64>;

    /// Takes the bytes of the range it asked for last: all of them, or fewer where the file ends.
    fn feed(&mut self, bytes: &[u8]) -> Result<Step<Self::Facts>>;
}
