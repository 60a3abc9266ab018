//! The geometry of a GGUF file.

use super::feed_forward::FeedForward;
use super::gguf_keys::{Keys, Source, at};
use super::recurrence::States;
use super::roles::{mtp_layers, role};
use super::windows::Windows;
use crate::format::gguf::GgufFacts;
use crate::model::geometry::{Attention, Geometry, Indexer, Latent, Layer, Role};

/// The most layers llama.cpp has room for (`LLAMA_MAX_LAYERS`).
const MAX_LAYERS: u64 = 512;

/// The geometry of the model in a GGUF file, or the name of the key without which there is none (the architecture
/// before it left out: `block_count`). An architecture that llama.cpp does not know is read as if all of its
/// layers had full attention.
///
/// Source: llama.cpp v0.5.0, `src/llama-model.cpp` and `src/models/`.
pub fn of_gguf(facts: &GgufFacts) -> Result<Geometry, &'static str> {
    let architecture = facts.architecture().ok_or("general.architecture")?;
    let mut geometry = of_keys(facts, architecture, MAX_LAYERS)?;
    geometry.tied_embeddings = tied(facts, geometry.role);
    Ok(geometry)
}

/// The geometry that keys describe, but for what only tensors tell.
pub(super) fn of_keys(
    source: &dyn Source,
    architecture: &str,
    max_layers: u64,
) -> Result<Geometry, &'static str> {
    let mut keys = Keys { source, architecture, layers: 0 };
    let count = keys.needed("block_count")?.saturating_mul(loops(&keys));
    let layers = usize::try_from(count).ok().filter(|_| count <= max_layers);
    keys.layers = layers.ok_or("block_count")?;
    let embedding_length = keys.needed("embedding_length")?;
    let trunk = keys.layers - mtp_layers(&keys);
    let (mut layers, states) = Reader::new(&keys, trunk, embedding_length).layers();
    let mtp_layers = layers.split_off(trunk);
    let role = role(architecture);
    let latent = latent(&keys, layers.first());
    Ok(Geometry {
        architecture: architecture.to_owned(),
        role,
        encoder_layers: if role == Role::EncoderDecoder { count } else { 0 },
        layers: trunk_layers(&keys, layers),
        mtp_layers,
        embedding_length,
        output_embedding_length: output_length(&keys, embedding_length),
        per_layer_embedding_length: per_layer_length(&keys),
        vocabulary: vocabulary(&keys),
        context_length: context_length(&keys),
        original_context_length: keys.number(ORIGINAL),
        latent,
        indexer: indexer(&keys),
        recurrence: states.common,
        experts: FeedForward::of(&keys).experts,
        tied_embeddings: None,
    })
}

/// Nanbeige goes through its layers several times, with a cache for each.
fn loops(keys: &Keys<'_>) -> u64 {
    let named = (keys.architecture == "nanbeige").then(|| keys.number("num_loops")).flatten();
    named.unwrap_or(1)
}

/// T5 may have fewer layers in its decoder. Granite Switch has one more, with a single head, that says which
/// adapter a token is for.
fn trunk_layers(keys: &Keys<'_>, mut layers: Vec<Layer>) -> Vec<Layer> {
    match (keys.architecture, layers.first().cloned()) {
        ("t5", _) => {
            let decoder =
                keys.number("decoder_block_count").and_then(|count| count.try_into().ok());
            layers.truncate(decoder.unwrap_or(keys.layers));
        }
        ("graniteswitch", Some(first)) => {
            let one =
                Layer { heads: 1, kv_heads: 1, feed_forward_length: 0, experts: false, ..first };
            layers.push(one);
        }
        _ => {}
    }
    layers
}

/// The lists of a file, from which its layers are read one by one.
struct Reader<'a> {
    keys: &'a Keys<'a>,
    trunk: usize,
    heads: Vec<u64>,
    kv_heads: Vec<u64>,
    key_length: u64,
    value_length: u64,
    feed_forward: FeedForward,
    windows: Windows,
    states: States,
    /// Layers from this one on have no keys and values of their own.
    owners: usize,
    indexed: Vec<u64>,
    compression: Vec<u64>,
}

impl<'a> Reader<'a> {
    fn new(keys: &'a Keys<'a>, trunk: usize, embedding_length: u64) -> Self {
        let heads = keys.each("attention.head_count").unwrap_or_default();
        let kv_heads = keys.each("attention.head_count_kv").unwrap_or_else(|| heads.clone());
        let share = embedding_length.checked_div(at(&heads, 0)).unwrap_or(0);
        let length = |name| keys.number(name).unwrap_or(share);
        let feed_forward = FeedForward::of(keys);
        let states = States::of(keys, trunk, at(&heads, 0), &kv_heads, &feed_forward.dense);
        Self {
            keys,
            trunk,
            key_length: length("attention.key_length"),
            value_length: length("attention.value_length"),
            windows: Windows::of(keys, trunk),
            states,
            owners: owners(keys),
            indexed: indexed(keys, trunk),
            compression: match keys.architecture {
                "deepseek4" => keys.each("attention.compress_ratios").unwrap_or_default(),
                _ => Vec::new(),
            },
            feed_forward,
            heads,
            kv_heads,
        }
    }

    fn layers(self) -> (Vec<Layer>, States) {
        ((0..self.keys.layers).map(|layer| self.layer(layer)).collect(), self.states)
    }

