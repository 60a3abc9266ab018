//! What a model takes in transformers 5.23: weights, a cache that grows, and steps of `PyTorch`.

use super::answer::Answer;
use super::ask::Ask;
use super::elements::{Elements, Keep, Kept, Store};
use super::quantity::{GIB, MIB, sum};
use super::step::Step;
use crate::error::Result;
use crate::model::arguments::Arguments;
use crate::model::runtime_memory::{PartName, Place, RuntimeMemory};
use crate::model::spread::Spread;

const VERSION: &str = "5.23.0";
const CACHES: &str = "transformers 5.23.0: cache_utils.py";
const WEIGHTS: &str = "the files' bytes, converted to the dtype that is asked for";
const STEP: &str =
    "rule of thumb: residual stream and widest tensors of a layer, logits in float32";
const CONTEXT: &str = "unsloth Studio: CUDA context and cuBLAS take about 320 MiB";
const DEVICES: &str = "transformers 5.23.0: integrations/accelerate.py get_max_memory";

/// Which cache is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheImplementation {
    /// Grows token by token (`DynamicCache`).
    Dynamic,
    /// Has its full length from the start (`StaticCache`).
    Static,
    /// Its older part is stored in few bits (`QuantizedCache`).
    Quantized,
    /// Lies in the computer's memory, but for the layer at work.
    Offloaded,
}

/// Settings of transformers by its own names, with what it does where nothing is set.
#[derive(Clone, Debug, PartialEq)]
pub struct TransformersSettings {
    /// Bytes of an element that weights are converted to; none is as they are stored.
    pub dtype: Option<u64>,
    /// Which cache is used.
    pub cache_implementation: CacheImplementation,
    /// Bits of a quantized cache.
    pub nbits: u64,
    /// Elements that share a scale.
    pub q_group_size: u64,
    /// The last tokens of a quantized cache, which are kept as they are.
    pub residual_length: u64,
    /// Whether attention computes its whole matrix.
    pub eager: bool,
    /// Whether layers are placed on all devices, and what does not fit in the computer's memory.
    pub device_map_auto: bool,
    /// Tokens that are read at once; none is all of them.
    pub prefill_chunk_size: Option<u64>,
    /// Bits that linear layers are loaded in (bitsandbytes).
    pub load_in_bits: Option<u64>,
}

impl Default for TransformersSettings {
    fn default() -> Self {
        Self {
            dtype: None,
            cache_implementation: CacheImplementation::Dynamic,
            nbits: 4,
            q_group_size: 64,
            residual_length: 128,
            eager: false,
            device_map_auto: false,
            prefill_chunk_size: None,
            load_in_bits: None,
        }
    }
}

const DTYPES: [(&str, Option<u64>); 4] =
    [("auto", None), ("float16", Some(2)), ("bfloat16", Some(2)), ("float32", Some(4))];
const CACHES_BY_NAME: [(&str, CacheImplementation); 5] = [
    ("dynamic", CacheImplementation::Dynamic),
    ("static", CacheImplementation::Static),
    ("quantized", CacheImplementation::Quantized),
    ("offloaded", CacheImplementation::Offloaded),
    ("offloaded_static", CacheImplementation::Offloaded),
];
const ATTENTIONS: [(&str, bool); 5] = [
    ("sdpa", false),
    ("eager", true),
    ("flash_attention_2", false),
    ("flash_attention_3", false),
    ("flex_attention", false),
];
const DEVICE_MAPS: [(&str, bool); 6] = [
    ("auto", true),
    ("balanced", true),
    ("sequential", true),
    ("cuda", false),
    ("mps", false),
    ("cpu", false),
];

