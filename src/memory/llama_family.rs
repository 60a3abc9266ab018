//! What a model takes in llama.cpp and the runtimes that carry it, in the words of all runtimes.

use super::answer::Answer;
use super::ask::Ask;
use super::browser::{self, Browser, TWO_GIB, WASM32};
use super::llama_cpp::{Family, Model, Request, VERSION};
use super::quantity::MIB;
use crate::error::Result;
use crate::model::arguments::Arguments;
use crate::model::memory::{DeviceBytes, MemoryEstimate};
use crate::model::runtime_memory::{PartName, Place, RuntimeMemory, Weights};
use crate::model::spread::Spread;
use crate::model::weight_layout::WeightLayout;

const LLAMA: &str = "llama.cpp v0.5.0, as its allocations were measured";
const ADDRESSES: &str = "wllama 3.8.1: CMakeLists.txt MAXIMUM_MEMORY";

/// Reads the settings of a runtime of the family.
pub(super) fn read(ask: &Ask<'_>, settings: &mut Arguments<'_>) -> Result<Request> {
    let mut request = Request::read(settings)?;
    if let Some(family) = Family::named(ask.runtime) {
        request.family = family;
    }
    request.hardware = request.hardware.or_else(|| ask.hardware.cloned());
    // A page may be without WebGPU: layers are on the GPU where it is said.
    if ask.runtime == "wllama" && request.gpu_layers.is_none() {
        request.gpu_layers = Some(0);
    }
    Ok(in_context(request, ask.context, ask.sequences))
}

/// The same with so many tokens for each of so many sequences, unless it says otherwise.
#[expect(clippy::cast_precision_loss, reason = "contexts have at most 53 bits")]
fn in_context(mut request: Request, context: Option<u64>, sequences: u64) -> Request {
    let own = if request.kv_unified == Some(true) { 1 } else { sequences };
    let asked = context.map(|context| context.saturating_mul(own) as f64);
    request.context = request.context.or(asked);
    request.parallel = request.parallel.or((sequences > 1).then_some(sequences));
    request
}

/// The estimate.
pub(super) fn estimate(ask: &Ask<'_>, request: &Request, browser: &Browser) -> RuntimeMemory {
    let layout = match ask.weights {
        Weights::Layout(layout) => layout.clone(),
        other => WeightLayout::even(other.bytes(), ask.geometry.layers.len()),
    };
    let model = Model::new(ask.geometry.clone(), layout);
    let found = model.answer(request, None).memory;
    let mut answer = Answer::new(ask, VERSION, found.context_length);
    answer.bounded(found.upper_bound);
    let gpus = found.devices.len() > 1;
    let computes = if gpus { Place::Host } else { Place::Device };
    if let Some((computer, others)) = found.devices.split_first() {
        parts(&mut answer, computer, computes);
        let fullest = others.iter().max_by_key(|device| device.total.expected);
        if let Some(fullest) = fullest {
            parts(&mut answer, fullest, Place::Device);
        }
        answer.devices(others.len() as u64);
        let limited = fullest.unwrap_or(computer);
        if let Some(usable) = limited.usable {
            answer.limit(Spread::exact(usable.bytes), usable.source);
        }
    }
    if ask.runtime == "wllama" {
        page(ask, &mut answer, browser, gpus);
    }
    room(ask, request, &model, &found, &mut answer);
    for one in found.findings {
        answer.told(one);
    }
    answer.done()
}

/// What lies on a device.
fn parts(answer: &mut Answer, device: &DeviceBytes, place: Place) {
    let step = device.compute.spread().plus(Spread::exact(device.output));
    for (name, bytes) in [
        (PartName::Weights, Spread::exact(device.weights)),
        (PartName::Cache, Spread::exact(device.context)),
        (PartName::Activation, step),
        (PartName::Adapter, device.beside),
    ] {
        answer.placed(name, place, bytes, LLAMA);
    }
}

/// What a page's memory adds.
fn page(ask: &Ask<'_>, answer: &mut Answer, browser: &Browser, gpus: bool) {
    let module = if gpus { Place::Host } else { Place::Device };
    let heap = Spread::of(16 * MIB, 64 * MIB, 256 * MIB);
    answer.placed(PartName::Runtime, module, heap, "the module itself and its heap");
    if gpus {
        browser.tensors(ask, answer, u64::MAX);
    } else {
        answer.limit(Spread::exact(WASM32), ADDRESSES);
    }
    if answer.total(module).low > WASM32 {
        answer.refused("memory", "the module's memory ends at 4 GiB".to_owned());
    }
    browser::file_sizes(
        ask,
        answer,
        TWO_GIB,
        "wllama reads files of up to 2 GB; split it, into 512 MB at best",
    );
}

/// What fits, where all caches lie on one device.
fn room(
    ask: &Ask<'_>,
    request: &Request,
    model: &Model,
    found: &MemoryEstimate,
    answer: &mut Answer,
) {
    let caches = found.devices.iter().skip(1).filter(|device| device.context > 0).count();
    let computer = found.devices.first().is_some_and(|device| device.context > 0);
    if caches > 1 || (computer && found.devices.len() > 1) {
        return;
    }
    let asked = Request { context: None, parallel: None, fit: Some(false), ..request.clone() };
    answer.fill(ask, &|tokens, sequences| {
        let one = in_context(asked.clone(), Some(tokens.max(1)), sequences);
        let need = model.answer(&Request { parallel: Some(sequences), ..one }, None).memory;
        let kept = need.kv.saturating_add(need.state).saturating_add(need.compressor_state);
        kept.saturating_add(need.compute.expected.saturating_sub(found.compute.expected))
    });
}
