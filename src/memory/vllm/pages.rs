//! Pages: how vLLM cuts caches into blocks that all layers can share.
//!
//! Source: vLLM 0.33.0, `vllm/v1/kv_cache_interface.py`, `vllm/v1/core/kv_cache_planning.py`,
//! `vllm/platforms/interface.py` (`_align_hybrid_block_size`).

use super::settings::VllmSettings;
use crate::memory::elements::{Carried, Elements, Keep, Kept, Store};
use crate::memory::quantity::{sum, times};

/// Attention kernels take blocks of a multiple of this many tokens.
const KERNEL_BLOCK: u64 = 16;
/// Where latents are kept beside states, kernels want blocks of a multiple of this.
const LATENT_BLOCK: u64 = 128;
/// Two kinds of layers whose numbers differ by less than this ratio are padded to the larger one.
const NEARLY_AS_MANY: f64 = 1.5;

/// What is kept in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Tokens(Keep),
    State,
}

/// How a layer's cache is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spec {
    kind: Kind,
    /// Tokens of a block.
    block: u64,
    /// Bytes of a page: a block in this layer.
    page: u64,
}

/// What a request may take of the cache.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request {
    /// Tokens that are scheduled and not settled yet: windows keep them too.
    pub(super) in_flight: u64,
    /// Pages of a recurrent state.
    pub(super) state_pages: u64,
}

impl Spec {
    /// Pages that a request of so many tokens takes.
    fn pages(&self, tokens: u64, request: Request) -> u64 {
        let kept = |width: u64| tokens.min(width.saturating_add(request.in_flight));
        match self.kind {
            Kind::State => request.state_pages,
            Kind::Tokens(Keep::All) => tokens.div_ceil(self.block),
            // A window need not start where a block does.
            Kind::Tokens(Keep::Window(width)) => {
                kept(width.saturating_sub(1)).div_ceil(self.block).saturating_add(1)
            }
            Kind::Tokens(Keep::Chunk(width)) => kept(width).div_ceil(self.block),
        }
    }
}

/// Layers that share a table of blocks.
struct Group {
    /// The layers, each with its page.
    layers: Vec<(usize, Spec)>,
    /// The same without those that take as many pages as another one.
    kinds: Vec<Spec>,
}

impl Group {
    fn of(layers: Vec<(usize, Spec)>) -> Self {
        let mut kinds: Vec<Spec> = Vec::new();
        for (_, spec) in &layers {
            if !kinds.iter().any(|one| (one.kind, one.block) == (spec.kind, spec.block)) {
                kinds.push(*spec);
            }
        }
        Self { layers, kinds }
    }
}

/// How the cache of a model is cut.
pub(super) struct Pages {
    groups: Vec<Group>,
    /// Tokens of a block of layers that see the whole context.
    pub(super) block: u64,
}

impl Pages {
    /// How the cache is cut on each of the GPUs that share a layer.
    pub(super) fn of(elements: &Elements, settings: &VllmSettings) -> Self {
        let mut specs = specs(elements, settings);
        let all = |specs: &[(usize, Spec)], same: fn(&Spec) -> Option<Keep>| {
            let first = specs.first().and_then(|(_, spec)| same(spec));
            first.is_some() && specs.iter().all(|(_, spec)| same(spec) == first)
        };
        // One table serves all layers that keep the same tokens, however large their pages are.
        let alike = all(&specs, |spec| match spec.kind {
            Kind::Tokens(keep) => Some(keep),
            Kind::State => None,
        });
        if !alike {
            unify(&mut specs);
        }
        let full = specs.iter().find(|(_, spec)| spec.kind == Kind::Tokens(Keep::All));
        let block = full.or(specs.first()).map_or(settings.block_size, |(_, spec)| spec.block);
        let groups =
            if alike || specs.is_empty() { vec![Group::of(specs)] } else { groups(&specs) };
        Self { groups, block }
    }

    /// Bytes of a block in all layers from one to before another, of the group that has most of them there.
    pub(super) fn block_bytes(&self, (from, to): (usize, usize)) -> u64 {
        let within = |group: &Group| {
            let layers = group.layers.iter().filter(|(layer, _)| (from..to).contains(layer));
            sum(layers.map(|(_, spec)| spec.page))
        };
        self.groups.iter().map(within).max().unwrap_or(0)
    }

    /// Blocks that a request of so many tokens takes of the shared pool.
    pub(super) fn blocks(&self, tokens: u64, request: Request) -> u64 {
        let most = |group: &Group| group.kinds.iter().map(|spec| spec.pages(tokens, request)).max();
        sum(self.groups.iter().map(|group| most(group).unwrap_or(0)))
    }
}

