//! The words of the project as types: what a listing says, what we make of it, and what we answer.

pub(crate) mod arguments;
pub(crate) mod json;
mod lenient;
pub mod listing;
pub mod metadata;
pub mod verdict;
pub mod worker;

pub use lenient::{Field, Found, List, Text};
pub use listing::ListingItem;
pub use metadata::{Evidence, Grade, ModelMetadata, Problem};
pub use verdict::{CompatibilityConfidence, CompatibilityResult, Finding, Level, Severity};
pub use worker::{ContextPolicy, WorkerFormat, WorkerProfile};
