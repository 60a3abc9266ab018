//! What one step of the computation takes.

mod builder;
mod delta;
mod graph;
mod latent;
mod layout;
mod rwkv;
mod state_space;
mod styles;
mod transformer;

use super::context::Context;
use crate::model::geometry::Geometry;
use crate::model::memory::{ComputeBytes, ComputeSource, LlamaCppSettings};
use builder::Builder;

/// Bytes of the compute buffer. The cells of full and of window layers are given.
pub(super) fn bytes(
    geometry: &Geometry,
    settings: &LlamaCppSettings,
    context: &Context,
    cells: (u64, u64),
) -> ComputeBytes {
    let style = styles::of(&geometry.architecture);
    let mut builder = Builder::new(geometry, context, settings, style.unwrap_or(""), cells);
    match geometry.architecture.as_str() {
        "rwkv6" | "rwkv6qwen2" | "rwkv7" | "arwkv7" => rwkv::build(&mut builder),
        _ => transformer::build(&mut builder),
    }
    let expected = layout::bytes(&builder.graph);
    let source = if style.is_some() { ComputeSource::Graph } else { ComputeSource::Guess };
    ComputeBytes { low: expected, expected, high: expected, source }
}
