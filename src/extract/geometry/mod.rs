//! Geometry from what the files of a model say.
//!
//! From a GGUF header it is read the way llama.cpp v0.5.0 does (`src/llama-model.cpp`, `src/models/*.cpp`:
//! `load_hparams`), so that what is computed from it is what llama.cpp allocates.

mod config;
mod feed_forward;
mod gguf;
mod gguf_keys;
mod recurrence;
mod roles;
mod weights;
mod windows;

pub use config::of_config;
pub use gguf::of_gguf;
pub use weights::weights_of_gguf;
