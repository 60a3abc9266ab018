//! Which models on the Hugging Face Hub run on this hardware, in this runtime, and which file should I take?
//!
//! This crate is the core: pure functions of bytes and values. It reads what the Hub and the files of a model
//! say, merges it into [`ModelMetadata`] with evidence for each field, and checks it against a
//! [`WorkerProfile`]. It sends no request, reads no file and no clock.
//!
//! ```
//! use hubfit::{WorkerProfile, check_model_compatibility, read_model};
//!
//! let model = read_model(br#"{
//!     "id": "TinyLlama/TinyLlama-1.1B-Chat-v1.0",
//!     "config": { "model_type": "llama", "max_position_embeddings": 2048 },
//!     "siblings": [{ "rfilename": "model.safetensors" }]
//! }"#)?;
//! let verdict = check_model_compatibility(&model, &WorkerProfile::reference());
//! assert!(verdict.compatible);
//! # Ok::<(), hubfit::Error>(())
//! ```
//!
//! # Scope
//!
//! Not an inference engine, not a downloader, not a benchmark runner. `unknown` is an answer, and a guess is
//! never shown as a fact.
//!
//! # Features
//!
//! - `boundary`, and a feature for each of its modules: what the npm package ships.
//! - `gloo`: a Hub client for Rust front ends.

pub mod catalog;
#[cfg(feature = "gloo")]
pub mod client;
pub mod compat;
mod error;
pub mod extract;
pub mod facts;
pub mod format;
pub mod hub;
pub mod memory;
pub mod model;
#[cfg(feature = "boundary")]
pub mod wasm;

pub use error::{Error, Result};
pub use model::{CompatibilityResult, ListingItem, ModelMetadata, WorkerProfile};

/// Reads one model from its JSON: a row of a listing, or a single model's answer.
///
/// Fields of a wrong type are left out and reported in [`ModelMetadata::problems`]; text that is not JSON, or
/// is no object, is an error.
pub fn read_model(json: &[u8]) -> Result<ListingItem<'_>> {
    hub::page::read_item(json)
}

/// What we know of a model.
#[must_use]
pub fn extract_model_metadata(model: &ListingItem<'_>) -> ModelMetadata {
    extract::metadata(model)
}

/// Checks a listing item against a worker.
#[must_use]
pub fn check_model_compatibility(
    model: &ListingItem<'_>,
    worker: &WorkerProfile,
) -> CompatibilityResult {
    compat::check(&extract::metadata(model), worker)
}

/// Checks metadata against a worker.
#[must_use]
pub fn check_model_worker_compatibility(
    model: &ModelMetadata,
    worker: &WorkerProfile,
) -> CompatibilityResult {
    compat::check(model, worker)
}

/// Whether metadata is compatible with a worker.
#[must_use]
pub fn is_model_compatible(model: &ModelMetadata, worker: &WorkerProfile) -> bool {
    compat::check(model, worker).compatible
}

/// The rows of a listing page that are compatible with a worker, in order, and those that could not be read.
///
/// The page is the JSON that the Hub's list route answers. One bad row never sinks it.
pub fn filter_compatible_models(page: &[u8], worker: &WorkerProfile) -> Result<hub::Rows> {
    hub::page::select(page, |item| compat::accepts(item, worker))
}
