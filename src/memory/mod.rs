//! What models take in memory, runtime by runtime: weights, caches, states, buffers.

pub mod llama_cpp;
pub mod plan;
pub mod usable;
