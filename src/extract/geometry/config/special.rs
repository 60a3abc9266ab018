//! Rules of the converter that no formula says.

use super::kinds::{Kind, listed};
use super::settings::{MAX_LIST, Settings, Value};
use super::words::words;
use super::written::Written;
use crate::extract::geometry::gguf_keys::Source;
use crate::model::Json;

/// The value of a key by a rule with a name: `by_window a b`.
pub(super) fn special(written: &Written<'_>, rule: &str) -> Option<Value> {
    let mut words = words(rule, b' ');
    let name = words.next()?;
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let number = |how| written.number_of(how);
    let settings = written.settings;
    match name {
        "windows" => windows(written, first == "full_last"),
        "attention" => Some(attention(written, number(first)?)),
        "recurrent" => {
            written.kinds.as_ref()?;
            Some(written.each(&|kind| u64::from(kind == Kind::State)))
        }
        "networks" => Some(networks(written, number(first)?)),
        "by_window" => Some(by_window(written, number(first), number(second)?)),
        "dense" => leading_dense(written),
        "original" => original(written).map(Value::Number),
        "dynamic" => {
            let dynamic = is_scaled(rope(settings), "dynamic");
            number(if dynamic { first } else { second }).map(Value::Number)
        }
        "indexers" => indexers(written),
        "ratios" => ratios(written),
        "listed" => listed(settings).or_else(|| number(first)).map(Value::Number),
        "chunk" => Some(Value::Number(chunk(written))),
        "lfm2" => lfm2(written).map(Value::Number),
        "deci_heads" => deci(written, &|block| heads(written, block)).or(written.value(first)),
        "deci_kv_heads" => {
            deci(written, &|block| kv_heads(written, block)).or(written.value(first))
        }
        "deci_networks" => deci(written, &|block| network(written, block)).or(written.value(first)),
        "deepstack" => Some(Value::Number(deepstack(settings))),
        "openelm" => openelm(written),
        "nomic" => Some(Value::Number(nomic(written)?)),
        "falcon" => Some(Value::Number(falcon(written)?)),
        "multi_query" => {
            let one = settings.flag("multi_query") != Some(false);
            number(if one { "1" } else { "attention.head_count" }).map(Value::Number)
        }
        "gemma4_kv_heads" => {
            Some(by_window(written, number("num_key_value_heads"), global_heads(written)?))
        }
        "gemma4_networks" => gemma4(written),
        _ => None,
    }
}

/// How many layers are given features of images: as many as layers of the encoder are listed. Qwen-Omni lists some too,
/// but its files are written with none.
fn deepstack(settings: &Settings<'_>) -> u64 {
    if !settings.wrapper_type().is_some_and(|wrapper| wrapper.starts_with("qwen3_vl")) {
        return 0;
    }
    let taps = settings.json("vision_config.deepstack_visual_indexes");
    taps.items().take(MAX_LIST).map(|_| 1).sum()
}

/// A number for each element of a list, of so many at most.
#[inline(never)]
fn numbers(list: Json<'_>, most: usize, number: &dyn Fn(Json<'_>) -> u64) -> Value {
    Value::List(list.items().take(most).map(number).collect())
}

/// How many of the first elements are like this.
#[inline(never)]
fn leading(list: Json<'_>, is_like: &dyn Fn(Json<'_>) -> bool) -> Value {
    Value::Number(list.items().take_while(|item| is_like(*item)).count() as u64)
}

/// Which layers have windows or chunks.
fn windows(written: &Written<'_>, full_last: bool) -> Option<Value> {
    written.kinds.as_ref()?;
    let last = written.trunk.saturating_sub(1);
    let windowed = |layer| matches!(written.kind(layer), Kind::Window | Kind::Chunk);
    let flag = |layer| u64::from(windowed(layer) && !(full_last && layer == last));
    Some(written.per_layer(&flag))
}

/// Heads in layers with attention, none in others; in all, where the config has one kind alone.
fn attention(written: &Written<'_>, heads: u64) -> Value {
    let has = |kind| !matches!(kind, Kind::State | Kind::Network);
    written.each(&|kind| if has(kind) { heads } else { 0 })
}

/// The width of layers that are networks, and of those behind the trunk.
fn networks(written: &Written<'_>, width: u64) -> Value {
    let is_network = |layer| layer >= written.trunk || written.kind(layer) == Kind::Network;
    let width = |layer| if is_network(layer) { width } else { 0 };
    written.per_layer(&width)
}

