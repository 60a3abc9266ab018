//! What each layer of a model keeps of what it has read, in elements.

use super::quantity::{sum, times};
use crate::model::geometry::{Attention, Geometry, Layer, Role};

/// How much of a text a layer keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// All of it.
    All,
    /// The last tokens.
    Window(u64),
    /// The tokens of its chunk.
    Chunk(u64),
}

impl Keep {
    /// Tokens that are kept of a context.
    pub(super) fn tokens(self, context: u64) -> u64 {
        match self {
            Self::All => context,
            Self::Window(width) | Self::Chunk(width) => context.min(width),
        }
    }
}

/// What a layer keeps of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// Its place among the layers.
    pub(super) layer: usize,
    pub(super) keep: Keep,
    /// Heads with keys and values.
    pub(super) heads: u64,
    /// Elements of a head's key.
    pub(super) keys: u64,
    /// Elements of a head's value.
    pub(super) values: u64,
    /// Whether it is one latent for all heads.
    pub(super) latent: bool,
}

/// What a layer carries from token to token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Carried {
    pub(super) layer: usize,
    /// Elements of the convolution.
    pub(super) conv: u64,
    /// Elements of the recurrence.
    pub(super) recurrent: u64,
}

/// What a model keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Elements {
    /// Layers with keys and values of their own.
    pub(super) tokens: Vec<Kept>,
    /// The same in kinds: layers that keep the same, and how many there are of them.
    kinds: Vec<(Kept, u64)>,
    /// Layers with a key for the indexer beside.
    pub(super) indexers: Vec<usize>,
    /// Elements of that key.
    pub(super) indexer_length: u64,
    /// Whether layers keep a compressed history, which is not counted.
    pub(super) compressed: bool,
    /// Layers with states.
    pub(super) states: Vec<Carried>,
    /// Whether the decoder looks at an encoder's text through a cache of the same shape.
    pub(super) cross: bool,
    /// Fields of the geometry that are missing.
    pub(super) missing: Vec<&'static str>,
}

impl Elements {
    /// What a model keeps whose latents, if it has any, are kept as they are.
    pub(super) fn of(geometry: &Geometry) -> Self {
        let mut elements = Self::default();
        let keeps = matches!(geometry.role, Role::Decoder | Role::EncoderDecoder);
        elements.tokens.reserve(geometry.layers.len());
        if geometry.layers.is_empty() && keeps {
            elements.missing.push("layers");
        }
        elements.cross = geometry.role == Role::EncoderDecoder;
        for (index, layer) in geometry.layers.iter().enumerate().filter(|_| keeps) {
            elements.add(geometry, index, layer);
        }
        elements.counted()
    }

    /// The same with keys and values of each head where there is a latent.
    pub(super) fn unfolded(geometry: &Geometry) -> Self {
        let mut elements = Self::of(geometry);
        let Some(latent) = geometry.latent else { return elements };
        for kept in &mut elements.tokens {
            kept.heads = geometry.layers.get(kept.layer).map_or(1, |layer| layer.heads);
            (kept.keys, kept.values) = (latent.key_length, latent.value_length);
            kept.latent = false;
        }
        elements.counted()
    }

    /// The same with its kinds counted: models of a hundred layers have two or three.
    fn counted(mut self) -> Self {
        self.kinds.clear();
        for kept in &self.tokens {
            let alike = |kind: &&mut (Kept, u64)| Kept { layer: kind.0.layer, ..*kept } == kind.0;
            match self.kinds.iter_mut().find(alike) {
                Some((_, count)) => *count += 1,
                None => self.kinds.push((*kept, 1)),
            }
        }
        self
    }

    /// The sum over all layers, of those that are alike at once.
    pub(super) fn over_layers(&self, of: &dyn Fn(&Kept) -> u64) -> u64 {
        sum(self.kinds.iter().map(|(kept, count)| of(kept).saturating_mul(*count)))
    }

    fn add(&mut self, geometry: &Geometry, index: usize, layer: &Layer) {
        if let Some(state) = layer.state {
            let (conv, recurrent) = (state.conv, state.recurrent);
            self.states.push(Carried { layer: index, conv, recurrent });
        }
        let keep = match (layer.attention, layer.window) {
            _ if layer.shares_kv => return,
            (Attention::Linear | Attention::Recurrent | Attention::None, _) => return,
            (Attention::Chunked, Some(width)) => Keep::Chunk(width),
            (_, Some(width)) => Keep::Window(width),
            (_, None) => Keep::All,
        };
        let kept = match geometry.latent {
            Some(latent) => {
                let keys = latent.kv_rank.saturating_add(latent.rope_length);
                Kept { layer: index, keep, heads: 1, keys, values: 0, latent: true }
            }
            None => self.heads(geometry, index, layer, keep),
        };
        self.tokens.push(kept);
        self.compressed |= layer.compression.is_some();
        if let Some(indexer) = geometry.indexer.as_ref().filter(|_| layer.indexed) {
            self.indexers.push(index);
            self.indexer_length = indexer.key_length;
        }
    }

