//! What a person should know of an estimate: settings that make no sense, what is missing, what is not counted.

use super::{Model, request::Request};
use crate::model::geometry::{Attention, Geometry};
use crate::model::grouped::grouped;
use crate::model::memory::{DeviceBytes, LlamaCppSettings, MemoryEstimate};
use crate::model::{Finding, Severity};

/// Bytes that a module of wasm can address.
const WASM_MEMORY: u64 = 4 << 30;

/// Adds what there is to say of what was asked for, of the model and of the machine.
pub(super) fn add(
    memory: &mut MemoryEstimate,
    model: &Model,
    request: &Request,
    settings: &LlamaCppSettings,
) {
    let mut notes = Notes(std::mem::take(&mut memory.findings));
    notes.context(model, request, settings);
    notes.missing(model, memory.upper_bound);
    notes.memory(request, settings, memory);
    // What is not known at all is missing from the sum, which is no bound from above then.
    let counted = !model.geometry.layers.is_empty() && model.weights.bytes() > 0;
    memory.upper_bound = counted && (memory.upper_bound || !model.missing.is_empty());
    memory.findings = notes.0;
}

struct Notes(Vec<Finding>);

impl Notes {
    fn add(&mut self, code: &str, severity: Severity, field: &str, message: String) {
        self.0.push(Finding::new(code, severity, field, message));
    }

    fn context(&mut self, model: &Model, request: &Request, settings: &LlamaCppSettings) {
        let asked = request.context.unwrap_or(0.0);
        let (trained, runtime) = (model.geometry.context_length, request.family.name);
        if asked < 0.0 {
            let message = format!(
                "{runtime} cannot make a context of a negative length; this is with its own"
            );
            self.add("negative_context", Severity::Error, "contextLength", message);
        } else if asked > f64::from(u32::MAX) {
            let message = format!(
                "{runtime} counts tokens of context in 32 bits; this is with the most of them"
            );
            self.add("context_too_long", Severity::Error, "contextLength", message);
        } else if settings.n_ctx > 0 && settings.n_ctx < settings.n_seq_max {
            let message = format!(
                "{} sequences share a context of {} tokens: {runtime} makes it longer, to 256 each",
                settings.n_seq_max, settings.n_ctx
            );
            self.add("more_sequences_than_context", Severity::Warning, "parallel", message);
        }
        let streams = if settings.kv_unified { 1 } else { settings.n_seq_max.max(1) };
        let sequence = settings.n_ctx / streams;
        if trained > 0 && sequence > trained && request.context.is_some_and(|asked| asked > 0.0) {
            let message = format!(
                "{} tokens are more than the {} that the model was trained on: {runtime} warns and goes on",
                grouped(sequence),
                grouped(trained)
            );
            self.add("context_beyond_training", Severity::Warning, "contextLength", message);
        }
        if request.mtp && model.geometry.mtp_layers.is_empty() {
            let message = "the model has no layers that predict further tokens".to_owned();
            self.add("no_mtp_layers", Severity::Error, "mtp", message);
        }
    }

    fn missing(&mut self, model: &Model, unknown: bool) {
        if model.geometry.layers.is_empty() {
            let message = "the geometry is not known, so what a context takes is missing: the sum is a lower bound".to_owned();
            self.add("geometry_missing", Severity::Unknown, "geometry.layers", message);
        }
        for field in &model.missing {
            let message = format!("{field} is not known: the most that it can be is taken");
            self.add(
                "geometry_incomplete",
                Severity::Unknown,
                &format!("geometry.{field}"),
                message,
            );
        }
        if model.weights.bytes() == 0 {
            let message =
                "the bytes of the weights are not known, so they are missing from the sum"
                    .to_owned();
            self.add("weights_missing", Severity::Unknown, "weights", message);
        }
        if unknown && !model.geometry.layers.is_empty() {
            let name = &model.geometry.architecture;
            let message = format!(
                "the rules do not know the architecture {name}: caches and computation are bounds"
            );
            self.add("architecture_unknown", Severity::Warning, "architecture", message);
        }
    }