/// One number for layers with windows (for all, where there is no list), another for those without.
fn by_window(written: &Written<'_>, windowed: Option<u64>, full: u64) -> Value {
    let windowed = windowed.unwrap_or(full);
    written.each(&|kind| if kind == Kind::Window { windowed } else { full })
}

/// How many of the first layers have no experts.
fn leading_dense(written: &Written<'_>) -> Option<Value> {
    let settings = written.settings;
    let types = settings.json("mlp_layer_types");
    if types.is_list() {
        return Some(leading(types, &|kind| kind.is("dense")));
    }
    let told = ["first_k_dense_replace", "num_dense_layers", "first_last_k_dense_replace"];
    if let Some(told) = settings.value(&told) {
        return Some(told);
    }
    let flags = settings.json("moe_layer_freq");
    if flags.is_list() {
        return Some(leading(flags, &|flag| flag.count() == Some(0)));
    }
    let layers = settings.json("moe_layers_enum").text()?;
    Some(Value::Number(words(&layers, b',').filter_map(|layer| layer.trim().parse().ok()).min()?))
}

/// How positions are scaled: what is said of full attention, or of all.
pub(super) fn rope<'a>(settings: &Settings<'a>) -> Json<'a> {
    let [new, old] = ["rope_parameters", "rope_scaling"].map(|key| settings.json(key));
    let rope = if new.is_object() { new } else { old };
    let full = rope.get("full_attention");
    if full.is_object() { full } else { rope }
}

/// Whether positions are scaled this way.
pub(super) fn is_scaled(rope: Json<'_>, way: &str) -> bool {
    let (new, old) = (rope.get("rope_type"), rope.get("type"));
    new.is(way) || (new.is_missing() && old.is(way))
}

/// The context length before `YaRN`, which is the only scaling of which files say it.
fn original(written: &Written<'_>) -> Option<u64> {
    const ORIGINAL: &str = "original_max_position_embeddings";
    let rope = rope(written.settings);
    let told = || rope.get(ORIGINAL).count().or_else(|| written.number_of(ORIGINAL));
    is_scaled(rope, "yarn").then(|| told().or_else(|| written.number("context_length")))?
}

/// Which layers have an indexer of their own.
fn indexers(written: &Written<'_>) -> Option<Value> {
    let types = written.settings.json("indexer_types");
    if types.is_list() {
        return Some(numbers(types, MAX_LIST, &|kind| u64::from(kind.is("full"))));
    }
    // Of dots3.note those without a window.
    written
        .kinds
        .as_ref()?
        .contains(&Kind::Window)
        .then(|| written.each(&|kind| u64::from(kind == Kind::Full)))
}

/// How many tokens one entry of a compressed history stands for (DeepSeek-V4).
fn ratios(written: &Written<'_>) -> Option<Value> {
    let settings = written.settings;
    let listed =
        settings.value(&["compress_ratios"]).filter(|value| matches!(value, Value::List(_)));
    let rate =
        |key: &str, usual| settings.number(&format!("compress_rates.{key}")).unwrap_or(usual);
    let ratio = |kind: Json<'_>| match kind.text().as_deref() {
        Some(name @ "compressed_sparse_attention") => rate(name, 4),
        Some(name @ "heavily_compressed_attention") => rate(name, 128),
        _ => 0,
    };
    listed.or_else(|| Some(numbers(settings.json("layer_types"), MAX_LIST, &ratio)))
}

/// The size of chunks; 0 where all layers have full attention.
fn chunk(written: &Written<'_>) -> u64 {
    let chunked = written.kinds.as_ref().is_none_or(|kinds| kinds.contains(&Kind::Chunk));
    let size = written.number_of("attention_chunk_size").filter(|_| chunked);
    size.unwrap_or(0)
}

/// LFM2 makes its networks two thirds as wide as told.
fn lfm2(written: &Written<'_>) -> Option<u64> {
    let settings = written.settings;
    let told = written.number_of("block_ff_dim|intermediate_size")?;
    if settings.flag("block_auto_adjust_ff_dim") != Some(true) {
        return Some(told);
    }
    let factor = settings.json("block_ffn_dim_multiplier").number().unwrap_or(1.0);
    let width = whole(factor * as_float(told.saturating_mul(2) / 3));
    width.checked_next_multiple_of(settings.number("block_multiple_of").filter(|of| *of > 0)?)
}

