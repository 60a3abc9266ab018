//! What a model takes in `SGLang`, as its version 0.5.23 plans it.
//!
//! `SGLang` sets memory aside for steps by a rule of thumb, and fills what is left beside the weights with one pool of
//! tokens, of which layers with a window and recurrent states have their own shares.

use super::answer::Answer;
use super::ask::Ask;
use super::elements::{Elements, Keep, Kept, Store};
use super::quantity::{MIB, largest, ratio, scaled, times};
use crate::error::Result;
use crate::model::arguments::Arguments;
use crate::model::runtime_memory::{Block, Capacity, Concurrency, PartName, RuntimeMemory};
use crate::model::spread::Spread;

const VERSION: &str = "0.5.23";
const HEADROOM: &str = "sglang 0.5.23: srt/arg_groups/memory_hook.py";
const POOL: &str = "sglang 0.5.23: srt/model_executor/pool_configurator.py";
const SPLIT: &str = "sglang 0.5.23: weights are split evenly between tensor parallel ranks";
const FRACTION: &str = "sglang 0.5.23: mem_fraction_static of the GPU's memory";

/// Slots of a recurrent state for each request, while prefixes are kept.
///
/// Source: SGLang 0.5.23, `srt/mem_cache/kv_cache_configurator.py`.
const STATE_SLOTS: u64 = 3;

/// Settings of `SGLang` by its own names, with what it does where nothing is set.
#[derive(Clone, Debug, PartialEq)]
pub struct SglangSettings {
    /// Share of each GPU's memory for weights and caches; none is what a rule leaves.
    pub mem_fraction_static: Option<f64>,
    /// Tokens of a sequence; none is what the model was made for.
    pub context_length: Option<u64>,
    /// Tokens of the pool at most.
    pub max_total_tokens: Option<u64>,
    /// Requests at the same time at most.
    pub max_running_requests: Option<u64>,
    /// Tokens of a prompt that are read at once; none depends on the GPU's memory.
    pub chunked_prefill_size: Option<u64>,
    /// Sequences of the largest CUDA graph; none depends on the GPU's memory.
    pub cuda_graph_max_bs: Option<u64>,
    /// Whether no CUDA graphs are captured.
    pub disable_cuda_graph: bool,
    /// GPUs that share each layer.
    pub tp_size: u64,
    /// Groups of GPUs that have some of the layers each.
    pub pp_size: u64,
    /// Tokens of a page.
    pub page_size: u64,
    /// How keys and values are stored.
    pub kv_cache_dtype: Store,
    /// Tokens of layers with a window, as a share of those of other layers.
    pub swa_full_tokens_ratio: f64,
    /// Memory of recurrent states, as a share of that of caches.
    pub mamba_full_memory_ratio: f64,
    /// States at most; none is what the share holds.
    pub max_mamba_cache_size: Option<u64>,
    /// Whether prefixes are forgotten.
    pub disable_radix_cache: bool,
}

impl Default for SglangSettings {
    fn default() -> Self {
        Self {
            mem_fraction_static: None,
            context_length: None,
            max_total_tokens: None,
            max_running_requests: None,
            chunked_prefill_size: None,
            cuda_graph_max_bs: None,
            disable_cuda_graph: false,
            tp_size: 1,
            pp_size: 1,
            page_size: 1,
            kv_cache_dtype: Store::plain(2),
            swa_full_tokens_ratio: 0.8,
            mamba_full_memory_ratio: 0.9,
            max_mamba_cache_size: None,
            disable_radix_cache: false,
        }
    }
}

const DTYPES: [(&str, Store); 8] = [
    ("auto", Store::plain(2)),
    ("bf16", Store::plain(2)),
    ("bfloat16", Store::plain(2)),
    ("fp8_e5m2", Store::plain(1)),
    ("fp8_e4m3", Store::plain(1)),
    ("mxfp8", Store { bits: 8, group: 32, shared: 1 }),
    ("nvfp4", Store { bits: 4, group: 16, shared: 1 }),
    ("fp4_mx_block16", Store { bits: 4, group: 16, shared: 1 }),
];

