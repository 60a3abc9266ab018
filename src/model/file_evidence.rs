//! What the header of one file said, as evidence about the model.

use super::json::Json;
use super::lenient::{Field, Shape, Text};

/// What a caller read in a file's header: the part of [`FileFacts`](super::file_facts::FileFacts) that tells
/// something about the model as a whole.
#[derive(Clone, Debug, Default)]
pub struct FileEvidence<'a> {
    /// Its path inside the repository.
    pub path: Field<Text<'a>>,
    /// `gguf`, `safetensors`, ….
    pub format: Field<Text<'a>>,
    /// `model`, or what goes with one.
    pub kind: Field<Text<'a>>,
    /// `general.architecture` of a GGUF file.
    pub architecture: Field<Text<'a>>,
    /// Tokens.
    pub context_length: Field<u64>,
    /// Number of elements of its tensors.
    pub element_count: Field<u64>,
    /// The label that follows from its tensors.
    pub quantization: Field<Text<'a>>,
    /// How many parts the model is split into, where it is.
    pub parts: Field<u64>,
}

impl<'a> Shape<'a> for FileEvidence<'a> {
    fn of(json: Json<'a>) -> Option<Self> {
        let [path, format, kind, architecture] =
            json.pick(["path", "format", "kind", "architecture"]);
        let [context_length, element_count, quantization, split] =
            json.pick(["contextLength", "elementCount", "quantization", "split"]);
        json.is_object().then(|| Self {
            path: Field::of(path),
            format: Field::of(format),
            kind: Field::of(kind),
            architecture: Field::of(architecture),
            context_length: Field::of(context_length),
            element_count: Field::of(element_count),
            quantization: Field::of(quantization),
            parts: Field::of(split.get("count")),
        })
    }
}

impl FileEvidence<'_> {
    /// Whether it is a GGUF file that holds the model, or a part of it.
    pub(crate) fn is_gguf_model(&self) -> bool {
        let is =
            |field: &Field<Text<'_>>, word: &str| field.valid().is_some_and(|text| **text == *word);
        is(&self.format, "gguf") && is(&self.kind, "model")
    }

    /// Whether it is not a part of a split model.
    pub(crate) fn is_whole(&self) -> bool {
        self.parts.valid().is_none_or(|parts| *parts < 2)
    }
}