/// One number for each of the blocks that models found by architecture search list.
fn deci(written: &Written<'_>, of: &dyn Fn(Json<'_>) -> Option<u64>) -> Option<Value> {
    let blocks = written.settings.json("block_configs");
    let number = |block: Json<'_>| of(block).unwrap_or(0);
    blocks.is_list().then(|| numbers(blocks, written.layers, &number))
}

/// A block whose attention became a matrix still counts its heads.
fn heads(written: &Written<'_>, block: Json<'_>) -> Option<u64> {
    let linear = block.at("attention.replace_with_linear").flag() == Some(true);
    let heads = written.number_of("num_attention_heads");
    if linear { heads } else { kv_heads(written, block).and(heads) }
}

fn kv_heads(written: &Written<'_>, block: Json<'_>) -> Option<u64> {
    let attention = block.get("attention");
    let (in_group, count) =
        (attention.get("n_heads_in_group"), attention.get("num_key_value_heads"));
    let grouped = || written.number_of("num_attention_heads")?.checked_div(in_group.count()?);
    count.count().or_else(grouped)
}

fn network(written: &Written<'_>, block: Json<'_>) -> Option<u64> {
    let ffn = block.get("ffn");
    let (factor, width) = (ffn.get("ffn_mult"), ffn.get("intermediate_size"));
    let multiplied = || {
        let embedding = as_float(written.number("embedding_length")?);
        whole(2.0 * factor.number()? * embedding / 3.0).checked_next_multiple_of(256)
    };
    width.count().or_else(multiplied)
}

/// `OpenELM`'s networks: so many times as wide as the embedding, to the nearest multiple that is not a tenth below.
fn openelm(written: &Written<'_>) -> Option<Value> {
    let embedding = as_float(written.number("embedding_length")?);
    let of = written.number_of("ffn_dim_divisor|256").filter(|of| *of > 0)?;
    let width = |factor: Json<'_>| {
        let width = factor.number()? * embedding;
        let near = (whole(width + as_float(of) / 2.0) / of).max(1).saturating_mul(of);
        Some(if as_float(near) < 0.9 * width { near.saturating_add(of) } else { near })
    };
    let factors = written.settings.json("ffn_multipliers");
    Some(numbers(factors, written.layers, &|factor| width(factor).unwrap_or(0)))
}

/// Nomic's models were trained on fewer tokens than they have positions for.
fn nomic(written: &Written<'_>) -> Option<u64> {
    let positions = written.number_of("n_positions|max_position_embeddings")?;
    let trained = written.number_of("max_trained_positions|2048");
    match (written.settings.own("n_positions"), positions, trained) {
        (Some(_), 8192, Some(2048)) => Some(2048),
        (Some(_), 2048, Some(2048)) => Some(512),
        _ => Some(positions),
    }
}

/// Falcon's first models share one head whatever number they tell.
fn falcon(written: &Written<'_>) -> Option<u64> {
    let flag = |key| written.settings.flag(key);
    if flag("multi_query") != Some(false) && flag("new_decoder_architecture") != Some(true) {
        return Some(1);
    }
    written.number_of("num_kv_heads|n_head_kv|num_attention_heads|n_head")
}

/// The heads of Gemma 4's layers without a window.
fn global_heads(written: &Written<'_>) -> Option<u64> {
    let global =
        written.number_of("num_global_key_value_heads|per_layer_config.0.num_key_value_heads");
    global.or_else(|| written.number_of("num_key_value_heads"))
}

/// Gemma 4's layers that share keys and values may have networks twice as wide.
fn gemma4(written: &Written<'_>) -> Option<Value> {
    let told = written.value("intermediate_size")?;
    let (Value::Number(width), Some(true)) = (&told, written.settings.flag("use_double_wide_mlp"))
    else {
        return Some(told);
    };
    let shared = written.number("attention.shared_kv_layers").unwrap_or(0);
    let owners = (written.layers as u64).saturating_sub(shared);
    let width = |layer| if (layer as u64) < owners { *width } else { width.saturating_mul(2) };
    Some(written.per_layer(&width))
}

#[expect(clippy::cast_precision_loss, reason = "widths are far below 2^53")]
fn as_float(number: u64) -> f64 {
    number as f64
}

/// Without its fraction; what is no count is 0 or the largest.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
fn whole(number: f64) -> u64 {
    number as u64
}
