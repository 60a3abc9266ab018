//! A plan: which variant of a model to take on a machine, where it lies, how much context fits, how fast it is.

use super::memory::{AppliedSettings, CacheType, DeviceBytes};
use super::runtime_memory::RuntimeMemory;
use super::spread::Spread;
use super::verdict::Finding;
use serde::Serialize;

/// Which variant of a model to take, and what to expect of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The runtime: `llama.cpp`, `ollama`, ….
    pub runtime: &'static str,
    /// The version whose rules these are.
    pub version: &'static str,
    /// The machine, in words.
    pub hardware: Option<String>,
    /// Whether the chosen variant fits, and how.
    pub fit: PlanFit,
    /// The variant to take: its place in the list.
    pub chosen: Option<usize>,
    /// Every variant that the runtime loads, the best first.
    pub variants: Vec<PlannedVariant>,
    /// The settings of the chosen one, in llama.cpp's family.
    pub settings: Option<AppliedSettings>,
    /// What the chosen one takes part by part, in other runtimes.
    pub memory: Option<RuntimeMemory>,
    /// What lets a part wait in the computer's memory, where not all fits at once: how the components of a pipeline take
    /// turns on the device (`offload` of diffusers), or that layers are placed one by one (`device_map` of transformers).
    pub offload: Option<&'static str>,
    /// What the chosen one takes of each memory.
    pub devices: Vec<DeviceBytes>,
    /// All memories together.
    pub total: Spread,
    /// The same over context lengths, of the chosen one.
    pub curve: Vec<CurvePoint>,
    /// The next better variant, where there is one, and what it costs.
    pub up: Option<Step>,
    /// The next smaller one, and what it saves.
    pub down: Option<Step>,
    /// What would fit, where nothing does or not whole.
    pub advice: Vec<Advice>,
    /// Where speeds are from.
    pub speed_source: &'static str,
    /// What there is to know.
    pub findings: Vec<Finding>,
}

/// Whether a variant fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum PlanFit {
    /// All of it lies where it is computed: on the GPUs, or in the memory of a machine without any.
    Full,
    /// A part stays in the computer's memory.
    Partial,
    /// There is not enough memory.
    No,
    /// The machine, or something about the model, is not known.
    #[default]
    Unknown,
}

/// One variant on a machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct PlannedVariant {
    /// `Q4_K_M`; the file's name where it has no label.
    pub name: String,
    /// The file to open first.
    pub file: Option<String>,
    /// Bytes of its weights.
    pub bytes: u64,
    /// Bits for each parameter, by its bytes.
    pub bits_per_weight: Option<f64>,
    /// What is known of what quantizing costs.
    pub loss: Option<Loss>,
    /// Whether it fits.
    pub fit: PlanFit,
    /// Layers on GPUs, the output among them.
    pub gpu_layers: u64,
    /// Layers whose experts stay in the computer's memory.
    pub cpu_moe: u64,
    /// What it takes, all memories together.
    pub total: Spread,
    /// Tokens of context that fit with the same placement; of sequences together.
    pub largest_context: Option<u64>,
    /// Tokens each second while it writes, one sequence.
    pub generation: Option<Rate>,
    /// Tokens each second while it reads.
    pub prompt: Option<Rate>,
}

/// What quantizing costs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Loss {
    /// By how much the perplexity rises.
    pub perplexity: f64,
    /// Of which model, and who says so.
    pub source: &'static str,
}

/// Tokens each second, within bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Rate {
    /// At least.
    pub low: f64,
    /// Most likely.
    pub expected: f64,
    /// At most.
    pub high: f64,
}

/// What the chosen variant takes at a context length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct CurvePoint {
    /// Tokens, of all sequences together.
    pub context_length: u64,
    /// Caches and states.
    pub context: u64,
    /// All of it.
    pub total: Spread,
    /// Whether it fits with the same placement.
    pub fits: bool,
}

/// Another variant beside the chosen one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Its place in the list.
    pub variant: usize,
    /// Bytes more that it takes; fewer where negative.
    pub bytes: f64,
    /// Bits for each parameter more.
    pub bits_per_weight: Option<f64>,
    /// By how much the perplexity rises; falls where negative.
    pub perplexity: Option<f64>,
    /// How much of the speed of writing is left: 0.8 of it.
    pub speed: Option<f64>,
}

/// What would fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Advice {
    /// A shorter context.
    Context {
        /// The variant.
        variant: usize,
        /// Tokens that fit.
        context_length: u64,
    },
    /// Keys and values in a smaller type.
    CacheType {
        /// The variant.
        variant: usize,
        /// The type of both.
        cache_type: CacheType,
    },
    /// A setting of the runtime by its own name: keys and values in fewer bits.
    Setting {
        /// The variant.
        variant: usize,
        /// Its name: `kv_cache_dtype`.
        setting: &'static str,
        /// Its value: `fp8`.
        value: &'static str,
    },
    /// A smaller variant than there is.
    SmallerVariant {
        /// Bytes of weights that would fit.
        bytes: u64,
        /// Bits for each parameter that they would have.
        bits_per_weight: Option<f64>,
    },
    /// A smaller model of those given.
    SmallerModel {
        /// Which.
        id: String,
        /// Bytes of its weights.
        bytes: u64,
    },
    /// More memory.
    Memory {
        /// Bytes that are missing for the smallest variant.
        bytes: u64,
    },
}
