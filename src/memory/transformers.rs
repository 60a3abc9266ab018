//! What a model takes in transformers 5.23: weights, a cache that grows, and steps of `PyTorch`.

use super::answer::Answer;
use super::ask::Ask;
use super::elements::{Elements, Keep, Kept, Store};
use super::quantity::{GIB, MIB, times};
use super::step::Step;
use super::usable;
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
    /// Bytes of weights that each device gets where layers are placed; none is nine tenths of a single one, and all of
    /// several.
    pub max_memory: Option<u64>,
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
            max_memory: None,
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
            max_memory: settings.count("max_memory")?,
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
    let placed = Placed::of(ask, settings, weights(ask, settings, &mut answer));
    answer.devices(placed.devices);
    answer.part(PartName::Weights, placed.here, WEIGHTS);
    answer.placed(PartName::Weights, Place::Host, placed.waiting, DEVICES);
    // Layers bring their caches with them.
    let cache = |tokens: u64, sequences: u64| {
        cache_bytes(&elements, settings, tokens).saturating_mul(sequences) / placed.devices
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
    let states = states.map(&|bytes| bytes / placed.devices);
    answer.part(PartName::State, states.map(&|bytes| bytes.saturating_mul(ask.sequences)), CACHES);
    let work = (ask, settings, Step::of(ask.geometry));
    answer.part(PartName::Activation, activation(work, context, layer), STEP);
    if accelerated(ask) {
        answer.part(PartName::Runtime, Spread::of(256 * MIB, 512 * MIB, GIB), CONTEXT);
    }
    placed.limit(ask, &mut answer);
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

/// Where weights lie.
struct Placed {
    /// On each device, with the layer at work where others wait.
    here: Spread,
    /// In the computer's memory.
    waiting: Spread,
    /// Devices that share the layers.
    devices: u64,
}

impl Placed {
    /// Weights as `device_map` places them: layer by layer on the devices, the rest in the computer's memory; then the
    /// devices keep room for the largest that waits, which may be the output matrix.
    ///
    /// Source: transformers 5.23.0, `integrations/accelerate.py` (`get_balanced_memory`, `infer_auto_device_map`).
    fn of(ask: &Ask<'_>, settings: &TransformersSettings, weights: Spread) -> Self {
        let alone = Self { here: weights, waiting: Spread::default(), devices: 1 };
        let devices = ask.hardware.map_or(0, |hardware| hardware.devices.len() as u64);
        let Some(device) = ask.smallest_device(devices).filter(|_| settings.device_map_auto) else {
            return alone;
        };
        let all = device.memory_bytes;
        let room = settings.max_memory.unwrap_or(if devices == 1 { all / 10 * 9 } else { all });
        let each = weights.map(&|bytes| bytes.div_ceil(devices));
        if each.expected <= room {
            return Self { here: each, devices, ..alone };
        }
        let layers = ask.geometry.layers.len() as u64;
        let layer = weights.expected.div_ceil(layers.max(1));
        let table = times(&[ask.geometry.vocabulary, ask.geometry.embedding_length, 2]);
        let largest = layer.max(table).min(weights.expected);
        let count = room.saturating_sub(largest).checked_div(layer).unwrap_or(0);
        let kept = layer.saturating_mul(count);
        let waiting = weights.expected.saturating_sub(kept.saturating_mul(devices));
        let here = kept.saturating_add(largest);
        Self {
            here: Spread::of(kept, here, here.max(room)),
            waiting: Spread::exact(waiting),
            devices,
        }
    }

    fn limit(&self, ask: &Ask<'_>, answer: &mut Answer) {
        answer.limit_of(ask);
        let smallest = ask.smallest_device(self.devices).filter(|_| self.devices > 1);
        if let Some(device) = smallest {
            let usable = usable::of_device(device);
            let bytes = Spread::of(usable.bytes, usable.bytes, device.memory_bytes);
            answer.limit(bytes, usable.source);
        }
        if self.waiting.expected > 0 {
            let message = format!(
                "device_map leaves {} bytes of weights to the computer's memory, which is slow: they cross the bus for each token",
                self.waiting.expected
            );
            answer.warn("offloaded_to_cpu", "device_map", message);
        }
    }
}
