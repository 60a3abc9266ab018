//! What a pipeline takes in diffusers 0.42.1: its components, all at once or one after another.

use super::answer::Answer;
use super::ask::Ask;
use super::quantity::{GIB, MIB, sum, times};
use crate::error::Result;
use crate::model::Severity;
use crate::model::arguments::Arguments;
use crate::model::runtime_memory::{Component, PartName, Place, RuntimeMemory, Weights};
use crate::model::spread::Spread;

const VERSION: &str = "0.42.1";
const COMPONENTS: &str = "diffusers 0.42.1: pipelines/pipeline_utils.py, the components' bytes";
const GROUPS: &str = "diffusers 0.42.1: hooks/group_offloading.py";
const STEP: &str = "rule of thumb: what the decoder of images holds for each pixel";
const CONTEXT: &str = "unsloth Studio: CUDA context and cuBLAS take about 320 MiB";

/// Which components are on the device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offload {
    /// All of them.
    #[default]
    None,
    /// The one at work (`enable_model_cpu_offload`).
    Model,
    /// The module at work (`enable_sequential_cpu_offload`).
    Sequential,
    /// A group of blocks at work (`enable_group_offload`).
    Group,
}

/// Settings of diffusers, with what it does where nothing is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "they are switches of diffusers, one by one")]
pub struct DiffusersSettings {
    /// Which components are on the device.
    pub offload: Offload,
    /// Blocks of a group.
    pub num_blocks_per_group: u64,
    /// Whether the next group is fetched while one is at work.
    pub use_stream: bool,
    /// Bytes of an element that weights are converted to; none is as they are stored.
    pub torch_dtype: Option<u64>,
    /// Pixels across.
    pub width: u64,
    /// Pixels down.
    pub height: u64,
    /// Images, or frames of a film.
    pub images: u64,
    /// Whether images are decoded tile by tile.
    pub vae_tiling: bool,
    /// Whether images are decoded one by one.
    pub vae_slicing: bool,
    /// Whether attention is computed in slices.
    pub attention_slicing: bool,
}

impl Default for DiffusersSettings {
    fn default() -> Self {
        Self {
            offload: Offload::None,
            num_blocks_per_group: 1,
            use_stream: false,
            torch_dtype: None,
            width: 1024,
            height: 1024,
            images: 1,
            vae_tiling: false,
            vae_slicing: false,
            attention_slicing: false,
        }
    }
}

const OFFLOADS: [(&str, Offload); 4] = [
    ("none", Offload::None),
    ("model", Offload::Model),
    ("sequential", Offload::Sequential),
    ("group", Offload::Group),
];
const DTYPES: [(&str, Option<u64>); 4] =
    [("auto", None), ("float16", Some(2)), ("bfloat16", Some(2)), ("float32", Some(4))];

impl DiffusersSettings {
    pub(super) fn read(settings: &mut Arguments<'_>) -> Result<Self> {
        let usual = Self::default();
        Ok(Self {
            offload: settings.choice("offload", &OFFLOADS)?.unwrap_or_default(),
            num_blocks_per_group: settings.count("num_blocks_per_group")?.unwrap_or(1),
            use_stream: settings.flag("use_stream")?,
            torch_dtype: settings.choice("torch_dtype", &DTYPES)?.flatten(),
            width: settings.count("width")?.unwrap_or(usual.width),
            height: settings.count("height")?.unwrap_or(usual.height),
            images: settings.count("images")?.unwrap_or(1),
            vae_tiling: settings.flag("vae_tiling")?,
            vae_slicing: settings.flag("vae_slicing")?,
            attention_slicing: settings.flag("attention_slicing")?,
        })
    }
}

