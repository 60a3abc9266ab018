//! safetensors files: tensors, shards, and how many parameters they hold.
//!
//! A file is eight bytes of length, a header of JSON, and the tensors' data. The header alone is read
//! ([`SafetensorsReader`]); an index says which file of a set holds which tensor ([`SafetensorsIndex`]); what a
//! quantized checkpoint stores as words of several weights each is counted as the weights it stands for
//! ([`count_parameters`]).

mod config;
mod dtype;
mod entry;
mod facts;
mod header;
mod index;
mod layout;
mod logical;
mod methods;
mod packing;
mod pattern;
mod quantization;
mod reader;
mod scheme;
mod set;
mod shards;
mod tensors;

pub use crate::model::config_facts::QuantizationScheme;
pub use dtype::Dtype;
pub use facts::{DtypeTotal, Problem, SafetensorsFacts};
pub use index::{MAX_INDEX_BYTES, MAX_SHARDS, SafetensorsIndex, Shard};
pub use logical::{ParameterCounts, count_parameters};
pub use quantization::Quantization;
pub use reader::{FIRST_BYTES, MAX_HEADER_BYTES, SafetensorsReader};
pub use set::SafetensorsSet;
pub(crate) use shards::is_safe as is_safe_path;
pub(crate) use tensors::Builder as TensorsBuilder;
pub use tensors::{Tensor, Tensors};
