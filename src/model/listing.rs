//! A listing item: what `GET /api/models` says of a model, as far as we rely on it.
//!
//! Shapes are those of the Hub's API (huggingface.js `packages/hub/src/types/api`, `huggingface_hub`
//! `src/huggingface_hub/hf_api.py`). Keys that are not named here are skipped unread.

use super::json;
use super::lenient::{Field, Found, Shape, Text, record_shape};
use super::metadata::Problem;
use super::unread::Unread;
use crate::error::{Code, Error, Result};
use serde::Deserialize;
use serde::de::MapAccess;

/// One row of a listing, or one model, borrowed from its JSON.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListingItem<'a> {
    /// `org/name`; old rows have it as `modelId` only.
    #[serde(borrow)]
    pub id: Field<Text<'a>>,
    /// The former name of `id`.
    #[serde(borrow, rename = "modelId")]
    pub model_id: Field<Text<'a>>,
    /// Everything the Hub and the author tagged the model with.
    #[serde(borrow)]
    pub tags: Unread<'a, Text<'a>>,
    /// `false`, `"auto"` or `"manual"`.
    pub gated: Field<Gated>,
    /// The task, from the Hub's list of pipeline tags.
    #[serde(borrow)]
    pub pipeline_tag: Field<Text<'a>>,
    /// The library that loads the model.
    #[serde(borrow)]
    pub library_name: Field<Text<'a>>,
    /// `config.json`: reduced in listings, whole where a caller read the file.
    #[serde(borrow)]
    pub config: Field<Config<'a>>,
    /// The repository's files.
    #[serde(borrow)]
    pub siblings: Unread<'a, Sibling<'a>>,
    /// Parameter counts that the Hub read from safetensors headers.
    #[serde(borrow)]
    pub safetensors: Field<Safetensors<'a>>,
    /// What the Hub read from one GGUF header of the repository.
    #[serde(borrow)]
    pub gguf: Field<Gguf<'a>>,
}

/// What a caller knows beyond the listing: each part, where given, outranks the listing's own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExtraEvidence<'a> {
    /// The whole `config.json`.
    #[serde(borrow)]
    pub config: Field<Config<'a>>,
    /// Facts of a GGUF header.
    #[serde(borrow)]
    pub gguf: Field<Gguf<'a>>,
    /// Files with their sizes.
    #[serde(borrow)]
    pub siblings: Unread<'a, Sibling<'a>>,
    /// Parameter counts by dtype.
    #[serde(borrow)]
    pub safetensors: Field<Safetensors<'a>>,
}

impl<'a> ExtraEvidence<'a> {
    /// Reads evidence from its JSON.
    pub fn from_json(json: &'a [u8]) -> Result<Self> {
        let start = json.get(json::skip_space(json, 0)..).unwrap_or_default();
        let wrong = |found: &str| {
            Error::new(
                Code::InvalidArgument,
                format!("evidence: expected an object, found {found}"),
            )
        };
        if start.first() != Some(&b'{') {
            return Err(wrong(&Found::of_json(start).to_string()));
        }
        json::parse("evidence", json).map_err(|error| wrong(&error.to_string()))
    }
}

/// Who may read the files of a gated repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gated {
    /// Anyone.
    No,
    /// Whoever accepts the terms.
    Auto,
    /// Whoever the author lets in.
    Manual,
}

impl Shape<'_> for Gated {
    fn from_bool(value: bool) -> Option<Self> {
        (!value).then_some(Self::No)
    }

    fn from_text(text: Text<'_>) -> Option<Self> {
        match &*text {
            "auto" => Some(Self::Auto),
            "manual" => Some(Self::Manual),
            _ => None,
        }
    }
}

/// The values of a `config.json` that say what a model is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Config<'a> {
    /// Class names, such as `LlamaForCausalLM`.
    #[serde(borrow)]
    pub architectures: Unread<'a, Text<'a>>,
    /// The transformers registry name, such as `llama`.
    #[serde(borrow)]
    pub model_type: Field<Text<'a>>,
    /// Context length, in tokens; the usual key.
    pub max_position_embeddings: Field<u64>,
    /// Context length as GPT-2 and its heirs name it.
    pub n_positions: Field<u64>,
    /// Context length as GPT-J names it.
    pub n_ctx: Field<u64>,
    /// Context length as MPT and DBRX name it.
    pub max_seq_len: Field<u64>,
    /// Context length as ChatGLM names it.
    pub seq_length: Field<u64>,
    /// Context length as RWKV names it.
    pub context_length: Field<u64>,
    /// How the weights are packed, where they are.
    #[serde(borrow)]
    pub quantization_config: Field<QuantizationConfig<'a>>,
    /// MLX's own key for the same.
    #[serde(borrow)]
    pub quantization: Field<QuantizationConfig<'a>>,
    /// The language model inside a vision or audio model.
    #[serde(borrow)]
    pub text_config: Field<Box<Config<'a>>>,
    /// The same, as InternVL and others name it.
    #[serde(borrow)]
    pub llm_config: Field<Box<Config<'a>>>,
    /// The same, as DeepSeek-VL and others name it.
    #[serde(borrow)]
    pub language_config: Field<Box<Config<'a>>>,
}