/// What a model takes with these settings.
#[must_use]
pub fn estimate(ask: &Ask<'_>, settings: &DiffusersSettings) -> RuntimeMemory {
    // stable-diffusion.cpp has the same components, and keeps them all or in the computer's memory.
    let ours = ask.runtime == "diffusers";
    let mut answer = Answer::new(ask, if ours { VERSION } else { "" }, 0);
    if !ours {
        let message = "nothing of this was compared with stable-diffusion.cpp".to_owned();
        answer.finding("rule_not_compared", Severity::Info, "runtime", message);
    }
    let whole;
    let components = match ask.weights {
        Weights::Components(components) => components.as_slice(),
        other => {
            whole = [Component { bytes: other.bytes(), ..Component::default() }];
            &whole
        }
    };
    if components.len() == 1 && settings.offload != Offload::None {
        let message =
            "components are not known one by one: what lies on the device is at most their sum"
                .to_owned();
        answer.warn("components_missing", "weights", message);
    }
    let converted = |bytes: u64| converted(ask, bytes, settings);
    let all = converted(sum(components.iter().map(|one| one.bytes)));
    let (device, source) = on_device(components, settings);
    let device =
        Spread::of(converted(device.low), converted(device.expected), converted(device.high));
    answer.part(PartName::Weights, device, source);
    if settings.offload != Offload::None {
        answer.placed(PartName::Weights, Place::Host, Spread::exact(all), source);
    }
    answer.part(PartName::Activation, activation(ask, settings), STEP);
    answer.part(PartName::Runtime, Spread::of(256 * MIB, 512 * MIB, GIB), CONTEXT);
    if settings.attention_slicing {
        let message =
            "attention slicing saves nothing, and costs time, where attention is computed by \
                       scaled_dot_product_attention (PyTorch 2)"
                .to_owned();
        answer.warn("attention_slicing_without_effect", "attention_slicing", message);
    }
    answer.limit_of(ask);
    answer.done()
}

/// Bytes in the type that is asked for: most are stored in 16 bits.
fn converted(ask: &Ask<'_>, bytes: u64, settings: &DiffusersSettings) -> u64 {
    let Some(element) = settings.torch_dtype else { return bytes };
    match ask.parameters {
        Some(parameters) => {
            let stored = u128::from(ask.weights.bytes().max(1));
            let scaled = u128::from(bytes) * u128::from(parameters) * u128::from(element) / stored;
            u64::try_from(scaled).unwrap_or(u64::MAX)
        }
        None => bytes.saturating_mul(element) / 2,
    }
}

/// Weights on the device at once, as they are stored.
fn on_device(components: &[Component], settings: &DiffusersSettings) -> (Spread, &'static str) {
    let total = sum(components.iter().map(|one| one.bytes));
    let largest = components.iter().map(|one| one.bytes).max().unwrap_or(0);
    // A block is a part of the largest component that repeats: between a hundredth of it and a tenth.
    let known = components.iter().filter_map(|one| one.largest).max();
    let block = known.map_or(Spread::of(largest / 100, largest / 40, largest / 10), Spread::exact);
    match settings.offload {
        Offload::None => (Spread::exact(total), COMPONENTS),
        Offload::Model => (
            Spread::of(if components.len() == 1 { 0 } else { largest }, largest, largest),
            COMPONENTS,
        ),
        Offload::Sequential => (Spread::of(0, block.expected / 4, block.high), COMPONENTS),
        Offload::Group => {
            let groups = if settings.use_stream { 2 } else { settings.num_blocks_per_group.max(1) };
            (block.map(&|bytes| bytes.saturating_mul(groups).min(total)), GROUPS)
        }
    }
}

/// What the decoder of images holds: for each pixel some features of 32 bits, several times. Tiles are 512 pixels
/// wide; the denoiser works on an eighth of the width, and mostly needs less.
fn activation(ask: &Ask<'_>, settings: &DiffusersSettings) -> Spread {
    const LEAST: u64 = 600;
    const USUAL: u64 = 3600;
    const MOST: u64 = 10_000;
    const TILE: u64 = 512 * 512;
    let each = times(&[settings.width, settings.height]);
    let decoded = if settings.vae_tiling { each.min(TILE) } else { each };
    let count = times(&[settings.images, ask.sequences]);
    let decoded = if settings.vae_slicing { decoded } else { decoded.saturating_mul(count) };
    let denoised = each.saturating_mul(count);
    let least = decoded.min(denoised).saturating_mul(LEAST);
    let expected = decoded.saturating_mul(USUAL).max(denoised.saturating_mul(LEAST));
    Spread::of(least, expected, decoded.saturating_mul(MOST).max(denoised.saturating_mul(USUAL)))
}
