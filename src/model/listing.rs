//! A listing item: what `GET /api/models` says of a model, as far as we rely on it.
//!
//! Shapes are those of the Hub's API (huggingface.js `packages/hub/src/types/api`, `huggingface_hub`
//! `src/huggingface_hub/hf_api.py`). Keys that are not named here are skipped unread.

use super::file_evidence::FileEvidence;
use super::json::{Json, Walk};
use super::lenient::{Field, Shape, Text};
use super::metadata::Problem;
use super::quoted::quoted;
use super::unread::Unread;
use crate::error::{Code, Error, Result};

/// One row of a listing, or one model, borrowed from its JSON.
#[derive(Clone, Debug, Default)]
pub struct ListingItem<'a> {
    /// `org/name`; old rows have it as `modelId` only.
    pub id: Field<Text<'a>>,
    /// The former name of `id`.
    pub model_id: Field<Text<'a>>,
    /// Everything the Hub and the author tagged the model with.
    pub tags: Unread<'a, Text<'a>>,
    /// `false`, `"auto"` or `"manual"`.
    pub gated: Field<Gated>,
    /// The task, from the Hub's list of pipeline tags.
    pub pipeline_tag: Field<Text<'a>>,
    /// The library that loads the model.
    pub library_name: Field<Text<'a>>,
    /// `config.json`: reduced in listings, whole where a caller read the file.
    pub config: Field<Config<'a>>,
    /// The repository's files.
    pub siblings: Unread<'a, Sibling<'a>>,
    /// Parameter counts that the Hub read from safetensors headers.
    pub safetensors: Field<Safetensors<'a>>,
    /// What the Hub read from one GGUF header of the repository.
    pub gguf: Field<Gguf<'a>>,
    /// What a caller read in the headers of files; no listing has it.
    pub headers: Unread<'a, FileEvidence<'a>>,
    /// Parameters that a caller counted in all files of one variant; no listing has it.
    pub parameter_count: Field<u64>,
}

/// What a caller knows beyond the listing: each part, where given, outranks the listing's own.
#[derive(Clone, Debug, Default)]
pub struct ExtraEvidence<'a> {
    /// The whole `config.json`.
    pub config: Field<Config<'a>>,
    /// Facts of a GGUF header.
    pub gguf: Field<Gguf<'a>>,
    /// Files with their sizes.
    pub siblings: Unread<'a, Sibling<'a>>,
    /// Parameter counts by dtype.
    pub safetensors: Field<Safetensors<'a>>,
    /// Headers of files. The first GGUF file among them outranks what the Hub read from another one.
    pub files: Unread<'a, FileEvidence<'a>>,
    /// Parameters, where all files of one variant were read: packed weights count as what they stand for.
    pub parameter_count: Field<u64>,
}

impl<'a> ExtraEvidence<'a> {
    /// Reads evidence from its JSON.
    pub fn from_json(json: &'a [u8]) -> Result<Self> {
        let wrong =
            |message: &str| Error::new(Code::InvalidArgument, format!("evidence: {message}"));
        let view = Json::parse("evidence", json).map_err(|error| wrong(&error.to_string()))?;
        if !view.is_object() {
            return Err(wrong(&format!("expected an object, found {}", view.found())));
        }
        let mut walk = Walk::new(json);
        let mut evidence = Self::default();
        walk.open(b'{');
        while let Some(key) = walk.key() {
            match &*key {
                "config" => evidence.config = walk.record(Config::read),
                "gguf" => evidence.gguf = walk.record(Gguf::read),
                "siblings" => evidence.siblings = walk.list(),
                "safetensors" => evidence.safetensors = walk.record(Safetensors::read),
                "files" => evidence.files = walk.list(),
                "parameterCount" => evidence.parameter_count = walk.field(),
                // Of the checks against runtimes: see `extract::needs`.
                "chatTemplates" => walk.skip(),
                _ => {
                    let known = "known are config, gguf, siblings, safetensors, files, parameterCount, chatTemplates";
                    return Err(wrong(&format!("unknown key {}; {known}", quoted(&key))));
                }
            }
        }
        walk.end("evidence").map_err(|error| wrong(&error.to_string()))?;
        Ok(evidence)
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
    fn of(json: Json<'_>) -> Option<Self> {
        let gates = [("false", Self::No), ("\"auto\"", Self::Auto), ("\"manual\"", Self::Manual)];
        gates.into_iter().find(|(text, _)| json.bytes() == text.as_bytes()).map(|(_, gate)| gate)
    }
}

/// The values of a `config.json` that say what a model is.
#[derive(Clone, Debug, Default)]
pub struct Config<'a> {
    /// Class names, such as `LlamaForCausalLM`.
    pub architectures: Unread<'a, Text<'a>>,
    /// The transformers registry name, such as `llama`.
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
    pub quantization_config: Field<QuantizationConfig<'a>>,
    /// MLX's own key for the same.
    pub quantization: Field<QuantizationConfig<'a>>,
    /// The language model inside a vision or audio model.
    pub text_config: Field<Box<Config<'a>>>,
    /// The same, as InternVL and others name it.
    pub llm_config: Field<Box<Config<'a>>>,
    /// The same, as DeepSeek-VL and others name it.
    pub language_config: Field<Box<Config<'a>>>,
}