impl SglangSettings {
    pub(super) fn read(settings: &mut Arguments<'_>) -> Result<Self> {
        let usual = Self::default();
        Ok(Self {
            mem_fraction_static: settings.number("mem_fraction_static")?,
            context_length: settings.count("context_length")?,
            max_total_tokens: settings.count("max_total_tokens")?,
            max_running_requests: settings.count("max_running_requests")?,
            chunked_prefill_size: settings.count("chunked_prefill_size")?,
            cuda_graph_max_bs: settings.count("cuda_graph_max_bs")?,
            disable_cuda_graph: settings.flag("disable_cuda_graph")?,
            tp_size: settings.count("tp_size")?.unwrap_or(1),
            pp_size: settings.count("pp_size")?.unwrap_or(1),
            page_size: settings.count("page_size")?.unwrap_or(1),
            kv_cache_dtype: settings
                .choice("kv_cache_dtype", &DTYPES)?
                .unwrap_or(usual.kv_cache_dtype),
            swa_full_tokens_ratio: settings
                .number("swa_full_tokens_ratio")?
                .unwrap_or(usual.swa_full_tokens_ratio),
            mamba_full_memory_ratio: settings
                .number("mamba_full_memory_ratio")?
                .unwrap_or(usual.mamba_full_memory_ratio),
            max_mamba_cache_size: settings.count("max_mamba_cache_size")?,
            disable_radix_cache: settings.flag("disable_radix_cache")?,
        })
    }
}

/// What a token takes in the pool, on each GPU.
struct Cell {
    /// Bytes in layers that see the whole context, and in those with a window.
    full: u64,
    window: u64,
    /// Tokens of the widest window.
    width: u64,
    /// Bytes of a sequence's state.
    state: u64,
}

impl Cell {
    fn of(elements: &Elements, settings: &SglangSettings) -> Self {
        let shards = settings.tp_size.max(1);
        let stages = settings.pp_size.max(1);
        let here = |kept: &Kept| {
            let heads = if kept.latent { 1 } else { (kept.heads / shards).max(1) };
            settings.kv_cache_dtype.token_bytes(&Kept { heads, ..*kept })
        };
        let full = |kept: &Kept| if matches!(kept.keep, Keep::Window(_)) { 0 } else { here(kept) };
        let total = elements.tokens.iter().fold(0_u64, |sum, kept| sum.saturating_add(here(kept)));
        let whole = elements.tokens.iter().fold(0_u64, |sum, kept| sum.saturating_add(full(kept)));
        let widths = elements.tokens.iter().filter_map(|kept| match kept.keep {
            Keep::Window(width) => Some(width),
            _ => None,
        });
        Self {
            full: whole.div_ceil(stages),
            window: total.saturating_sub(whole).div_ceil(stages),
            width: widths.max().unwrap_or(0),
            state: elements.state_bytes(2, 4).div_ceil(shards.saturating_mul(stages)),
        }
    }

    /// Bytes that sequences of so many tokens take.
    fn bytes(&self, tokens: u64, sequences: u64, settings: &SglangSettings) -> u64 {
        let tokens = super::quantity::padded(tokens, settings.page_size);
        let kept = tokens.min(self.width.saturating_add(settings.page_size));
        let one = times(&[self.full, tokens])
            .saturating_add(times(&[self.window, kept]))
            .saturating_add(times(&[self.state, slots(settings)]));
        one.saturating_mul(sequences)
    }
}

fn slots(settings: &SglangSettings) -> u64 {
    if settings.disable_radix_cache { 1 } else { STATE_SLOTS }
}

/// The estimate.
pub(super) fn estimate(ask: &Ask<'_>, settings: &SglangSettings) -> RuntimeMemory {
    let elements = Elements::of(ask.geometry);
    let made_for = settings.context_length.unwrap_or(ask.geometry.context_length).max(1);
    let context = ask.context.unwrap_or(made_for).max(1);
    let ranks = settings.tp_size.max(1).saturating_mul(settings.pp_size.max(1));
    let cell = Cell::of(&elements, settings);
    let device = ask.smallest_device(ranks).map(|device| device.memory_bytes);
    let mut answer = Answer::new(ask, VERSION, context);
    answer.about(&elements);
    answer.devices(ranks);
    refusals(&mut answer, settings);
    if ask.hardware.is_some() && device.is_none() {
        answer.refused(
            "tp_size",
            format!("SGLang refuses: {ranks} GPUs are asked for, there are fewer"),
        );
    }
    let each = ask.weights.bytes() / ranks;
    let weights = Spread::of(
        each,
        each.saturating_add(each / 200),
        each.saturating_add(each / 50 + 64 * MIB),
    );
    answer.part(PartName::Weights, weights, SPLIT);
    let reserved = reserved(device, settings, elements.tokens.iter().any(|kept| kept.latent));
    answer.part(PartName::Activation, reserved.map(|bytes| bytes), HEADROOM);
    let bytes = cell.bytes(context, ask.sequences, settings);
    answer.part(PartName::Cache, Spread::exact(bytes), POOL);
    if let Some(total) = device {
        let taken = settings.mem_fraction_static.map_or(reserved.expected, |share| {
            total.saturating_sub(scaled(total, share.clamp(0.0, 1.0)))
        });
        answer.limit(Spread::exact(total), FRACTION);
        let room = weights.left_of(total.saturating_sub(taken));
        answer.capacity(capacity(ask, &cell, settings, room, (context, made_for)));
    }
    answer.done()
}

