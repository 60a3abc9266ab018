//! What the small files around a model say, in the shape that crosses to JavaScript.

use super::file_facts::{FileProblem, TemplateFacts, TypeTotal};
use super::genai_facts::GenaiFacts;
use serde::Serialize;

/// How a checkpoint is quantized, in the words of its config.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct QuantizationScheme {
    /// The method: `gptq`, `compressed-tensors`, `mlx`. A method this version does not know is as the config
    /// spells it.
    pub method: String,
    /// The bits of one weight, without what its group shares; null where the config does not say, or where groups
    /// differ.
    pub bits: Option<f64>,
    /// How many weights share a scale; null where the config does not say, or a whole row does.
    pub group_size: Option<u64>,
    /// The variant of the method: `pack-quantized`, `nf4`, `gemm`, `affine`.
    pub format: Option<String>,
    /// The type that the checkpoint wants its KV cache in.
    pub kv_cache_dtype: Option<String>,
}

/// What the config files of a repository say. Each part is from the files that are named with it, and null or empty
/// where there is none.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ConfigFacts {
    /// `config.json` of transformers.
    pub model: Option<ModelConfigFacts>,
    /// `quantization_config` of `config.json`, `hf_quant_config.json`, `quantize_config.json`, `quant_config.json`.
    pub quantization: Option<QuantizationScheme>,
    /// `generation_config.json`.
    pub generation: Option<GenerationDefaults>,
    /// `tokenizer_config.json`.
    pub tokenizer: Option<TokenizerFacts>,
    /// Chat templates, the default one first: of `chat_template.jinja` and `additional_chat_templates/`, else of
    /// `chat_template.json`, else of `tokenizer_config.json`.
    pub chat_templates: Vec<TemplateFacts>,
    /// `adapter_config.json` of PEFT.
    pub adapter: Option<AdapterFacts>,
    /// `model_index.json` of diffusers.
    pub pipeline: Option<PipelineFacts>,
    /// `modules.json`, `1_Pooling/config.json` and other files of sentence-transformers.
    pub embedding: Option<EmbeddingFacts>,
    /// `config.json` of timm.
    pub timm: Option<TimmFacts>,
    /// `mlc-chat-config.json`, `tensor-cache.json` or `ndarray-cache.json` of MLC.
    pub mlc: Option<MlcFacts>,
    /// `genai_config.json` of onnxruntime-genai: where several exports stand side by side, that of the first folder.
    pub genai: Option<GenaiFacts>,
    /// `config.json` of `CTranslate2`.
    pub ctranslate2: Option<CTranslate2Facts>,
    /// `preprocessor_config.json`, `processor_config.json`.
    pub processor: Option<ProcessorFacts>,
    /// Classes that are code in a repository: loading them runs it.
    pub remote_code: Vec<RemoteClass>,
    /// Files that could not be read.
    pub problems: Vec<FileProblem>,
}

/// What a `config.json` says a model is. Its dimensions are the [`Geometry`](super::Geometry)'s.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ModelConfigFacts {
    /// `qwen3_moe`.
    pub model_type: Option<String>,
    /// The classes that load it: `Qwen3MoeForCausalLM`.
    pub architectures: Vec<String>,
    /// The type that its weights are meant in: `bfloat16`.
    pub dtype: Option<String>,
    /// Tokens that it says it handles; of a model of several parts, those of its language model.
    pub context_length: Option<u64>,
    /// The models inside: one of language, one of vision, ….
    pub parts: Vec<ModelPart>,
    /// The version of transformers that wrote it.
    pub transformers_version: Option<String>,
}

/// A model inside a model.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ModelPart {
    /// The key that its config stands under, with those that lead there: `thinker_config.text_config`.
    pub key: String,
    /// What it does: `language`, `vision`, `audio`, `speech` (it speaks), `encoder` (of what goes in, whatever that is),
    /// `projector` or `draft`.
    pub kind: String,
    /// `siglip_vision_model`.
    pub model_type: Option<String>,
}

