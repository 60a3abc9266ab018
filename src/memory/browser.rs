//! What browsers allow: sizes of buffers, files and address spaces.

use super::answer::Answer;
use super::ask::Ask;
use super::quantity::{GIB, MIB};
use crate::error::Result;
use crate::model::Severity;
use crate::model::arguments::Arguments;
use crate::model::runtime_memory::{Component, Weights};

/// Bytes of an `ArrayBuffer` in Chrome. Source: ONNX Runtime documentation, "Working with large models".
pub(super) const ARRAY_BUFFER: u64 = 0x7fe0_0000;
/// Bytes that 32-bit WebAssembly can address.
pub(super) const WASM32: u64 = 4 * GIB;
/// Bytes of a file in protobuf, and of one that wllama opens.
pub(super) const TWO_GIB: u64 = 2 * GIB;
/// What WebGPU promises of a buffer and of a binding. Source: wgpu-types 30.0.1, `Limits::default`.
pub(super) const LEAST_BUFFER: u64 = 256 * MIB;
pub(super) const LEAST_BINDING: u64 = 128 * MIB;

/// What a page's adapter allows, as far as it is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Browser {
    /// Bytes of a buffer (`maxBufferSize`).
    pub max_buffer_size: Option<u64>,
    /// Bytes of a buffer that a shader can see (`maxStorageBufferBindingSize`).
    pub max_storage_buffer_binding_size: Option<u64>,
    /// Whether shaders can compute in 16 bits (`shader-f16`).
    pub shader_f16: Option<bool>,
    /// Bytes of the model's largest tensor.
    pub largest_tensor: Option<u64>,
}

impl Browser {
    /// Reads the limits by their names in WebGPU, and `largestTensor` (bytes).
    pub(super) fn read(settings: &mut Arguments<'_>) -> Result<Self> {
        Ok(Self {
            max_buffer_size: settings.count("maxBufferSize")?,
            max_storage_buffer_binding_size: settings.count("maxStorageBufferBindingSize")?,
            shader_f16: settings.said("shaderF16")?,
            largest_tensor: settings.count("largestTensor")?,
        })
    }

    /// The largest tensor: what is said, or the largest table of a layout.
    fn largest(&self, ask: &Ask<'_>) -> Option<u64> {
        self.largest_tensor.or(match ask.weights {
            Weights::Layout(layout) => Some(layout.token_embedding.max(layout.output)),
            _ => None,
        })
    }

    /// Whether the largest tensor fits into a buffer that the GPU can bind. `asked` is what a runtime asks for at
    /// most; where an adapter has less, it makes do with what WebGPU promises.
    pub(super) fn tensors(&self, ask: &Ask<'_>, answer: &mut Answer, asked: u64) {
        let Some(largest) = self.largest(ask) else { return };
        for (field, limit, least) in [
            ("maxStorageBufferBindingSize", self.max_storage_buffer_binding_size, LEAST_BINDING),
            ("maxBufferSize", self.max_buffer_size, LEAST_BUFFER),
        ] {
            let usable = limit.map(|limit| if limit >= asked { asked.max(least) } else { limit });
            if largest > usable.unwrap_or(least) {
                let severity = if usable.is_some() { Severity::Error } else { Severity::Warning };
                let message = format!(
                    "the largest tensor takes {largest} bytes: it needs a {field} of as many, WebGPU promises {least}"
                );
                answer.finding("tensor_exceeds_buffer", severity, field, message);
            }
        }
    }

    /// Whether shaders can compute in 16 bits.
    pub(super) fn needs_f16(&self, answer: &mut Answer) {
        let (code, severity) = match self.shader_f16 {
            Some(true) => return,
            Some(false) => ("shader_f16_missing", Severity::Error),
            None => ("shader_f16_needed", Severity::Info),
        };
        let message =
            "it computes in 16 bits, which needs the WebGPU feature shader-f16".to_owned();
        answer.finding(code, severity, "shaderF16", message);
    }
}

/// The files of a model, where they are known one by one.
pub(super) fn files<'a>(ask: &Ask<'a>) -> &'a [Component] {
    match ask.weights {
        Weights::Components(files) => files,
        _ => &[],
    }
}

/// Says which files are too large to be read into one buffer.
pub(super) fn file_sizes(ask: &Ask<'_>, answer: &mut Answer, limit: u64, advice: &str) {
    for file in files(ask).iter().filter(|file| file.bytes > limit) {
        let message =
            format!("{} has {} bytes, more than {limit}: {advice}", file.name, file.bytes);
        answer.finding("file_too_large", Severity::Error, "files", message);
    }
    if files(ask).is_empty() && ask.weights.bytes() > limit {
        let message = format!("weights in one file of more than {limit} bytes: {advice}");
        answer.warn("file_too_large", "files", message);
    }
}
