//! Settings of vLLM by its own names.

use crate::error::Result;
use crate::memory::elements::Store;
use crate::model::arguments::Arguments;

/// Settings of vLLM by its own names, with what it does where nothing is set.
///
/// Source: vLLM 0.33.0, `vllm/config/cache.py`, `vllm/config/scheduler.py`, `vllm/engine/arg_utils.py`.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they are vLLM's own settings, one by one")]
pub struct VllmSettings {
    /// Share of each GPU's memory that vLLM takes: above 0, at most 1.
    pub gpu_memory_utilization: f64,
    /// Tokens of a sequence, prompt and answer; none is what the model was made for.
    pub max_model_len: Option<u64>,
    /// Whether a sequence may have as many tokens as fit (`max_model_len` -1).
    pub fit_max_model_len: bool,
    /// Sequences in a step; none depends on the GPU's memory.
    pub max_num_seqs: Option<u64>,
    /// Tokens in a step; none depends on the GPU's memory.
    pub max_num_batched_tokens: Option<u64>,
    /// GPUs that share each layer.
    pub tensor_parallel_size: u64,
    /// Groups of GPUs that have some of the layers each.
    pub pipeline_parallel_size: u64,
    /// Tokens of a block of cache.
    pub block_size: u64,
    /// How keys and values are stored.
    pub kv_cache_dtype: KvCacheDtype,
    /// Bytes of an element that is computed with: 2, or 4 of `float32`.
    pub dtype_bytes: u64,
    /// Bytes of an element of a convolution's state; none is as the model computes.
    pub mamba_cache_bytes: Option<u64>,
    /// Bytes of an element of a recurrence's state; none is as the convolution's, but 4 of KDA,
    /// Nemotron-H and Qwen3.5.
    pub mamba_ssm_cache_bytes: Option<u64>,
    /// Whether prefixes are kept for further requests, for which recurrent states are kept twice.
    pub enable_prefix_caching: bool,
    /// Whether no CUDA graphs are captured.
    pub enforce_eager: bool,
    /// Whether steps are scheduled while another one runs.
    pub async_scheduling: bool,
    /// Whether layers with a window keep the whole context.
    pub disable_hybrid_kv_cache_manager: bool,
    /// Bytes for caches on each GPU, whatever else is taken.
    pub kv_cache_memory_bytes: Option<u64>,
    /// Bytes of weights of each GPU that stay in the computer's memory (`cpu_offload_gb`).
    pub cpu_offload_bytes: u64,
    /// What a start reported.
    pub measured: Measured,
}

/// What a start of vLLM reported of each GPU, in bytes; none is estimated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// "model loading took".
    pub weights: Option<u64>,
    /// "peak activation memory".
    pub activation: Option<u64>,
    /// "non-torch memory".
    pub non_torch: Option<u64>,
    /// "CUDA graph memory".
    pub cuda_graphs: Option<u64>,
}

impl Default for VllmSettings {
    fn default() -> Self {
        Self {
            gpu_memory_utilization: 0.92,
            max_model_len: None,
            fit_max_model_len: false,
            max_num_seqs: None,
            max_num_batched_tokens: None,
            tensor_parallel_size: 1,
            pipeline_parallel_size: 1,
            block_size: 16,
            kv_cache_dtype: KvCacheDtype::Auto,
            dtype_bytes: 2,
            mamba_cache_bytes: None,
            mamba_ssm_cache_bytes: None,
            enable_prefix_caching: true,
            enforce_eager: false,
            async_scheduling: true,
            disable_hybrid_kv_cache_manager: false,
            kv_cache_memory_bytes: None,
            cpu_offload_bytes: 0,
            measured: Measured::default(),
        }
    }
}

/// How keys and values are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KvCacheDtype {
    /// As the model computes.
    Auto,
    /// 8 bits, a scale for each tensor.
    Fp8,
    /// 8 bits, a scale for each head of each token.
    PerTokenHead8,
    /// 4 bits, a scale for each head of each token.
    PerTokenHead4,
    /// 4 bits, an 8-bit scale for every 16.
    Nvfp4,
    /// 656 bytes for a token of 512 + 64 elements (DeepSeek V3.2).
    Fp8DsMla,
}