/// How a model generates where nobody asks otherwise.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct GenerationDefaults {
    /// Whether tokens are drawn by chance; without it the sampling values count for nothing.
    pub do_sample: Option<bool>,
    /// Temperature.
    pub temperature: Option<f64>,
    /// Of how many best tokens one is drawn.
    pub top_k: Option<u64>,
    /// Which share of the probability is drawn from.
    pub top_p: Option<f64>,
    /// The least probability of a token, as a share of the best one's.
    pub min_p: Option<f64>,
    /// What the scores of repeated tokens are divided by.
    pub repetition_penalty: Option<f64>,
    /// Tokens of prompt and answer together.
    pub max_length: Option<u64>,
    /// Tokens of the answer.
    pub max_new_tokens: Option<u64>,
    /// The token that starts a text.
    pub bos_token_id: Option<u64>,
    /// The tokens that end an answer, of which there are often several.
    pub eos_token_ids: Vec<u64>,
    /// The token that fills.
    pub pad_token_id: Option<u64>,
}

/// What a tokenizer says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TokenizerFacts {
    /// Its class: `Qwen2Tokenizer`.
    pub class: Option<String>,
    /// Tokens of the longest input; null where there is no limit (transformers writes 1e30 for it).
    pub max_length: Option<u64>,
    /// Whether it starts each input with the `bos` token.
    pub add_bos_token: Option<bool>,
    /// Whether it ends each input with the `eos` token.
    pub add_eos_token: Option<bool>,
    /// `bos`, `eos`, `unk`, `pad`, `sep`, `cls`, `mask`: those there are.
    pub special_tokens: Vec<SpecialToken>,
}

/// A token that is no text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct SpecialToken {
    /// `bos`, `eos`, ….
    pub role: String,
    /// How it is written: `<|endoftext|>`.
    pub text: String,
}

/// An adapter of PEFT.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct AdapterFacts {
    /// `LORA`, `IA3`, `PREFIX_TUNING`, …: of PEFT 0.21 there are 45, of which most runtimes load `LORA` alone.
    pub peft_type: Option<String>,
    /// The model it loads on top of: `org/name`, or a path on the author's machine.
    pub base_model: Option<String>,
    /// `CAUSAL_LM`, `SEQ_CLS`, ….
    pub task_type: Option<String>,
    /// Rank.
    pub rank: Option<u64>,
    /// What the product is scaled by, over the rank.
    pub alpha: Option<f64>,
    /// The modules it changes: names, parts of names, one expression, or `all-linear`.
    pub target_modules: Vec<String>,
    /// Modules that it brings along whole.
    pub modules_to_save: Vec<String>,
    /// Whether magnitudes are learned apart (`DoRA`).
    pub dora: bool,
    /// Whether `alpha` is over the root of the rank (`rsLoRA`).
    pub rslora: bool,
    /// Whether modules differ in rank or alpha.
    pub mixed_ranks: bool,
}

/// A pipeline of diffusers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct PipelineFacts {
    /// `StableDiffusionXLPipeline`.
    pub class: Option<String>,
    /// The version of diffusers that wrote it.
    pub version: Option<String>,
    /// Its parts; each has a folder of its name.
    pub components: Vec<PipelineComponent>,
    /// Parts that the pipeline could have and this one has not.
    pub disabled: Vec<String>,
}

/// A part of a pipeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PipelineComponent {
    /// `unet`, `text_encoder_2`, ….
    pub name: String,
    /// `diffusers`, `transformers`, or the name of a module of the repository's own.
    pub library: String,
    /// `UNet2DConditionModel`.
    pub class: String,
}

/// A model of sentence-transformers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct EmbeddingFacts {
    /// `SentenceTransformer`, `CrossEncoder`, `SparseEncoder`.
    pub model_type: Option<String>,
    /// Its modules, in order.
    pub modules: Vec<EmbeddingModule>,
    /// How tokens become one vector: `cls`, `mean`, `max`, `mean_sqrt_len`, `weightedmean`, `lasttoken`. Of several,
    /// the vectors are joined.
    pub pooling: Vec<String>,
    /// Dimensions of a token's vector.
    pub token_dimensions: Option<u64>,
    /// Dimensions of the embedding.
    pub dimensions: Option<u64>,
    /// Tokens of the longest input; what is longer is cut.
    pub max_length: Option<u64>,
    /// Whether input is put in lower case.
    pub lower_case: Option<bool>,
    /// What is put before input, by name: `query`, `passage`.
    pub prompts: Vec<Prompt>,
    /// The prompt that is taken where nobody names one.
    pub default_prompt: Option<String>,
    /// `cosine`, `dot`, `euclidean`, `manhattan`.
    pub similarity: Option<String>,
}