impl<'a> Config<'a> {
    /// The language model's own config, where this one wraps it.
    #[must_use]
    pub fn inner(&self) -> Option<&Config<'a>> {
        [&self.text_config, &self.llm_config, &self.language_config]
            .into_iter()
            .find_map(Field::valid)
            .map(AsRef::as_ref)
    }
}

/// `quantization_config` of a `config.json`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct QuantizationConfig<'a> {
    /// `awq`, `gptq`, `bitsandbytes`, `fp8`, …
    #[serde(borrow)]
    pub quant_method: Field<Text<'a>>,
    /// How compressed-tensors packs them: `pack-quantized`, `nvfp4-pack-quantized`, …
    #[serde(borrow)]
    pub format: Field<Text<'a>>,
    /// Bits per weight.
    pub bits: Field<u64>,
    /// bitsandbytes: 4 bits.
    pub load_in_4bit: Field<bool>,
    /// bitsandbytes: 8 bits.
    pub load_in_8bit: Field<bool>,
}

/// One file of the repository.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sibling<'a> {
    /// The path inside the repository.
    #[serde(borrow)]
    pub rfilename: Field<Text<'a>>,
    /// Bytes; listings never have it, a single model does with `blobs=true`.
    pub size: Field<u64>,
}

/// Parameter counts that the Hub read from safetensors headers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Safetensors<'a> {
    /// Counts by dtype.
    #[serde(borrow)]
    pub parameters: Field<DtypeCounts<'a>>,
    /// Their total, which can differ from the sum (`huggingface_hub` issue 4221).
    pub total: Field<u64>,
}

/// Parameter counts by dtype, in the order found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DtypeCounts<'a>(pub Vec<(Text<'a>, u64)>);

impl<'de: 'a, 'a> Shape<'de> for DtypeCounts<'a> {
    fn from_record<A: MapAccess<'de>>(
        mut record: A,
    ) -> std::result::Result<Option<Self>, A::Error> {
        let mut counts = Vec::new();
        while let Some((name, count)) = record.next_entry::<Field<Text<'de>>, Field<u64>>()? {
            if let (Field::Valid(name), Field::Valid(count)) = (name, count) {
                counts.push((Text(name.0), count));
            }
        }
        Ok(Some(Self(counts)))
    }
}

/// What the Hub read from one GGUF header of the repository.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Gguf<'a> {
    /// `general.architecture`.
    #[serde(borrow)]
    pub architecture: Field<Text<'a>>,
    /// `{architecture}.context_length`, in tokens.
    pub context_length: Field<u64>,
    /// Parameters in that one file.
    pub total: Field<u64>,
}