/// Memory for steps and graphs, and what the rule of thumb makes of it.
///
/// Source: SGLang 0.5.23, `srt/arg_groups/memory_hook.py` (`handle_gpu_memory_settings`).
fn reserved(device: Option<u64>, settings: &SglangSettings, latent: bool) -> Spread {
    let mib = device.map(|bytes| bytes / MIB);
    let many = settings.tp_size >= 4;
    let by_size = |less: u64, more: u64| if many { more } else { less };
    let (chunk, batch) = match mib {
        Some(..20_480) => (2048, 8),
        Some(..35_840) => (4096, by_size(48, 160)),
        Some(..61_440) => (4096, by_size(32, 160)),
        Some(..163_840) => (8192, by_size(256, 512)),
        Some(_) => (16_384, 512),
        None => (4096, 160),
    };
    let chunk = settings.chunked_prefill_size.unwrap_or(chunk);
    let batch = settings.cuda_graph_max_bs.unwrap_or(batch);
    let batch = settings.max_running_requests.map_or(batch, |most| batch.min(most));
    let prefill = if latent { 1536 } else { captured(chunk).saturating_mul(8) };
    let graphs = if settings.disable_cuda_graph {
        0
    } else {
        batch.saturating_mul(2).saturating_add(prefill)
    };
    let steps = chunk.max(2048).saturating_mul(3) / 2;
    let ranks = settings.tp_size.max(1).saturating_mul(settings.pp_size.max(1)).saturating_mul(128);
    let sum = 512_u64.saturating_add(steps).saturating_add(ranks).saturating_add(graphs);
    let least = if mib.is_some_and(|mib| mib > 61_440) { 10_240 } else { 0 };
    let expected = sum.max(least).saturating_mul(MIB);
    Spread::of(expected / 4, expected, expected)
}

/// How many sizes of prompts are captured up to a chunk.
///
/// Source: SGLang 0.5.23, `srt/arg_groups/cuda_graph_hook.py`.
fn captured(chunk: u64) -> u64 {
    const STEPS: [(u64, u64, u64); 6] = [
        (4, 32, 4),
        (48, 256, 16),
        (288, 512, 32),
        (576, 1024, 64),
        (1280, 4096, 256),
        (4608, u64::MAX, 512),
    ];
    let count = |(from, to, by): &(u64, u64, u64)| {
        let last = chunk.min(*to);
        if last < *from { 0 } else { (last - from) / by + 1 }
    };
    STEPS.iter().map(count).fold(0, u64::saturating_add)
}

/// What fits into the pool.
fn capacity(
    ask: &Ask<'_>,
    cell: &Cell,
    settings: &SglangSettings,
    room: Spread,
    (context, made_for): (u64, u64),
) -> Capacity {
    let pool = |bytes: u64| Pool::of(bytes, cell, settings);
    let bound = ask.geometry.context_length.max(made_for);
    let alone = |bytes: u64| {
        let pool = pool(bytes);
        largest(bound, &|tokens| pool.holds(tokens, cell, settings) >= 1.0)
    };
    let at = |bytes: u64| pool(bytes).holds(context, cell, settings);
    let page = settings.page_size.max(1);
    let bytes = page.saturating_mul(cell.full.saturating_add(cell.window));
    let count = room.map(|bytes| pool(bytes).tokens / page);
    Capacity {
        cache_bytes: room,
        block: Some(Block { tokens: page, bytes, count }),
        tokens: room.map(|bytes| pool(bytes).tokens),
        largest_context: room.map(alone),
        concurrency: Concurrency {
            low: at(room.low),
            expected: at(room.expected),
            high: at(room.high),
        },
    }
}

