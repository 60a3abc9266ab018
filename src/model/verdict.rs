//! The answer to a check.

use super::metadata::VariantLabel;
use super::runtime::SupportRow;
use serde::Serialize;

/// Whether a model is compatible with a target, how sure that is, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct CompatibilityResult {
    /// Whether nothing refuses the model and everything needed is known.
    pub compatible: bool,
    /// How sure that is; `none` where the model is not compatible.
    pub confidence: CompatibilityConfidence,
    /// How the model would run.
    pub level: Level,
    /// Why the answer is what it is.
    pub reasons: Vec<String>,
    /// What to know before relying on it: assumed or guessed fields, caps, gates.
    pub warnings: Vec<String>,
    /// What would make it run, or run better.
    pub recommendations: Vec<String>,
    /// The same, in structure: one entry for each rule that had something to say.
    pub findings: Vec<Finding>,
    /// Of a check against a runtime: what was checked, and how sure the answer is.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Checked>,
}

/// What a check against a runtime looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Checked {
    /// The runtime: `vllm`.
    pub runtime: String,
    /// Its version: the one asked for, or the newest that was read; null where no version was read.
    pub version: Option<String>,
    /// The runtime inside, where another one's lists answer: `llama.cpp@b10488`.
    pub engine: Option<String>,
    /// What to mind where the version itself was not read.
    pub note: Option<String>,
    /// The variant that was judged: of several the one that runs best.
    pub variant: Option<VariantLabel>,
    /// How sure the answer is, in percent: from the grade of what is known of the model, the kind of each fact, and how
    /// near the version is to one that was read. 0 where the answer is not known.
    pub certainty: u32,
}

/// How sure a verdict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum CompatibilityConfidence {
    /// Not compatible, or not known to be.
    None,
    /// Rests on several assumed or guessed values, or on one and a little-tested format.
    Low,
    /// Rests on one assumed or guessed value, or on a format that is little tested.
    Medium,
    /// Every field is stated by a file of the model, or follows from its tags and file names.
    High,
}

impl CompatibilityConfidence {
    /// The next lower grade that still says "compatible".
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::High => Self::Medium,
            Self::Medium | Self::Low => Self::Low,
            Self::None => Self::None,
        }
    }
}

/// How a model would run, best first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As it is.
    #[default]
    Native,
    /// By a slower way: a generic implementation, emulated arithmetic, parts on the CPU.
    Fallback,
    /// By unpacking its weights when it loads: with the memory of a model that is not quantized.
    Dequantised,
    /// Something that matters is not known.
    Unknown,
    /// A rule refuses it.
    Refused,
}

/// One rule's result.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Stable name: `architecture_unsupported`.
    pub code: String,
    /// What it does to the verdict.
    pub severity: Severity,
    /// One sentence for a person.
    pub message: String,
    /// The field of the metadata that was looked at.
    pub field: String,
    /// What to do about it.
    pub recommendation: Option<String>,
    /// The facts behind it.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<UsedFact>,
}

/// A fact of the knowledge base that a finding rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct UsedFact {
    /// Whose fact it is: `vllm`.
    pub runtime: String,
    /// The release that was read for it: `pypi:vllm@0.33.0`; null of a fact that is written by hand.
    pub artefact: Option<String>,
    /// The row, or what was looked for and not found.
    pub row: SupportRow,
}

/// What a finding does to the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Supports the verdict.
    Info,
    /// Lets it stand, with something to know.
    Warning,
    /// Something needed is not known.
    Unknown,
    /// Refuses the model.
    Error,
}

impl Finding {
    pub(crate) fn new(code: &str, severity: Severity, field: &str, message: String) -> Self {
        let (code, field) = (code.to_owned(), field.to_owned());
        Self { code, severity, message, field, recommendation: None, facts: Vec::new() }
    }

    pub(crate) fn recommend(self, what: impl Into<String>) -> Self {
        Self { recommendation: Some(what.into()), ..self }
    }
}
