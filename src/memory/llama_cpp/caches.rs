//! Caches: which layers have which, and how large it is.
//!
//! Source: llama.cpp v0.5.0 `src/llama-model.cpp` (`create_memory`), `src/llama-kv-cache*.cpp`.

use super::context::{Context, pad};
use crate::model::geometry::{Attention, Geometry, Layer, Role};
use crate::model::memory::{CacheBytes, CacheKind, LlamaCppSettings};

/// The most layers there may be (`LLAMA_MAX_LAYERS`).
const MAX_LAYERS: usize = 512;

/// What one layer has in one cache.
pub(super) struct LayerCache {
    /// The layer, those behind the trunk last.
    pub(super) layer: usize,
    pub(super) kind: CacheKind,
    keys: u64,
    values: u64,
}

impl LayerCache {
    pub(super) fn bytes(&self) -> u64 {
        self.keys.saturating_add(self.values)
    }
}

/// The caches of a model in a context.
pub(super) struct Caches<'a> {
    geometry: &'a Geometry,
    settings: &'a LlamaCppSettings,
    context: &'a Context,
    /// Elements that a token's values take up where they lie across: those of the widest layer.
    widest: Option<u64>,
    /// Whether layers keep keys alone.
    keys_only: bool,
    /// Whether layers keep states too.
    mixed: bool,
    /// Cells and streams of window layers.
    window: (u64, u64),
}

impl<'a> Caches<'a> {
    pub(super) fn of(
        geometry: &'a Geometry,
        settings: &'a LlamaCppSettings,
        context: &'a Context,
    ) -> Self {
        let every = geometry.layers.iter().chain(&geometry.mtp_layers);
        let width = |layer: &Layer| layer.kv_heads.saturating_mul(layer.value_length);
        Self {
            geometry,
            settings,
            context,
            // Without flash attention values lie across, and all layers are as wide as the widest.
            widest: (!context.flash_attention).then(|| every.map(width).max().unwrap_or(0)),
            keys_only: keys_only(geometry),
            mixed: geometry.layers.iter().any(|layer| layer.state.is_some()),
            window: window(geometry, settings, context),
        }
    }

    /// What the layers have, in their order.
    pub(super) fn layers(&self) -> Vec<LayerCache> {
        let mut all = Vec::with_capacity(self.geometry.layers.len());
        if !has_caches(self.geometry) {
            return all;
        }
        // T5 has one for each layer of its encoder, though its decoder fills them.
        if self.geometry.role == Role::EncoderDecoder {
            let count = usize::try_from(self.geometry.encoder_layers).unwrap_or(0);
            if let Some(like) = self.geometry.layers.first() {
                (0..count.min(MAX_LAYERS)).for_each(|layer| self.add(&mut all, layer, like));
            }
            return all;
        }
        let trunk = self.geometry.layers.iter().map(|layer| (layer, !self.settings.mtp_context));
        let kept = self.settings.mtp_context || keeps_mtp(self.geometry);
        let mtp = self.geometry.mtp_layers.iter().map(|layer| (layer, kept));
        for (index, (layer, _)) in trunk.chain(mtp).enumerate().filter(|(_, (_, in_use))| *in_use) {
            self.add(&mut all, index, layer);
        }
        all
    }

    /// Adds what one layer has.
    fn add(&self, all: &mut Vec<LayerCache>, index: usize, layer: &Layer) {
        let before = all.len();
        if self.keeps(layer) {
            all.push(self.main(layer));
        }
        if !self.settings.mtp_context {
            all.extend(layer.indexed.then(|| self.indexer(layer)).flatten());
            self.compressed(layer, all);
        }
        all.iter_mut().skip(before).for_each(|cache| cache.layer = index);
    }

    /// Whether a layer has keys and values of its own. Where states are kept too, layers without attention have none;
    /// elsewhere they have empty ones, which matters where all are as wide as the widest.
    fn keeps(&self, layer: &Layer) -> bool {
        let looks =
            matches!(layer.attention, Attention::Full | Attention::Window | Attention::Chunked);
        !layer.shares_kv && (looks || !self.mixed)
    }

    fn main(&self, layer: &Layer) -> LayerCache {
        let (kind, (cells, streams)) = match layer.window {
            Some(_) => (CacheKind::Window, self.window),
            None => (CacheKind::Full, (self.context.cells, self.context.streams)),
        };
        let cells = cells.saturating_mul(streams);
        let keys = layer.kv_heads.saturating_mul(layer.key_length);
        let values = self.widest.unwrap_or(layer.kv_heads.saturating_mul(layer.value_length));
        let values = if self.keys_only { 0 } else { values };
        self.entry(kind, cells, keys, values)
    }

