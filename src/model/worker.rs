//! A worker: a runtime with limits of its own.

use super::arguments::{Arguments, wrong};
use super::json::Json;
use super::verdict::CompatibilityConfidence;
use crate::error::Result;
use serde::Serialize;

/// The limits of a worker. A list that is left out limits nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct WorkerProfile {
    /// A name for messages.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Families (`qwen`) or exact model types (`qwen3_moe`) that it loads.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub architectures: Option<Vec<String>>,
    /// Weight formats that it reads: a name, or a name with the confidence it deserves.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formats: Option<Vec<WorkerFormat>>,
    /// Quantization labels (`Q4_K_M`), methods (`awq`) or `none`, for weights that are not quantized.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantizations: Option<Vec<String>>,
    /// Tokens it can hold.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_context_length: Option<u64>,
    /// What it does with a model whose context is longer; `reject` where left out.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_policy: Option<ContextPolicy>,
}

/// A format, and how sure it is that the worker loads it (`high` where left out).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum WorkerFormat {
    /// The name alone.
    Name(String),
    /// The name with its confidence.
    Graded {
        /// `safetensors`, `gguf`, …
        format: String,
        /// How sure it is that the worker loads it.
        confidence: CompatibilityConfidence,
    },
}

impl WorkerFormat {
    fn read(path: &str, value: Json<'_>) -> Result<Self> {
        if let Some(name) = value.text() {
            return Ok(Self::Name(name.into_owned()));
        }
        let mut fields = Arguments::of(path.to_owned(), value)?;
        let format = fields.text("format")?;
        let words = [
            ("high", CompatibilityConfidence::High),
            ("medium", CompatibilityConfidence::Medium),
            ("low", CompatibilityConfidence::Low),
        ];
        let confidence =
            fields.choice("confidence", &words)?.unwrap_or(CompatibilityConfidence::High);
        fields.end()?;
        match format {
            Some(format) => Ok(Self::Graded { format, confidence }),
            None => Err(wrong(&format!("{path}.format"), "the name of a format", Json::NULL)),
        }
    }

    /// The format's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Name(name) | Self::Graded { format: name, .. } => name,
        }
    }

    /// How sure it is that the worker loads it.
    #[must_use]
    pub fn confidence(&self) -> CompatibilityConfidence {
        match self {
            Self::Name(_) => CompatibilityConfidence::High,
            Self::Graded { confidence, .. } => *confidence,
        }
    }
}

/// What a worker does with a model whose context is longer than it can hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum ContextPolicy {
    /// It refuses the model.
    #[default]
    Reject,
    /// It runs the model with a shorter context.
    Cap,
}

impl WorkerProfile {
    /// Reads a profile from its JSON.
    ///
    /// ```
    /// # use hubfit::WorkerProfile;
    /// let worker = WorkerProfile::from_json(br#"{ "formats": ["gguf"], "maxContextLength": 8192 }"#)?;
    /// assert_eq!(worker.max_context_length, Some(8192));
    /// # Ok::<(), hubfit::Error>(())
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let mut fields = Arguments::parse("worker", json)?;
        let worker = Self {
            name: fields.text("name")?,
            architectures: fields.texts("architectures")?,
            formats: fields.list("formats", WorkerFormat::read)?,
            quantizations: fields.texts("quantizations")?,
            max_context_length: fields.count("maxContextLength")?,
            context_policy: fields.choice(
                "contextPolicy",
                &[("reject", ContextPolicy::Reject), ("cap", ContextPolicy::Cap)],
            )?,
        };
        fields.end().map(|()| worker)
    }

    /// The worker that the compatibility contract (design document 003) describes: five families, safetensors
    /// (tested) or GGUF (aspirational), at most 32,768 tokens or rejected.
    #[must_use]
    pub fn reference() -> Self {
        let graded = |format: &str, confidence| WorkerFormat::Graded {
            format: format.to_owned(),
            confidence,
        };
        Self {
            name: Some("the reference worker".to_owned()),
            architectures: Some(
                ["llama", "mistral", "phi", "qwen", "gemma"].map(str::to_owned).to_vec(),
            ),
            formats: Some(vec![
                graded("safetensors", CompatibilityConfidence::High),
                graded("gguf", CompatibilityConfidence::Medium),
            ]),
            quantizations: None,
            max_context_length: Some(32_768),
            context_policy: Some(ContextPolicy::Reject),
        }
    }
}