record_shape!(ListingItem<'a>);
record_shape!(Config<'a>);
record_shape!(QuantizationConfig<'a>);
record_shape!(Sibling<'a>);
record_shape!(Safetensors<'a>);
record_shape!(Gguf<'a>);

impl<'de: 'a, 'a> Shape<'de> for Box<Config<'a>> {
    fn from_record<A: MapAccess<'de>>(record: A) -> std::result::Result<Option<Self>, A::Error> {
        Ok(Config::from_record(record)?.map(Box::new))
    }
}

impl<'a> ListingItem<'a> {
    /// `org/name`, from either key.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.id.valid().or(self.model_id.valid()).map(AsRef::as_ref).filter(|id| !id.is_empty())
    }

    /// What the Hub read from a GGUF header, unless it was that of a sidecar: a projector (`clip`), an adapter or
    /// an importance matrix says nothing about the model.
    #[must_use]
    pub fn model_gguf(&self) -> Option<&Gguf<'a>> {
        const SIDECARS: [&str; 4] = ["clip", "imatrix", "adapter", "controlvector"];
        let of_model = |gguf: &&Gguf<'a>| match &gguf.architecture {
            Field::Valid(name) => !SIDECARS.contains(&&**name),
            Field::Missing | Field::Malformed(_) => true,
        };
        self.gguf.valid().filter(of_model)
    }

    /// The tags, or none.
    pub fn tag_list(&self) -> impl Iterator<Item = Text<'a>> + use<'a> {
        self.tags.iter()
    }

    /// The files that have a name, with their bytes where known, or none.
    pub fn files(&self) -> impl Iterator<Item = (Text<'a>, Option<u64>)> + use<'a> {
        self.siblings.iter().filter_map(|file| match file.rfilename {
            Field::Valid(path) => Some((path, file.size.valid().copied())),
            Field::Missing | Field::Malformed(_) => None,
        })
    }

    /// Puts what a caller knows over what the listing says.
    #[must_use]
    pub fn with(mut self, extra: ExtraEvidence<'a>) -> Self {
        fn put<T>(place: &mut Field<T>, better: Field<T>) {
            if !matches!(better, Field::Missing) {
                *place = better;
            }
        }
        put(&mut self.config, extra.config);
        put(&mut self.gguf, extra.gguf);
        if !extra.siblings.is_missing() {
            self.siblings = extra.siblings;
        }
        put(&mut self.safetensors, extra.safetensors);
        self
    }

    /// Every field whose shape is not the one the Hub promises.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let mut notes = Vec::new();
        note(&mut notes, "id", "text", &self.id);
        note(&mut notes, "modelId", "text", &self.model_id);
        note_list(&mut notes, "tags", "text", &self.tags);
        note(&mut notes, "gated", "false, \"auto\" or \"manual\"", &self.gated);
        note(&mut notes, "pipeline_tag", "text", &self.pipeline_tag);
        note(&mut notes, "library_name", "text", &self.library_name);
        note_list(&mut notes, "siblings", "an object with rfilename", &self.siblings);
        note(&mut notes, "safetensors", "an object", &self.safetensors);
        note(&mut notes, "gguf", "an object", &self.gguf);
        if let Some(gguf) = self.gguf.valid() {
            note(&mut notes, "gguf.architecture", "text", &gguf.architecture);
            note(&mut notes, "gguf.context_length", TOKENS, &gguf.context_length);
            note(&mut notes, "gguf.total", COUNT, &gguf.total);
        }
        if let Some(counts) = self.safetensors.valid() {
            note(&mut notes, "safetensors.parameters", "an object", &counts.parameters);
            note(&mut notes, "safetensors.total", COUNT, &counts.total);
        }
        note(&mut notes, "config", "an object", &self.config);
        if let Some(config) = self.config.valid() {
            config.note_problems("config", &mut notes);
        }
        notes
    }
}

const TOKENS: &str = "a number of tokens";
const COUNT: &str = "a whole number of at least 0";

impl Config<'_> {
    fn note_problems(&self, path: &str, notes: &mut Vec<Problem>) {
        note_list(notes, &format!("{path}.architectures"), "text", &self.architectures);
        note(notes, &format!("{path}.model_type"), "text", &self.model_type);
        for (key, field) in self.context_keys() {
            note(notes, &format!("{path}.{key}"), TOKENS, field);
        }
        for (key, packing) in [
            ("quantization_config", &self.quantization_config),
            ("quantization", &self.quantization),
        ] {
            note(notes, &format!("{path}.{key}"), "an object", packing);
            if let Some(packing) = packing.valid() {
                note(notes, &format!("{path}.{key}.quant_method"), "text", &packing.quant_method);
                note(notes, &format!("{path}.{key}.bits"), COUNT, &packing.bits);
            }
        }
        for (key, inner) in [
            ("text_config", &self.text_config),
            ("llm_config", &self.llm_config),
            ("language_config", &self.language_config),
        ] {
            note(notes, &format!("{path}.{key}"), "an object", inner);
            if let Some(config) = inner.valid() {
                config.note_problems(&format!("{path}.{key}"), notes);
            }
        }
    }

    /// The keys that hold a context length, most trusted first.
    #[must_use]
    pub fn context_keys(&self) -> [(&'static str, &Field<u64>); 6] {
        [
            ("max_position_embeddings", &self.max_position_embeddings),
            ("n_positions", &self.n_positions),
            ("max_seq_len", &self.max_seq_len),
            ("seq_length", &self.seq_length),
            ("n_ctx", &self.n_ctx),
            ("context_length", &self.context_length),
        ]
    }
}

fn note<T>(notes: &mut Vec<Problem>, path: &str, expected: &str, field: &Field<T>) {
    if let Some(found) = field.malformed() {
        notes.push(Problem::new(path.to_owned(), expected, found));
    }
}

fn note_list<'a, T: Shape<'a>>(
    notes: &mut Vec<Problem>,
    path: &str,
    element: &str,
    list: &Unread<'a, T>,
) {
    match list.malformed() {
        None => {}
        Some((None, found)) => notes.push(Problem::new(path.to_owned(), "a list", found)),
        Some((Some(index), found)) => {
            notes.push(Problem::new(format!("{path}[{index}]"), element, found));
        }
    }
}
