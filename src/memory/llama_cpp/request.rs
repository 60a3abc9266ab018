//! What is asked for: a runtime of the family, settings, hardware, and what lies beside the model.

use super::family::{Family, LLAMA_CPP, UsualContext};
use super::projector::Projector;
use crate::error::{Code, Error, Result};
use crate::memory::usable;
use crate::model::arguments::Arguments;
use crate::model::memory::{CacheType, DeviceBytes, FlashAttention, LlamaCppSettings};
use crate::model::{Device, Hardware, Json};

/// What is asked for. What is left out is the runtime's own.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "they are llama.cpp's own settings, one by one")]
pub struct Request {
    /// The runtime.
    pub family: &'static Family,
    /// Tokens of context; negative ones are told of.
    pub context: Option<f64>,
    /// Tokens that are given at once.
    pub batch: Option<u64>,
    /// Tokens that are computed at once.
    pub ubatch: Option<u64>,
    /// Sequences at the same time.
    pub parallel: Option<u64>,
    /// Whether sequences share one cache.
    pub kv_unified: Option<bool>,
    /// How keys are stored.
    pub type_k: CacheType,
    /// How values are stored.
    pub type_v: CacheType,
    /// Whether attention goes without its whole matrix.
    pub flash_attn: Option<FlashAttention>,
    /// Whether layers with a window keep the whole context.
    pub swa_full: bool,
    /// Layers on the GPUs; the runtime chooses where left out.
    pub gpu_layers: Option<u64>,
    /// Layers whose experts stay in the computer's memory.
    pub cpu_moe: Option<u64>,
    /// The share of each GPU.
    pub tensor_split: Vec<f64>,
    /// Whether caches stay in the computer's memory.
    pub no_kv_offload: bool,
    /// Whether files are mapped.
    pub mmap: bool,
    /// Whether weights may be laid out anew for the CPU.
    pub repack: bool,
    /// Whether embeddings are wanted.
    pub embeddings: bool,
    /// Whether context and placement follow what memory is free; as the runtime does where left out.
    pub fit: Option<bool>,
    /// Whether the model's own layers that predict further tokens draft.
    pub mtp: bool,
    /// How a draft is run, where there is one.
    pub draft: Draft,
    /// A projector beside the model.
    pub projector: Option<Projector>,
    /// Bytes of each low-rank adapter.
    pub adapters: Vec<u64>,
    /// The machine.
    pub hardware: Option<Hardware>,
}

/// How a draft is run.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    /// Tokens that it guesses at most (`--spec-draft-n-max`).
    pub tokens: u64,
    /// How its keys are stored.
    pub type_k: CacheType,
    /// How its values are stored.
    pub type_v: CacheType,
    /// Its layers on the GPUs; all where left out.
    pub gpu_layers: Option<u64>,
}

impl Default for Draft {
    /// llama.cpp v0.5.0 `common/common.h` (`common_params_speculative_draft`).
    fn default() -> Self {
        Self { tokens: 3, type_k: CacheType::F16, type_v: CacheType::F16, gpu_layers: None }
    }
}

impl Default for Request {
    fn default() -> Self {
        Self {
            family: &LLAMA_CPP,
            context: None,
            batch: None,
            ubatch: None,
            parallel: None,
            kv_unified: None,
            type_k: CacheType::F16,
            type_v: CacheType::F16,
            flash_attn: None,
            swa_full: false,
            gpu_layers: None,
            cpu_moe: None,
            tensor_split: Vec::new(),
            no_kv_offload: false,
            mmap: true,
            repack: true,
            embeddings: false,
            fit: None,
            mtp: false,
            draft: Draft::default(),
            projector: None,
            adapters: Vec::new(),
            hardware: None,
        }
    }
}

const FLASH: [(&str, FlashAttention); 3] =
    [("auto", FlashAttention::Auto), ("on", FlashAttention::On), ("off", FlashAttention::Off)];

impl Request {
    /// Reads it from options as JSON.
    ///
    /// Errors: `invalid_argument` for a value of another type, an unknown runtime, and a key nobody knows.
    pub fn parse(options: &[u8]) -> Result<Self> {
        let mut arguments = Arguments::parse("options", options)?;
        let request = Self::read(&mut arguments)?;
        arguments.end()?;
        Ok(request)
    }

