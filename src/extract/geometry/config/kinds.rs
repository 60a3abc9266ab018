//! What kinds of layers a config lists, in any of the ways that configs have.

use super::settings::{Settings, Value};
use crate::model::Json;

/// What a layer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Looks at all tokens.
    Full,
    /// Looks at the last ones.
    Window,
    /// Looks at those of its chunk.
    Chunk,
    /// Carries a state.
    State,
    /// Carries a state, and looks at all tokens too.
    Both,
    /// Is a feed-forward network and nothing else.
    Network,
}
use Kind::{Both, Chunk, Full, Network, State, Window};

/// Words of a list that are looked at.
const MAX_LAYERS: usize = 1024;

/// Lists of words, or texts of letters, for each layer one.
const WORDS: [&str; 7] = [
    "layer_types",
    "layers_block_type",
    "hybrid_override_pattern",
    "block_types",
    "_block_types",
    "attention_layers",
    "sliding_window_pattern",
];

/// Lists of the layers with full attention, the number of the first, and what the others are.
const INDICES: [(&str, u64, Kind); 3] = [
    ("attn_layer_indices", 0, State),
    ("full_attn_idxs", 0, State),
    ("linear_attn_config.full_attn_layers", 1, State),
];

/// Lists of flags, and what 0 and 1 stand for.
const FLAGS: [(&str, Kind, Kind); 4] = [
    ("attn_type_list", State, Full),
    ("hybrid_layer_pattern", Full, Window),
    ("sliding_window_layout", Full, Window),
    ("no_rope_layers", Full, Chunk),
];

/// Every so-and-so-many-th layer has full attention: the one at an offset, else the last of each group. And what the
/// others are.
const PERIODS: [(&str, &str, Kind); 5] = [
    ("attn_layer_period", "attn_layer_offset", State),
    ("full_attention_interval", "", State),
    ("sliding_window_pattern", "", Window),
    ("global_attn_every_n_layers", "", Window),
    ("no_rope_layer_interval", "", Chunk),
];

/// Whether a layer has full attention.
type IsFull<'a> = &'a dyn Fn(u64) -> bool;

/// The kinds of the layers of a trunk, and of those behind it that are listed as well; none where the config says
/// nothing of them.
pub(super) fn kinds(settings: &Settings<'_>, layers: usize, all: usize) -> Option<Vec<Kind>> {
    // Layers without positions are chunked only where there are chunks.
    let possible = |kind| kind != Chunk || settings.number("attention_chunk_size").is_some();
    let listed = || {
        let mut lists = WORDS.iter().map(|key| of_words(settings.json(key)));
        lists.find(|kinds| !kinds.is_empty())
    };
    let flagged = || {
        FLAGS.iter().filter(|(_, _, kind)| possible(*kind)).find_map(|(key, no, yes)| {
            let kind = |flag: u64| if flag == 0 { *no } else { *yes };
            Some(list(settings, key)?.into_iter().map(kind).collect())
        })
    };
    if let Some(kinds) = listed().or_else(flagged).filter(|kinds: &Vec<Kind>| !kinds.is_empty()) {
        // Some give the group that repeats.
        let count = layers.max(kinds.len().min(all));
        return Some(kinds.into_iter().cycle().take(count).collect());
    }
    let by_rule = |others: Kind, full: IsFull<'_>| {
        (0..layers as u64).map(|layer| if full(layer) { Full } else { others }).collect()
    };
    let indexed = INDICES.iter().find_map(|(key, first, others)| {
        let indices = list(settings, key)?;
        Some(by_rule(*others, &|layer| indices.contains(&(layer + first))))
    });
    let periodic = || {
        PERIODS.iter().filter(|(_, _, kind)| possible(*kind)).find_map(|(key, offset, others)| {
            let period = settings.number(key).filter(|period| *period > 0)?;
            let offset = settings.number(offset).unwrap_or(period - 1);
            Some(by_rule(*others, &|layer| layer.checked_rem(period) == Some(offset)))
        })
    };
    indexed.or_else(periodic).or_else(|| grouped(settings, layers as u64, &by_rule))
}

/// `PLaMo` 2 and Ling have rules of their own.
fn grouped(
    settings: &Settings<'_>,
    layers: u64,
    by_rule: &dyn Fn(Kind, IsFull<'_>) -> Vec<Kind>,
) -> Option<Vec<Kind>> {
    if let Some(step) = settings.number("mamba_step").filter(|step| *step > 0) {
        let last = layers.saturating_sub(1);
        let full =
            |layer| if layers <= step / 2 { layer == last } else { layer % step == step / 2 };
        return Some(by_rule(State, &full));
    }
    let size = settings.number("layer_group_size").filter(|size| *size > 0)?;
    // The layers that make no whole group have full attention.
    let whole = layers / size * size;
    Some(by_rule(State, &|layer| layer % size == size - 1 || layer >= whole))
}

/// Whether any layer carries a state.
pub(super) fn has_state(settings: &Settings<'_>) -> bool {
    /// More than any rule's period.
    const ENOUGH: usize = 64;
    let kinds = kinds(settings, ENOUGH, ENOUGH).unwrap_or_default();
    kinds.iter().any(|kind| matches!(kind, State | Both))
}

/// How many layers the config lists by words.
pub(super) fn listed(settings: &Settings<'_>) -> Option<u64> {
    let list = ["hybrid_override_pattern", "layers_block_type", "layer_types"]
        .map(|key| settings.json(key));
    let count = list.into_iter().map(|list| of_words(list).len()).find(|count| *count > 0)?;
    Some(count as u64)
}

fn list(settings: &Settings<'_>, key: &str) -> Option<Vec<u64>> {
    match settings.value(&[key])? {
        Value::List(list) => Some(list),
        Value::Number(_) => None,
    }
}

/// The words of a list, or the letters of a text.
fn of_words(json: Json<'_>) -> Vec<Kind> {
    if let Some(text) = json.text() {
        return text
            .chars()
            .take(MAX_LAYERS)
            .map(|letter| of_word(letter.encode_utf8(&mut [0; 4])))
            .collect();
    }
    json.items().take(MAX_LAYERS).filter_map(|word| Some(of_word(&word.text()?))).collect()
}

/// By its beginning: `mamba2`, `sliding_attention`. Whatever is not known is taken for attention.
fn of_word(word: &str) -> Kind {
    const BEGINNINGS: [(&str, Kind); 14] = [
        ("M", State),
        ("mamba", State),
        ("linear", State),
        ("recurrent", State),
        ("conv", State),
        ("kda", State),
        ("-", Network),
        ("E", Network),
        ("mlp", Network),
        ("moe", Network),
        ("L", Window),
        ("sliding", Window),
        ("local", Window),
        ("chunked", Chunk),
    ];
    if word == "hybrid" {
        return Both;
    }
    let found = BEGINNINGS.iter().find(|(beginning, _)| word.starts_with(beginning));
    found.map_or(Full, |(_, kind)| *kind)
}
