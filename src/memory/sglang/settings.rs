//! Settings of `SGLang` by its own names.

use crate::error::Result;
use crate::memory::elements::Store;
use crate::model::arguments::Arguments;

/// Settings of `SGLang` by its own names, with what it does where nothing is set.
#[derive(Clone, Debug, PartialEq)]
pub struct SglangSettings {
    /// Share of each GPU's memory for weights and caches; none is what a rule leaves.
    pub mem_fraction_static: Option<f64>,
    /// Tokens of a sequence; none is what the model was made for.
    pub context_length: Option<u64>,
    /// Tokens of the pool at most.
    pub max_total_tokens: Option<u64>,
    /// Requests at the same time at most.
    pub max_running_requests: Option<u64>,
    /// Tokens of a prompt that are read at once; none depends on the GPU's memory.
    pub chunked_prefill_size: Option<u64>,
    /// Sequences of the largest CUDA graph; none depends on the GPU's memory.
    pub cuda_graph_max_bs: Option<u64>,
    /// Whether no CUDA graphs are captured.
    pub disable_cuda_graph: bool,
    /// GPUs that share each layer.
    pub tp_size: u64,
    /// Groups of GPUs that have some of the layers each.
    pub pp_size: u64,
    /// Tokens of a page.
    pub page_size: u64,
    /// How keys and values are stored.
    pub kv_cache_dtype: Store,
    /// Tokens of layers with a window, as a share of those of other layers.
    pub swa_full_tokens_ratio: f64,
    /// Memory of recurrent states, as a share of that of caches.
    pub mamba_full_memory_ratio: f64,
    /// States at most; none is what the share holds.
    pub max_mamba_cache_size: Option<u64>,
    /// Whether prefixes are forgotten.
    pub disable_radix_cache: bool,
}

impl Default for SglangSettings {
    fn default() -> Self {
        Self {
            mem_fraction_static: None,
            context_length: None,
            max_total_tokens: None,
            max_running_requests: None,
            chunked_prefill_size: None,
            cuda_graph_max_bs: None,
            disable_cuda_graph: false,
            tp_size: 1,
            pp_size: 1,
            page_size: 1,
            kv_cache_dtype: Store::plain(2),
            swa_full_tokens_ratio: 0.8,
            mamba_full_memory_ratio: 0.9,
            max_mamba_cache_size: None,
            disable_radix_cache: false,
        }
    }
}

const DTYPES: [(&str, Store); 8] = [
    ("auto", Store::plain(2)),
    ("bf16", Store::plain(2)),
    ("bfloat16", Store::plain(2)),
    ("fp8_e5m2", Store::plain(1)),
    ("fp8_e4m3", Store::plain(1)),
    ("mxfp8", Store { bits: 8, group: 32, shared: 1 }),
    ("nvfp4", Store { bits: 4, group: 16, shared: 1 }),
    ("fp4_mx_block16", Store { bits: 4, group: 16, shared: 1 }),
];

impl SglangSettings {
    pub(in crate::memory) fn read(settings: &mut Arguments<'_>) -> Result<Self> {
        let usual = Self::default();
        Ok(Self {
            mem_fraction_static: settings.number("mem_fraction_static")?,
            context_length: settings.count("context_length")?,
            max_total_tokens: settings.count("max_total_tokens")?,
            max_running_requests: settings.count("max_running_requests")?,
            chunked_prefill_size: settings.count("chunked_prefill_size")?,
            cuda_graph_max_bs: settings.count("cuda_graph_max_bs")?,
            disable_cuda_graph: settings.flag("disable_cuda_graph")?,
            tp_size: settings.count("tp_size")?.unwrap_or(1),
            pp_size: settings.count("pp_size")?.unwrap_or(1),
            page_size: settings.count("page_size")?.unwrap_or(1),
            kv_cache_dtype: settings
                .choice("kv_cache_dtype", &DTYPES)?
                .unwrap_or(usual.kv_cache_dtype),
            swa_full_tokens_ratio: settings
                .number("swa_full_tokens_ratio")?
                .unwrap_or(usual.swa_full_tokens_ratio),
            mamba_full_memory_ratio: settings
                .number("mamba_full_memory_ratio")?
                .unwrap_or(usual.mamba_full_memory_ratio),
            max_mamba_cache_size: settings.count("max_mamba_cache_size")?,
            disable_radix_cache: settings.flag("disable_radix_cache")?,
        })
    }
}