    /// Takes what is asked for out of options that may hold more.
    pub(crate) fn read(from: &mut Arguments<'_>) -> Result<Self> {
        let flag = |from: &mut Arguments<'_>, key| Ok(from.said(key)?.unwrap_or(false));
        Ok(Self {
            family: family(from)?,
            context: from.number("contextLength")?,
            batch: in_32_bits(from, "batch")?,
            ubatch: in_32_bits(from, "ubatch")?,
            parallel: in_32_bits(from, "parallel")?,
            kv_unified: from.said("kvUnified")?,
            type_k: cache_type(from, "cacheTypeK")?.unwrap_or(CacheType::F16),
            type_v: cache_type(from, "cacheTypeV")?.unwrap_or(CacheType::F16),
            flash_attn: from.choice("flashAttention", &FLASH)?,
            swa_full: flag(from, "swaFull")?,
            gpu_layers: from.count("gpuLayers")?,
            cpu_moe: from.count("cpuMoe")?,
            tensor_split: from.list("tensorSplit", share)?.unwrap_or_default(),
            no_kv_offload: flag(from, "noKvOffload")?,
            mmap: from.said("mmap")?.unwrap_or(true),
            repack: from.said("repack")?.unwrap_or(true),
            embeddings: flag(from, "embeddings")?,
            fit: from.said("fit")?,
            mtp: flag(from, "mtp")?,
            draft: draft(from)?,
            projector: from.json("mmproj").map(Projector::from_json),
            adapters: from.list("lora", bytes)?.unwrap_or_default(),
            hardware: from.json("hardware").and_then(Hardware::from_json),
        })
    }

    /// The GPUs that the runtime can use.
    pub(crate) fn gpus(&self) -> &[Device] {
        let devices = self.hardware.as_ref().map_or(&[][..], |hardware| &hardware.devices);
        let cpu = devices.iter().any(|device| device.backend == "cpu");
        if cpu || !self.family.gpus { &[] } else { devices }
    }

    /// Whether what lies on GPUs may be chosen.
    pub(crate) fn may_place(&self) -> bool {
        self.gpu_layers.is_none() && self.cpu_moe.is_none() && !self.gpus().is_empty()
    }

    /// Whether weights are laid out anew for the CPU: not where there is a GPU, even one that gets no layers.
    pub(super) fn repacks(&self) -> bool {
        self.repack && self.family.repacks && self.gpus().is_empty()
    }

    /// Whether context and placement may be chosen.
    pub(super) fn may_fit(&self) -> bool {
        self.fit.unwrap_or(self.family.fits)
    }

