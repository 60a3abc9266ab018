//! Which files load as one model, and which accompany those.

use super::arguments::Arguments;
use super::json::Json;
use super::metadata::Grade;
use crate::error::Result;
use serde::Serialize;

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    #[default]
    Component,
}

impl SidecarKind {
    const WORDS: [(&str, Self); 10] = [
        ("projector", Self::Projector),
        ("mtp", Self::Mtp),
        ("draft", Self::Draft),
        ("adapter", Self::Adapter),
        ("control_vector", Self::ControlVector),
        ("imatrix", Self::Imatrix),
        ("vocabulary", Self::Vocabulary),
        ("tokenizer", Self::Tokenizer),
        ("chat_template", Self::ChatTemplate),
        ("component", Self::Component),
    ];
}

impl Variant {
    pub(crate) fn read(path: &str, value: Json<'_>) -> Result<Self> {
        let mut fields = Arguments::of(path.to_owned(), value)?;
        Ok(Self {
            format: fields.text("format")?.unwrap_or_default(),
            quantization: fields.text("quantization")?,
            grade: fields.choice("grade", &Grade::WORDS)?.unwrap_or_default(),
            name: fields.text("name")?,
            folder: fields.text("folder")?.unwrap_or_default(),
            primary_file: fields.text("primaryFile")?,
            files: fields.list("files", ModelFile::read)?.unwrap_or_default(),
            size_bytes: fields.count("sizeBytes")?,
            shards: fields.count("shards")?.unwrap_or(0),
            expected_shards: fields.count("expectedShards")?,
            missing_files: fields.texts("missingFiles")?.unwrap_or_default(),
            complete: fields.flag("complete")?,
            joined: fields.flag("joined")?,
            copy_of: fields.text("copyOf")?,
        })
    }
}

impl ModelFile {
    fn read(path: &str, value: Json<'_>) -> Result<Self> {
        Self::of(Arguments::of(path.to_owned(), value)?)
    }

    fn of(mut fields: Arguments<'_>) -> Result<Self> {
        Ok(Self { path: fields.text("path")?.unwrap_or_default(), size: fields.count("size")? })
    }
}

impl Sidecar {
    pub(crate) fn read(path: &str, value: Json<'_>) -> Result<Self> {
        let mut fields = Arguments::of(path.to_owned(), value)?;
        Ok(Self {
            kind: fields.choice("kind", &SidecarKind::WORDS)?.unwrap_or_default(),
            format: fields.text("format")?.unwrap_or_default(),
            file: fields.object("file")?.map(ModelFile::of).transpose()?.unwrap_or_default(),
            quantization: fields.text("quantization")?,
            variants: fields.texts("variants")?,
        })
    }
}
