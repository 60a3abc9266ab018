//! What a model asks of a runtime, beyond its metadata.

use super::config_facts::QuantizationScheme;

/// What a model asks of a runtime. Where nothing says so, a field is empty or none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Needs {
    /// The classes that load it, `config.architectures`: `Qwen3MoeForCausalLM`.
    pub classes: Vec<String>,
    /// `config.model_type`, and that of the language model inside.
    pub model_types: Vec<String>,
    /// `general.architecture` of its GGUF files.
    pub gguf_architecture: Option<String>,
    /// The class of its diffusers pipeline.
    pub pipeline_class: Option<String>,
    /// The library that the Hub names: `transformers`, `mlx`.
    pub library: Option<String>,
    /// The Hub's id of its licence: `apache-2.0`.
    pub license: Option<String>,
    /// The type that its weights are meant in: `bf16`, `f16`, `f32`.
    pub dtype: Option<&'static str>,
    /// How its weights are packed.
    pub scheme: Option<QuantizationScheme>,
    /// GPTQ with columns in the order of their activations (`desc_act`).
    pub act_order: Option<bool>,
    /// Whether its config names code of the repository's own (`auto_map`).
    pub own_code: Option<bool>,
    /// What its chat template reads; none where no template was seen.
    pub template: Option<Template>,
    /// `tokenizer.ggml.pre` of its GGUF files.
    pub pre_tokenizer: Option<String>,
    /// Headers of its files that were read.
    pub headers: Vec<HeaderNeeds>,
    /// Whether a projector for images or sound lies beside the weights.
    pub projector: bool,
    /// Names of files of the first variant that has some missing: shards that names promise.
    pub missing_files: Vec<String>,
    /// Bytes of the largest file of weights, where known.
    pub largest_file: Option<u64>,
    /// Size of an attention head, where known.
    pub head_size: Option<u64>,
    /// Layers, where known.
    pub layers: Option<u64>,
    /// Experts, where known.
    pub experts: Option<u64>,
    /// Elements of the table of token embeddings, where known.
    pub embeddings: Option<u64>,
    /// Whether it has an encoder and a decoder, where its config says so.
    pub encoder_decoder: Option<bool>,
    /// Whether its attention keeps latents (MLA).
    pub latent_attention: bool,
}

/// What a chat template reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// Tools that the model may call; none where the template was not looked at.
    pub tools: Option<bool>,
}

/// What the header of one file asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeaderNeeds {
    /// Its path inside the repository.
    pub path: String,
    /// `gguf`, `safetensors`, ….
    pub format: String,
    /// The version of the container.
    pub version: Option<u64>,
    /// The label that follows from its tensors.
    pub label: Option<String>,
    /// The types of its tensors.
    pub types: Vec<String>,
    /// Bytes before the tensors.
    pub header_bytes: Option<u64>,
    /// Bytes of the largest tensor.
    pub largest_tensor: Option<u64>,
}
