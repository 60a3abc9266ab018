//! Which layers carry a state from token to token, and how large it is.

use super::gguf_keys::{Keys, at};
use crate::model::geometry::{Attention, Recurrence, State};

/// Which layers of an architecture carry a state.
#[derive(Clone, Copy, PartialEq)]
enum Which {
    None,
    All,
    /// All, and each of them has attention too.
    Both,
    /// Those without heads for keys and values.
    Headless,
    /// Those without such heads and without a feed-forward network; attention is where only the latter is missing.
    HeadlessAlone,
    /// All but every so-and-so-many-th.
    Interval(u64),
}

fn which(architecture: &str) -> Which {
    match architecture {
        "mamba" | "mamba2" | "rwkv6" | "rwkv6qwen2" | "rwkv7" | "arwkv7" => Which::All,
        "falcon-h1" => Which::Both,
        "bailingmoe3" | "granitehybrid" | "jamba" | "kimi-k3" | "kimi-linear" | "lfm2"
        | "lfm2moe" | "plamo2" => Which::Headless,
        "nemotron_h" | "nemotron_h_moe" => Which::HeadlessAlone,
        "qwen3next" | "qwen35" | "qwen35moe" | "qwen4exp" => Which::Interval(4),
        "minimax-01" => Which::Interval(8),
        _ => Which::None,
    }
}

/// The states of a file.
#[derive(Default)]
pub(super) struct States {
    pub(super) common: Option<Recurrence>,
    state: Option<State>,
    /// How such a layer looks at earlier tokens.
    attention: Attention,
    kinds: Vec<Kind>,
    /// The layer that looks up pairs and triples of tokens, and what it keeps for that beside its state.
    lookup: Option<(u64, u64)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Attention,
    State,
    Both,
    Neither,
}

impl States {
    /// The states of a file whose trunk has so many layers.
    pub(super) fn of(
        keys: &Keys<'_>,
        trunk: usize,
        heads: u64,
        kv_heads: &[u64],
        feed_forward: &[u64],
    ) -> Self {
        let which = which(keys.architecture);
        if which == Which::None {
            return Self::default();
        }
        let (attention, common, state) = common(keys, heads);
        let listed = matches!(which, Which::Interval(_))
            .then(|| keys.each("attention.recurrent_layers"))
            .flatten();
        let kind = |layer: usize| {
            let headless = at(kv_heads, layer) == 0;
            let alone = at(feed_forward, layer) == 0;
            let has_state = match which {
                Which::None => false,
                Which::All | Which::Both => true,
                Which::Headless => headless,
                Which::HeadlessAlone => headless && alone,
                Which::Interval(usual) => match &listed {
                    Some(list) => at(list, layer) != 0,
                    None => interval(keys, usual, layer),
                },
            };
            match which {
                _ if layer >= trunk => Kind::Attention,
                Which::Both => Kind::Both,
                Which::HeadlessAlone if !alone => Kind::Neither,
                _ if has_state => Kind::State,
                _ => Kind::Attention,
            }
        };
        let kinds = (0..keys.layers).map(kind).collect();
        Self { common: Some(common), state: Some(state), attention, kinds, lookup: lookup(keys) }
    }

    /// How a layer looks at earlier tokens where not by attention alone, and its state.
    pub(super) fn of_layer(&self, layer: usize) -> (Option<Attention>, Option<State>) {
        match self.kinds.get(layer) {
            Some(Kind::State) => (Some(self.attention), self.with_lookup(layer)),
            Some(Kind::Both) => (None, self.state),
            Some(Kind::Neither) => (Some(Attention::None), None),
            Some(Kind::Attention) | None => (None, None),
        }
    }

    fn with_lookup(&self, layer: usize) -> Option<State> {
        let State { conv, recurrent } = self.state?;
        let kept = self.lookup.filter(|(at, _)| *at == layer as u64).map_or(0, |(_, kept)| kept);
        Some(State { conv: conv.saturating_add(kept), recurrent })
    }
}