    /// Keys and values of heads; where a length is missing, the most that it could be.
    fn heads(&mut self, geometry: &Geometry, index: usize, layer: &Layer, keep: Keep) -> Kept {
        let kv_heads = self.or("kvHeads", layer.kv_heads, layer.heads.max(1));
        let width = geometry.embedding_length.div_ceil(layer.heads.max(1));
        let keys = self.or("keyLength", layer.key_length, width);
        let values = self.or("valueLength", layer.value_length, keys);
        if keys == 0 {
            self.missing(("embeddingLength", true));
        }
        Kept { layer: index, keep, heads: kv_heads, keys, values, latent: false }
    }

    /// A length, or where it is missing, what takes its place.
    fn or(&mut self, name: &'static str, length: u64, instead: u64) -> u64 {
        self.missing((name, length == 0));
        if length > 0 { length } else { instead }
    }

    fn missing(&mut self, (name, is): (&'static str, bool)) {
        if is && !self.missing.contains(&name) {
            self.missing.push(name);
        }
    }

    /// Whether nothing can be said about caches.
    pub(super) fn unknown(&self) -> bool {
        self.missing.contains(&"layers") || self.missing.contains(&"embeddingLength")
    }

    /// Bytes of a sequence's keys and values, where each layer keeps so many tokens.
    pub(super) fn cache_bytes(&self, store: Store, tokens: &dyn Fn(&Kept) -> u64) -> u64 {
        self.over_layers(&|kept| store.token_bytes(kept).saturating_mul(tokens(kept)))
    }

    /// Bytes of the indexer's keys, of each token.
    pub(super) fn indexer_bytes(&self, store: Store) -> u64 {
        store.row(self.indexer_length).saturating_mul(self.indexers.len() as u64)
    }

    /// Bytes of a sequence's states, with so many bytes for an element of each kind.
    pub(super) fn state_bytes(&self, conv: u64, recurrent: u64) -> u64 {
        let bytes = |state: &Carried| {
            times(&[state.conv, conv]).saturating_add(times(&[state.recurrent, recurrent]))
        };
        sum(self.states.iter().map(bytes))
    }
}

/// How elements are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Store {
    /// Bits of an element.
    pub bits: u64,
    /// Elements that share a scale.
    pub group: u64,
    /// Bytes of what they share.
    pub shared: u64,
}

impl Store {
    /// So many bytes each, nothing shared.
    #[must_use]
    pub const fn plain(bytes: u64) -> Self {
        Self { bits: bytes * 8, group: 1, shared: 0 }
    }

    /// The indexer's keys in vLLM and `SGLang`: 8 bits each, and a scale of 32 for every 128.
    pub(super) const INDEXER: Self = Self { bits: 8, group: 128, shared: 4 };

    /// Bytes of so many elements in a row.
    pub(super) fn row(self, elements: u64) -> u64 {
        let own = elements.saturating_mul(self.bits).div_ceil(8);
        own.saturating_add(elements.div_ceil(self.group.max(1)).saturating_mul(self.shared))
    }

    /// Bytes of a token's keys and values in a layer.
    pub(super) fn token_bytes(self, kept: &Kept) -> u64 {
        let head = self.row(kept.keys).saturating_add(self.row(kept.values));
        head.saturating_mul(kept.heads)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn layer() -> impl Strategy<Value = Layer> {
        let kinds =
            prop_oneof![Just(Attention::Full), Just(Attention::Chunked), Just(Attention::Linear)];
        let (heads, length) = (0..3_u64, 0..3_u64);
        let window = prop::option::of(0..3_u64);
        (kinds, window, heads, length).prop_map(|(attention, window, kv_heads, key_length)| Layer {
            attention,
            window,
            heads: 4,
            kv_heads,
            key_length,
            value_length: key_length * (u64::MAX / 4),
            ..Layer::default()
        })
    }

    proptest! {
        /// Layer by layer is the same, and slow.
        #[test]
        fn layers_that_are_alike_are_counted_once(layers in prop::collection::vec(layer(), 0..40), tokens in any::<u64>()) {
            let elements = Elements::of(&Geometry { layers, embedding_length: 64, ..Geometry::default() });
            prop_assert!(elements.kinds.len() <= 36);
            let store = Store::plain(2);
            let of = |kept: &Kept| store.token_bytes(kept).saturating_mul(kept.keep.tokens(tokens));
            prop_assert_eq!(elements.over_layers(&of), sum(elements.tokens.iter().map(of)));
        }
    }
}
