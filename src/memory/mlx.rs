//! What a model takes in MLX-LM 0.32.2 and MLX-VLM 0.7.10, in the memory that a Mac's GPU may wire.

use super::answer::Answer;
use super::ask::Ask;
use super::elements::{Elements, Keep, Kept, Store};
use super::quantity::{GIB, MIB, padded, scaled};
use super::step::Step;
use crate::error::Result;
use crate::model::Severity;
use crate::model::arguments::Arguments;
use crate::model::runtime_memory::{PartName, RuntimeMemory};
use crate::model::spread::Spread;

const CACHES: &str = "mlx-lm 0.32.2: mlx_lm/models/cache.py";
const STATES: &str = "mlx-lm 0.32.2: mlx_lm/models/gated_delta.py, ssm.py";
const WEIGHTS: &str = "the files' bytes: MLX loads them as they are stored";
const STEP: &str = "rule of thumb: residual stream and widest tensors of a layer, logits";
const WIRED: &str = "recommendedMaxWorkingSetSize as reported: 65-70% of up to 36 GB, 75% above";
const SET: &str = "iogpu.wired_limit_mb";

/// Caches grow by so many tokens.
const STEP_TOKENS: u64 = 256;
/// Devices with more memory may wire a larger share of it.
const LARGE: u64 = 36 * GIB;

/// Settings of MLX-LM by its own names, with what it does where nothing is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MlxSettings {
    /// Tokens that any cache holds at most, in models that do not say themselves what their layers keep.
    pub max_kv_size: Option<u64>,
    /// Bits of a quantized cache.
    pub kv_bits: Option<u64>,
    /// Elements that share a scale and a bias.
    pub kv_group_size: u64,
    /// Tokens from which on a cache is quantized.
    pub quantized_kv_start: u64,
    /// Tokens of a prompt that are read at once.
    pub prefill_step_size: u64,
    /// Bytes that the GPU may wire (`iogpu.wired_limit_mb`); none, or 0, is a share of the memory.
    pub wired_limit_bytes: Option<u64>,
}

impl Default for MlxSettings {
    fn default() -> Self {
        Self {
            max_kv_size: None,
            kv_bits: None,
            kv_group_size: 64,
            quantized_kv_start: 5000,
            prefill_step_size: 2048,
            wired_limit_bytes: None,
        }
    }
}

impl MlxSettings {
    pub(super) fn read(settings: &mut Arguments<'_>) -> Result<Self> {
        let usual = Self::default();
        let mib = settings.count("wired_limit_mb")?.filter(|mib| *mib > 0);
        Ok(Self {
            max_kv_size: settings.count("max_kv_size")?,
            kv_bits: settings.count("kv_bits")?,
            kv_group_size: settings.count("kv_group_size")?.unwrap_or(usual.kv_group_size),
            quantized_kv_start: settings
                .count("quantized_kv_start")?
                .unwrap_or(usual.quantized_kv_start),
            prefill_step_size: settings
                .count("prefill_step_size")?
                .unwrap_or(usual.prefill_step_size),
            wired_limit_bytes: mib.map(|mib| mib.saturating_mul(MIB)),
        })
    }
}

/// What a model takes with these settings.
#[must_use]
pub fn estimate(ask: &Ask<'_>, settings: &MlxSettings) -> RuntimeMemory {
    // Its module of MiniCPM3 keeps keys and values of each head.
    let elements = match ask.geometry.architecture.as_str() {
        "minicpm3" => Elements::unfolded(ask.geometry),
        _ => Elements::of(ask.geometry),
    };
    let context = ask.context_or_usual().max(1);
    let version = if ask.runtime == "mlx-vlm" { "0.7.10" } else { "0.32.2" };
    let mut answer = Answer::new(ask, version, context);
    answer.about(&elements);
    refusals(&mut answer, &elements, settings);
    if ask.geometry.architecture == "deepseek2" {
        let message =
            "MLX-LM keeps one latent for DeepSeek-V3, but keys and values of each head for V2"
                .to_owned();
        answer.finding("latent_by_model_type", Severity::Info, "architecture", message);
    }
    let weights = ask.weights.bytes();
    answer.part(PartName::Weights, Spread::exact(weights), WEIGHTS);
    let cache = |tokens: u64| cache_bytes(&elements, settings, tokens);
    let expected = cache(context).saturating_mul(ask.sequences);
    // While a prompt is read, layers with a window hold what is read at once too.
    let reading = elements.cache_bytes(Store::plain(2), &|kept| {
        let cells = cells(kept, &elements, settings, context);
        cells
            .saturating_add(settings.prefill_step_size.saturating_sub(1))
            .min(padded(context, STEP_TOKENS))
    });
    let reading =
        if has_window(&elements) { reading.saturating_mul(ask.sequences) } else { expected };
    answer.part(PartName::Cache, Spread::of(expected, expected, reading), CACHES);
    let states = Spread::of(
        elements.state_bytes(2, 2),
        elements.state_bytes(2, 4),
        elements.state_bytes(4, 4),
    );
    answer.part(PartName::State, states.map(&|bytes| bytes.saturating_mul(ask.sequences)), STATES);
    let tokens = settings.prefill_step_size.min(context).max(1).saturating_mul(ask.sequences);
    let step = Step::of(ask.geometry);
    let forward = step.forward(tokens, 2).saturating_add(step.logits(tokens, 2));
    answer.part(
        PartName::Activation,
        Spread::of(forward / 4, forward, forward.saturating_mul(3)),
        STEP,
    );
    limit(ask, settings, &mut answer, weights);
    let states = states.expected;
    answer.fill(ask, &|tokens, sequences| {
        cache(tokens).saturating_add(states).saturating_mul(sequences)
    });
    answer.done()
}

