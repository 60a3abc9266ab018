//! What transformers.js loads of a repository, in the shape that crosses to JavaScript.

use super::variant::ModelFile;
use serde::Serialize;

/// The graphs of a repository as transformers.js asks for them: sessions, each in one or several dtypes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TransformersJsFacts {
    /// The sessions that the model needs: those of the class of model that misses the fewest, for names do not tell the
    /// class.
    pub needed: Vec<String>,
    /// The dtypes in which some needed session is there, in the order of transformers.js: `fp32`, `q8`, `q4f16`.
    pub dtypes: Vec<TransformersJsDtype>,
    /// The sessions that are there, needed or not, each in each dtype that it is there in: a choice of one dtype for
    /// each needed session can be loaded where nothing of those is missing.
    pub sessions: Vec<TransformersJsSession>,
}

/// What the option `dtype` of transformers.js loads where it names one for all sessions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TransformersJsDtype {
    /// `fp32`, `fp16`, `q8`, `q4f16`, ….
    pub dtype: String,
    /// Bytes of the files that are there; null where those of any are unknown.
    pub size_bytes: Option<u64>,
    /// Files that are not there: with any, the model cannot be loaded so.
    pub missing_files: Vec<String>,
}

/// A session in one dtype.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TransformersJsSession {
    /// `model`, `decoder_model_merged`, ….
    pub name: String,
    /// `fp32`, `fp16`, `q8`, `q4f16`, ….
    pub dtype: String,
    /// The graph, and the data beside it.
    pub files: Vec<ModelFile>,
    /// Data that is not there although some with a higher number is.
    pub missing_files: Vec<String>,
}
