//! What it takes to train a model, whole or by a low-rank adapter: an estimate, as accelerate gives one.
//!
//! Weights, gradients and two states of Adam follow from the number of parameters; what a step keeps for the way
//! back depends on implementations, and is a range.

use super::answer::Answer;
use super::ask::Ask;
use super::quantity::{GIB, MIB, sum, times};
use super::step::{self, Step};
use super::transformers::quantized;
use crate::error::Result;
use crate::model::Severity;
use crate::model::arguments::Arguments;
use crate::model::geometry::Layer;
use crate::model::runtime_memory::{PartName, RuntimeMemory};
use crate::model::spread::Spread;

const VERSION: &str = "1.15.0";
const ADAM: &str = "accelerate 1.15.0: commands/estimate.py estimate_training_usage";
const LOW_RANK: &str = "peft 0.21.2: r x (in + out) elements of each matrix, in 32 bits";
const WAY_BACK: &str =
    "Korthikanti et al. 2022, Reducing Activation Recomputation: 34 bytes for each token and width";
const STORED: &str = "the parameters' bytes";

/// What is trained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// All weights.
    #[default]
    Full,
    /// An adapter beside weights of 16 bits.
    Lora,
    /// An adapter beside weights of 4 bits.
    Qlora,
}

/// Which matrices an adapter goes with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TargetModules {
    /// Queries and values.
    #[default]
    QueriesAndValues,
    /// All of attention.
    Attention,
    /// All of attention and of dense feed-forward networks.
    AllLinear,
}

/// What a training is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainingSettings {
    /// What is trained.
    pub method: Method,
    /// Whether a step computes in 16 bits, beside weights of 32.
    pub mixed_precision: bool,
    /// States that the optimizer keeps for each parameter, in bytes: 8 of Adam, 2 of Adam in 8 bits, 4 or 0 of SGD.
    pub optimizer_bytes: u64,
    /// Rank of an adapter.
    pub r: u64,
    /// Which matrices it goes with.
    pub target_modules: TargetModules,
    /// Sequences of a step.
    pub per_device_train_batch_size: u64,
    /// Whether a step keeps only what enters each layer.
    pub gradient_checkpointing: bool,
}

impl Default for TrainingSettings {
    fn default() -> Self {
        Self {
            method: Method::Full,
            mixed_precision: false,
            optimizer_bytes: 8,
            r: 8,
            target_modules: TargetModules::QueriesAndValues,
            per_device_train_batch_size: 1,
            gradient_checkpointing: false,
        }
    }
}

const METHODS: [(&str, Method); 3] =
    [("full", Method::Full), ("lora", Method::Lora), ("qlora", Method::Qlora)];
const PRECISIONS: [(&str, bool); 5] =
    [("no", false), ("float32", false), ("fp16", true), ("bf16", true), ("fp8", true)];
const OPTIMIZERS: [(&str, u64); 6] = [
    ("adamw", 8),
    ("adam", 8),
    ("adamw_8bit", 2),
    ("paged_adamw_8bit", 2),
    ("sgd_momentum", 4),
    ("sgd", 0),
];
const TARGETS: [(&str, TargetModules); 3] = [
    ("q_v", TargetModules::QueriesAndValues),
    ("attention", TargetModules::Attention),
    ("all-linear", TargetModules::AllLinear),
];

impl TrainingSettings {
    pub(super) fn read(settings: &mut Arguments<'_>) -> Result<Self> {
        let usual = Self::default();
        Ok(Self {
            method: settings.choice("method", &METHODS)?.unwrap_or_default(),
            mixed_precision: settings.choice("mixed_precision", &PRECISIONS)?.unwrap_or(false),
            optimizer_bytes: settings
                .choice("optim", &OPTIMIZERS)?
                .unwrap_or(usual.optimizer_bytes),
            r: settings.count("r")?.unwrap_or(usual.r),
            target_modules: settings.choice("target_modules", &TARGETS)?.unwrap_or_default(),
            per_device_train_batch_size: settings
                .count("per_device_train_batch_size")?
                .unwrap_or(1),
            gradient_checkpointing: settings.flag("gradient_checkpointing")?,
        })
    }
}