fn has_window(elements: &Elements) -> bool {
    elements.tokens.iter().any(|kept| kept.keep != Keep::All)
}

/// Whether the model's module leaves it to MLX-LM what its layers keep: none with windows or states does.
fn plain(elements: &Elements) -> bool {
    !has_window(elements) && elements.states.is_empty()
}

/// Tokens that a layer has room for.
fn cells(kept: &Kept, elements: &Elements, settings: &MlxSettings, context: u64) -> u64 {
    let grown = padded(context, STEP_TOKENS);
    match (kept.keep, settings.max_kv_size) {
        (Keep::Window(width), _) => context.min(width),
        (Keep::Chunk(width), _) => grown.min(padded(width, STEP_TOKENS)),
        (Keep::All, Some(most)) if plain(elements) => grown.min(most),
        (Keep::All, _) => grown,
    }
}

/// Bytes of a sequence's cache once a prompt is read.
fn cache_bytes(elements: &Elements, settings: &MlxSettings, context: u64) -> u64 {
    let store = match settings.kv_bits {
        Some(bits) if context > settings.quantized_kv_start => {
            Store { bits: bits.min(16), group: settings.kv_group_size, shared: 4 }
        }
        _ => Store::plain(2),
    };
    let bytes = |kept: &Kept| {
        store.token_bytes(kept).saturating_mul(cells(kept, elements, settings, context))
    };
    let indexer = elements.indexer_bytes(Store::plain(2));
    let keys = indexer.saturating_mul(padded(context, STEP_TOKENS));
    elements.over_layers(&bytes).saturating_add(keys)
}

fn limit(ask: &Ask<'_>, settings: &MlxSettings, answer: &mut Answer, weights: u64) {
    let Some(memory) = ask.device_bytes() else { return };
    let (wired, source) = match settings.wired_limit_bytes {
        Some(bytes) => (Spread::exact(bytes.min(memory)), SET),
        None => (working_set(memory), WIRED),
    };
    answer.limit(wired, source);
    if weights > scaled(wired.expected, 0.9) {
        let message = "MLX-LM warns: the weights take more than 90% of what the GPU may wire, which can be slow; \
                       raise iogpu.wired_limit_mb"
            .to_owned();
        answer.warn("near_wired_limit", "weights", message);
    }
}

/// What a Mac's GPU may wire of so much memory where nothing is set.
pub(super) fn working_set(memory: u64) -> Spread {
    if memory > LARGE {
        Spread::exact(memory / 4 * 3)
    } else {
        Spread::of(scaled(memory, 0.65), memory / 3 * 2, scaled(memory, 0.70))
    }
}

fn refusals(answer: &mut Answer, elements: &Elements, settings: &MlxSettings) {
    if let Some(bits) = settings.kv_bits.filter(|bits| ![2, 3, 4, 5, 6, 8].contains(bits)) {
        answer
            .refused("kv_bits", format!("MLX cannot quantize to {bits} bits: 2, 3, 4, 5, 6 or 8"));
    }
    if ![32, 64, 128].contains(&settings.kv_group_size) {
        let message = format!("MLX has no groups of {}: 32, 64 or 128", settings.kv_group_size);
        answer.refused("kv_group_size", message);
    }
    if settings.kv_bits.is_some()
        && elements.tokens.iter().any(|kept| matches!(kept.keep, Keep::Window(_)))
    {
        let message =
            "MLX-LM fails: it cannot quantize the caches of layers with a window yet".to_owned();
        answer.refused("kv_bits", message);
    }
    if settings.max_kv_size.is_some() && !plain(elements) {
        let message =
            "MLX-LM ignores max_kv_size for models that say themselves what their layers keep"
                .to_owned();
        answer.warn("max_kv_size_ignored", "max_kv_size", message);
    }
}