impl TransformersSettings {
    pub(super) fn read(settings: &mut Arguments<'_>) -> Result<Self> {
        let usual = Self::default();
        let eight = settings.flag("load_in_8bit")?.then_some(8);
        let four = settings.flag("load_in_4bit")?.then_some(4);
        Ok(Self {
            dtype: settings.choice("dtype", &DTYPES)?.flatten(),
            cache_implementation: settings
                .choice("cache_implementation", &CACHES_BY_NAME)?
                .unwrap_or(usual.cache_implementation),
            nbits: settings.count("nbits")?.unwrap_or(usual.nbits),
            q_group_size: settings.count("q_group_size")?.unwrap_or(usual.q_group_size),
            residual_length: settings.count("residual_length")?.unwrap_or(usual.residual_length),
            eager: settings.choice("attn_implementation", &ATTENTIONS)?.unwrap_or(false),
            device_map_auto: settings.choice("device_map", &DEVICE_MAPS)?.unwrap_or(false),
            prefill_chunk_size: settings.count("prefill_chunk_size")?,
            load_in_bits: four.or(eight),
        })
    }
}

/// What a model takes with these settings.
#[must_use]
pub fn estimate(ask: &Ask<'_>, settings: &TransformersSettings) -> RuntimeMemory {
    let elements = Elements::of(ask.geometry);
    let context = ask.context_or_usual().max(1);
    let mut answer = Answer::new(ask, VERSION, context);
    answer.about(&elements);
    let weights = weights(ask, settings, &mut answer);
    answer.part(PartName::Weights, weights, WEIGHTS);
    let cache = |tokens: u64, sequences: u64| {
        cache_bytes(&elements, settings, tokens).saturating_mul(sequences)
    };
    let bytes = Spread::exact(cache(context, ask.sequences));
    let offloaded = settings.cache_implementation == CacheImplementation::Offloaded;
    answer.placed(
        PartName::Cache,
        if offloaded { Place::Host } else { Place::Device },
        bytes,
        CACHES,
    );
    let layer = bytes.expected / (elements.tokens.len() as u64).max(1);
    if offloaded {
        // The layer at work, and the one that is fetched meanwhile.
        answer.part(PartName::Cache, Spread::exact(layer.saturating_mul(2)), CACHES);
    }
    let states = Spread::of(
        elements.state_bytes(2, 2),
        elements.state_bytes(2, 4),
        elements.state_bytes(4, 4),
    );
    answer.part(PartName::State, states.map(&|bytes| bytes.saturating_mul(ask.sequences)), CACHES);
    let work = (ask, settings, Step::of(ask.geometry));
    answer.part(PartName::Activation, activation(work, context, layer), STEP);
    if accelerated(ask) {
        answer.part(PartName::Runtime, Spread::of(256 * MIB, 512 * MIB, GIB), CONTEXT);
    }
    limit(ask, settings, &mut answer);
    let states = states.expected;
    let step = |tokens: u64| activation(work, tokens, 0).expected;
    let asked = step(context);
    answer.fill(ask, &|tokens, sequences| {
        let cache = if offloaded { 0 } else { cache(tokens, sequences) };
        let kept = cache.saturating_add(states.saturating_mul(sequences));
        kept.saturating_add(step(tokens).saturating_sub(asked))
    });
    answer.done()
}

fn accelerated(ask: &Ask<'_>) -> bool {
    ask.hardware.is_none_or(|hardware| hardware.devices.iter().any(|device| !device.unified))
}

/// Weights in the type that is asked for. What is quantized at load keeps its embeddings.
fn weights(ask: &Ask<'_>, settings: &TransformersSettings, answer: &mut Answer) -> Spread {
    let stored = ask.weights.bytes();
    let parameters = ask.parameters;
    if let Some(bits) = settings.load_in_bits {
        return quantized(ask, bits);
    }
    match (settings.dtype, parameters) {
        (Some(bytes), Some(parameters)) => Spread::exact(parameters.saturating_mul(bytes)),
        (Some(bytes), None) => {
            let message =
                "how many parameters there are is not known: converted weights are a guess"
                    .to_owned();
            answer.warn("parameters_missing", "parameters", message);
            // Stored in 16 bits most often, in 32 or 8 else.
            let as_stored = |element: u64| stored.saturating_mul(bytes) / element;
            Spread::of(as_stored(4), as_stored(2), as_stored(1))
        }
        (None, _) => Spread::exact(stored),
    }
}

