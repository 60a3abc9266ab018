//! A target: the runtime, hardware and workload that a check is asked about.

use super::arguments::{Arguments, wrong};
use super::hardware::{Device, Hardware};
use super::json::Json;
use crate::error::Result;

/// What a check against a runtime is asked about. What is left out is not looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    /// `vllm@0.33.0`; `vllm` for its newest version that was read.
    pub runtime: String,
    /// The hardware it runs on.
    pub hardware: Option<Hardware>,
    /// What a browser allows.
    pub browser: Option<BrowserLimits>,
    /// The label of the one variant that is meant: `Q4_K_M`; or a format: `gguf`.
    pub variant: Option<String>,
    /// Tokens of context.
    pub context_length: Option<u64>,
    /// Sequences at the same time.
    pub parallel: Option<u64>,
    /// How keys are stored: `q8_0`, `fp8`.
    pub cache_type_k: Option<String>,
    /// How values are stored.
    pub cache_type_v: Option<String>,
    /// Whether attention goes without its whole matrix; the runtime's own choice where left out.
    pub flash_attention: Option<bool>,
    /// The type that weights are computed in, `bf16`; the model's own where left out.
    pub dtype: Option<String>,
    /// The rank of the LoRA adapter to load on top; 0 where it is not known.
    pub lora_rank: Option<u64>,
    /// What it is wanted for: `chat`, `tools`, `vision`, `embeddings`.
    pub uses: Vec<Use>,
    /// Whether code of the repository's own may run; not asked where left out.
    pub remote_code: Option<bool>,
}

/// What a browser allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrowserLimits {
    /// Whether shaders know 16-bit floats.
    pub shader_f16: Option<bool>,
    /// Bytes of the largest buffer.
    pub max_buffer_size: Option<u64>,
    /// Bytes of the largest buffer that a shader reads.
    pub max_storage_buffer_binding_size: Option<u64>,
    /// Whether threads can share memory.
    pub cross_origin_isolated: Option<bool>,
}

/// What a model is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// To write text.
    Chat,
    /// To call tools.
    Tools,
    /// To see images.
    Vision,
    /// To make vectors of texts.
    Embeddings,
}

impl Use {
    const WORDS: [(&'static str, Self); 4] = [
        ("chat", Self::Chat),
        ("tools", Self::Tools),
        ("vision", Self::Vision),
        ("embeddings", Self::Embeddings),
    ];

    /// As conditions of the knowledge base name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one)| *one == self).map_or("", |(word, _)| word)
    }

    fn read(path: &str, value: Json<'_>) -> Result<Self> {
        let found = Self::WORDS.iter().find(|(word, _)| value.is(word));
        let expected = "one of chat, tools, vision, embeddings";
        found.map(|(_, one)| *one).ok_or_else(|| wrong(path, expected, value))
    }
}

impl Target {
    /// Reads a target from its JSON.
    ///
    /// Errors: `invalid_argument` for a key that is not known or a value of the wrong kind, naming its path.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let mut fields = Arguments::parse("target", json)?;
        let lora = fields.object("lora")?;
        let target = Self {
            runtime: fields.text("runtime")?.unwrap_or_default(),
            hardware: fields.object("hardware")?.map(hardware).transpose()?,
            browser: fields.object("browser")?.map(browser).transpose()?,
            variant: fields.text("variant")?,
            context_length: fields.count("contextLength")?,
            parallel: fields.count("parallel")?,
            cache_type_k: fields.text("cacheTypeK")?,
            cache_type_v: fields.text("cacheTypeV")?,
            flash_attention: fields.choice("flashAttention", &FLASH_ATTENTION)?.flatten(),
            dtype: fields.text("dtype")?,
            lora_rank: lora.map(rank).transpose()?,
            uses: fields.list("uses", Use::read)?.unwrap_or_default(),
            remote_code: fields.given_flag("trustRemoteCode")?,
        };
        fields.end().map(|()| target)
    }
}

const FLASH_ATTENTION: [(&str, Option<bool>); 3] =
    [("auto", None), ("on", Some(true)), ("off", Some(false))];

fn rank(mut fields: Arguments<'_>) -> Result<u64> {
    let rank = fields.count("rank")?.unwrap_or(0);
    fields.end().map(|()| rank)
}

/// What is measured of hardware stays unread: only what decides whether a model loads counts here.
fn hardware(mut fields: Arguments<'_>) -> Result<Hardware> {
    Ok(Hardware {
        name: fields.text("name")?.unwrap_or_default(),
        devices: fields.list("devices", device)?.unwrap_or_default(),
        ram_bytes: fields.count("ramBytes")?,
        ram_bandwidth: None,
    })
}

fn device(path: &str, value: Json<'_>) -> Result<Device> {
    let mut fields = Arguments::of(path.to_owned(), value)?;
    Ok(Device {
        name: fields.text("name")?.unwrap_or_default(),
        vendor: fields.text("vendor")?.unwrap_or_default(),
        backend: fields.text("backend")?.unwrap_or_default(),
        memory_bytes: fields.count("memoryBytes")?.unwrap_or(0),
        arch: fields.text("arch")?,
        unified: fields.flag("unified")?,
        ..Device::default()
    })
}

fn browser(mut fields: Arguments<'_>) -> Result<BrowserLimits> {
    Ok(BrowserLimits {
        shader_f16: fields.given_flag("shaderF16")?,
        max_buffer_size: fields.count("maxBufferSize")?,
        max_storage_buffer_binding_size: fields.count("maxStorageBufferBindingSize")?,
        cross_origin_isolated: fields.given_flag("crossOriginIsolated")?,
    })
}
