//! What a model takes in `WebLLM` 0.2.86: weights, a cache of the whole context, and the tensors of a step.
//!
//! `WebLLM` publishes what each of its models takes (`vram_required_MB`): the bytes of the parameters, the cache, and
//! the most that any compiled function holds. Where it lists a model with two contexts, the difference is the cache to
//! the byte: every layer keeps the whole context, in 16 bits where the name says `f16`, in 32 where it says `f32`.
//!
//! What a function holds is planned when it is compiled, for a chunk of a prompt. Logits are planned for a whole chunk
//! too, since one function checks guesses for each of its tokens; but not where the class of the model leaves the size
//! of its vocabulary open, so that the compiler knows no bound.

use super::answer::Answer;
use super::ask::Ask;
use super::browser::{self, Browser};
use super::elements::{Elements, Store};
use super::quantity::GIB;
use super::step::Step;
use crate::error::Result;
use crate::model::Geometry;
use crate::model::arguments::Arguments;
use crate::model::runtime_memory::{PartName, RuntimeMemory};
use crate::model::spread::Spread;

const RECORDS: &str =
    "web-llm 0.2.86: prebuiltAppConfig, pairs of vram_required_MB at two contexts";
const WEIGHTS: &str = "the bytes of the parameter shards";
const STEP: &str = "mlc-llm: compiler_pass/estimate_memory_usage.py, attach_support_info.py; web-llm: utils/vram_requirements";

/// `WebLLM` asks adapters for buffers of this size. Source: web-llm 0.2.86, `lib/index.js`.
const ASKED: u64 = GIB;

/// Tokens of a chunk in `WebLLM`'s libraries, and the most that mlc-llm compiles where nothing is said.
/// Source: web-llm 0.2.86, `prebuiltAppConfig`; mlc-llm `model/llama/llama_model.py`.
const CHUNK: u64 = 1024;
const LARGEST_CHUNK: u64 = 8192;

/// Settings of `WebLLM` by its own names, with what it does where nothing is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebLlmSettings {
    /// Tokens of the context.
    pub context_window_size: u64,
    /// Tokens that are kept instead; none is all of the context.
    pub sliding_window_size: Option<u64>,
    /// Tokens that stay at the start of a window.
    pub attention_sink_size: u64,
    /// Tokens of a prompt that are read at once; none is 1024 as `WebLLM`'s libraries are named (`cs1k`), and at most
    /// what mlc-llm compiles where nothing is said.
    pub prefill_chunk_size: Option<u64>,
    /// Bytes of an element that is computed with: 2 of `q4f16_1`, 4 of `q4f32_1`.
    pub element_bytes: u64,
}

impl Default for WebLlmSettings {
    fn default() -> Self {
        Self {
            context_window_size: 4096,
            sliding_window_size: None,
            attention_sink_size: 0,
            prefill_chunk_size: None,
            element_bytes: 2,
        }
    }
}

const QUANTIZATIONS: [(&str, u64); 7] = [
    ("q4f16_1", 2),
    ("q4f16_0", 2),
    ("q3f16_1", 2),
    ("q0f16", 2),
    ("q4f32_1", 4),
    ("q0f32", 4),
    ("q0bf16", 2),
];

impl WebLlmSettings {
    pub(super) fn read(settings: &mut Arguments<'_>) -> Result<Self> {
        let usual = Self::default();
        let context = settings.count("context_window_size")?;
        Ok(Self {
            context_window_size: context.unwrap_or(usual.context_window_size),
            sliding_window_size: settings.count("sliding_window_size")?,
            attention_sink_size: settings.count("attention_sink_size")?.unwrap_or(0),
            prefill_chunk_size: settings.count("prefill_chunk_size")?,
            element_bytes: settings.choice("quantization", &QUANTIZATIONS)?.unwrap_or(2),
        })
    }
}

/// What a model takes with these settings.
#[must_use]
pub fn estimate(ask: &Ask<'_>, settings: &WebLlmSettings, browser: &Browser) -> RuntimeMemory {
    let elements = Elements::of(ask.geometry);
    let context = ask.context.unwrap_or(settings.context_window_size).max(1);
    let mut answer = Answer::new(ask, "0.2.86", context);
    answer.about(&elements);
    let weights = ask.weights.bytes();
    answer.part(PartName::Weights, Spread::exact(weights), WEIGHTS);
    let element = settings.element_bytes;
    let per_token = elements.cache_bytes(Store::plain(element), &|_| 1);
    let kept = |tokens: u64| match settings.sliding_window_size {
        Some(window) => tokens.min(window.saturating_add(settings.attention_sink_size)),
        None => tokens,
    };
    let cache = |tokens: u64, sequences: u64| {
        per_token.saturating_mul(kept(tokens)).saturating_mul(sequences)
    };
    answer.part(PartName::Cache, Spread::exact(cache(context, ask.sequences)), RECORDS);
    let states = elements.state_bytes(element, 4).saturating_mul(ask.sequences);
    answer.part(PartName::State, Spread::exact(states), RECORDS);
    answer.part(PartName::Activation, activation(ask, settings, context), STEP);
    if element == 2 {
        browser.needs_f16(&mut answer);
    }
    browser.tensors(ask, &mut answer, ASKED);
    answer.limit_of(ask);
    browser::file_sizes(
        ask,
        &mut answer,
        browser::ARRAY_BUFFER,
        "no ArrayBuffer of Chrome holds it",
    );
    if ask.sequences > 1 {
        answer.refused("sequences", "WebLLM has one sequence for each engine".to_owned());
    }
    answer.fill(ask, &|tokens, sequences| cache(tokens, sequences).saturating_add(states));
    answer.done()
}

/// What the largest function holds. At least as if tensors shared more memory and guesses were not checked; at most
/// with logits of all tokens, and all of it twice, as older compilations did.
fn activation(ask: &Ask<'_>, settings: &WebLlmSettings, context: u64) -> Spread {
    let (step, element) = (Step::of(ask.geometry), settings.element_bytes);
    let chunk = |usual: u64| settings.prefill_chunk_size.unwrap_or(usual).min(context);
    let all = |tokens: u64| step.planned(tokens, element).saturating_add(step.logits(tokens, 4));
    let planned = step.planned(chunk(CHUNK), element);
    let expected = if open_vocabulary(ask.geometry) { planned } else { all(chunk(CHUNK)) };
    Spread::of(planned / 3, expected, all(chunk(LARGEST_CHUNK)).saturating_mul(2))
}

/// Whether the class of a model leaves the size of its vocabulary open (`"vocab_size"` in its output matrix).
///
/// Source: mlc-llm, `model/{llama,mistral,gemma,gemma2,gemma3,phi3}/*_model.py`.
fn open_vocabulary(geometry: &Geometry) -> bool {
    match geometry.architecture.as_str() {
        "llama" | "gemma" | "gemma2" | "gemma3" => true,
        "phi3" => geometry.tied_embeddings != Some(true),
        _ => false,
    }
}
