//! The answer to a check.

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

/// How a model would run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As it is.
    Native,
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
