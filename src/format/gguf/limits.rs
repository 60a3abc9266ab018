//! How much of everything a header may have. Each is far above what is found and far below what hurts.

/// Bytes of the first read.
///
/// Headers are vocabulary. Those of llama.cpp `models/ggml-vocab-*.gguf` take 0.6 to 2.3 MB with 30,000 to
/// 65,000 tokens, 4.0 MB (DeepSeek LLM, 102,000), 5.9 MB (Qwen 2, 152,000), 7.8 MB (Llama 3, 128,000 and their
/// merges), 10.9 MB (Command R, 256,000) and 15.8 MB (Gemma 4, 262,000 and their merges). Tensors and keys of
/// a model add 10 to 200 kB. So one read holds all but the last two, which take a second one.
pub const FIRST_READ: u64 = 8 << 20;

/// Reads of one header: the first, one by extrapolation, and one of all that may follow.
pub const MAX_READS: u32 = 3;

/// Bytes of a header. The largest known has 15.8 MB (Gemma 4).
pub const MAX_HEADER: u64 = 64 << 20;

/// Keys of a file. The largest known number is below 100.
pub const MAX_KEYS: u64 = 65_536;

/// Tensors of a file. DeepSeek V3 with every expert on its own would have 47,000.
pub const MAX_TENSORS: u64 = 1 << 18;

/// Bytes of a key: the specification's own limit.
pub const MAX_KEY: u64 = 65_535;

/// Bytes of a text that is kept; a longer one is passed over. Chat templates have up to 40 kB;
/// `tokenizer.huggingface.json`, which the specification allows, has up to 30 MB.
pub const MAX_TEXT: u64 = 1 << 20;

/// Elements of a list of numbers or flags that is decoded; a longer one is passed over. Lists by layer have as
/// many as the model has layers, for which llama.cpp allows 512.
pub const MAX_VALUES: u64 = 4096;

/// Lists in lists. The specification allows any depth; llama.cpp refuses the first.
pub const MAX_DEPTH: usize = 4;

/// Bytes of a tensor's name. llama.cpp refuses 64 and more.
pub const MAX_TENSOR_NAME: u64 = 1024;

/// Dimensions of a tensor. llama.cpp refuses more than 4.
pub const MAX_DIMENSIONS: u32 = 8;

/// Problems that are told; more are counted.
pub const MAX_PROBLEMS: usize = 64;

/// Bytes of a name in a message, so that messages stay short whatever the file holds.
pub(super) const NAME_IN_MESSAGE: usize = 80;
