//! What the small files around a model say, in the shape that crosses to JavaScript.

use serde::Serialize;

/// How a checkpoint is quantized, in the words of its config.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct QuantizationScheme {
    /// The method: `gptq`, `compressed-tensors`, `mlx`. A method this version does not know is as the config
    /// spells it.
    pub method: String,
    /// The bits of one weight, without what its group shares; null where the config does not say, or where groups
    /// differ.
    pub bits: Option<f64>,
    /// How many weights share a scale; null where the config does not say, or a whole row does.
    pub group_size: Option<u64>,
    /// The variant of the method: `pack-quantized`, `nf4`, `gemm`, `affine`.
    pub format: Option<String>,
    /// The type that the checkpoint wants its KV cache in.
    pub kv_cache_dtype: Option<String>,
}
