//! What models take in memory, runtime by runtime: weights, caches, states, buffers.

mod answer;
mod ask;
mod browser;
mod by_rule;
pub mod diffusers;
mod elements;
pub mod llama_cpp;
mod llama_family;
pub mod mlx;
pub mod onnx;
pub mod plan;
mod quantity;
mod runtime;
pub mod sglang;
mod step;
pub mod training;
pub mod transformers;
pub mod usable;
pub mod vllm;
pub mod web_llm;
mod whisper;

pub use ask::Ask;
pub use browser::Browser;
pub use elements::Store;
pub use runtime::{runtime_estimate, runtime_ids};
