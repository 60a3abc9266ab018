//! What a model takes in runtimes that all follow one rule: weights as they are stored, keys and values of every
//! token, and something beside them.
//!
//! What is known of each stands in a table, with its source; what is beside is a wide range.

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

/// What is known of a runtime.
pub(super) struct Facts {
    pub(super) id: &'static str,
    version: &'static str,
    source: &'static str,
    /// The setting that says how keys and values are stored, and its values, the usual one first.
    dtype: (&'static str, &'static [(&'static str, Store)]),
    /// How they are stored on other devices, or from other files, where nothing is set.
    elsewhere: Store,
    /// Tokens that caches grow by.
    step: u64,
    /// Whether layers with a window keep no more than it.
    windows: bool,
    /// Whether a latent is kept for all heads.
    latents: bool,
    /// Whether the rule was read in the runtime's source, or in the reference of its settings.
    read: bool,
    /// The setting that says which share of the free memory caches take, and the usual share; none where caches grow.
    pool: Option<(&'static str, f64)>,
}

const F16: Store = Store::plain(2);
const F32: Store = Store::plain(4);
const F8: Store = Store::plain(1);

/// Bits of an element and a scale of 16 bits for every 32: `ExLlamaV3`.
const fn exllama(bits: u64) -> Store {
    Store { bits, group: 32, shared: 2 }
}

/// Runtimes of which more is not known than this.
pub(super) const RUNTIMES: &[Facts] = &[
    Facts {
        id: "exllamav2",
        version: "0.3.2",
        source: "exllamav2 0.3.2: exllamav2/cache.py",
        dtype: (
            "cache_mode",
            &[
                ("FP16", F16),
                ("FP8", F8),
                ("Q8", exllama(8)),
                ("Q6", exllama(6)),
                ("Q4", exllama(4)),
            ],
        ),
        elsewhere: F16,
        step: 256,
        windows: false,
        latents: false,
        read: true,
        pool: None,
    },
    Facts {
        id: "exllamav3",
        version: "1.6.5",
        source: "exllamav3 1.6.5: exllamav3/cache/fp16.py, quant.py, constants.py PAGE_SIZE",
        dtype: (
            "cache_bits",
            &[
                ("16", F16),
                ("8", exllama(8)),
                ("7", exllama(7)),
                ("6", exllama(6)),
                ("5", exllama(5)),
                ("4", exllama(4)),
                ("3", exllama(3)),
                ("2", exllama(2)),
            ],
        ),
        elsewhere: F16,
        step: 256,
        windows: false,
        latents: true,
        read: true,
        pool: None,
    },
    Facts {
        id: "tensorrt-llm",
        version: "1.2.1",
        source: "TensorRT-LLM documentation: KvCacheConfig (free_gpu_memory_fraction, tokens_per_block)",
        dtype: (
            "kv_cache_dtype",
            &[("auto", F16), ("fp8", F8), ("nvfp4", Store { bits: 4, group: 16, shared: 1 })],
        ),
        elsewhere: F8,
        step: 32,
        windows: true,
        latents: true,
        read: true,
        pool: Some(("free_gpu_memory_fraction", 0.9)),
    },
    Facts {
        id: "openvino-genai",
        version: "",
        source: "not confirmed: OpenVINO keeps 8 bits on CPUs and 16 on GPUs (KV_CACHE_PRECISION)",
        dtype: (
            "KV_CACHE_PRECISION",
            &[
                ("f16", F16),
                ("bf16", F16),
                ("f32", F32),
                ("u8", Store { bits: 8, group: 64, shared: 4 }),
            ],
        ),
        elsewhere: Store { bits: 8, group: 64, shared: 4 },
        step: 32,
        windows: false,
        latents: false,
        read: false,
        pool: None,
    },
    Facts {
        id: "ctranslate2",
        version: "4.8.5",
        source: "not confirmed: CTranslate2 keeps the floats of the compute type",
        dtype: (
            "compute_type",
            &[
                ("default", F32),
                ("float32", F32),
                ("float16", F16),
                ("bfloat16", F16),
                ("int8", F32),
                ("int8_float32", F32),
                ("int8_float16", F16),
                ("int8_bfloat16", F16),
                ("int16", F32),
            ],
        ),
        elsewhere: F16,
        step: 1,
        windows: false,
        latents: false,
        read: false,
        pool: None,
    },
    Facts {
        id: "litert-lm",
        version: "0.18.1",
        source: "not confirmed: LiteRT-LM keeps what the model was exported with",
        dtype: ("kv_cache_dtype", &[("float32", F32), ("float16", F16), ("int8", F8)]),
        elsewhere: F8,
        step: 1,
        windows: false,
        latents: false,
        read: false,
        pool: None,
    },
    Facts {
        id: "candle",
        version: "0.11.1",
        source: "candle-transformers 0.11.1: models concatenate keys and values of every token",
        dtype: ("dtype", &[("bf16", F16), ("f16", F16), ("f32", F32)]),
        elsewhere: F32,
        step: 1,
        windows: false,
        latents: false,
        read: true,
        pool: None,
    },
    Facts {
        id: "mistral.rs",
        version: "0.8.1",
        source: "mistralrs-core 0.8.1: src/kv_cache/mod.rs CACHE_GROW_SIZE, src/paged_attention/mod.rs",
        dtype: ("pa_cache_type", &[("auto", F16), ("f8e4m3", F8)]),
        elsewhere: F16,
        step: 512,
        windows: true,
        latents: false,
        read: true,
        pool: Some(("pa_memory_fraction", 0.9)),
    },
    Facts {
        id: "onnxruntime-genai",
        version: "0.18.0",
        source: "not confirmed: onnxruntime-genai keeps max_length tokens in the type of the model's inputs",
        dtype: ("io_dtype", &[("float16", F16), ("float32", F32)]),
        elsewhere: F32,
        step: 1,
        windows: false,
        latents: false,
        read: false,
        pool: None,
    },
    Facts {
        id: "tgi",
        version: "3.3",
        source: "not confirmed: Text Generation Inference fills the memory that is left with blocks",
        dtype: ("kv_cache_dtype", &[("auto", F16), ("fp8_e4m3fn", F8), ("fp8_e5m2", F8)]),
        elsewhere: F16,
        step: 1,
        windows: false,
        latents: true,
        read: false,
        pool: Some(("cuda_memory_fraction", 1.0)),
    },
    Facts {
        id: "mlc-llm",
        version: "",
        source: "not confirmed: as web-llm 0.2.86, which the same compiler builds",
        dtype: ("kv_dtype", &[("float16", F16), ("float32", F32)]),
        elsewhere: F32,
        step: 16,
        windows: false,
        latents: true,
        read: false,
        pool: Some(("gpu_memory_utilization", 0.85)),
    },
];

/// What is known of a runtime, and what its settings say.
pub(super) struct ByRule {
    facts: &'static Facts,
    store: Store,
    /// The same elsewhere, where nothing is set.
    elsewhere: Store,
    share: Option<f64>,
}

impl ByRule {
    pub(super) fn read(facts: &'static Facts, settings: &mut Arguments<'_>) -> Result<Self> {
        let (key, stores) = facts.dtype;
        let usual = stores.first().map_or(F16, |(_, store)| *store);
        let said = settings.choice(key, stores)?;
        let (store, elsewhere) = (said.unwrap_or(usual), said.unwrap_or(facts.elsewhere));
        let share = match facts.pool {
            Some((key, usual)) => Some(settings.number(key)?.unwrap_or(usual)),
            None => None,
        };
        Ok(Self { facts, store, elsewhere, share })
    }

    /// The estimate.
    pub(super) fn estimate(&self, ask: &Ask<'_>) -> RuntimeMemory {
        let facts = self.facts;
        let elements = if facts.latents {
            Elements::of(ask.geometry)
        } else {
            Elements::unfolded(ask.geometry)
        };
        let context = ask.context_or_usual().max(1);
        let mut answer = Answer::new(ask, facts.version, context);
        answer.about(&elements);
        answer.part(PartName::Weights, Spread::exact(ask.weights.bytes()), "the files' bytes");
        let cache = |tokens: u64| self.cache_bytes(&elements, self.store, tokens);
        let here = cache(context);
        let there = self.cache_bytes(&elements, self.elsewhere, context);
        let bytes = Spread { low: here.min(there), expected: here, high: here.max(there) };
        answer.part(
            PartName::Cache,
            bytes.map(&|one| one.saturating_mul(ask.sequences)),
            facts.source,
        );
        self.doubts(&mut answer);
        let states = Spread::of(
            elements.state_bytes(2, 2),
            elements.state_bytes(2, 4),
            elements.state_bytes(4, 4),
        );
        answer.part(
            PartName::State,
            states.map(&|bytes| bytes.saturating_mul(ask.sequences)),
            facts.source,
        );
        let tokens = context.min(2048).saturating_mul(ask.sequences);
        let step = Step::of(ask.geometry);
        let forward = step.forward(tokens, 4).saturating_add(step.logits(ask.sequences, 4));
        let high = forward.saturating_mul(4).saturating_add(GIB);
        answer.part(
            PartName::Activation,
            Spread::of(forward / 8, forward, high),
            "rule of thumb, not measured",
        );
        answer.part(
            PartName::Runtime,
            Spread::of(32 * MIB, 384 * MIB, GIB),
            "rule of thumb, not measured",
        );
        answer.limit_of(ask);
        let (states, share) = (states.expected, self.share());
        // A pool takes a share of what is left: as if all needed so much more.
        answer.fill(ask, &|tokens, sequences| {
            let needed = cache(tokens).saturating_add(states).saturating_mul(sequences);
            scaled(needed, 1.0 / share)
        });
        if self.share.is_some_and(|share| !(share > 0.0 && share <= 1.0)) {
            let key = facts.pool.map_or("", |(key, _)| key);
            answer.refused(key, format!("{key} is a share: above 0 and at most 1"));
        }
        answer.done()
    }

    /// How far the answer can be relied on.
    fn doubts(&self, answer: &mut Answer) {
        let id = self.facts.id;
        if self.facts.read {
            let message = format!(
                "nothing of this was compared with {id}: weights are the files' bytes, the rest follows a rule"
            );
            answer.finding("rule_not_compared", Severity::Info, "runtime", message);
        } else {
            let message = format!("how {id} keeps keys and values was not read in its source");
            answer.doubt("rule_not_confirmed", "runtime", message);
        }
    }

    fn share(&self) -> f64 {
        self.share.filter(|share| *share > 0.0 && *share <= 1.0).unwrap_or(1.0)
    }

    fn cache_bytes(&self, elements: &Elements, store: Store, context: u64) -> u64 {
        let grown = padded(context, self.facts.step);
        let cells = |kept: &Kept| match kept.keep {
            Keep::Window(width) if self.facts.windows => grown.min(width),
            _ => grown,
        };
        let cross = if elements.cross { 2 } else { 1 };
        let bytes = |kept: &Kept| store.token_bytes(kept).saturating_mul(cells(kept));
        elements.over_layers(&bytes).saturating_mul(cross)
    }
}