/// The pool of tokens that memory holds.
struct Pool {
    tokens: u64,
    window_tokens: u64,
    states: u64,
}

impl Pool {
    fn of(room: u64, cell: &Cell, settings: &SglangSettings) -> Self {
        let share = settings.mamba_full_memory_ratio.max(0.0);
        let for_states = if cell.state == 0 { 0 } else { scaled(room, share / (1.0 + share)) };
        // One slot more is padding.
        let fits = for_states.checked_div(cell.state).unwrap_or(0).saturating_sub(1);
        let states = settings.max_mamba_cache_size.unwrap_or(fits);
        let rest = room.saturating_sub(states.saturating_add(1).saturating_mul(cell.state));
        let swa = settings.swa_full_tokens_ratio.clamp(0.0, 1.0);
        // All layers with a window: the pool is theirs.
        let window = if cell.full == 0 { cell.window } else { scaled(cell.window, swa) };
        let per_token = cell.full.saturating_add(window);
        let page = settings.page_size.max(1);
        let tokens = rest.checked_div(per_token).unwrap_or(0);
        let tokens = tokens.min(settings.max_total_tokens.unwrap_or(u64::MAX)) / page * page;
        let window_tokens = if cell.full == 0 { tokens } else { scaled(tokens, swa) / page * page };
        Self { tokens, window_tokens, states }
    }

    /// Sequences of so many tokens that it holds.
    fn holds(&self, tokens: u64, cell: &Cell, settings: &SglangSettings) -> f64 {
        let mut most = f64::INFINITY;
        let kept = tokens.min(cell.width.saturating_add(settings.page_size));
        for (has, needs) in [
            (self.tokens, if cell.full > 0 { tokens } else { 0 }),
            (self.window_tokens, if cell.window > 0 { kept } else { 0 }),
            (self.states, if cell.state > 0 { slots(settings) } else { 0 }),
        ] {
            if needs > 0 {
                most = most.min(ratio(has, needs));
            }
        }
        let most = if most.is_finite() { most } else { 0.0 };
        most.min(settings.max_running_requests.map_or(most, |requests| ratio(requests, 1)))
    }
}

fn refusals(answer: &mut Answer, settings: &SglangSettings) {
    let between = |value: f64| value > 0.0 && value <= 1.0;
    if !between(settings.swa_full_tokens_ratio) {
        let message =
            "SGLang refuses it: swa_full_tokens_ratio is above 0 and at most 1".to_owned();
        answer.refused("swa_full_tokens_ratio", message);
    }
    if settings.mem_fraction_static.is_some_and(|share| !(share > 0.0 && share < 1.0)) {
        let message =
            "SGLang cannot start with it: mem_fraction_static is between 0 and 1".to_owned();
        answer.refused("mem_fraction_static", message);
    }
}

/// The share of a GPU's memory that is left for weights and caches by the rule, in thousandths.
///
/// Source: SGLang 0.5.23, `srt/arg_groups/memory_hook.py`: rounded to three places.
#[must_use]
pub fn default_mem_fraction_static(gpu_bytes: u64, settings: &SglangSettings, latent: bool) -> u64 {
    let reserved = reserved(Some(gpu_bytes), settings, latent).expected;
    let left = u128::from(gpu_bytes.saturating_sub(reserved)) * 2000;
    let thousandths = (left / u128::from(gpu_bytes.max(1))).div_ceil(2);
    u64::try_from(thousandths).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::quantity::GIB;

    #[test]
    fn the_rule_leaves_what_sglang_leaves() {
        // 24 GiB: 512 + 4096 x 1.5 + 128 + 48 x 2 + 8 for each of 46 captured sizes.
        let sizes = captured(4096);
        assert_eq!(sizes, 8 + 14 + 8 + 8 + 12);
        let reserved = 512 + 6144 + 128 + 96 + 8 * sizes;
        let share = default_mem_fraction_static(24 * GIB, &SglangSettings::default(), false);
        assert_eq!(share, ((24 * 1024 - reserved) * 2000 / (24 * 1024)).div_ceil(2));
        // Above 60 GiB never less than 10 GiB stay free.
        assert_eq!(default_mem_fraction_static(80 * GIB, &SglangSettings::default(), false), 875);
    }
}
