//! The pool of tokens, of which layers with a window and recurrent states have their own shares.
//!
//! Source: `SGLang` 0.5.23, `srt/model_executor/pool_configurator.py`, `srt/mem_cache/kv_cache_configurator.py`.

use super::settings::SglangSettings;
use crate::memory::ask::Ask;
use crate::memory::elements::{Elements, Keep, Kept, Store};
use crate::memory::quantity::{largest, padded, ratio, scaled, times};
use crate::model::runtime_memory::{Block, Capacity, Concurrency};
use crate::model::spread::Spread;

/// Slots of a recurrent state for each request, while prefixes are kept.
const STATE_SLOTS: u64 = 3;

/// What a token takes in the pool, on each GPU.
pub(super) struct Cell {
    /// Bytes in layers that see the whole context, and in those with a window.
    full: u64,
    window: u64,
    /// Tokens of the widest window.
    width: u64,
    /// Bytes of a sequence's state.
    state: u64,
}

impl Cell {
    pub(super) fn of(elements: &Elements, settings: &SglangSettings) -> Self {
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
            full: whole.saturating_add(elements.indexer_bytes(Store::INDEXER)).div_ceil(stages),
            window: total.saturating_sub(whole).div_ceil(stages),
            width: widths.max().unwrap_or(0),
            state: elements.state_bytes(2, 4).div_ceil(shards.saturating_mul(stages)),
        }
    }

    /// Bytes that sequences of so many tokens take.
    pub(super) fn bytes(&self, tokens: u64, sequences: u64, settings: &SglangSettings) -> u64 {
        let tokens = padded(tokens, settings.page_size);
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

/// What fits into the pool.
pub(super) fn capacity(
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
    let count = room.map(&|bytes| pool(bytes).tokens / page);
    Capacity {
        cache_bytes: room,
        block: Some(Block { tokens: page, bytes, count }),
        tokens: room.map(&|bytes| pool(bytes).tokens),
        largest_context: room.map(&alone),
        concurrency: Concurrency::of(room, &at),
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
