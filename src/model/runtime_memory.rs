//! What a model takes in memory in any runtime: one answer for all of them.

use super::spread::Spread;
use super::verdict::Finding;
use super::weight_layout::WeightLayout;
use serde::Serialize;

/// The weights of a model, as far apart as they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weights {
    /// All of them in bytes.
    Bytes(u64),
    /// By what runtimes place apart.
    Layout(WeightLayout),
    /// By components: the models of a pipeline, the sessions of a model, its files.
    Components(Vec<Component>),
}

impl RuntimeMemory {
    /// Keeps all figures to what JavaScript tells from its neighbours: 2^53. What is more stands for more than anyone
    /// has.
    pub(crate) fn cap(&mut self) {
        let limit = self.limit.iter_mut().flat_map(|limit| limit.bytes.figures());
        let parts = self.parts.iter_mut().flat_map(|part| part.bytes.figures());
        let fits = self.capacity.iter_mut().flat_map(Capacity::figures);
        let sums = self.device.figures().into_iter().chain(self.host.figures());
        let counts = [&mut self.devices, &mut self.context_length, &mut self.sequences];
        for figure in limit.chain(parts).chain(fits).chain(sums).chain(counts) {
            *figure = (*figure).min(MOST);
        }
    }
}

/// The greatest whole number that JavaScript tells from its neighbours.
const MOST: u64 = (1 << 53) - 1;

/// A part of a model that is a model, a session or a file of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Component {
    /// `transformer`, `text_encoder`, `decoder_model_merged_q4.onnx_data`.
    pub name: String,
    /// Bytes of its weights.
    pub bytes: u64,
    /// Bytes of the largest part that is loaded at once, where known: a block of it, a tensor.
    pub largest: Option<u64>,
}

impl Weights {
    /// All of them in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => *bytes,
            Self::Layout(layout) => layout.bytes(),
            Self::Components(all) => all.iter().fold(0, |sum, one| sum.saturating_add(one.bytes)),
        }
    }
}

/// What a model takes in memory in a runtime, in bytes.
///
/// A part that follows from a rule of the runtime has one figure; others are ranges. With several devices, parts
/// are those of the fullest one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct RuntimeMemory {
    /// The runtime's id: `vllm`.
    pub runtime: String,
    /// The version whose rules these are; empty where they belong to none.
    pub version: &'static str,
    /// What takes memory, part by part, on the fullest device and in the computer's memory.
    pub parts: Vec<MemoryPart>,
    /// All parts on that device.
    pub device: Spread,
    /// All parts in the computer's memory.
    pub host: Spread,
    /// Devices that share the model.
    pub devices: u64,
    /// What the runtime may use of that device, where the hardware is known.
    pub limit: Option<MemoryLimit>,
    /// Whether it fits there.
    pub fits: Fit,
    /// What fits beside the weights, where the hardware is known.
    pub capacity: Option<Capacity>,
    /// Tokens of context that the caches are computed for, each sequence.
    pub context_length: u64,
    /// Sequences that the caches are computed for.
    pub sequences: u64,
    /// Whether something about the model is missing, so that caches are at most what is said here.
    pub upper_bound: bool,
    /// Fields of the geometry that are missing.
    pub missing: Vec<&'static str>,
    /// What the runtime would refuse, force or warn of, and what is not known.
    pub findings: Vec<Finding>,
}

/// One part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct MemoryPart {
    /// What it is.
    pub name: PartName,
    /// Where it lies.
    pub place: Place,
    /// How much it is.
    pub bytes: Spread,
    /// Where the rule is from: project, version and path, or who measured it.
    pub source: &'static str,
}

/// What takes memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum PartName {
    /// Weights.
    Weights,
    /// Keys and values of earlier tokens.
    Cache,
    /// Recurrent states.
    State,
    /// What a step computes with.
    Activation,
    /// Captured CUDA graphs.
    Graphs,
    /// The runtime itself: contexts of the driver, libraries, communication.
    Runtime,
    /// Gradients.
    Gradients,
    /// States of the optimizer.
    Optimizer,
    /// A low-rank adapter.
    Adapter,
}

/// Where a part lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// On the device that computes; the computer's memory where that is its CPU.
    Device,
    /// In the computer's memory, waiting.
    Host,
}

/// What a runtime may use of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct MemoryLimit {
    /// In bytes.
    pub bytes: Spread,
    /// Where the rule is from.
    pub source: &'static str,
}

/// Whether something fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// Even at most.
    Yes,
    /// As expected, but not at most; or at least, but not as expected.
    Maybe,
    /// Not even at least.
    No,
    /// The hardware, or something about the model, is not known.
    #[default]
    Unknown,
}

/// What fits beside the weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Capacity {
    /// Bytes for caches and states, on each device.
    pub cache_bytes: Spread,
    /// Tokens of a block and its bytes in all layers, in runtimes that give out blocks.
    pub block: Option<Block>,
    /// Tokens of all sequences together that fit, at this context length.
    pub tokens: Spread,
    /// Tokens of one sequence that fit when it is alone, at most what the model was made for.
    pub largest_context: Spread,
    /// Sequences of this context length that fit at the same time: vLLM's "maximum concurrency".
    pub concurrency: Concurrency,
}

impl Capacity {
    fn figures(&mut self) -> impl Iterator<Item = &mut u64> {
        let block = self.block.iter_mut().flat_map(|block| {
            let counts = block.count.figures();
            [&mut block.tokens, &mut block.bytes].into_iter().chain(counts)
        });
        let spreads = [&mut self.cache_bytes, &mut self.tokens, &mut self.largest_context];
        spreads.into_iter().flat_map(Spread::figures).chain(block)
    }
}

/// A block of cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Block {
    /// Tokens that one holds.
    pub tokens: u64,
    /// Bytes of one in all layers that share it, on the fullest device.
    pub bytes: u64,
    /// How many there are.
    pub count: Spread,
}

/// Sequences at the same time, within bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Concurrency {
    /// At least.
    pub low: f64,
    /// Most likely.
    pub expected: f64,
    /// At most.
    pub high: f64,
}

impl Concurrency {
    /// How many so many bytes, or blocks, hold.
    pub(crate) fn of(room: Spread, held: &dyn Fn(u64) -> f64) -> Self {
        Self { low: held(room.low), expected: held(room.expected), high: held(room.high) }
    }
}