fn interval(keys: &Keys<'_>, usual: u64, layer: usize) -> bool {
    let interval = keys.number("full_attention_interval").unwrap_or(usual);
    (layer as u64 + 1).checked_rem(interval) != Some(0)
}

/// What the layers have in common, by the keys that the file has.
fn common(keys: &Keys<'_>, heads: u64) -> (Attention, Recurrence, State) {
    let conv_kernel = keys.or_zero("ssm.conv_kernel");
    let embedding = keys.or_zero("embedding_length");
    if let Some(head) = keys.number("wkv.head_size") {
        let shifts = keys.number("token_shift_count").unwrap_or(2);
        let state = state(shifts.saturating_mul(embedding), embedding.saturating_mul(head));
        let heads = embedding.checked_div(head).unwrap_or(0);
        return (Attention::Recurrent, of_heads(shifts, embedding, head, heads), state);
    }
    if let Some(kernel) = keys.number("shortconv.l_cache") {
        let common = of_heads(kernel, embedding, 0, 0);
        return (
            Attention::Recurrent,
            common,
            state(embedding.saturating_mul(kernel.saturating_sub(1)), 0),
        );
    }
    if let Some(head) = keys.number("kda.head_dim") {
        let inner = heads.saturating_mul(head);
        let before = if conv_kernel > 0 { conv_kernel - 1 } else { 3 };
        let conv = inner.saturating_mul(3).saturating_mul(before);
        return (
            Attention::Linear,
            of_heads(conv_kernel, inner, head, heads),
            state(conv, inner.saturating_mul(head)),
        );
    }
    if keys.architecture == "minimax-01" {
        let head = keys
            .number("attention.key_length")
            .or_else(|| embedding.checked_div(heads))
            .unwrap_or(0);
        let inner = heads.saturating_mul(head);
        return (
            Attention::Linear,
            of_heads(0, inner, head, heads),
            state(0, inner.saturating_mul(head)),
        );
    }
    state_space(keys, conv_kernel)
}

/// Mamba, and the gated delta nets, which llama.cpp describes by the same keys.
fn state_space(keys: &Keys<'_>, conv_kernel: u64) -> (Attention, Recurrence, State) {
    let inner_length = keys.or_zero("ssm.inner_size");
    let state_length = keys.or_zero("ssm.state_size");
    // The first Mamba has no groups, and llama.cpp does not ask for them.
    let groups = if keys.is(&["mamba", "jamba"]) { 0 } else { keys.or_zero("ssm.group_count") };
    let heads = keys.or_zero("ssm.time_step_rank");
    let width = inner_length.saturating_add(groups.saturating_mul(state_length).saturating_mul(2));
    let state = state(
        conv_kernel.saturating_sub(1).saturating_mul(width),
        state_length.saturating_mul(inner_length),
    );
    let linear = matches!(which(keys.architecture), Which::Interval(_));
    let attention = if linear { Attention::Linear } else { Attention::Recurrent };
    (attention, Recurrence { conv_kernel, inner_length, state_length, groups, heads }, state)
}

fn of_heads(conv_kernel: u64, inner_length: u64, state_length: u64, heads: u64) -> Recurrence {
    Recurrence { conv_kernel, inner_length, state_length, groups: 0, heads }
}

fn state(conv: u64, recurrent: u64) -> State {
    State { conv, recurrent }
}

/// The one layer of qwen4exp that looks up n-grams keeps the last of them.
fn lookup(keys: &Keys<'_>) -> Option<(u64, u64)> {
    let layer = *keys.list("ple.layers")?.first()?;
    let kernel = keys.number("ple.conv_kernel")?.checked_sub(1)?;
    let streams =
        keys.number("hyper_connection.count")?.saturating_mul(keys.number("embedding_length")?);
    Some((layer, kernel.saturating_mul(keys.number("ple.ngram_size")?).saturating_mul(streams)))
}