impl KvCacheDtype {
    const NAMES: [(&'static str, Self); 13] = [
        ("auto", Self::Auto),
        ("float16", Self::Auto),
        ("bfloat16", Self::Auto),
        ("fp8", Self::Fp8),
        ("fp8_e4m3", Self::Fp8),
        ("fp8_e5m2", Self::Fp8),
        ("fp8_inc", Self::Fp8),
        ("fp8_ds_mla", Self::Fp8DsMla),
        ("int8_per_token_head", Self::PerTokenHead8),
        ("fp8_per_token_head", Self::PerTokenHead8),
        ("int4_per_token_head", Self::PerTokenHead4),
        ("nvfp4", Self::Nvfp4),
        ("nvfp4_4over6", Self::Nvfp4),
    ];

    /// How a head's elements are stored; `row` is how many there are, where a scale is for all of them.
    pub(super) fn store(self, dtype_bytes: u64, row: u64) -> Store {
        let scaled = |bits| Store { bits, group: row.max(1), shared: 4 };
        match self {
            Self::Auto => Store::plain(dtype_bytes),
            Self::Fp8 => Store::plain(1),
            Self::PerTokenHead8 => scaled(8),
            Self::PerTokenHead4 => scaled(4),
            Self::Nvfp4 => Store { bits: 4, group: 16, shared: 1 },
            // 512 elements of 8 bits, four scales of 4 bytes, 64 elements of 2 bytes.
            Self::Fp8DsMla => Store { bits: 8, group: u64::MAX, shared: 16 + 64 },
        }
    }
}

const DTYPES: [(&str, u64); 7] = [
    ("auto", 2),
    ("half", 2),
    ("float16", 2),
    ("bfloat16", 2),
    ("float", 4),
    ("float32", 4),
    ("float64", 8),
];

const MAMBA_DTYPES: [(&str, Option<u64>); 4] =
    [("auto", None), ("float16", Some(2)), ("bfloat16", Some(2)), ("float32", Some(4))];

impl VllmSettings {
    /// Reads them from JSON, with `measured` for what a start reported.
    pub(in crate::memory) fn read(settings: &mut Arguments<'_>) -> Result<Self> {
        let usual = Self::default();
        let dtype = settings.choice("dtype", &DTYPES)?.unwrap_or(usual.dtype_bytes);
        let (max_model_len, fit_max_model_len) = length(settings)?;
        Ok(Self {
            gpu_memory_utilization: settings
                .number("gpu_memory_utilization")?
                .unwrap_or(usual.gpu_memory_utilization),
            max_model_len,
            fit_max_model_len,
            max_num_seqs: settings.count("max_num_seqs")?,
            max_num_batched_tokens: settings.count("max_num_batched_tokens")?,
            tensor_parallel_size: settings.count("tensor_parallel_size")?.unwrap_or(1),
            pipeline_parallel_size: settings.count("pipeline_parallel_size")?.unwrap_or(1),
            block_size: settings.count("block_size")?.unwrap_or(usual.block_size),
            kv_cache_dtype: settings
                .choice("kv_cache_dtype", &KvCacheDtype::NAMES)?
                .unwrap_or(KvCacheDtype::Auto),
            dtype_bytes: dtype,
            mamba_cache_bytes: settings.choice("mamba_cache_dtype", &MAMBA_DTYPES)?.flatten(),
            mamba_ssm_cache_bytes: settings
                .choice("mamba_ssm_cache_dtype", &MAMBA_DTYPES)?
                .flatten(),
            enable_prefix_caching: settings.said("enable_prefix_caching")?.unwrap_or(true),
            enforce_eager: settings.flag("enforce_eager")?,
            async_scheduling: settings.said("async_scheduling")?.unwrap_or(true),
            disable_hybrid_kv_cache_manager: settings.flag("disable_hybrid_kv_cache_manager")?,
            kv_cache_memory_bytes: settings.count("kv_cache_memory_bytes")?,
            cpu_offload_bytes: gib(settings.number("cpu_offload_gb")?),
            measured: measured(settings)?,
        })
    }
}

/// `max_model_len`, and whether it is -1: whatever fits.
fn length(settings: &mut Arguments<'_>) -> Result<(Option<u64>, bool)> {
    const KEY: &str = "max_model_len";
    match settings.number(KEY) {
        Ok(Some(-1.0)) => Ok((None, true)),
        _ => Ok((settings.count(KEY)?, false)),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
fn gib(number: Option<f64>) -> u64 {
    (number.unwrap_or(0.0) * 1_073_741_824.0) as u64
}

fn measured(settings: &mut Arguments<'_>) -> Result<Measured> {
    let Some(mut measured) = settings.object("measured")? else { return Ok(Measured::default()) };
    let found = Measured {
        weights: measured.count("weights")?,
        activation: measured.count("activation")?,
        non_torch: measured.count("nonTorch")?,
        cuda_graphs: measured.count("cudaGraphs")?,
    };
    measured.end().map(|()| found)
}
