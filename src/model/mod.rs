//! The words of the project as types: what a listing says, what we make of it, and what we answer.

pub(crate) mod arguments;
pub mod config_facts;
pub mod file_evidence;
pub mod file_facts;
pub mod genai_facts;
pub mod geometry;
mod geometry_json;
pub(crate) mod grouped;
pub mod hardware;
pub mod json;
mod lenient;
pub mod listing;
pub mod memory;
pub mod metadata;
pub(crate) mod nearest;
pub mod needs;
pub(crate) mod order;
pub mod plan;
pub(crate) mod quoted;
pub mod runtime;
pub mod runtime_memory;
pub(crate) mod said;
pub mod spread;
pub mod target;
pub mod transformers_js;
mod unread;
pub mod variant;
pub mod verdict;
pub mod weight_layout;
pub mod worker;

pub use geometry::Geometry;
pub use hardware::{Device, Hardware, KnownDevice};
pub use json::Json;
pub use lenient::{Field, Found, Shape, Text};
pub use listing::ListingItem;
pub use metadata::{Evidence, Grade, ModelMetadata, Problem};
pub use runtime::{KnownRelease, KnownRuntime, KnownTable, RuntimeSupport, SupportRow};
pub use unread::Unread;
pub use variant::{Grouping, ModelFile, Sidecar, SidecarKind, Variant};
pub use verdict::{
    Checked, CompatibilityConfidence, CompatibilityResult, Finding, Level, Severity, UsedFact,
};
pub use worker::{ContextPolicy, WorkerFormat, WorkerProfile};
