//! Geometry: layer by layer, what the memory of a model is computed from.

use serde::Serialize;

/// The shape of a language model. The same model has the same geometry, whether read from a GGUF header or from
/// `config.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Geometry {
    /// The architecture in llama.cpp's words (`qwen3moe`) where it has one, else the `model_type`.
    pub architecture: String,
    /// What it is for.
    pub role: Role,
    /// The layers of the trunk (of the decoder, where there is an encoder too), in order.
    pub layers: Vec<Layer>,
    /// Layers that predict further tokens (MTP, NextN): in the file, but loaded only where asked for.
    pub mtp_layers: Vec<Layer>,
    /// Layers of the encoder of an encoder-decoder.
    pub encoder_layers: u64,
    /// Width of the residual stream.
    pub embedding_length: u64,
    /// Width of what comes out, where it is another one (GGUF `embedding_length_out`).
    pub output_embedding_length: Option<u64>,
    /// Width of the embeddings that every layer reads for itself (Gemma 3n and 4).
    pub per_layer_embedding_length: Option<u64>,
    /// The first layers that are given features of images beside the stream (Qwen3-VL); they lie behind the embeddings.
    pub deepstack_layers: u64,
    /// Tokens in the vocabulary.
    pub vocabulary: u64,
    /// Tokens the model claims to handle, rope scaling included.
    pub context_length: u64,
    /// Tokens before rope scaling, where the model states it.
    pub original_context_length: Option<u64>,
    /// Compressed attention (MLA): what one token's latent is made of.
    pub latent: Option<Latent>,
    /// Sparse attention: the indexer that chooses tokens.
    pub indexer: Option<Indexer>,
    /// What the layers with a state have in common.
    pub recurrence: Option<Recurrence>,
    /// The mixture of experts, if it is one.
    pub experts: Option<Experts>,
    /// Whether the output matrix is the embedding table, where known.
    pub tied_embeddings: Option<bool>,
}

/// What a model is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Writes token after token, and keeps a cache.
    #[default]
    Decoder,
    /// Reads a text at once and keeps no cache: BERT and its heirs.
    Encoder,
    /// Reads a text, then writes one: T5, BART.
    EncoderDecoder,
    /// Denoises a whole text, without a cache: `LLaDA`, Dream.
    Diffusion,
}

/// One layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Layer {
    /// How it looks at earlier tokens.
    pub attention: Attention,
    /// Tokens that a window or a chunk spans.
    pub window: Option<u64>,
    /// Query heads.
    pub heads: u64,
    /// Heads with keys and values.
    pub kv_heads: u64,
    /// Size of one head's key.
    pub key_length: u64,
    /// Size of one head's value.
    pub value_length: u64,
    /// Whether it reads the keys and values of an earlier layer and has none of its own.
    pub shares_kv: bool,
    /// Whether it keeps a key per token for the indexer.
    pub indexed: bool,
    /// Tokens that one entry stands for, where a compressed history is kept beside the window (DeepSeek-V4).
    pub compression: Option<u64>,
    /// What it carries from token to token beside or instead of keys and values.
    pub state: Option<State>,
    /// Width of its dense feed-forward network, or of the shared experts; 0 where it has none.
    pub feed_forward_length: u64,
    /// Whether its feed-forward network is a mixture of experts.
    pub experts: bool,
}

/// How a layer looks at earlier tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Attention {
    /// At all of them.
    #[default]
    Full,
    /// At the last ones.
    Window,
    /// At those of its chunk.
    Chunked,
    /// Through a matrix that all are added to: gated delta net, KDA, lightning attention.
    Linear,
    /// Through a state that is updated: Mamba, RWKV, a short convolution.
    Recurrent,
    /// Not at all.
    None,
}

/// What a layer carries from token to token, per sequence: elements of 32 bits, whatever the context length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct State {
    /// Of the convolution, or the shifted tokens.
    pub conv: u64,
    /// Of the recurrence.
    pub recurrent: u64,
}

/// Compressed attention: the cache holds one latent per token instead of keys and values per head, unless it is
/// unfolded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Latent {
    /// `q_lora_rank`; 0 where queries are not compressed.
    pub query_rank: u64,
    /// `kv_lora_rank`.
    pub kv_rank: u64,
    /// The part of a key that carries the position: `qk_rope_head_dim`.
    pub rope_length: u64,
    /// One head's key once unfolded: `qk_nope_head_dim` + `qk_rope_head_dim`.
    pub key_length: u64,
    /// One head's value once unfolded: `v_head_dim`.
    pub value_length: u64,
    /// Whether the cache holds keys and values of each head all the same, as files ask for that were made before
    /// llama.cpp could do without.
    pub unfolded: bool,
}

/// The indexer of sparse attention.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Indexer {
    /// Heads.
    pub heads: u64,
    /// Size of a key.
    pub key_length: u64,
    /// Tokens it chooses.
    pub top_k: u64,
}

/// What the layers with a state have in common; 0 where a kind of layer has no such thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Recurrence {
    /// Tokens that the convolution before it sees.
    pub conv_kernel: u64,
    /// Width that it works in: `ssm.inner_size`, or all heads together.
    pub inner_length: u64,
    /// Length of one state: `ssm.state_size`, or the size of a head.
    pub state_length: u64,
    /// Groups that share what goes in: `ssm.group_count`.
    pub groups: u64,
    /// Heads: `ssm.time_step_rank` of the kinds that have heads.
    pub heads: u64,
}

/// A mixture of experts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Experts {
    /// How many there are in a layer.
    pub count: u64,
    /// How many of them a token uses.
    pub used: u64,
    /// How many all tokens use beside those.
    pub shared: u64,
    /// Width of one.
    pub feed_forward_length: u64,
    /// Width of what goes into them, where that is not the residual stream's.
    pub latent_length: Option<u64>,
}
