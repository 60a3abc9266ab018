//! Which files load as one model, and which accompany those.

use super::metadata::Grade;
use super::transformers_js::TransformersJsFacts;
use serde::Serialize;

/// The files of a repository, grouped: each stands in one place.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Grouping {
    /// The sets of files that load as one model, the most preferred format first; of one format copies last, and plain
    /// ones before those with a name; then by path.
    pub variants: Vec<Variant>,
    /// The variant that one would take first, by the file to open first: of the first format `Q4_K_M`, which llama.cpp
    /// takes where it is not told which, else the first with a label, else the first. Null where there is none.
    pub first: Option<String>,
    /// What transformers.js loads of them; null where no file has the name of one of its sessions.
    pub transformers_js: Option<TransformersJsFacts>,
    /// Files that accompany those, by path.
    pub sidecars: Vec<Sidecar>,
    /// The other files, by path.
    pub others: Vec<ModelFile>,
}

/// The set of files that loads as one model: one GGUF quant with its shards, one safetensors set with its index, one
/// ONNX dtype with all its sessions and external data.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Variant {
    /// `safetensors`, `gguf`, …
    pub format: String,
    /// `Q4_K_M`, `awq-4bit`, …; null where it is not quantized or, graded `unknown`, where nothing says so.
    pub quantization: Option<String>,
    /// How sure the label is.
    pub grade: Grade,
    /// What loaders call it by, where it is not the plain one: `fp16` of `model.fp16.safetensors`. A pipeline takes the
    /// parts that its `fp16` lacks from the plain variant.
    pub name: Option<String>,
    /// The folder that holds it; empty for the repository itself.
    pub folder: String,
    /// The file to open first: it holds the header that says most. Null where no files are listed.
    pub primary_file: Option<String>,
    /// All its files, weights and what belongs to them, by path. Configs and tokenizers, which variants share, are
    /// not among them.
    pub files: Vec<ModelFile>,
    /// Bytes of all its files; null where the size of one is not known.
    pub size_bytes: Option<u64>,
    /// How many files of weights there are.
    pub shards: u64,
    /// How many there should be, by their names; null where those do not say.
    pub expected_shards: Option<u64>,
    /// Shards that are missing, the first hundred.
    pub missing_files: Vec<String>,
    /// Whether no file is missing, as far as names tell.
    pub complete: bool,
    /// Whether its shards are pieces of one file, which must be joined before it loads.
    pub joined: bool,
    /// The file to open first of the variant whose weights these are again: in the layout of the model's author
    /// (`consolidated*`, `original/`), or in shards beside one whole file.
    pub copy_of: Option<String>,
}

/// A file of a repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ModelFile {
    /// Its path inside the repository.
    pub path: String,
    /// Bytes, where known.
    pub size: Option<u64>,
}

/// A file that accompanies variants and is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Sidecar {
    /// What it is.
    pub kind: SidecarKind,
    /// `gguf`, `safetensors`, …; `other` for one that is in none of the formats of weights.
    pub format: String,
    /// The file.
    pub file: ModelFile,
    /// The precision that its name tells: `F16`, `Q8_0`.
    pub quantization: Option<String>,
    /// The variants that a projector or a draft head is taken with, by their primary files: of several of a kind, the
    /// one that shares the deepest folder with a variant, then the one with the nearest number of bits, as llama.cpp
    /// takes them. Null of other kinds, between which nothing chooses.
    pub variants: Option<Vec<String>>,
}

/// What a sidecar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum SidecarKind {
    /// A vision or audio projector (`mmproj`).
    Projector,
    /// The head that predicts several tokens (`mtp`).
    Mtp,
    /// A small model or head whose guesses the model checks: EAGLE, `DFlash`, a draft model.
    Draft,
    /// A `LoRA` adapter.
    Adapter,
    /// A control vector.
    ControlVector,
    /// An importance matrix, for quantizing.
    Imatrix,
    /// A GGUF file with a tokenizer and no weights.
    Vocabulary,
    /// A file of the tokenizer: `tokenizer.json`, `tokenizer.model`, `vocab.txt`.
    Tokenizer,
    /// A chat template in a file of its own.
    ChatTemplate,
    /// Another part of the model in a file of its own: an audio codec, an image decoder, a text encoder.
    Component,
}
