//! What we know of a model, field by field, with the evidence for each.

use super::arguments::Arguments;
use super::json::Json;
use super::lenient::Found;
use super::verdict::Finding;
use crate::error::Result;
use serde::Serialize;

/// What we know of a model. The first six fields are those of the metadata contract; where a value is not
/// known they hold `"unknown"`, `null` or `0`, and [`evidence`](ModelMetadata::evidence) says so.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ModelMetadata {
    /// Family name: `llama`, `qwen`, …; the exact `model_type` where it belongs to no family; or `unknown`.
    pub architecture: String,
    /// `safetensors`, `gguf`, `onnx`, `pytorch`, …; the first in that order that the files hold; or `unknown`.
    pub format: String,
    /// Label of the variant one would take first: `Q4_K_M`, `awq-4bit`, …; null where weights are not quantized.
    pub quantization: Option<String>,
    /// Parameters in words: `8.03B`, `596M`; or `unknown`.
    pub parameters: String,
    /// Bytes of all files whose size is known; 0 where none is.
    pub size_bytes: u64,
    /// Tokens; 2048 where nothing states it, and then its evidence is graded `assumed`.
    pub max_context_length: u64,
    /// `org/name`.
    pub id: String,
    /// The exact registry name behind `architecture`: `qwen3_moe`.
    pub model_type: Option<String>,
    /// The class that `config.architectures` names: `Qwen3MoeForCausalLM`.
    pub architecture_class: Option<String>,
    /// All weight formats of the repository.
    pub formats: Vec<String>,
    /// Labels of all variants, each once.
    pub quantizations: Vec<String>,
    /// Format and label of each variant.
    pub variants: Vec<VariantLabel>,
    /// Number of parameters.
    pub parameter_count: Option<u64>,
    /// Number of parameters used per token, where a mixture of experts states it.
    pub active_parameter_count: Option<u64>,
    /// The task, from the Hub's list of pipeline tags.
    pub task: Option<String>,
    /// The model this one is an adapter of: it loads on top of that one only.
    pub adapter_of: Option<String>,
    /// `auto` or `manual`, where the files need accepted terms.
    pub gated: Option<String>,
    /// Where each field is from.
    pub evidence: MetadataEvidence,
    /// Where two sources say different things.
    pub findings: Vec<Finding>,
    /// Fields of the listing that could not be read.
    pub problems: Vec<Problem>,
}

/// Format and label of a variant.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct VariantLabel {
    /// `safetensors`, `gguf`, …
    pub format: String,
    /// `Q4_K_M`, `awq-4bit`, …; null where it is not quantized or, graded `unknown`, where nothing says so.
    pub quantization: Option<String>,
    /// How sure the label is.
    pub grade: Grade,
}

impl VariantLabel {
    pub(crate) fn new(format: &str, quantization: Option<String>, grade: Grade) -> Self {
        Self { format: format.to_owned(), quantization, grade }
    }

    fn read(path: &str, value: Json<'_>) -> Result<Self> {
        let mut fields = Arguments::of(path.to_owned(), value)?;
        let format = fields.text("format")?.unwrap_or_default();
        let quantization = fields.text("quantization")?;
        let grade = fields.choice("grade", &Grade::WORDS)?.unwrap_or_default();
        Ok(Self { format, quantization, grade })
    }
}

/// Where each field of [`ModelMetadata`] is from.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct MetadataEvidence {
    /// Of `architecture`.
    pub architecture: Evidence,
    /// Of `format`.
    pub format: Evidence,
    /// Of `quantization`.
    pub quantization: Evidence,
    /// Of `parameters`.
    pub parameters: Evidence,
    /// Of `sizeBytes`.
    pub size_bytes: Evidence,
    /// Of `maxContextLength`.
    pub max_context_length: Evidence,
}

/// Tokens that the compatibility contract (design document 003) assumes where nothing states them.
pub const ASSUMED_CONTEXT: u64 = 2048;

/// Where a value is from and how much that is worth.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// The key or rule: `config.model_type`, `tags`, `id`, `default`.
    pub source: String,
    /// How much it is worth.
    pub grade: Grade,
    /// The text that was read, or what was done with it.
    pub detail: Option<String>,
}