    fn memory(&mut self, request: &Request, settings: &LlamaCppSettings, memory: &MemoryEstimate) {
        let shared = request.gpus().iter().any(|gpu| gpu.unified);
        if shared {
            let message =
                "the GPU shares the computer's memory: what is said of both comes out of one"
                    .to_owned();
            self.add("unified_memory", Severity::Info, "hardware", message);
        }
        let on_computer = memory.devices.first().map_or(0, |computer| computer.weights);
        let machine = request.hardware.is_some();
        if machine && request.mmap && on_computer > 0 {
            let message = "weights in the computer's memory are mapped from the file: they count as its cache".to_owned();
            self.add("weights_mapped", Severity::Info, "mmap", message);
        }
        if request.mmap && memory.repacked > 0 {
            let message = format!(
                "a CPU with AVX2 gets {} MiB of the weights laid out anew; the pages of the file that they came from stay until the system drops them (without either: --no-repack, --no-mmap)",
                grouped(memory.repacked >> 20)
            );
            self.add("weights_repacked", Severity::Info, "repack", message);
        }
        if machine && request.family.name == "llama.cpp" && settings.n_seq_max > 0 {
            let message = "llama-server may keep up to 8 GiB of earlier prompts in the computer's memory beside this (--cache-ram)".to_owned();
            self.add("prompt_cache", Severity::Info, "cacheRam", message);
        }
        if request.family.name == "wllama" && on_computer_in_all(&memory.devices) > WASM_MEMORY {
            let message = "a module of wasm addresses 4 GiB at most".to_owned();
            self.add("address_space_exceeded", Severity::Error, "hardware", message);
        }
        for device in &memory.devices {
            self.exceeded(device);
        }
    }

    fn exceeded(&mut self, device: &DeviceBytes) {
        const MIB: u64 = 1 << 20;
        let Some(usable) = device.usable else { return };
        let needed = [
            device.weights,
            device.context,
            device.output,
            device.compute.expected,
            device.beside.expected,
        ];
        let needed = super::sum(needed.into_iter());
        if needed > usable.bytes {
            let message = format!(
                "{} MiB are needed of {}, of which {} can be used",
                grouped(needed / MIB),
                device.name,
                grouped(usable.bytes / MIB)
            );
            self.add("memory_exceeded", Severity::Error, "hardware", message);
        }
    }
}

fn on_computer_in_all(devices: &[DeviceBytes]) -> u64 {
    devices.first().map_or(0, |device| {
        super::sum(
            [device.weights, device.context, device.output, device.compute.expected].into_iter(),
        )
    })
}

/// The geometry with the most that missing fields can be, and which those are: as many heads with keys and values as
/// with queries, each as wide as its share of the stream.
pub(super) fn bounded(mut geometry: Geometry) -> (Geometry, Vec<&'static str>) {
    let mut missing = Vec::new();
    let width = geometry.embedding_length;
    for layer in &mut geometry.layers {
        let looks =
            matches!(layer.attention, Attention::Full | Attention::Window | Attention::Chunked);
        if !looks || layer.heads == 0 {
            continue;
        }
        let head = width / layer.heads;
        for (value, most, name) in [
            (&mut layer.kv_heads, layer.heads, "layers.kvHeads"),
            (&mut layer.key_length, head, "layers.keyLength"),
            (&mut layer.value_length, head, "layers.valueLength"),
        ] {
            if *value == 0 && most > 0 {
                *value = most;
                if !missing.contains(&name) {
                    missing.push(name);
                }
            }
        }
    }
    for (value, name) in [
        (geometry.embedding_length, "embeddingLength"),
        (geometry.vocabulary, "vocabulary"),
        (geometry.context_length, "contextLength"),
    ] {
        if value == 0 && !geometry.layers.is_empty() {
            missing.push(name);
        }
    }
    (geometry, missing)
}
