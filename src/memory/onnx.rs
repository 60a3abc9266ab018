//! What a model takes in ONNX Runtime in a browser, alone or under transformers.js.

use super::answer::Answer;
use super::ask::Ask;
use super::browser::{self, ARRAY_BUFFER, Browser, TWO_GIB, WASM32};
use super::elements::{Elements, Store};
use super::quantity::MIB;
use super::step::Step;
use crate::error::Result;
use crate::model::arguments::Arguments;
use crate::model::runtime_memory::{PartName, Place, RuntimeMemory};
use crate::model::spread::Spread;

const FILES: &str = "the bytes of the sessions' files";
const COPIES: &str =
    "ONNX Runtime documentation: files are read into buffers of JavaScript, then copied";
const CACHES: &str = "transformers.js 4.3.1: src/models/modeling_utils.js, caches have the type of the session's inputs";
const STEP: &str =
    "rule of thumb: residual stream and widest tensors of a layer, logits in float32";
const ADDRESSES: &str = "ONNX Runtime documentation: the address space of wasm32";

/// Files of external data that transformers.js reads of one session.
const MOST_CHUNKS: usize = 100;

/// Settings of transformers.js and ONNX Runtime Web by their own names, with what they do where nothing is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnnxSettings {
    /// Whether WebGPU computes; else WebAssembly does.
    pub webgpu: bool,
    /// Whether activations and caches have 16 bits (`fp16`, `q4f16`); else they have 32.
    pub half: bool,
    /// Whether a worker of ONNX Runtime computes (`env.wasm.proxy`).
    pub proxy: bool,
}

const DEVICES: [(&str, bool); 4] =
    [("wasm", false), ("cpu", false), ("webgpu", true), ("gpu", true)];
const DTYPES: [(&str, bool); 14] = [
    ("fp32", false),
    ("fp16", true),
    ("q8", false),
    ("int8", false),
    ("uint8", false),
    ("q4", false),
    ("q2", false),
    ("q1", false),
    ("bnb4", false),
    ("q4f16", true),
    ("q2f16", true),
    ("q1f16", true),
    ("auto", false),
    ("quantized", false),
];

impl OnnxSettings {
    pub(super) fn read(settings: &mut Arguments<'_>) -> Result<Self> {
        Ok(Self {
            webgpu: settings.choice("device", &DEVICES)?.unwrap_or(false),
            half: settings.choice("dtype", &DTYPES)?.unwrap_or(false),
            proxy: settings.flag("proxy")?,
        })
    }
}

/// What a model takes with these settings.
#[must_use]
pub fn estimate(ask: &Ask<'_>, settings: OnnxSettings, browser: &Browser) -> RuntimeMemory {
    // The exporters of latents keep keys and values of each head.
    let elements = Elements::unfolded(ask.geometry);
    let context = ask.context_or_usual().max(1);
    let version = if ask.runtime == "transformers.js" { "4.3.1" } else { "1.30.0" };
    let mut answer = Answer::new(ask, version, context);
    answer.about(&elements);
    let weights = ask.weights.bytes();
    answer.part(PartName::Weights, Spread::exact(weights), FILES);
    let largest = browser::files(ask).iter().map(|file| file.bytes).max().unwrap_or(weights);
    answer.placed(PartName::Weights, Place::Host, Spread::of(0, largest, weights), COPIES);
    let element = if settings.half { 2 } else { 4 };
    let cross = if elements.cross { 2 } else { 1 };
    // Exported models keep all of the context in every layer.
    let per_token = elements.cache_bytes(Store::plain(element), &|_| cross);
    let needed =
        |tokens: u64, sequences: u64| per_token.saturating_mul(tokens).saturating_mul(sequences);
    let cache = needed(context, ask.sequences);
    // Each step hands back a new cache before the old one is let go.
    answer.part(PartName::Cache, Spread::of(cache, cache, cache.saturating_mul(2)), CACHES);
    let states = elements.state_bytes(4, 4).saturating_mul(ask.sequences);
    answer.part(PartName::State, Spread::of(states / 2, states, states), CACHES);
    // A prompt is read at once; older exports compute logits for all of it.
    let tokens = |context: u64| context.saturating_mul(ask.sequences);
    let step = Step::of(ask.geometry);
    let passing = |context: u64| step.forward(tokens(context), element);
    let forward = passing(context);
    let expected = forward.saturating_add(step.logits(ask.sequences, 4));
    let high = forward.saturating_mul(2).saturating_add(step.logits(tokens(context), 4));
    answer.part(PartName::Activation, Spread::of(expected / 8, expected, high), STEP);
    answer.part(
        PartName::Runtime,
        Spread::of(16 * MIB, 64 * MIB, 256 * MIB),
        "the module itself and its heap",
    );
    if settings.webgpu {
        browser.tensors(ask, &mut answer, u64::MAX);
        if settings.half {
            browser.needs_f16(&mut answer);
        }
        answer.limit_of(ask);
    } else {
        answer.limit(Spread::exact(WASM32), ADDRESSES);
    }
    sizes(ask, settings, &mut answer);
    answer.fill(ask, &|tokens, sequences| {
        let kept = needed(tokens, sequences).saturating_add(states);
        kept.saturating_add(passing(tokens).saturating_sub(forward))
    });
    answer.done()
}

fn sizes(ask: &Ask<'_>, settings: OnnxSettings, answer: &mut Answer) {
    browser::file_sizes(
        ask,
        answer,
        ARRAY_BUFFER,
        "no ArrayBuffer of Chrome holds it; split its external data",
    );
    let files = browser::files(ask);
    let graph = |name: &str| name.len() > 5 && name.as_bytes().ends_with(b".onnx");
    for file in files.iter().filter(|file| graph(&file.name) && file.bytes >= TWO_GIB) {
        let message = format!(
            "{} has {} bytes: protobuf holds 2 GiB, weights go beside it",
            file.name, file.bytes
        );
        answer.refused("files", message);
    }
    if files.len() > MOST_CHUNKS && ask.runtime == "transformers.js" {
        let message = format!(
            "there are {} files; transformers.js reads at most {MOST_CHUNKS} chunks of a session",
            files.len()
        );
        answer.warn("many_chunks", "files", message);
    }
    if settings.proxy && ask.weights.bytes() > ARRAY_BUFFER {
        let message =
            "ONNX Runtime fails: buffers of more than 2 GB cannot be handed to a worker".to_owned();
        answer.refused("proxy", message);
    }
}
