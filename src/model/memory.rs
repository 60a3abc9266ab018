//! What a model takes in memory, and the settings that it depends on.

use super::spread::Spread;
use super::verdict::Finding;
use serde::Serialize;

/// Settings of llama.cpp by its own names. Where nothing is set, what the library does by default.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they are llama.cpp's own settings, one by one")]
pub struct LlamaCppSettings {
    /// Tokens of context, of all sequences together; 0 is what the model was trained on.
    pub n_ctx: u64,
    /// Tokens that are given at once.
    pub n_batch: u64,
    /// Tokens that are computed at once; 0 is `n_batch`.
    pub n_ubatch: u64,
    /// Sequences at the same time (`--parallel`).
    pub n_seq_max: u64,
    /// Whether sequences share one cache.
    pub kv_unified: bool,
    /// How keys are stored.
    pub type_k: CacheType,
    /// How values are stored.
    pub type_v: CacheType,
    /// Whether attention goes without its whole matrix.
    pub flash_attn: FlashAttention,
    /// Whether layers with a window keep the whole context.
    pub swa_full: bool,
    /// Tokens of a batch whose logits are wanted; 0 is all of them. `llama-server` wants one for each sequence.
    pub n_outputs_max: u64,
    /// Tokens that a recurrent state can be taken back, for speculative decoding.
    pub n_rs_seq: u64,
    /// Whether embeddings are wanted.
    pub embeddings: bool,
    /// Whether layers that predict further tokens are loaded.
    pub load_mtp: bool,
    /// Whether the context is that of those layers: a draft beside the model.
    pub mtp_context: bool,
    /// Layers on the GPUs, counted from the last; the output is one more (`--gpu-layers`).
    pub n_gpu_layers: u64,
    /// Layers, from the first, whose experts stay in the computer's memory (`--n-cpu-moe`).
    pub n_cpu_moe: u64,
    /// The share of each GPU; empty where there is none or one.
    pub tensor_split: Vec<f64>,
    /// Whether caches lie beside their layers (`--kv-offload`).
    pub offload_kqv: bool,
}

impl Default for LlamaCppSettings {
    fn default() -> Self {
        Self {
            n_ctx: 0,
            n_batch: 2048,
            n_ubatch: 512,
            n_seq_max: 1,
            kv_unified: false,
            type_k: CacheType::F16,
            type_v: CacheType::F16,
            flash_attn: FlashAttention::Auto,
            swa_full: false,
            n_outputs_max: 0,
            n_rs_seq: 0,
            embeddings: false,
            load_mtp: false,
            mtp_context: false,
            n_gpu_layers: 0,
            n_cpu_moe: 0,
            tensor_split: Vec::new(),
            offload_kqv: true,
        }
    }
}

/// How keys or values are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum CacheType {
    /// 32 bits.
    F32,
    /// 16 bits.
    F16,
    /// 16 bits with the range of 32.
    Bf16,
    /// 8.5 bits.
    Q8_0,
    /// 6 bits.
    Q5_1,
    /// 5.5 bits.
    Q5_0,
    /// 5 bits.
    Q4_1,
    /// 4.5 bits.
    Q4_0,
    /// 4.5 bits, not evenly spaced.
    Iq4Nl,
}

impl CacheType {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::F32,
        Self::F16,
        Self::Bf16,
        Self::Q8_0,
        Self::Q5_1,
        Self::Q5_0,
        Self::Q4_1,
        Self::Q4_0,
        Self::Iq4Nl,
    ];

    /// Its name in llama.cpp: `q8_0`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::F32 => "f32",
            Self::F16 => "f16",
            Self::Bf16 => "bf16",
            Self::Q8_0 => "q8_0",
            Self::Q5_1 => "q5_1",
            Self::Q5_0 => "q5_0",
            Self::Q4_1 => "q4_1",
            Self::Q4_0 => "q4_0",
            Self::Iq4Nl => "iq4_nl",
        }
    }

    /// The type with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Elements of a block: 32 of those that share a scale.
    #[must_use]
    pub fn block(self) -> u64 {
        match self {
            Self::F32 | Self::F16 | Self::Bf16 => 1,
            _ => 32,
        }
    }

    /// Bytes of so many elements in a row, the last block whole.
    #[must_use]
    pub fn row_bytes(self, elements: u64) -> u64 {
        let bytes = match self {
            Self::F32 => 4,
            Self::F16 | Self::Bf16 => 2,
            Self::Q8_0 => 34,
            Self::Q5_1 => 24,
            Self::Q5_0 => 22,
            Self::Q4_1 => 20,
            Self::Q4_0 | Self::Iq4Nl => 18,
        };
        elements.div_ceil(self.block()).saturating_mul(bytes)
    }

    /// Whether elements share a scale.
    #[must_use]
    pub fn is_quantized(self) -> bool {
        self.block() > 1
    }
}