/// What a model takes with these settings.
#[must_use]
pub fn estimate(ask: &Ask<'_>, settings: &TrainingSettings) -> RuntimeMemory {
    let context = ask.context.unwrap_or(2048).max(1);
    let mut answer = Answer::new(ask, VERSION, context);
    let parameters = parameters(ask, &mut answer);
    let message =
        "an estimate: optimizers, kernels and allocators differ; nothing was measured".to_owned();
    answer.finding("training_is_an_estimate", Severity::Info, "method", message);
    let bytes = |parameters: u64, each: u64| Spread::exact(parameters.saturating_mul(each));
    if settings.method == Method::Full {
        answer.part(PartName::Weights, bytes(parameters, 4), ADAM);
        // In mixed precision half as much again: gradients of 16 bits, from which those of 32 are made.
        answer.part(
            PartName::Gradients,
            bytes(parameters, if settings.mixed_precision { 6 } else { 4 }),
            ADAM,
        );
        answer.part(PartName::Optimizer, bytes(parameters, settings.optimizer_bytes), ADAM);
    } else {
        let base = match settings.method {
            Method::Qlora => quantized(&Ask { parameters: Some(parameters), ..*ask }, 4),
            _ => Spread::exact(parameters.saturating_mul(2)),
        };
        let adapter = adapter(ask, settings);
        answer.part(PartName::Weights, base, STORED);
        answer.part(PartName::Adapter, bytes(adapter, 4), LOW_RANK);
        answer.part(PartName::Gradients, bytes(adapter, 4), LOW_RANK);
        answer.part(PartName::Optimizer, bytes(adapter, settings.optimizer_bytes), LOW_RANK);
        // In hundredths of a percent.
        let share = adapter.saturating_mul(10_000) / parameters.max(1);
        let message = format!("{adapter} of {parameters} parameters are trained: {share} of 10000");
        answer.finding("trainable_share", Severity::Info, "r", message);
    }
    answer.part(PartName::Activation, way_back(ask, settings, context), WAY_BACK);
    answer.part(
        PartName::Runtime,
        Spread::of(256 * MIB, 512 * MIB, GIB),
        "the driver's context and libraries",
    );
    answer.limit_of(ask);
    answer.done()
}

/// Parameters as they are said, or as the geometry and the bytes tell.
fn parameters(ask: &Ask<'_>, answer: &mut Answer) -> u64 {
    if let Some(parameters) = ask.parameters {
        return parameters;
    }
    let counted = step::parameters(ask.geometry);
    let stored = ask.weights.bytes() / 2;
    let message = "how many parameters there are is not known: taken for weights stored in 16 bits"
        .to_owned();
    answer.warn("parameters_missing", "parameters", message);
    if stored > 0 { stored } else { counted }
}

/// Elements of an adapter.
fn adapter(ask: &Ask<'_>, settings: &TrainingSettings) -> u64 {
    let width = ask.geometry.embedding_length;
    let layer = |layer: &Layer| {
        let queries = times(&[layer.heads, layer.key_length]);
        let keys = times(&[layer.kv_heads, layer.key_length]);
        let values = times(&[layer.kv_heads, layer.value_length]);
        let between = |outs: &[u64]| sum(outs.iter().map(|out| width.saturating_add(*out)));
        let wide = layer.feed_forward_length;
        match settings.target_modules {
            TargetModules::QueriesAndValues => between(&[queries, values]),
            TargetModules::Attention => between(&[queries, keys, values, queries]),
            TargetModules::AllLinear => {
                between(&[queries, keys, values, queries, wide, wide, wide])
            }
        }
    };
    let elements = sum(ask.geometry.layers.iter().map(layer));
    elements.saturating_mul(settings.r)
}

/// What a step keeps for the way back: in each layer 34 bytes for each token and width of the stream, or 2 where only
/// what enters it is kept and one layer at a time is computed again; and logits with their gradients.
fn way_back(ask: &Ask<'_>, settings: &TrainingSettings, context: u64) -> Spread {
    let geometry = ask.geometry;
    let tokens = times(&[context, settings.per_device_train_batch_size.max(1), ask.sequences]);
    let layers = geometry.layers.len() as u64;
    let step = Step::of(geometry);
    let stream = times(&[tokens, geometry.embedding_length]);
    let layer = stream.saturating_mul(34).max(step.forward(tokens, 2));
    let kept = if settings.gradient_checkpointing {
        times(&[stream, 2, layers]).saturating_add(layer)
    } else {
        layer.saturating_mul(layers)
    };
    let wide = if settings.mixed_precision || settings.method != Method::Full { 1 } else { 2 };
    let expected = kept.saturating_mul(wide).saturating_add(step.logits(tokens, 10));
    Spread::of(expected / 2, expected, expected.saturating_mul(2))
}
