//! GGUF: the container of llama.cpp and everything around it.
//!
//! [`GgufReader`] reads the header: keys, tensors, and what follows from them. It asks for
//! [`FIRST_READ`](limits::FIRST_READ) bytes, which hold the usual header, and for at most two more ranges.
//! Vocabularies are passed over, not decoded: their length and place are kept, and
//! [`GgufFacts::texts`] decodes them from their bytes when somebody wants them.
//!
//! Sources: ggml `docs/gguf.md`; llama.cpp v0.5.0 `ggml/src/gguf.cpp`, whose refusals are reported as
//! [`problems`](GgufFacts::problems) and do not stop the reader as long as it can go on.
//!
//! ```
//! use hubfit::format::{Reader, Step, gguf::GgufReader};
//!
//! let mut file = b"GGUF\x03\0\0\0".to_vec();
//! file.extend(0_u64.to_le_bytes()); // tensors
//! file.extend(1_u64.to_le_bytes()); // keys
//! file.extend([20, 0, 0, 0, 0, 0, 0, 0]);
//! file.extend(b"general.architecture\x08\0\0\0\x05\0\0\0\0\0\0\0llama");
//!
//! let mut reader = GgufReader::new(Some(file.len() as u64));
//! let Step::Done(facts) = reader.feed(&file)? else { unreachable!() };
//! assert_eq!(facts.architecture(), Some("llama"));
//! # Ok::<(), hubfit::Error>(())
//! ```

mod chat_template;
mod cursor;
mod decode;
mod entry;
mod facts;
mod file_type;
mod header;
mod histogram;
mod kind;
mod label;
pub mod limits;
mod parser;
mod placement;
mod problem;
mod reader;
mod split;
mod tensor;
mod tensor_type;
#[cfg(test)]
mod testing;
mod value;
mod walk;

pub use chat_template::ChatTemplate;
pub use facts::GgufFacts;
pub use file_type::FileType;
pub use histogram::{Histogram, TypeCount};
pub use kind::Kind;
pub use label::{Certainty, Label};
pub use problem::{Problem, ProblemCode, Problems};
pub use reader::GgufReader;
pub use split::{ShardName, Split};
pub use tensor::Tensor;
pub use tensor_type::{TensorType, TypeState};
pub use value::{Entry, List, Value, ValueType, Values};
