//! What `genai_config.json` of onnxruntime-genai says, in the shape that crosses to JavaScript.

use super::file_facts::FileProblem;
use serde::Serialize;

/// A model exported for onnxruntime-genai.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct GenaiFacts {
    /// The architecture in its words: `phi3`, `qwen2_5_vl`, `whisper`.
    pub model_type: Option<String>,
    /// Tokens that the model can handle.
    pub context_length: Option<u64>,
    /// Tokens that a text has at most where nobody asks otherwise; null where that is the context length.
    pub max_length: Option<u64>,
    /// Whether keys and values are allocated once, for as many tokens.
    pub shares_buffer: bool,
    /// Tokens in the vocabulary.
    pub vocabulary: Option<u64>,
    /// The tokens that end an answer.
    pub eos_token_ids: Vec<u64>,
    /// The shape of the decoder.
    pub decoder: GenaiStack,
    /// The shape of the encoder, where there is one.
    pub encoder: Option<GenaiStack>,
    /// The window that attention or the input is cut to, where there is one.
    pub window: Option<GenaiWindow>,
    /// Layers of the decoder that keep a state instead of keys and values, in order.
    pub state_layers: Vec<u64>,
    /// Whether some layers keep a state and only the graph says which.
    pub unlisted_states: bool,
    /// The graphs that are loaded, in the order of the file.
    pub sessions: Vec<GenaiSession>,
    /// Adapters beside them.
    pub adapters: Vec<String>,
    /// What is wrong with the file.
    pub problems: Vec<FileProblem>,
}

/// A stack of layers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct GenaiStack {
    /// Layers.
    pub layers: Option<u64>,
    /// Query heads of each.
    pub heads: Option<u64>,
    /// Heads with keys and values of each.
    pub kv_heads: Option<u64>,
    /// Size of one head's key or value.
    pub head_length: Option<u64>,
    /// Width of the residual stream.
    pub embedding_length: Option<u64>,
}

/// A window over earlier tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct GenaiWindow {
    /// Tokens that it spans.
    pub tokens: u64,
    /// The layers that look through it, in order; none where all do.
    pub layers: Vec<u64>,
    /// Whether the cache of all layers is cut to it, and the prompt read in pieces of its length.
    pub slides_cache: bool,
}

/// A graph that is loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct GenaiSession {
    /// What it is for: `decoder`, `encoder`, `embedding`, `vision`, `speech`, `mtp`, ….
    pub part: String,
    /// Its stage, where the part is a pipeline of several.
    pub stage: Option<String>,
    /// The file, from the folder of the config.
    pub path: String,
    /// The execution providers that it is set up for, as the file spells them, the first one first: `cuda`, `webgpu`,
    /// `NvTensorRtRtx`. Without any it runs on the CPU, and a part but the decoder where the decoder runs.
    pub providers: Vec<String>,
}