impl<'a> Config<'a> {
    fn read(walk: &mut Walk<'a>) -> Self {
        let mut config = Self::default();
        while let Some(key) = walk.key() {
            match &*key {
                "architectures" => config.architectures = walk.list(),
                "model_type" => config.model_type = walk.text(),
                "max_position_embeddings" => config.max_position_embeddings = walk.field(),
                "n_positions" => config.n_positions = walk.field(),
                "n_ctx" => config.n_ctx = walk.field(),
                "max_seq_len" => config.max_seq_len = walk.field(),
                "seq_length" => config.seq_length = walk.field(),
                "context_length" => config.context_length = walk.field(),
                "quantization_config" => {
                    config.quantization_config = walk.record(QuantizationConfig::read);
                }
                "quantization" => config.quantization = walk.record(QuantizationConfig::read),
                "text_config" => config.text_config = walk.record(Self::boxed),
                "llm_config" => config.llm_config = walk.record(Self::boxed),
                "language_config" => config.language_config = walk.record(Self::boxed),
                _ => walk.skip(),
            }
        }
        config
    }

    fn boxed(walk: &mut Walk<'a>) -> Box<Self> {
        Box::new(Self::read(walk))
    }

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
#[derive(Clone, Debug, Default)]
pub struct QuantizationConfig<'a> {
    /// `awq`, `gptq`, `bitsandbytes`, `fp8`, …
    pub quant_method: Field<Text<'a>>,
    /// How compressed-tensors packs them: `pack-quantized`, `nvfp4-pack-quantized`, …
    pub format: Field<Text<'a>>,
    /// Bits per weight; of EXL2 and EXL3 with a fraction.
    pub bits: Field<f64>,
    /// bitsandbytes: 4 bits.
    pub load_in_4bit: Field<bool>,
    /// bitsandbytes: 8 bits.
    pub load_in_8bit: Field<bool>,
}

impl<'a> QuantizationConfig<'a> {
    fn read(walk: &mut Walk<'a>) -> Self {
        let mut packing = Self::default();
        while let Some(key) = walk.key() {
            match &*key {
                "quant_method" => packing.quant_method = walk.text(),
                "format" => packing.format = walk.text(),
                "bits" => packing.bits = walk.field(),
                "load_in_4bit" => packing.load_in_4bit = walk.field(),
                "load_in_8bit" => packing.load_in_8bit = walk.field(),
                _ => walk.skip(),
            }
        }
        packing
    }
}

/// One file of the repository.
#[derive(Clone, Debug, Default)]
pub struct Sibling<'a> {
    /// The path inside the repository.
    pub rfilename: Field<Text<'a>>,
    /// Bytes; listings never have it, a single model does with `blobs=true`.
    pub size: Field<u64>,
}

impl<'a> Shape<'a> for Sibling<'a> {
    fn of(json: Json<'a>) -> Option<Self> {
        let [rfilename, size] = json.pick(["rfilename", "size"]);
        json.is_object().then(|| Self { rfilename: Field::of(rfilename), size: Field::of(size) })
    }
}