/// Weights that bitsandbytes stores in fewer bits while loading: 4 bits and a scale of 32 bits for every 64, or 8
/// bits and a scale for each row; embeddings and the output matrix stay in 16.
pub(super) fn quantized(ask: &Ask<'_>, bits: u64) -> Spread {
    let parameters = ask.parameters.unwrap_or(ask.weights.bytes() / 2);
    let geometry = ask.geometry;
    let tables = if geometry.tied_embeddings == Some(true) { 1 } else { 2 };
    let table =
        geometry.vocabulary.saturating_mul(geometry.embedding_length).saturating_mul(tables);
    let kept = table.min(parameters);
    let linear = parameters - kept;
    let stored = if bits == 4 {
        Store { bits: 4, group: 64, shared: 4 }.row(linear)
    } else {
        Store { bits: 8, group: 4096, shared: 4 }.row(linear)
    };
    let expected = stored.saturating_add(kept.saturating_mul(2));
    Spread::of(expected - expected / 20, expected, expected.saturating_add(expected / 10))
}

/// Bytes of a sequence's cache.
fn cache_bytes(elements: &Elements, settings: &TransformersSettings, context: u64) -> u64 {
    let store = Store::plain(2);
    let fixed = settings.cache_implementation == CacheImplementation::Static;
    let cells = |kept: &Kept| match kept.keep {
        // The last token of a window is the one being read.
        Keep::Window(width) if !fixed => context.min(width.saturating_sub(1)),
        keep => keep.tokens(context),
    };
    let cross = if elements.cross { 2 } else { 1 };
    let indexer = elements.indexer_bytes(store).saturating_mul(context);
    if settings.cache_implementation != CacheImplementation::Quantized {
        return elements.cache_bytes(store, &cells).saturating_mul(cross).saturating_add(indexer);
    }
    let packed = Store { bits: settings.nbits.min(16), group: settings.q_group_size, shared: 4 };
    let bytes = |kept: &Kept| {
        let tokens = cells(kept);
        let plain = tokens.min(settings.residual_length);
        let old = store.token_bytes(kept).saturating_mul(plain);
        old.saturating_add(packed.token_bytes(kept).saturating_mul(tokens - plain))
    };
    elements.over_layers(&bytes).saturating_mul(cross).saturating_add(indexer)
}

/// Tensors of a step: a prompt is read at once unless it is cut, and only the last token's logits are computed.
fn activation(
    (ask, settings, step): (&Ask<'_>, &TransformersSettings, Step),
    context: u64,
    layer: u64,
) -> Spread {
    let each = settings.prefill_chunk_size.unwrap_or(context).min(context).max(1);
    let tokens = each.saturating_mul(ask.sequences);
    let element = settings.dtype.unwrap_or(2);
    let forward = step.forward(tokens, element);
    let matrix = if settings.eager {
        step.attention_matrix(tokens, context, element.saturating_add(4))
    } else {
        0
    };
    let logits = step.logits(ask.sequences, 8);
    let sum = forward.saturating_add(matrix).saturating_add(logits);
    // A cache that grows is copied, layer by layer.
    let growing = sum.saturating_add(layer);
    Spread::of(sum / 2, growing, growing.saturating_mul(2))
}

fn limit(ask: &Ask<'_>, settings: &TransformersSettings, answer: &mut Answer) {
    let Some(hardware) = ask.hardware else { return };
    let own: Vec<u64> = hardware.devices.iter().map(|device| device.memory_bytes).collect();
    if !settings.device_map_auto || own.is_empty() {
        answer.limit_of(ask);
        return;
    }
    let all = sum(own.iter().copied());
    // One device keeps a tenth free; of several the last ones have a layer to spare.
    let usable = if own.len() == 1 { all / 10 * 9 } else { all };
    answer.devices(own.len() as u64);
    answer.limit(Spread::of(usable / 10 * 9, usable, usable), DEVICES);
    let needed = answer.total(Place::Device).expected;
    if needed > usable {
        let message = format!(
            "device_map \"auto\" leaves {} bytes to the computer's memory, which is slow",
            needed - usable
        );
        answer.warn("offloaded_to_cpu", "device_map", message);
    }
}
