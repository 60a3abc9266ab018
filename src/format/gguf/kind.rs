//! What a file is: a model or something that goes with one.

use super::facts::GgufFacts;

/// What a GGUF file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A model, or a part of one.
    Model,
    /// A vision or audio projector (`mmproj`).
    Projector,
    /// A `LoRA` adapter.
    Adapter,
    /// An importance matrix, for quantizing.
    Imatrix,
    /// A control vector.
    ControlVector,
    /// A tokenizer without weights.
    Vocabulary,
}

impl Kind {
    pub(super) fn of(facts: &GgufFacts) -> Self {
        let architecture = facts.architecture().unwrap_or_default();
        match (facts.text("general.type").unwrap_or_default(), architecture) {
            ("imatrix", _) | (_, "imatrix") => Self::Imatrix,
            (_, "controlvector") => Self::ControlVector,
            ("mmproj", _) | (_, "clip") => Self::Projector,
            ("adapter", _) => Self::Adapter,
            _ => Self::by_content(facts),
        }
    }

    /// Files that were made before `general.type` was.
    fn by_content(facts: &GgufFacts) -> Self {
        let has = |key| facts.value(key).is_some();
        let named = |part: &str| facts.tensors.iter().any(|tensor| tensor.name.ends_with(part));
        if has("adapter.type") || named(".lora_a") {
            Self::Adapter
        } else if has("imatrix.datasets") || has("imatrix.chunk_count") {
            Self::Imatrix
        } else if has("clip.has_vision_encoder") || has("clip.has_audio_encoder") {
            Self::Projector
        } else if Self::is_vocabulary(facts) {
            Self::Vocabulary
        } else {
            Self::Model
        }
    }

    /// The first file of a split model may have no tensors either.
    fn is_vocabulary(facts: &GgufFacts) -> bool {
        let split = facts.split.is_some_and(|split| split.count > 1);
        facts.tensors.is_empty() && !split && facts.value("tokenizer.ggml.model").is_some()
    }
}
