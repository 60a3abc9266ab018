//! What one step of the computation takes.

mod attention;
mod builder;
mod delta;
mod encoder_decoder;
mod feed_forward;
mod gemma;
mod graph;
mod kimi;
mod latent;
mod layout;
mod rwkv;
mod shortened;
mod sparse;
mod state_space;
mod styles;
mod transformer;

use super::context::Context;
use crate::model::geometry::Geometry;
use crate::model::memory::{ComputeBytes, ComputeSource, LlamaCppSettings};
use builder::Builder;
pub(super) use shortened::shortened;

/// Bytes of the compute buffer on the CPU: the graph of the largest step, laid out as ggml lays it out. The cells
/// of full and of window layers are given.
pub(super) fn bytes(
    geometry: &Geometry,
    settings: &LlamaCppSettings,
    context: &Context,
    cells: (u64, u64),
) -> ComputeBytes {
    let (style, source) = styles::of(&geometry.architecture);
    if settings.mtp_context {
        // A draft goes through the layers behind the trunk alone.
        let layers = geometry.mtp_layers.clone();
        let draft = Geometry { layers, ..geometry.clone() };
        let builder = Builder::new(&draft, context, settings, style, cells);
        return range(&draft, laid_out(builder), source.max(ComputeSource::LikeGraph), 0);
    }
    let builder = Builder::new(geometry, context, settings, style, cells);
    range(geometry, laid_out(builder), source, scores(geometry, context, cells.0))
}

/// Whether a graph is more than a row of layers that are built alike: what one layer makes lies about for others.
fn spans_layers(geometry: &Geometry) -> bool {
    const SPANNING: [&str; 8] =
        ["arwkv7", "deepseek4", "gemma3n", "kimi-k3", "rwkv6", "rwkv6qwen2", "rwkv7", "t5"];
    let own = geometry.per_layer_embedding_length.is_some_and(|width| width > 0);
    own || geometry.indexer.is_some()
        || geometry.deepstack_layers > 0
        || SPANNING.contains(&geometry.architecture.as_str())
}

fn laid_out(mut builder: Builder<'_>) -> u64 {
    match builder.model.architecture.as_str() {
        "rwkv6" | "rwkv6qwen2" | "rwkv7" | "arwkv7" => rwkv::build(&mut builder),
        "t5" => encoder_decoder::build(&mut builder),
        "kimi-k3" => kimi::build(&mut builder),
        "deepseek4" => sparse::deepseek4(&mut builder),
        "gemma3n" => gemma::third_n(&mut builder),
        "gemma4" => gemma::fourth(&mut builder),
        _ => transformer::build(&mut builder),
    }
    layout::bytes(builder.graph)
}

/// Bytes that an indexer's scores of all cells may take where nothing is known of how they are computed.
fn scores(geometry: &Geometry, context: &Context, cells: u64) -> u64 {
    let heads = geometry.indexer.as_ref().map_or(0, |indexer| indexer.heads);
    heads.saturating_mul(cells).saturating_mul(context.tokens).saturating_mul(2 * 4)
}

/// The range around a layout, in hundredths of it, by what differences there were in 1,932 measured runs: at most
/// 2 % of architectures that were compared, 7 % where they keep states. Laid out as if it were Llama's, the graph of
/// any other took up to 1.54 times as much, or less than half.
fn range(geometry: &Geometry, bytes: u64, source: ComputeSource, more: u64) -> ComputeBytes {
    let (low, high, more) = match source {
        ComputeSource::Graph if geometry.recurrence.is_none() => (97, 103, 0),
        ComputeSource::Graph => (92, 108, 0),
        ComputeSource::LikeGraph => (80, 125, 0),
        ComputeSource::Formula | ComputeSource::Guess => (40, 160, more),
    };
    let share = |part: u64| (bytes / 100).saturating_mul(part);
    let high = share(high).saturating_add(more);
    ComputeBytes { low: share(low), expected: bytes, high: high.max(bytes), source }
}
