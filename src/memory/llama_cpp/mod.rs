//! What a model takes in llama.cpp, as its version 0.5.0 allocates it.
//!
//! Caches, states, outputs and weights follow from its rules and are exact. What a computation takes does not
//! follow from a rule: llama.cpp lays out the graph of its steps and looks how large that is, and so do we.

mod beside;
mod caches;
mod compute;
mod context;
mod devices;
mod family;
mod fit;
mod need;
mod notes;
mod output;
mod placement;
mod projector;
mod refusals;
mod request;
mod states;
mod weights;

pub use family::{Family, LLAMA_CPP};
pub(crate) use fit::{Fit, Taken};
pub use need::Need;
pub use projector::Projector;
pub use request::{Draft, Request};

use crate::error::Result;
use crate::model::Json;
use crate::model::arguments::{Arguments, wrong};
use crate::model::geometry::Geometry;
use crate::model::memory::{
    DeviceBytes, FlashAttention, LlamaCppEstimate, LlamaCppSettings, MemoryEstimate,
};
use crate::model::spread::Spread;
use crate::model::weight_layout::WeightLayout;
use placement::Placement;

/// The version whose rules these are.
pub const VERSION: &str = "0.5.0";

/// A model that is asked about more than once: what no setting changes is worked out once.
#[derive(Clone, Debug)]
pub struct Model {
    geometry: Geometry,
    /// Fewer layers whose graph takes as much, where there are such.
    shortened: Option<Geometry>,
    weights: WeightLayout,
    /// Fields of the geometry that are not known.
    missing: Vec<&'static str>,
}

impl Model {
    /// A model by its geometry and its weights. Of what the geometry does not say, the most that it can be is taken.
    #[must_use]
    pub fn new(geometry: Geometry, weights: WeightLayout) -> Self {
        let (geometry, missing) = notes::bounded(geometry);
        Self { shortened: compute::shortened(&geometry), geometry, weights, missing }
    }

    /// A model by `{ geometry, weights, bytes }` as JSON: its geometry, the layouts of its files, and the bytes of all of
    /// them where those are of another variant or not known. What is left out is not known.
    ///
    /// Errors: `invalid_argument` for a value of another type.
    pub fn parse(json: &[u8]) -> Result<Self> {
        let mut model = Arguments::parse("model", json)?;
        let geometry = model.json("geometry");
        let geometry = geometry.map(|json| {
            Geometry::from_json(json).ok_or_else(|| wrong("model.geometry", "a geometry", json))
        });
        let geometry = geometry.transpose()?.unwrap_or_default();
        let mut weights = WeightLayout::default();
        for layout in model.list("weights", layout)?.unwrap_or_default() {
            weights.add(&layout);
        }
        let bytes = model.count("bytes")?;
        model.end()?;
        let weights = match bytes {
            Some(bytes) if weights.bytes() == 0 => WeightLayout::even(bytes, geometry.layers.len()),
            Some(bytes) => weights.scaled(bytes),
            None => weights,
        };
        Ok(Self::new(geometry, weights))
    }

    /// All its layers and the output, as GPUs count them.
    pub(crate) fn layers_with_output(&self) -> u64 {
        (self.geometry.layers.len() + self.geometry.mtp_layers.len()) as u64 + 1
    }

    /// Whether attention goes without its whole matrix.
    fn need_flash(&self, settings: &LlamaCppSettings) -> bool {
        settings.flash_attn != FlashAttention::Off && self.geometry.architecture != "grok"
    }

    /// Its geometry.
    #[must_use]
    pub fn geometry(&self) -> &Geometry {
        &self.geometry
    }

    /// Its weights.
    #[must_use]
    pub fn weights(&self) -> &WeightLayout {
        &self.weights
    }

    /// What it takes with these settings: as [`estimate`] says, and sooner.
    #[must_use]
    pub fn estimate(&self, settings: &LlamaCppSettings) -> MemoryEstimate {
        placed(&self.geometry, &self.need(settings), &self.weights, settings)
    }

