//! What a model takes in wllama 3.8.1: what llama.cpp allocates, in the memory of a page.

use super::answer::Answer;
use super::ask::Ask;
use super::browser::{self, Browser, TWO_GIB, WASM32};
use super::llama_cpp;
use super::quantity::MIB;
use crate::error::Result;
use crate::model::arguments::Arguments;
use crate::model::memory::{CacheType, FlashAttention, LlamaCppSettings};
use crate::model::runtime_memory::{PartName, Place, RuntimeMemory, Weights};
use crate::model::spread::Spread;
use crate::model::weight_layout::WeightLayout;

const LLAMA: &str = "llama.cpp v0.5.0, as its allocations were measured";
const MEMORY: &str = "wllama 3.8.1: CMakeLists.txt MAXIMUM_MEMORY";

/// Tokens of context where nobody says.
const USUAL_CONTEXT: u64 = 1024;

/// Reads settings of llama.cpp by wllama's names, with what it does where nothing is set; but layers are on the GPU
/// only where it is said, since not every browser has WebGPU.
///
/// Source: wllama 3.8.1, `src/wllama.ts`.
pub(super) fn read(settings: &mut Arguments<'_>) -> Result<LlamaCppSettings> {
    let usual = LlamaCppSettings::default();
    let types = CacheType::ALL.map(|one| (one.name(), one));
    let flash = settings.said("flash_attn")?;
    Ok(LlamaCppSettings {
        n_ctx: settings.count("n_ctx")?.unwrap_or(0),
        n_gpu_layers: settings.count("n_gpu_layers")?.unwrap_or(0),
        n_batch: settings.count("n_batch")?.unwrap_or(usual.n_batch),
        n_ubatch: settings.count("n_ubatch")?.unwrap_or(usual.n_ubatch),
        n_seq_max: settings.count("n_parallel")?.unwrap_or(4),
        kv_unified: settings.said("kv_unified")?.unwrap_or(true),
        type_k: settings.choice("cache_type_k", &types)?.unwrap_or(CacheType::F16),
        type_v: settings.choice("cache_type_v", &types)?.unwrap_or(CacheType::F16),
        // On is where the backend can.
        flash_attn: if flash == Some(false) { FlashAttention::Off } else { FlashAttention::Auto },
        swa_full: settings.flag("swa_full")?,
        embeddings: settings.flag("embeddings")?,
        ..usual
    })
}

/// The estimate.
pub(super) fn estimate(
    ask: &Ask<'_>,
    settings: &LlamaCppSettings,
    browser: &Browser,
) -> RuntimeMemory {
    let whole;
    let layout = match ask.weights {
        Weights::Layout(layout) => layout,
        other => {
            whole = WeightLayout { other_output: other.bytes(), ..WeightLayout::default() };
            &whole
        }
    };
    let n_ctx =
        if settings.n_ctx > 0 { settings.n_ctx } else { ask.context.unwrap_or(USUAL_CONTEXT) };
    let settings = LlamaCppSettings { n_ctx, ..settings.clone() };
    let found = llama_cpp::estimate(ask.geometry, layout, &settings);
    let mut answer = Answer::new(ask, "3.8.1", found.context_length);
    if found.upper_bound {
        let message =
            "the architecture is not known to the estimate: caches are at most what is said"
                .to_owned();
        answer.warn("upper_bound", "architecture", message);
    }
    for one in found.findings {
        answer.finding(&one.code, one.severity, &one.field, one.message);
    }
    let on_gpu = found.devices.len() > 1;
    for (index, one) in found.devices.iter().enumerate() {
        // The module computes, or it waits for the GPU.
        let place = if on_gpu && index == 0 { Place::Host } else { Place::Device };
        let step = Spread::of(one.compute.low, one.compute.expected, one.compute.high);
        for (name, bytes) in [
            (PartName::Weights, Spread::exact(one.weights)),
            (PartName::Cache, Spread::exact(one.context)),
            (PartName::Activation, step.plus(Spread::exact(one.output))),
        ] {
            answer.placed(name, place, bytes, LLAMA);
        }
    }
    let module = if on_gpu { Place::Host } else { Place::Device };
    let heap = Spread::of(16 * MIB, 64 * MIB, 256 * MIB);
    answer.placed(PartName::Runtime, module, heap, "the module itself and its heap");
    if on_gpu {
        browser.tensors(ask, &mut answer, u64::MAX);
        if answer.total(Place::Host).low > WASM32 {
            let message = "the module's memory ends at 4 GiB".to_owned();
            answer.refused("n_gpu_layers", message);
        }
        if let Some(bytes) = ask.device_bytes() {
            answer.limit(Spread::exact(bytes), "the memory of the first device");
        }
    } else {
        answer.limit(Spread::exact(WASM32), MEMORY);
    }
    browser::file_sizes(
        ask,
        &mut answer,
        TWO_GIB,
        "wllama reads files of up to 2 GB; split it, into 512 MB at best",
    );
    answer.fill(ask, &|tokens, sequences| {
        let asked =
            LlamaCppSettings { n_ctx: tokens.saturating_mul(sequences).max(1), ..settings.clone() };
        let found = llama_cpp::estimate(ask.geometry, layout, &asked);
        found.kv.saturating_add(found.state).saturating_add(found.compressor_state)
    });
    answer.done()
}