    fn indexer(&self, layer: &Layer) -> Option<LayerCache> {
        let keys = self.geometry.indexer.as_ref()?.key_length;
        // MiniMax-M3 keeps values of one head that nobody reads.
        let values =
            if self.geometry.architecture == "minimax-m3" { layer.value_length } else { 0 };
        let cells = self.context.cells.saturating_mul(self.context.streams);
        Some(self.entry(CacheKind::Indexer, cells, keys, values))
    }

    /// The history of DeepSeek-V4, a stream for each sequence even where they share the rest.
    fn compressed(&self, layer: &Layer, all: &mut Vec<LayerCache>) {
        let Some(ratio) = layer.compression else { return };
        let cells = pad(self.context.cells.div_ceil(ratio.max(1)).max(1))
            .saturating_mul(self.context.sequences);
        let keys = layer.kv_heads.saturating_mul(layer.key_length);
        let indexer = self.geometry.indexer.as_ref().map_or(0, |indexer| indexer.key_length);
        match ratio {
            4 => {
                all.push(self.entry(CacheKind::Compressed, cells, keys, 0));
                all.push(self.entry(CacheKind::CompressedIndexer, cells, indexer, 0));
            }
            128 => all.push(self.entry(CacheKind::HighlyCompressed, cells, keys, 0)),
            _ => {}
        }
    }

    /// Elements of a token's keys and values as bytes of all cells.
    fn entry(&self, kind: CacheKind, cells: u64, keys: u64, values: u64) -> LayerCache {
        let bytes = |row: u64| row.saturating_mul(cells);
        LayerCache {
            layer: 0,
            kind,
            keys: bytes(self.settings.type_k.row_bytes(keys)),
            values: bytes(self.settings.type_v.row_bytes(values)),
        }
    }

    /// Cells of a stream of full layers and of window layers.
    pub(super) fn cells(&self) -> (u64, u64) {
        (self.context.cells, self.window.0)
    }

    /// The cells of a cache's streams, and their number.
    fn shape(&self, kind: CacheKind) -> (u64, u64) {
        let history =
            |ratio| (pad(self.context.cells.div_ceil(ratio).max(1)), self.context.sequences);
        match kind {
            CacheKind::Full | CacheKind::Indexer => (self.context.cells, self.context.streams),
            CacheKind::Window => self.window,
            CacheKind::Compressed | CacheKind::CompressedIndexer => history(4),
            CacheKind::HighlyCompressed => history(128),
        }
    }

    /// The layers put together, cache by cache.
    pub(super) fn totals(&self, layers: &[LayerCache]) -> Vec<CacheBytes> {
        let mut totals: Vec<CacheBytes> = Vec::new();
        for one in layers {
            let index =
                totals.iter().position(|total| total.kind == one.kind).unwrap_or_else(|| {
                    let (cells, streams) = self.shape(one.kind);
                    totals.push(CacheBytes {
                        kind: one.kind,
                        cells,
                        streams,
                        layers: 0,
                        keys: 0,
                        values: 0,
                    });
                    totals.len() - 1
                });
            if let Some(total) = totals.get_mut(index) {
                total.layers += 1;
                total.keys = total.keys.saturating_add(one.keys);
                total.values = total.values.saturating_add(one.values);
            }
        }
        totals
    }
}

/// Cells and streams of window layers.
fn window(geometry: &Geometry, settings: &LlamaCppSettings, context: &Context) -> (u64, u64) {
    let apart = geometry.architecture == "deepseek4";
    let streams = if apart { context.sequences } else { context.streams };
    if settings.swa_full {
        return (context.cells, streams);
    }
    let widths =
        geometry.layers.iter().chain(&geometry.mtp_layers).filter_map(|layer| layer.window);
    let width = widths.max().unwrap_or(0);
    let shared = if settings.kv_unified && !apart { context.sequences } else { 1 };
    let needed = width.saturating_mul(shared).saturating_add(context.ubatch);
    (pad(needed.min(context.cells)), streams)
}

/// Whether a cache holds keys alone, from which values are read too.
pub(super) fn keys_only(geometry: &Geometry) -> bool {
    geometry.latent.is_some_and(|latent| !latent.unfolded) || geometry.architecture == "deepseek4"
}

/// Whether there is a cache at all. Gemma 4's assistant reads that of the model it goes with.
fn has_caches(geometry: &Geometry) -> bool {
    match geometry.role {
        Role::Encoder => geometry.architecture == "t5encoder",
        Role::Diffusion => false,
        Role::Decoder | Role::EncoderDecoder => geometry.architecture != "gemma4-assistant",
    }
}

/// Architectures whose caches llama.cpp gives to the layers behind the trunk too, though only a draft uses them.
fn keeps_mtp(geometry: &Geometry) -> bool {
    const KEEPING: [&str; 4] = ["bailingmoe3", "deepseek4", "hy_v4", "minimax-m3"];
    KEEPING.contains(&geometry.architecture.as_str())
}
