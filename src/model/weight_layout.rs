//! Where the bytes of a model's weights belong.

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
}

impl LayerWeights {
    /// All of it.
    #[must_use]
    pub fn bytes(self) -> u64 {
        self.dense.saturating_add(self.experts)
    }
}

impl WeightLayout {
    /// All of it.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let parts = [self.token_embedding, self.other_input, self.output, self.other_output];
        let layers = self.layers.iter().map(|layer| layer.bytes());
        parts.into_iter().chain(layers).fold(0, u64::saturating_add)
    }
}
