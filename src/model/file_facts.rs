//! What the header of one model file says, in the shape that crosses to JavaScript.

use super::geometry::Geometry;
use super::weight_layout::WeightLayout;
use serde::Serialize;

/// What the header of one model file says.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct FileFacts {
    /// `gguf`, `safetensors`, `onnx`, `pytorch`, ….
    pub format: String,
    /// The version of the container, as the format counts: `3` of GGUF, the IR version of ONNX, the specification
    /// version of Core ML.
    pub version: Option<String>,
    /// `model`, or what goes with one: `projector`, `adapter`, `imatrix`, `control_vector`, `vocabulary`.
    pub kind: String,
    /// `general.architecture` of a GGUF file.
    pub architecture: Option<String>,
    /// Tokens, of a GGUF file that states them.
    pub context_length: Option<u64>,
    /// Bytes before the tensors' data.
    pub header_bytes: u64,
    /// Bytes of all tensors.
    pub tensor_bytes: u64,
    /// Bytes of the largest tensor, of a GGUF or safetensors file.
    pub largest_tensor: Option<u64>,
    /// Number of tensors.
    pub tensor_count: u64,
    /// Number of elements; of packed weights fewer than there are parameters.
    pub element_count: u64,
    /// Bits per element over all tensors, as they are stored.
    pub bits_per_weight: Option<f64>,
    /// Tensors by type, the one with most bytes first.
    pub types: Vec<TypeTotal>,
    /// The quantization label that follows from the tensors, such as `Q4_K_M`.
    pub quantization: Option<String>,
    /// The label that the file declares.
    pub declared_quantization: Option<String>,
    /// Which part of a split model the file is.
    pub split: Option<SplitPart>,
    /// What memory is computed from, of a GGUF file that says it.
    pub geometry: Option<Geometry>,
    /// Where the bytes of its weights belong, of a GGUF model; of a split one, those of this file.
    pub weights: Option<WeightLayout>,
    /// The keys that hold one value. Lists (vocabularies) and long texts are left out.
    pub keys: Vec<FileKey>,
    /// Chat templates, the default one first.
    pub chat_templates: Vec<TemplateFacts>,
    /// The operator sets that the graph asks for.
    pub opsets: Vec<Opset>,
    /// The operators of the graph, the most frequent first.
    pub operators: Vec<OperatorCount>,
    /// What the graph takes.
    pub inputs: Vec<GraphValue>,
    /// What the graph gives.
    pub outputs: Vec<GraphValue>,
    /// Files that hold tensors of this one.
    pub external_files: Vec<ExternalFile>,
    /// The parts of a container, in the order of the file.
    pub sections: Vec<FileSection>,
    /// What a pickle would import if it were loaded, the most dangerous first.
    pub imports: Vec<PickleImport>,
    /// What is wrong with the file, though it could be read.
    pub problems: Vec<FileProblem>,
    /// How many more problems there are than are told.
    pub more_problems: u64,
}

/// The tensors of one type.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TypeTotal {
    /// `Q4_K`, `BF16`, …; `type 99` where it has no name.
    pub name: String,
    /// Number of tensors.
    pub tensors: u64,
    /// Their elements.
    pub elements: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Which part of a split model a file is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct SplitPart {
    /// From 1, as names count.
    pub number: u64,
    /// How many there are.
    pub count: u64,
}

/// A key with one value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FileKey {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: KeyValue,
}

/// A value: a number, a flag or a text. Whole numbers beyond 2^53 are text, since JavaScript would round them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum KeyValue {
    /// A number.
    Number(f64),
    /// A flag.
    Flag(bool),
    /// A text.
    Text(String),
}

/// A chat template, and what it reads.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TemplateFacts {
    /// `tool_use`, `rag`, …; null for the default one.
    pub name: Option<String>,
    /// `tools`, `tool_calls`, `documents`, `vision`, `audio`, `reasoning`, `system`; null where it was too long to look at.
    pub uses: Option<Vec<String>>,
}

/// Something wrong with a file that could be read all the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FileProblem {
    /// Stable name, in `snake_case`.
    pub code: String,
    /// What was expected, what was found, and where.
    pub message: String,
}

/// An operator set, and its version.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Opset {
    /// `ai.onnx`, `com.microsoft`, ….
    pub domain: String,
    /// Its version.
    pub version: u64,
}

/// An operator, and how often it stands in the graph.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct OperatorCount {
    /// `MatMul`; with its domain, where that is not the standard one: `com.microsoft.MatMulNBits`.
    pub name: String,
    /// How often.
    pub count: u64,
}

/// Something that goes into a graph or comes out of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct GraphValue {
    /// `input_ids`; behind the name of its signature where the file has several: `decode/tokens`.
    pub name: String,
    /// The element type in the format's own words: `INT64`, `f16`, `seq(FLOAT)`.
    pub data_type: String,
    /// Its dimensions; null where the rank is not said.
    pub shape: Option<Vec<Dimension>>,
}

/// One dimension of a shape.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum Dimension {
    /// So many elements.
    Size(f64),
    /// As many as a call gives: `batch_size`, `1..512`, or no name at all.
    Name(String),
}

/// A part of a container.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct FileSection {
    /// What it is, in the format's own words: `TFLiteModel`.
    pub section_type: String,
    /// What it is for: `tf_lite_prefill_decode`.
    pub name: Option<String>,
    /// Where it starts in the file.
    pub offset: u64,
    /// Its bytes.
    pub bytes: u64,
}

/// A file that holds tensors of another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ExternalFile {
    /// Where it is, seen from the folder of the file that names it; `*.bin` for the file of the same name with that
    /// ending.
    pub path: String,
    /// Number of tensors in it.
    pub tensors: u64,
    /// The least bytes it must have.
    pub bytes: u64,
}

/// Something that a pickle imports, which runs when it is loaded.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PickleImport {
    /// `torch._utils._rebuild_tensor_v2`.
    pub name: String,
    /// How dangerous it is.
    pub risk: ImportRisk,
}

/// How dangerous an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum ImportRisk {
    /// Runs code, reads or writes files, reaches the network.
    Dangerous,
    /// Not known: it may do anything.
    Suspicious,
    /// Makes tensors and containers, and nothing else.
    Safe,
}
