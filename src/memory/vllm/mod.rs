//! What a model takes in vLLM, as its version 0.33.0 plans it.
//!
//! vLLM takes a share of each GPU, measures what weights and a step need, and cuts what is left into blocks of cache.
//! Blocks follow from its rules and are exact; what a step needs is a range.

mod budget;
mod pages;
mod refusals;
mod settings;

pub use settings::{KvCacheDtype, Measured, VllmSettings};

use super::answer::Answer;
use super::ask::Ask;
use super::elements::Elements;
use super::quantity::{largest, ratio, scaled};
use super::usable;
use crate::model::runtime_memory::{Block, Capacity, Concurrency, PartName, Place, RuntimeMemory};
use crate::model::spread::Spread;
use pages::{Pages, Request};

const VERSION: &str = "0.33.0";
const PLANNING: &str = "vllm 0.33.0: vllm/v1/core/kv_cache_planning.py";
const SPLIT: &str = "vllm 0.33.0: weights are split evenly between tensor parallel ranks";
const PROFILE: &str = "llm-d-planner: docs/empirical-vllm-memory-results.md, fitted";
const REQUEST: &str = "vllm 0.33.0: vllm/v1/worker/utils.py request_memory";
const REPORTED: &str = "reported by a start of vllm";

/// The plan of one model.
struct Plan<'a> {
    ask: &'a Ask<'a>,
    settings: &'a VllmSettings,
    pages: Pages,
    request: Request,
    stages: Vec<(usize, usize)>,
    max_model_len: u64,
    /// What a step takes of the most tokens and sequences.
    step: Spread,
    /// Bytes of a block on the GPUs of each stage.
    block_bytes: Vec<u64>,
}

/// What a model takes with these settings.
#[must_use]
pub fn estimate(ask: &Ask<'_>, settings: &VllmSettings) -> RuntimeMemory {
    let settings = &with_states(ask, settings);
    let elements = Elements::of(ask.geometry);
    let made_for = ask.geometry.context_length;
    let max_model_len = settings.max_model_len.unwrap_or(made_for).max(1);
    let batch = budget::batch(ask, settings, max_model_len);
    let ahead = match (settings.async_scheduling, settings.pipeline_parallel_size.max(1)) {
        (true, stages) => stages.saturating_add(1),
        (false, stages) => stages,
    };
    let pages = Pages::of(&elements, settings);
    let stages = budget::stages(ask.geometry.layers.len(), settings.pipeline_parallel_size);
    let plan = Plan {
        ask,
        settings,
        block_bytes: stages.iter().map(|stage| pages.block_bytes(*stage)).collect(),
        pages,
        request: Request {
            in_flight: batch.0.saturating_mul(ahead),
            state_pages: if settings.enable_prefix_caching { 2 } else { 1 },
        },
        stages,
        max_model_len,
        step: budget::activation(ask, batch.0, batch.1, settings),
    };
    let pool = plan.pool();
    let fitting = pool.as_ref().filter(|_| settings.fit_max_model_len);
    let fitting = fitting.map(|pool| plan.capacity(pool, 1).largest_context.expected);
    let context = ask.context.or(fitting).unwrap_or(max_model_len).max(1);
    let mut answer = Answer::new(ask, VERSION, context);
    answer.about(&elements);
    answer.devices(ranks(settings));
    refusals::tell(ask, settings, (max_model_len, batch), &mut answer);
    plan.parts(&mut answer, context);
    plan.limits(&mut answer);
    if let Some(pool) = pool {
        let capacity = plan.capacity(&pool, context);
        plan.tell_largest(&capacity, &mut answer);
        answer.capacity(capacity);
    }
    answer.done()
}

/// The settings with how states are stored where the architecture says it.
///
/// Source: vLLM 0.33.0, `vllm/model_executor/layers/mamba/mamba_utils.py` (`kda_state_dtype`),
/// `vllm/model_executor/models/config.py` (`NemotronHForCausalLMConfig`, and the `mamba_ssm_dtype` of Qwen3.5's configs).
fn with_states(ask: &Ask<'_>, settings: &VllmSettings) -> VllmSettings {
    const WIDE: [&str; 7] = [
        "kimi-linear",
        "kimi-k3",
        "bailingmoe3",
        "nemotron_h",
        "nemotron_h_moe",
        "qwen35",
        "qwen35moe",
    ];
    let wide = WIDE.contains(&ask.geometry.architecture.as_str()).then_some(4);
    let mamba_ssm_cache_bytes = settings.mamba_ssm_cache_bytes.or(wide);
    VllmSettings { mamba_ssm_cache_bytes, ..settings.clone() }
}

/// GPUs that share the model.
fn ranks(settings: &VllmSettings) -> u64 {
    let stages = settings.pipeline_parallel_size.max(1);
    settings.tensor_parallel_size.max(1).saturating_mul(stages)
}