/// How much evidence is worth, best first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// A file of the model says so.
    Stated,
    /// Follows from tags or file names, which are usually right.
    Derived,
    /// Read out of the name; names lie.
    Guessed,
    /// Nothing says so: a documented default.
    Assumed,
    /// Not known.
    #[default]
    Unknown,
}

impl Grade {
    pub(crate) const WORDS: [(&str, Self); 5] = [
        ("stated", Self::Stated),
        ("derived", Self::Derived),
        ("guessed", Self::Guessed),
        ("assumed", Self::Assumed),
        ("unknown", Self::Unknown),
    ];
}

impl ModelMetadata {
    /// Reads metadata back from its JSON. Only what a check looks at must be there: the six fields of the
    /// contract, of which those that are left out count as not known. Keys it does not know are skipped.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let mut fields = Arguments::parse("metadata", json)?;
        let evidence = fields.object("evidence")?.map(MetadataEvidence::read).transpose()?;
        let mut evidence = evidence.unwrap_or_default();
        let context = fields.count("maxContextLength")?.filter(|&tokens| tokens > 0);
        if context.is_none() {
            evidence.max_context_length = Evidence::new("default", Grade::Assumed);
        }
        let known = |text: Option<String>| text.unwrap_or_else(|| "unknown".to_owned());
        Ok(Self {
            architecture: known(fields.text("architecture")?),
            format: known(fields.text("format")?),
            quantization: fields.text("quantization")?,
            parameters: known(fields.text("parameters")?),
            size_bytes: fields.count("sizeBytes")?.unwrap_or(0),
            max_context_length: context.unwrap_or(ASSUMED_CONTEXT),
            id: fields.text("id")?.unwrap_or_default(),
            model_type: fields.text("modelType")?,
            architecture_class: fields.text("architectureClass")?,
            formats: fields.texts("formats")?.unwrap_or_default(),
            quantizations: fields.texts("quantizations")?.unwrap_or_default(),
            variants: fields.list("variants", VariantLabel::read)?.unwrap_or_default(),
            parameter_count: fields.count("parameterCount")?,
            active_parameter_count: fields.count("activeParameterCount")?,
            task: fields.text("task")?,
            adapter_of: fields.text("adapterOf")?,
            gated: fields.text("gated")?,
            evidence,
            // No check looks at them.
            findings: Vec::new(),
            problems: fields.list("problems", Problem::read)?.unwrap_or_default(),
        })
    }
}

impl MetadataEvidence {
    fn read(mut fields: Arguments<'_>) -> Result<Self> {
        let mut of =
            |key| fields.object(key)?.map_or_else(|| Ok(Evidence::default()), Evidence::read);
        Ok(Self {
            architecture: of("architecture")?,
            format: of("format")?,
            quantization: of("quantization")?,
            parameters: of("parameters")?,
            size_bytes: of("sizeBytes")?,
            max_context_length: of("maxContextLength")?,
        })
    }
}

impl Evidence {
    fn read(mut fields: Arguments<'_>) -> Result<Self> {
        Ok(Self {
            source: fields.text("source")?.unwrap_or_default(),
            grade: fields.choice("grade", &Grade::WORDS)?.unwrap_or_default(),
            detail: fields.text("detail")?,
        })
    }

    pub(crate) fn new(source: impl Into<String>, grade: Grade) -> Self {
        Self { source: source.into(), grade, detail: None }
    }

    pub(crate) fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

/// A field of the listing that could not be read: it was left out, the rest was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// The field's path: `config.model_type`.
    pub field: String,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl Problem {
    fn read(path: &str, value: Json<'_>) -> Result<Self> {
        let mut fields = Arguments::of(path.to_owned(), value)?;
        Ok(Self {
            field: fields.text("field")?.unwrap_or_default(),
            expected: fields.text("expected")?.unwrap_or_default(),
            found: fields.text("found")?.unwrap_or_default(),
        })
    }

    pub(crate) fn new(field: String, expected: &str, found: Found) -> Self {
        Self { field, expected: expected.to_owned(), found: found.to_string() }
    }
}
