//! Where the bytes of a model's weights belong.

use super::Json;
use serde::Serialize;

/// The weights of a model by what runtimes place apart: bytes, each tensor with the padding behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct WeightLayout {
    /// The table of token embeddings.
    pub token_embedding: u64,
    /// Other tables that are looked up: positions, token types, embeddings of every layer.
    pub other_input: u64,
    /// The output matrix; 0 where the embeddings serve as one.
    pub output: u64,
    /// What else stands behind the last layer, and whatever belongs to none.
    pub other_output: u64,
    /// The layers in order, those that predict further tokens last.
    pub layers: Vec<LayerWeights>,
    /// Of what belongs to no layer, the bytes that llama.cpp lays out anew for a CPU; 0 where that is not known.
    pub repacked: u64,
}

/// The weights of one layer in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct LayerWeights {
    /// Everything but the experts.
    pub dense: u64,
    /// Experts that are chosen between.
    pub experts: u64,
    /// Of both, the bytes that llama.cpp lays out anew for a CPU; 0 where that is not known.
    pub repacked: u64,
}

impl LayerWeights {
    /// All of it.
    #[must_use]
    pub fn bytes(self) -> u64 {
        self.dense.saturating_add(self.experts)
    }
}

/// More layers than any model has; a list that is longer is no layout.
const MAX_LAYERS: usize = 1024;

impl WeightLayout {
    /// Reads it from its JSON. What is left out counts as 0.
    #[must_use]
    pub fn from_json(json: Json<'_>) -> Option<Self> {
        let count = |json: Json<'_>, key| json.get(key).count().unwrap_or(0);
        let layer = |json: Json<'_>| LayerWeights {
            dense: count(json, "dense"),
            experts: count(json, "experts"),
            repacked: count(json, "repacked"),
        };
        let layers: Vec<_> = json.get("layers").items().take(MAX_LAYERS + 1).map(layer).collect();
        (json.is_object() && layers.len() <= MAX_LAYERS).then(|| Self {
            token_embedding: count(json, "tokenEmbedding"),
            other_input: count(json, "otherInput"),
            output: count(json, "output"),
            other_output: count(json, "otherOutput"),
            layers,
            repacked: count(json, "repacked"),
        })
    }

    /// So many bytes, where no more than their sum is known: the same for each layer.
    #[must_use]
    pub fn even(bytes: u64, layers: usize) -> Self {
        let dense = bytes / (layers as u64).max(1);
        let rest = bytes - dense.saturating_mul(layers as u64);
        let layers = vec![LayerWeights { dense, ..LayerWeights::default() }; layers];
        Self { other_input: rest, layers, ..Self::default() }
    }

    /// The weights of another quantization of the same model, of which no more than the sum is known: each part as
    /// large beside the others as it is here. Which of them are laid out anew is not known.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "parts are rounded down; what is left over is added"
    )]
    pub fn scaled(&self, bytes: u64) -> Self {
        // A little less, so that what is rounded never adds up to more.
        let share = bytes as f64 / self.bytes().max(1) as f64 * (1.0 - 1e-12);
        let part = |part: u64| (part as f64 * share) as u64;
        let layer = |layer: &LayerWeights| LayerWeights {
            dense: part(layer.dense),
            experts: part(layer.experts),
            repacked: 0,
        };
        let mut scaled = Self {
            token_embedding: part(self.token_embedding),
            other_input: part(self.other_input),
            output: part(self.output),
            other_output: part(self.other_output),
            layers: self.layers.iter().map(layer).collect(),
            repacked: 0,
        };
        scaled.other_input += bytes.saturating_sub(scaled.bytes());
        scaled
    }

    /// Adds the weights of another file of the same model.
    pub fn add(&mut self, other: &Self) {
        let parts = [
            (&mut self.token_embedding, other.token_embedding),
            (&mut self.other_input, other.other_input),
            (&mut self.output, other.output),
            (&mut self.other_output, other.other_output),
            (&mut self.repacked, other.repacked),
        ];
        for (part, more) in parts {
            *part = part.saturating_add(more);
        }
        if self.layers.len() < other.layers.len() {
            self.layers.resize(other.layers.len(), LayerWeights::default());
        }
        for (layer, more) in self.layers.iter_mut().zip(&other.layers) {
            layer.dense = layer.dense.saturating_add(more.dense);
            layer.experts = layer.experts.saturating_add(more.experts);
            layer.repacked = layer.repacked.saturating_add(more.repacked);
        }
    }

    /// All of it.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let parts = [self.token_embedding, self.other_input, self.output, self.other_output];
        let layers = self.layers.iter().map(|layer| layer.bytes());
        parts.into_iter().chain(layers).fold(0, u64::saturating_add)
    }
}