    fn layer(&self, layer: usize) -> Layer {
        let (seen, window) = self.windows.of_layer(layer);
        let (instead, state) = self.states.of_layer(layer);
        let (feed_forward_length, experts) = self.feed_forward.of_layer(layer);
        let kv_heads = at(&self.kv_heads, layer);
        // Deci leaves attention out of some layers; the others have a state there, or say so in `instead`.
        let none = kv_heads == 0 && state.is_none() && !self.heads.is_empty();
        let attention = instead.unwrap_or(if none { Attention::None } else { seen });
        let own = |name: &str, full: u64| match window {
            Some(_) => self.keys.number(name).unwrap_or(full),
            None => full,
        };
        Layer {
            attention,
            window: window.filter(|_| attention == seen),
            heads: at(&self.heads, layer),
            kv_heads,
            key_length: own("attention.key_length_swa", self.key_length),
            value_length: own("attention.value_length_swa", self.value_length),
            shares_kv: layer >= self.owners && layer < self.trunk,
            indexed: at(&self.indexed, layer) != 0,
            compression: Some(at(&self.compression, layer)).filter(|ratio| *ratio > 0),
            state,
            feed_forward_length,
            experts,
        }
    }
}

/// How many of the first layers have keys and values of their own. Of Gemma 3n llama.cpp knows it, whatever the file
/// says.
fn owners(keys: &Keys<'_>) -> usize {
    let shared = || keys.number("attention.shared_kv_layers").and_then(|n| usize::try_from(n).ok());
    match keys.architecture {
        "gemma3n" => 20,
        "gemma4" => keys.layers.saturating_sub(shared().unwrap_or(0)),
        _ => keys.layers,
    }
}

/// Which layers keep keys for an indexer.
fn indexed(keys: &Keys<'_>, trunk: usize) -> Vec<u64> {
    const TYPES: &str = "attention.indexer.types";
    /// From this context length on, a file of GLM without a list has an indexer in the first three layers, and then
    /// in every fourth.
    const MANY: u64 = 1 << 20;
    let in_trunk = |flag: &dyn Fn(usize) -> bool| -> Vec<u64> {
        (0..trunk).map(|layer| u64::from(flag(layer))).collect()
    };
    match keys.architecture {
        "deepseek32" => in_trunk(&|_| true),
        "glm-dsa" | "dots3note" | "hy_v4" => match keys.each(TYPES) {
            Some(types) => in_trunk(&|layer| at(&types, layer) != 0),
            None if keys.architecture != "glm-dsa" => Vec::new(),
            None if keys.or_zero("context_length") < MANY => in_trunk(&|_| true),
            None => in_trunk(&|layer| layer < 3 || layer % 4 == 2),
        },
        "minimax-m3" => {
            let leading = keys.or_zero("leading_dense_block_count");
            in_trunk(&|layer| layer as u64 >= leading)
        }
        "qwen4exp" => vec![1; trunk],
        _ => Vec::new(),
    }
}

/// The width of what comes out. Models whose residual stream is several streams put out all of them.
fn output_length(keys: &Keys<'_>, embedding_length: u64) -> Option<u64> {
    if keys.is(&["deepseek4", "qwen4exp"]) {
        let streams = keys.number("hyper_connection.count");
        return streams.map(|streams| streams.saturating_mul(embedding_length));
    }
    keys.number("embedding_length_out").filter(|length| *length > 0)
}

fn per_layer_length(keys: &Keys<'_>) -> Option<u64> {
    let told = keys.number("embedding_length_per_layer_input").filter(|length| *length > 0);
    // llama.cpp knows it of Gemma 3n (`n_embd_altup`).
    told.or_else(|| (keys.architecture == "gemma3n").then_some(256))
}

/// Tokens before rope scaling.
const ORIGINAL: &str = "rope.scaling.original_context_length";

/// What is stated, or what `YaRN` makes of the original length where that is more: whoever turns it on by hand does not
/// touch what is stated.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths are far below 2^53, and the cast saturates"
)]
fn context_length(keys: &Keys<'_>) -> u64 {
    let scaled = || Some((keys.number(ORIGINAL)? as f64 * keys.source.yarn()?) as u64);
    keys.or_zero("context_length").max(scaled().unwrap_or(0))
}

/// As many as there are texts; files without texts may say how many there would be.
fn vocabulary(keys: &Keys<'_>) -> u64 {
    keys.source.texts().unwrap_or_else(|| keys.or_zero("vocab_size"))
}

/// Both sizes of unfolded heads must be there, or else llama.cpp keeps keys and values for each head.
fn latent(keys: &Keys<'_>, first: Option<&Layer>) -> Option<Latent> {
    let of_layers = |length: fn(&Layer) -> u64| first.map_or(0, length);
    let positive = |name| keys.number(name).filter(|length| *length > 0);
    let key = positive("attention.key_length_mla");
    let value = positive("attention.value_length_mla");
    Some(Latent {
        kv_rank: positive("attention.kv_lora_rank")?,
        query_rank: keys.or_zero("attention.q_lora_rank"),
        rope_length: keys.or_zero("rope.dimension_count"),
        key_length: key.unwrap_or_else(|| of_layers(|layer| layer.key_length)),
        value_length: value.unwrap_or_else(|| of_layers(|layer| layer.value_length)),
        unfolded: key.is_none() || value.is_none(),
    })
}

fn indexer(keys: &Keys<'_>) -> Option<Indexer> {
    Some(Indexer {
        heads: keys.or_zero("attention.indexer.head_count"),
        key_length: keys.number("attention.indexer.key_length").filter(|length| *length > 0)?,
        top_k: keys.or_zero("attention.indexer.top_k"),
    })
}

/// Whether there is no output matrix beside the embeddings. Encoders need none, and of a split model nobody knows by
/// one part.
fn tied(facts: &GgufFacts, role: Role) -> Option<bool> {
    let output = facts.has_tensor("output.weight");
    if role == Role::Encoder || (facts.split.is_some() && !output) {
        return None;
    }
    (!facts.tensors.is_empty()).then_some(!output)
}