    /// The tokens of context that are asked for or the runtime's own; 0 is what the model was trained on.
    pub(super) fn context(&self) -> u64 {
        let usual = match self.family.context {
            UsualContext::Trained => 0,
            UsualContext::Tokens(tokens) => tokens,
            UsualContext::ByMemory => by_memory(self.gpus()),
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
        let asked = self.context.filter(|context| *context >= 0.0).map(|context| context as u64);
        asked.unwrap_or(usual).min(u32::MAX.into())
    }

    /// The settings before anything is made to fit, for a model with so many layers and the output.
    pub(crate) fn settings(&self, layers: u64) -> LlamaCppSettings {
        let family = self.family;
        let parallel = self.parallel.unwrap_or(family.parallel);
        let [alone, told] = family.unified;
        let unified = if self.parallel.is_some() { told } else { alone };
        let batch = self.batch.unwrap_or(family.batch);
        let drafted = if self.mtp { self.draft.tokens } else { 0 };
        let outputs = parallel.saturating_mul(drafted.saturating_add(1)).clamp(1, batch.max(1));
        let few = family.few_outputs && !self.embeddings;
        LlamaCppSettings {
            n_ctx: self.context(),
            n_batch: batch,
            n_ubatch: self.ubatch.unwrap_or(family.ubatch),
            n_seq_max: parallel,
            kv_unified: self.kv_unified.unwrap_or(unified),
            type_k: self.type_k,
            type_v: self.type_v,
            flash_attn: self.flash_attn.unwrap_or(family.flash_attn),
            swa_full: self.swa_full,
            n_outputs_max: if few { outputs } else { 0 },
            n_rs_seq: drafted,
            embeddings: self.embeddings,
            load_mtp: self.mtp,
            mtp_context: false,
            n_gpu_layers: self.first_gpu_layers(layers),
            n_cpu_moe: self.cpu_moe.unwrap_or(0),
            tensor_split: self.split(),
            offload_kqv: !self.no_kv_offload,
        }
    }

    /// All layers, where there are GPUs and nobody says otherwise.
    fn first_gpu_layers(&self, layers: u64) -> u64 {
        let usual = if self.gpus().is_empty() { 0 } else { layers };
        let asked = self.gpu_layers.unwrap_or(usual);
        let none = self.hardware.is_some() && self.gpus().is_empty();
        if none { 0 } else { asked.min(layers) }
    }

    /// The shares of GPUs: those asked for, else by their free memory.
    #[expect(clippy::cast_precision_loss, reason = "shares need no more than 53 bits")]
    pub(super) fn split(&self) -> Vec<f64> {
        let gpus = self.gpus();
        if !self.tensor_split.is_empty() || gpus.len() < 2 {
            return self.tensor_split.clone();
        }
        gpus.iter().map(|gpu| usable::of_device(gpu).bytes as f64).collect()
    }

    /// Gives devices their names and what may be used of them.
    pub(crate) fn name_devices(&self, devices: &mut [DeviceBytes]) {
        let Some((computer, gpus)) = devices.split_first_mut() else { return };
        "CPU".clone_into(&mut computer.name);
        computer.usable = self.hardware.as_ref().and_then(usable::of_computer);
        for (index, gpu) in gpus.iter_mut().enumerate() {
            match self.gpus().get(index) {
                Some(known) => {
                    gpu.name.clone_from(&known.name);
                    gpu.usable = Some(usable::of_device(known));
                }
                None => gpu.name = format!("GPU {}", index + 1),
            }
        }
    }
}

/// Ollama: 4,096 tokens below 23 GiB of all GPUs together, 32,768 below 47, else 262,144.
fn by_memory(gpus: &[Device]) -> u64 {
    const GIB: u64 = 1 << 30;
    let total = super::sum(gpus.iter().map(|gpu| gpu.memory_bytes));
    if total >= 47 * GIB {
        262_144
    } else if total >= 23 * GIB {
        32_768
    } else {
        4_096
    }
}

fn family(from: &mut Arguments<'_>) -> Result<&'static Family> {
    let Some(name) = from.text("runtime")? else { return Ok(&LLAMA_CPP) };
    Family::named(&name).ok_or_else(|| {
        let known = Family::names().join(", ");
        let message = format!("options.runtime: expected one of {known}, found another");
        Error::new(Code::InvalidArgument, message)
    })
}

fn cache_type(from: &mut Arguments<'_>, key: &'static str) -> Result<Option<CacheType>> {
    from.choice(key, &CacheType::ALL.map(|one| (one.name(), one)))
}

fn draft(from: &mut Arguments<'_>) -> Result<Draft> {
    let usual = Draft::default();
    let Some(mut from) = from.object("draft")? else { return Ok(usual) };
    let draft = Draft {
        tokens: from.count("tokens")?.unwrap_or(usual.tokens),
        type_k: cache_type(&mut from, "cacheTypeK")?.unwrap_or(usual.type_k),
        type_v: cache_type(&mut from, "cacheTypeV")?.unwrap_or(usual.type_v),
        gpu_layers: from.count("gpuLayers")?,
    };
    from.end()?;
    Ok(draft)
}

/// A count as llama.cpp keeps it; what is more stands for the most.
fn in_32_bits(from: &mut Arguments<'_>, key: &'static str) -> Result<Option<u64>> {
    Ok(from.count(key)?.map(|count| count.min(u32::MAX.into())))
}

fn share(path: &str, json: Json<'_>) -> Result<f64> {
    json.number().ok_or_else(|| crate::model::arguments::wrong(path, "a number", json))
}

fn bytes(path: &str, json: Json<'_>) -> Result<u64> {
    json.count().ok_or_else(|| crate::model::arguments::wrong(path, "bytes", json))
}