impl Plan<'_> {
    /// What a stage takes beside caches, on each of its GPUs.
    fn beside(&self, stage: usize) -> [(PartName, Spread, &'static str); 4] {
        let (settings, measured) = (self.settings, self.settings.measured);
        let shards = settings.tensor_parallel_size;
        let known = |bytes: Option<u64>, estimated: Spread, source: &'static str| match bytes {
            Some(bytes) => (Spread::exact(bytes), REPORTED),
            None => (estimated, source),
        };
        let weights = budget::weights(self.ask, stage, &self.stages, shards);
        let kept = weights.map(&|bytes| bytes.saturating_sub(settings.cpu_offload_bytes));
        let (weights, of_weights) = known(measured.weights, kept, SPLIT);
        let (step, of_step) = known(measured.activation, self.step, PROFILE);
        let (other, of_other) = known(measured.non_torch, budget::non_torch(shards), PROFILE);
        let (graphs, of_graphs) = known(measured.cuda_graphs, budget::graphs(settings), PROFILE);
        [
            (PartName::Weights, weights, of_weights),
            (PartName::Activation, step, of_step),
            (PartName::Runtime, other, of_other),
            (PartName::Graphs, graphs, of_graphs),
        ]
    }

    /// The stage whose GPUs have least left.
    fn fullest(&self) -> usize {
        let all = |stage: usize| {
            self.beside(stage)
                .iter()
                .fold(0, |sum, (_, bytes, _)| bytes.expected.saturating_add(sum))
        };
        (0..self.stages.len()).max_by_key(|stage| all(*stage)).unwrap_or(0)
    }

    fn parts(&self, answer: &mut Answer, context: u64) {
        let stage = self.fullest();
        for (name, bytes, source) in self.beside(stage) {
            answer.part(name, bytes, source);
        }
        let offloaded = self.settings.cpu_offload_bytes;
        let weights = self.ask.weights.bytes();
        let host = Spread::exact(offloaded.saturating_mul(self.ranks()).min(weights));
        answer.placed(PartName::Weights, Place::Host, host, "vllm 0.33.0: --cpu-offload-gb");
        let blocks = self.pages.blocks(context, self.request).saturating_mul(self.ask.sequences);
        // One block is held back for padding.
        let blocks = blocks.saturating_add(u64::from(blocks > 0));
        let bytes = blocks.saturating_mul(self.block_bytes());
        answer.part(PartName::Cache, Spread::exact(bytes), PLANNING);
    }

    fn ranks(&self) -> u64 {
        ranks(self.settings)
    }

    /// Bytes of a block on the GPU that has most of it.
    fn block_bytes(&self) -> u64 {
        self.block_bytes.iter().copied().max().unwrap_or(0)
    }

    /// What vLLM takes of each GPU. A card has up to 2% less for programs than its name says.
    fn requested(&self) -> Option<Spread> {
        let device = self.ask.smallest_device(self.ranks())?;
        let requested = budget::requested(device.memory_bytes, self.settings);
        Some(Spread::of(scaled(requested, 0.98), requested, requested))
    }

    /// Bytes for caches on the GPUs of each stage, where that is known.
    fn pool(&self) -> Option<Vec<Spread>> {
        let stages = 0..self.stages.len();
        if self.block_bytes() == 0 {
            return None;
        }
        if let Some(fixed) = self.settings.kv_cache_memory_bytes {
            return Some(stages.map(|_| Spread::exact(fixed)).collect());
        }
        let requested = self.requested()?;
        let beside = |stage: usize| {
            let parts = self.beside(stage);
            parts.iter().fold(Spread::default(), |sum, (_, bytes, _)| sum.plus(*bytes))
        };
        Some(stages.map(|stage| requested.minus(beside(stage))).collect())
    }

    /// The limit, and what vLLM says of it.
    fn limits(&self, answer: &mut Answer) {
        let Some(requested) = self.requested() else {
            if self.ask.hardware.is_some() {
                let message =
                    format!("vLLM refuses: {} GPUs are asked for, there are fewer", self.ranks());
                answer.refused("tensor_parallel_size", message);
            }
            return;
        };
        answer.limit(requested, REQUEST);
        let free =
            self.ask.smallest_device(self.ranks()).map(|device| usable::of_device(device).bytes);
        if free.is_some_and(|free| free < requested.expected) {
            let message = format!(
                "vLLM refuses to start unless {} bytes are free: gpu_memory_utilization counts all of the memory",
                requested.expected
            );
            answer.warn("memory_must_be_free", "gpu_memory_utilization", message);
        }
    }

    /// vLLM does not start where a request of the longest length that is allowed does not fit.
    fn tell_largest(&self, capacity: &Capacity, answer: &mut Answer) {
        let (asked, fits) = (self.max_model_len, capacity.largest_context.expected);
        if fits < asked && !self.settings.fit_max_model_len {
            let message = format!(
                "vLLM refuses to start: a request of {asked} tokens does not fit, one of {fits} would (max_model_len)"
            );
            answer.warn("max_model_len_does_not_fit", "max_model_len", message);
        }
    }

    /// What fits into so many bytes of cache on the GPUs of each stage.
    fn capacity(&self, room: &[Spread], context: u64) -> Capacity {
        let count = |pick: fn(&Spread) -> u64| {
            let stages = room.iter().zip(&self.block_bytes);
            let blocks = stages.filter_map(|(room, bytes)| pick(room).checked_div(*bytes));
            blocks.min().unwrap_or(0)
        };
        let count = Spread::of(
            count(|room| room.low),
            count(|room| room.expected),
            count(|room| room.high),
        );
        let bound = self.ask.geometry.context_length.max(self.max_model_len);
        let fits = |blocks: u64| {
            let usable = blocks.saturating_sub(1);
            largest(bound, &|tokens| self.pages.blocks(tokens, self.request) <= usable)
        };
        let one = self.pages.blocks(context, self.request);
        let concurrency = |blocks: u64| if one == 0 { 0.0 } else { ratio(blocks, one) };
        let tokens = |blocks: u64| scaled(context, concurrency(blocks));
        let least = |pick: fn(&Spread) -> u64| room.iter().map(pick).min().unwrap_or(0);
        Capacity {
            cache_bytes: Spread::of(
                least(|room| room.low),
                least(|room| room.expected),
                least(|room| room.high),
            ),
            block: Some(Block { tokens: self.pages.block, bytes: self.block_bytes(), count }),
            tokens: count.map(&tokens),
            largest_context: count.map(&fits),
            concurrency: Concurrency::of(count, &concurrency),
        }
    }
}