/// Parameter counts that the Hub read from safetensors headers.
#[derive(Clone, Debug, Default)]
pub struct Safetensors<'a> {
    /// Counts by dtype.
    pub parameters: Field<DtypeCounts<'a>>,
    /// Their total, which can differ from the sum (`huggingface_hub` issue 4221).
    pub total: Field<u64>,
}

/// Parameter counts by dtype, in the order found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DtypeCounts<'a>(pub Vec<(Text<'a>, u64)>);

impl<'a> Safetensors<'a> {
    fn read(walk: &mut Walk<'a>) -> Self {
        let mut counts = Self::default();
        while let Some(key) = walk.key() {
            match &*key {
                "parameters" => counts.parameters = walk.field(),
                "total" => counts.total = walk.field(),
                _ => walk.skip(),
            }
        }
        counts
    }
}

impl<'a> Shape<'a> for DtypeCounts<'a> {
    fn of(json: Json<'a>) -> Option<Self> {
        let counts = json.entries().filter_map(|(name, count)| Some((Text(name), count.count()?)));
        json.is_object().then(|| Self(counts.collect()))
    }
}

/// What the Hub read from one GGUF header of the repository.
#[derive(Clone, Debug, Default)]
pub struct Gguf<'a> {
    /// `general.architecture`.
    pub architecture: Field<Text<'a>>,
    /// `{architecture}.context_length`, in tokens.
    pub context_length: Field<u64>,
    /// Parameters in that one file.
    pub total: Field<u64>,
}

impl<'a> Gguf<'a> {
    fn read(walk: &mut Walk<'a>) -> Self {
        let mut gguf = Self::default();
        while let Some(key) = walk.key() {
            match &*key {
                "architecture" => gguf.architecture = walk.text(),
                "context_length" => gguf.context_length = walk.field(),
                "total" => gguf.total = walk.field(),
                _ => walk.skip(),
            }
        }
        gguf
    }
}

impl<'a> Gguf<'a> {
    /// What the first of these headers that is of a model says. A shard holds a part of the parameters: they are
    /// known where all shards are there.
    fn of_headers(files: &Unread<'a, FileEvidence<'a>>) -> Field<Self> {
        let models = || files.iter().filter(FileEvidence::is_gguf_model);
        let Some(first) = models().next() else { return Field::Missing };
        let parts = first.parts.valid().copied().unwrap_or(1);
        let of_same = || models().filter(|file| file.parts == first.parts).take(MAX_PARTS);
        let elements = |file: FileEvidence<'_>| file.element_count.valid().copied();
        let total = match parts {
            1 => elements(first.clone()),
            _ if of_same().count() as u64 == parts => {
                of_same().map(elements).try_fold(0, |sum: u64, count| sum.checked_add(count?))
            }
            _ => None,
        };
        Field::Valid(Self {
            architecture: first.architecture,
            context_length: first.context_length,
            total: total.map_or(Field::Missing, Field::Valid),
        })
    }
}

/// More shards than any model is split into.
const MAX_PARTS: usize = 10_000;

impl<'a> ListingItem<'a> {
    pub(crate) fn read(walk: &mut Walk<'a>) -> Self {
        let mut item = Self::default();
        while let Some(key) = walk.key() {
            match &*key {
                "id" => item.id = walk.text(),
                "modelId" => item.model_id = walk.text(),
                "tags" => item.tags = walk.list(),
                "gated" => item.gated = walk.field(),
                "pipeline_tag" => item.pipeline_tag = walk.text(),
                "library_name" => item.library_name = walk.text(),
                "config" => item.config = walk.record(Config::read),
                "siblings" => item.siblings = walk.list(),
                "safetensors" => item.safetensors = walk.record(Safetensors::read),
                "gguf" => item.gguf = walk.record(Gguf::read),
                _ => walk.skip(),
            }
        }
        item
    }

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
        put(&mut self.gguf, Gguf::of_headers(&extra.files));
        put(&mut self.gguf, extra.gguf);
        if !extra.siblings.is_missing() {
            self.siblings = extra.siblings;
        }
        put(&mut self.safetensors, extra.safetensors);
        put(&mut self.parameter_count, extra.parameter_count);
        self.headers = extra.files;
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
                note(notes, &format!("{path}.{key}.bits"), "a number", &packing.bits);
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