/// Whether attention goes without its whole matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlashAttention {
    /// Where the backend can.
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

/// What a model takes in memory, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct MemoryEstimate {
    /// Weights that are loaded.
    pub weights: u64,
    /// Of the weights, those that a CPU with AVX2 gets laid out anew, in memory of their own. Where files are mapped, the
    /// pages that they came from are there too until the system drops them: `total` counts them once.
    pub repacked: u64,
    /// The caches, each with its cells.
    pub caches: Vec<CacheBytes>,
    /// All caches together.
    pub kv: u64,
    /// Recurrent states.
    pub state: u64,
    /// States of what compresses a history (DeepSeek-V4).
    pub compressor_state: u64,
    /// Logits and embeddings that are handed out.
    pub output: u64,
    /// What one step of the computation takes.
    pub compute: ComputeBytes,
    /// What lies beside the model: projectors, adapters, drafts.
    pub beside: Vec<BesideBytes>,
    /// All of it, with the expected computation.
    pub total: u64,
    /// The same as a range: what is exact, and the bounds of what is not.
    pub range: Spread,
    /// The same, device by device: the computer first, then the GPUs.
    pub devices: Vec<DeviceBytes>,
    /// Whether the architecture is unknown, so that caches are at most what is said here.
    pub upper_bound: bool,
    /// Tokens of context after padding, of each sequence where they share no cache.
    pub context_length: u64,
    /// What llama.cpp would refuse, force or warn of.
    pub findings: Vec<Finding>,
}

impl MemoryEstimate {
    /// Keeps all bytes to what JavaScript tells from its neighbours: 2^53. What is more stands for more than anyone has.
    pub fn cap(&mut self) {
        let caches = self.caches.iter_mut();
        let caches = caches.flat_map(|one| [&mut one.cells, &mut one.keys, &mut one.values]);
        let beside = self.beside.iter_mut();
        let beside = beside.flat_map(|one| {
            let [low, expected, high] = one.compute.figures();
            [&mut one.weights, &mut one.context, low, expected, high]
        });
        let parts = [
            &mut self.weights,
            &mut self.repacked,
            &mut self.kv,
            &mut self.state,
            &mut self.compressor_state,
            &mut self.output,
            &mut self.total,
            &mut self.context_length,
        ];
        let sums = self.compute.figures().into_iter().chain(self.range.figures());
        let devices = self.devices.iter_mut().flat_map(DeviceBytes::figures);
        for figure in caches.chain(beside).chain(parts).chain(sums).chain(devices) {
            *figure = (*figure).min(MOST);
        }
    }
}

/// The greatest whole number that JavaScript tells from its neighbours.
const MOST: u64 = (1 << 53) - 1;

/// One cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct CacheBytes {
    /// Which one.
    pub kind: CacheKind,
    /// Tokens that it has room for, in each stream.
    pub cells: u64,
    /// Streams: one for each sequence, or one for all.
    pub streams: u64,
    /// Layers that have one.
    pub layers: u64,
    /// Bytes of keys.
    pub keys: u64,
    /// Bytes of values.
    pub values: u64,
}

/// Which cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum CacheKind {
    /// Of layers that see the whole context.
    Full,
    /// Of layers that see a window or a chunk.
    Window,
    /// Keys of the indexer.
    Indexer,
    /// Every fourth token's worth of history (DeepSeek-V4).
    Compressed,
    /// Every 128th token's worth of history (DeepSeek-V4).
    HighlyCompressed,
    /// Keys of the indexer for compressed history.
    CompressedIndexer,
}

/// What one step of the computation takes, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ComputeBytes {
    /// At least.
    pub low: u64,
    /// Most likely.
    pub expected: u64,
    /// At most.
    pub high: u64,
    /// How it was found.
    pub source: ComputeSource,
}

