//! What models take in memory, runtime by runtime: weights, caches, states, buffers.

mod answer;
mod ask;
mod elements;
pub mod llama_cpp;
pub mod mlx;
mod quantity;
mod runtime;
pub mod sglang;
mod step;
pub mod transformers;
pub mod vllm;

pub use runtime::{runtime_estimate, runtime_ids};