    /// What a context takes beside weights.
    #[must_use]
    pub fn need(&self, settings: &LlamaCppSettings) -> Need {
        let graph = self.shortened.as_ref().unwrap_or(&self.geometry);
        Need::of(&self.geometry, graph, settings)
    }

    /// Bytes of these weights that one token reads on each device, the computer first.
    pub(crate) fn read_by_device(
        &self,
        weights: &WeightLayout,
        settings: &LlamaCppSettings,
    ) -> Vec<u64> {
        let layers = self.geometry.layers.len() + self.geometry.mtp_layers.len();
        let placement = Placement::of(layers, settings);
        weights::read_by_device(&self.geometry, weights, settings, &placement)
    }

    /// What a runtime of the family would take with what is asked for, its own settings for all else; a draft is a
    /// second model.
    #[must_use]
    pub fn answer(&self, request: &Request, draft: Option<&Self>) -> LlamaCppEstimate {
        let (settings, fitted) = fit::settings(self, request, draft);
        let need = self.need(&settings);
        let mut memory = placed(&self.geometry, &need, &self.weights, &settings);
        memory.repacked = if request.repacks() { memory.repacked } else { 0 };
        beside::add(&mut memory, self, request, draft, &settings);
        request.name_devices(&mut memory.devices);
        notes::add(&mut memory, self, request, &settings);
        memory.range = sums(&mut memory.devices);
        memory.total = memory.range.expected;
        memory.cap();
        LlamaCppEstimate {
            runtime: request.family.name,
            version: VERSION,
            settings: need.applied(&settings, request.family, fitted),
            memory,
        }
    }
}

fn layout(path: &str, json: Json<'_>) -> Result<WeightLayout> {
    WeightLayout::from_json(json).ok_or_else(|| wrong(path, "a weight layout", json))
}

/// What a model takes in memory with these settings, in bytes: weights, caches, states and what is handed out to the
/// byte, the computation as a range with the way it was found. An architecture that is not known is taken for a
/// usual transformer, and `upper_bound` says so.
///
/// There are no errors. Settings that llama.cpp refuses are told by the findings; what is said of the memory is then
/// what it would take if they were not.
///
/// Source: llama.cpp v0.5.0. Compute buffers were compared on its CPU backend; those of GPUs are wide ranges.
#[must_use]
pub fn estimate(
    geometry: &Geometry,
    weights: &WeightLayout,
    settings: &LlamaCppSettings,
) -> MemoryEstimate {
    placed(geometry, &Need::of(geometry, geometry, settings), weights, settings)
}

/// What a context needs, and weights, on the devices where they lie.
fn placed(
    geometry: &Geometry,
    need: &Need,
    weights: &WeightLayout,
    settings: &LlamaCppSettings,
) -> MemoryEstimate {
    let placement = Placement::of(geometry.layers.len() + geometry.mtp_layers.len(), settings);
    let by_device = weights::by_device(geometry, weights, settings, &placement);
    let total_weights = sum(by_device.iter().copied());
    let mut devices = devices::of(by_device, need, &placement, settings);
    let range = sums(&mut devices);
    MemoryEstimate {
        weights: total_weights,
        repacked: weights::repacked(geometry, weights, settings),
        caches: need.caches.clone(),
        kv: need.kv,
        state: need.state,
        compressor_state: need.compressor_state,
        output: need.output,
        compute: need.compute,
        beside: Vec::new(),
        total: range.expected,
        range,
        devices,
        upper_bound: need.upper_bound(),
        context_length: need.context_length(),
        findings: refusals::of(geometry, settings),
    }
}

/// Sums up each device, and all of them.
fn sums(devices: &mut [DeviceBytes]) -> Spread {
    let mut all = Spread::default();
    for device in devices {
        let exact = sum([device.weights, device.context, device.output].into_iter());
        device.total = Spread::exact(exact).plus(device.compute.spread()).plus(device.beside);
        all = all.plus(device.total);
    }
    all
}

fn sum(bytes: impl Iterator<Item = u64>) -> u64 {
    bytes.fold(0, u64::saturating_add)
}