/// How the bytes of a computation were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ComputeSource {
    /// The graph was laid out as llama.cpp does it, and the architecture was compared with its figures.
    Graph,
    /// The graph was laid out as far as llama.cpp's source tells, without figures to compare.
    LikeGraph,
    /// By a closed form that was fitted to published figures.
    Formula,
    /// Nothing is known of the graph: that of a usual transformer, with an upper bound.
    #[default]
    Guess,
}

impl ComputeBytes {
    fn figures(&mut self) -> [&mut u64; 3] {
        [&mut self.low, &mut self.expected, &mut self.high]
    }

    /// Without where it is from.
    #[must_use]
    pub fn spread(self) -> Spread {
        Spread { low: self.low, expected: self.expected, high: self.high }
    }
}

/// What lies beside a model on one device, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct BesideBytes {
    /// What it is.
    pub kind: BesideKind,
    /// Where it lies: the place of the device in the list.
    pub device: usize,
    /// Weights.
    pub weights: u64,
    /// Caches, states and what is handed out.
    pub context: u64,
    /// The computation.
    pub compute: ComputeBytes,
}

impl BesideBytes {
    /// All of it.
    #[must_use]
    pub fn spread(&self) -> Spread {
        Spread::exact(self.weights.saturating_add(self.context)).plus(self.compute.spread())
    }
}

/// What lies beside a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum BesideKind {
    /// A vision or audio projector (`--mmproj`).
    Projector,
    /// A low-rank adapter (`--lora`).
    Adapter,
    /// A small model whose guesses the model checks (`--model-draft`).
    Draft,
    /// The context of the model's own layers that predict further tokens (`--spec-type draft-mtp`).
    Mtp,
}

/// What lies on one device, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct DeviceBytes {
    /// `CPU` for the computer, then the name of each GPU.
    pub name: String,
    /// Weights.
    pub weights: u64,
    /// Caches and states.
    pub context: u64,
    /// What is handed out.
    pub output: u64,
    /// The computation.
    pub compute: ComputeBytes,
    /// What lies beside the model.
    pub beside: Spread,
    /// All of it.
    pub total: Spread,
    /// What models may use of it, where the hardware is known.
    pub usable: Option<Usable>,
}

impl DeviceBytes {
    fn figures(&mut self) -> impl Iterator<Item = &mut u64> {
        let parts = [&mut self.weights, &mut self.context, &mut self.output];
        let usable = self.usable.iter_mut().flat_map(|one| [&mut one.bytes, &mut one.reserve]);
        let spreads = self.beside.figures().into_iter().chain(self.total.figures());
        parts.into_iter().chain(self.compute.figures()).chain(spreads).chain(usable)
    }
}

/// How much of a memory models may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Usable {
    /// Bytes that models may use.
    pub bytes: u64,
    /// Bytes left to the system, the driver and the desktop.
    pub reserve: u64,
    /// How the reserve was found.
    pub source: &'static str,
}

/// What a model takes in a runtime of llama.cpp's family, and the settings that held.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct LlamaCppEstimate {
    /// The runtime: `llama.cpp`, `ollama`, ….
    pub runtime: &'static str,
    /// The version whose rules these are.
    pub version: &'static str,
    /// The settings as they held: asked for, or the runtime's own.
    pub settings: AppliedSettings,
    /// What it takes.
    pub memory: MemoryEstimate,
}

/// The settings that an estimate rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "they are llama.cpp's own settings, one by one")]
pub struct AppliedSettings {
    /// Tokens of context, of all sequences together.
    pub context_length: u64,
    /// Tokens that are given at once.
    pub batch: u64,
    /// Tokens that are computed at once.
    pub ubatch: u64,
    /// Sequences at the same time.
    pub parallel: u64,
    /// Whether sequences share one cache.
    pub kv_unified: bool,
    /// How keys are stored.
    pub cache_type_k: CacheType,
    /// How values are stored.
    pub cache_type_v: CacheType,
    /// Whether attention goes without its whole matrix.
    pub flash_attention: bool,
    /// Whether layers with a window keep the whole context.
    pub swa_full: bool,
    /// Layers on GPUs, the output among them.
    pub gpu_layers: u64,
    /// Layers whose experts stay in the computer's memory.
    pub cpu_moe: u64,
    /// The share of each GPU; empty where there is none or one.
    pub tensor_split: Vec<f64>,
    /// Whether caches lie beside their layers.
    pub kv_offload: bool,
    /// Whether context or placement were chosen to fit, as llama.cpp's `--fit` does.
    pub fitted: bool,
    /// Where the settings that nobody gave are from.
    pub source: &'static str,
}
