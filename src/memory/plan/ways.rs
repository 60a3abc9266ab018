//! Ways to take less of a device: settings of runtimes by their own names, at the versions whose rules are known here.

use super::settings_text::has;

/// A setting of a runtime, and its value as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) setting: &'static str,
    pub(super) json: &'static str,
    /// `max_memory`: bytes of weights that each device gets beside what else it holds.
    pub(super) most: Option<u64>,
}

impl Way {
    /// The value in words.
    pub(super) fn value(self) -> &'static str {
        self.json.trim_matches('"')
    }
}

/// A runtime, a setting of it, and the values to try one after another.
type Row = (&'static str, &'static str, &'static [&'static str]);

/// What waits in the computer's memory until it is needed, the fastest first.
///
/// Source: diffusers 0.42.1 `pipelines/pipeline_utils.py`; transformers 5.23.0 `integrations/accelerate.py`
/// (`infer_auto_device_map`).
const OFFLOADS: &[Row] = &[
    ("diffusers", "offload", &["\"model\"", "\"sequential\""]),
    ("transformers", "device_map", &["\"auto\""]),
];

/// Keys and values in fewer bits, the most exact first.
///
/// Source: vLLM 0.33.0 `vllm/config/cache.py` (`CacheDType`); `SGLang` 0.5.23 `srt/server_args.py`
/// (`--kv-cache-dtype`); transformers 5.23.0 `cache_utils.py` (`QuantizedCache`); mlx-lm 0.32.2 `mlx_lm/generate.py`
/// (`--kv-bits`); exllamav2 0.3.2 `exllamav2/cache.py`; exllamav3 1.6.5 `exllamav3/cache/quant.py`; TensorRT-LLM 1.2.1
/// `KvCacheConfig.dtype`; mistralrs-core 0.8.1 `src/paged_attention/mod.rs` (`PagedCacheType`).
const CACHES: &[Row] = &[
    ("vllm", "kv_cache_dtype", &["\"fp8\""]),
    ("sglang", "kv_cache_dtype", &["\"fp8_e4m3\""]),
    ("transformers", "cache_implementation", &["\"quantized\""]),
    ("mlx-lm", "kv_bits", &["8", "4"]),
    ("mlx-vlm", "kv_bits", &["8", "4"]),
    ("exllamav2", "cache_mode", &["\"Q8\"", "\"Q4\""]),
    ("exllamav3", "cache_bits", &["\"8\"", "\"4\""]),
    ("tensorrt-llm", "kv_cache_dtype", &["\"fp8\""]),
    ("mistral.rs", "pa_cache_type", &["\"f8e4m3\""]),
];

/// Ways to leave weights in the computer's memory, unless the settings say where they lie.
pub(super) fn offloads(runtime: &str, settings: &str) -> impl Iterator<Item = Way> {
    of(OFFLOADS, runtime, settings)
}

/// Ways to keep keys and values in fewer bits, unless the settings say how they are kept.
pub(super) fn caches(runtime: &str, settings: &str) -> impl Iterator<Item = Way> {
    of(CACHES, runtime, settings)
}

fn of(rows: &'static [Row], runtime: &str, settings: &str) -> impl Iterator<Item = Way> {
    let row = rows.iter().find(|(id, ..)| *id == runtime);
    let open = row.filter(|(_, setting, _)| !has(settings, setting));
    open.into_iter().flat_map(|(_, setting, values)| {
        values.iter().map(|json| Way { setting, json, most: None })
    })
}