/// How each layer's cache is cut, states and keys aligned with each other.
fn specs(elements: &Elements, settings: &VllmSettings) -> Vec<(usize, Spec)> {
    let shards = settings.tensor_parallel_size.max(1);
    let token = |kept: &Kept| token_bytes(kept, settings, shards);
    let state = |state: &Carried| state_bytes(state, settings, shards);
    let largest_state = elements.states.iter().map(state).max().unwrap_or(0);
    let first = elements.tokens.first();
    let block = first.map_or(settings.block_size.max(1), |first| {
        aligned(settings.block_size.max(1), token(first), largest_state, first.latent)
    });
    let shared_page =
        first.filter(|_| largest_state > 0).map(|first| times(&[block, token(first)]));
    let mut specs = Vec::with_capacity(elements.tokens.len());
    for kept in &elements.tokens {
        let keep = if settings.disable_hybrid_kv_cache_manager { Keep::All } else { kept.keep };
        let page = block.saturating_mul(token(kept));
        specs.push((kept.layer, Spec { kind: Kind::Tokens(keep), block, page }));
    }
    for layer in &elements.indexers {
        let page = block.saturating_mul(Store::INDEXER.row(elements.indexer_length));
        specs.push((*layer, Spec { kind: Kind::Tokens(Keep::All), block, page }));
    }
    for one in &elements.states {
        let page = state(one).max(shared_page.unwrap_or(0));
        specs.push((one.layer, Spec { kind: Kind::State, block, page }));
    }
    specs
}

/// Bytes of a token's keys and values in a layer on each GPU. Heads are shared out until there is one; a latent is
/// the same on each.
fn token_bytes(kept: &Kept, settings: &VllmSettings, shards: u64) -> u64 {
    let heads = if kept.latent { 1 } else { (kept.heads / shards).max(1) };
    let store = settings.kv_cache_dtype.store(settings.dtype_bytes, kept.keys);
    store.token_bytes(&Kept { heads, ..*kept })
}

fn state_bytes(state: &Carried, settings: &VllmSettings, shards: u64) -> u64 {
    let conv = settings.mamba_cache_bytes.unwrap_or(settings.dtype_bytes);
    let recurrent = settings.mamba_ssm_cache_bytes.unwrap_or(conv);
    let conv = times(&[state.conv, conv]);
    conv.saturating_add(times(&[state.recurrent, recurrent])).div_ceil(shards)
}

/// Tokens of a block whose page holds a state.
fn aligned(block: u64, token: u64, state: u64, latent: bool) -> u64 {
    if state == 0 {
        return block;
    }
    let step = block.max(if latent { LATENT_BLOCK } else { KERNEL_BLOCK });
    block.max(times(&[step, state.div_ceil(times(&[step, token.max(1)]))]))
}

/// Makes all pages the same size: more tokens in a block of the smaller ones, or else padding.
fn unify(specs: &mut [(usize, Spec)]) {
    let largest = specs.iter().map(|(_, spec)| spec.page).max().unwrap_or(0);
    for (_, spec) in specs.iter_mut() {
        let divides = spec.page > 0 && largest % spec.page == 0;
        if divides && spec.kind != Kind::State {
            spec.block = times(&[spec.block, largest / spec.page]);
        }
        spec.page = largest;
    }
}

/// Groups of as many layers each, all of one kind.
fn groups(specs: &[(usize, Spec)]) -> Vec<Group> {
    let mut kinds: Vec<Vec<(usize, Spec)>> = Vec::new();
    for (layer, spec) in specs {
        let same =
            |kind: &&mut Vec<(usize, Spec)>| kind.first().is_some_and(|(_, one)| one == spec);
        match kinds.iter_mut().find(same) {
            Some(kind) => kind.push((*layer, *spec)),
            None => kinds.push(vec![(*layer, *spec)]),
        }
    }
    let size = group_size(kinds.iter().map(Vec::len));
    let mut groups = Vec::new();
    for kind in &kinds {
        let count = kind.len().div_ceil(size);
        for first in 0..count {
            // Every so manieth, so that each stage of a pipeline has its share of each group.
            groups.push(Group::of(kind.iter().skip(first).step_by(count).copied().collect()));
        }
    }
    groups
}

/// Layers of a group: as many as the rarest kind has, or as the commonest one where they hardly differ.
#[expect(clippy::cast_precision_loss, reason = "there are at most 1024 layers")]
fn group_size(counts: impl Iterator<Item = usize> + Clone) -> usize {
    let least = counts.clone().min().unwrap_or(1).max(1);
    let most = counts.max().unwrap_or(1);
    if (most as f64) < least as f64 * NEARLY_AS_MANY { most.max(1) } else { least }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spec() -> impl Strategy<Value = Spec> {
        let keep = prop_oneof![
            Just(Keep::All),
            (0..100_u64).prop_map(Keep::Window),
            (1..100_u64).prop_map(Keep::Chunk)
        ];
        let kind = prop_oneof![keep.prop_map(Kind::Tokens), Just(Kind::State)];
        (kind, 1..40_u64, any::<u64>()).prop_map(|(kind, block, page)| Spec { kind, block, page })
    }

    proptest! {
        /// Layer by layer is the same, and slow.
        #[test]
        fn layers_that_take_as_many_pages_are_asked_once(
            specs in prop::collection::vec(spec(), 1..20), tokens in any::<u64>(), in_flight in 0..5000_u64,
        ) {
            let request = Request { in_flight, state_pages: 2 };
            let most = specs.iter().map(|spec| spec.pages(tokens, request)).max();
            let group = Group::of(specs.into_iter().enumerate().collect());
            let pages = Pages { groups: vec![group], block: 16 };
            prop_assert_eq!(Some(pages.blocks(tokens, request)), most);
        }
    }
}