/// A module of sentence-transformers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct EmbeddingModule {
    /// Its folder; empty for the repository itself.
    pub path: String,
    /// Its class without what holds it: `Transformer`, `Pooling`, `Dense`, `Normalize`.
    pub class: String,
}

/// A text that is put before input.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Prompt {
    /// `query`.
    pub name: String,
    /// `query: `.
    pub text: String,
}

/// An image model of timm.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TimmFacts {
    /// `vit_base_patch16_224`.
    pub architecture: Option<String>,
    /// Which training: `augreg_in21k_ft_in1k`.
    pub tag: Option<String>,
    /// Number of classes; 0 of a model that makes features alone.
    pub num_classes: Option<u64>,
    /// Number of features.
    pub num_features: Option<u64>,
    /// Channels, height and width.
    pub input_size: Vec<u64>,
    /// What is taken from each channel.
    pub mean: Vec<f64>,
    /// What each channel is divided by.
    pub std: Vec<f64>,
    /// `bicubic`.
    pub interpolation: Option<String>,
    /// Which share of a resized image is cut out.
    pub crop_share: Option<f64>,
}

/// A model compiled for MLC.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct MlcFacts {
    /// `llama`.
    pub model_type: Option<String>,
    /// `q4f16_1`.
    pub quantization: Option<String>,
    /// Tokens that it was compiled for.
    pub context_window: Option<u64>,
    /// Tokens that attention looks back; null where it looks at all.
    pub sliding_window: Option<u64>,
    /// Tokens at the start that a window keeps.
    pub attention_sinks: Option<u64>,
    /// Tokens of a prompt that are taken at once.
    pub prefill_chunk: Option<u64>,
    /// Devices that it was compiled for.
    pub tensor_parallel_shards: Option<u64>,
    /// Number of weight files.
    pub shards: Option<u64>,
    /// Bytes of all of them.
    pub weight_bytes: Option<u64>,
    /// Bits per weight over all of them.
    pub bits_per_weight: Option<f64>,
    /// Their tensors by type, the one with most bytes first.
    pub types: Vec<TypeTotal>,
}

/// A model converted for `CTranslate2`. Its own file says little; the tokens differ by what the model does.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct CTranslate2Facts {
    /// `whisper`, `sequence_to_sequence`, `language_model` or `encoder`.
    pub kind: String,
    /// The token that starts a text.
    pub bos_token: Option<String>,
    /// The token that ends one.
    pub eos_token: Option<String>,
    /// The token of what is not in the vocabulary.
    pub unk_token: Option<String>,
}

/// How images and sounds are prepared.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ProcessorFacts {
    /// `Qwen2_5_VLProcessor`.
    pub class: Option<String>,
    /// `Qwen2VLImageProcessor`.
    pub image_processor: Option<String>,
    /// `WhisperFeatureExtractor`.
    pub feature_extractor: Option<String>,
    /// What images are resized to.
    pub image_size: Option<ImageSize>,
    /// What is cut out of them.
    pub crop_size: Option<ImageSize>,
    /// Pixels of a patch's side.
    pub patch_size: Option<u64>,
    /// Patches by patches that become one token.
    pub merge_size: Option<u64>,
    /// The least pixels of an image.
    pub min_pixels: Option<u64>,
    /// The most pixels of an image.
    pub max_pixels: Option<u64>,
    /// What is taken from each channel.
    pub image_mean: Vec<f64>,
    /// What each channel is divided by.
    pub image_std: Vec<f64>,
    /// Samples per second.
    pub sampling_rate: Option<u64>,
    /// Bands of a spectrum.
    pub feature_size: Option<u64>,
    /// Seconds of sound that are taken at once.
    pub chunk_seconds: Option<f64>,
}

/// The size of an image: height and width, or what its sides are brought to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ImageSize {
    /// Pixels.
    pub height: Option<u64>,
    /// Pixels.
    pub width: Option<u64>,
    /// Pixels that the shorter side is brought to.
    pub shortest_edge: Option<u64>,
    /// Pixels that the longer side is brought to.
    pub longest_edge: Option<u64>,
}

/// A class that is code in a repository.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct RemoteClass {
    /// What asks for it: `AutoModelForCausalLM`.
    pub loader: String,
    /// File and class: `modeling_phi3.Phi3ForCausalLM`.
    pub class: String,
    /// The repository that it is in; null for the model's own.
    pub repository: Option<String>,
}
