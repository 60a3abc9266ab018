//! What models take in memory, at the boundary: a model is decoded once and asked about often.

use super::error::thrown;
use super::{Thrown, encode};
use crate::memory::llama_cpp::{Model, Request};
use crate::memory::plan::{self, Subject};
use crate::memory::{runtime_estimate, runtime_ids};
use crate::model::memory::LlamaCppEstimate;
use crate::model::plan::Plan;
use crate::model::runtime_memory::{RuntimeMemory, Weights};
use crate::model::{Hardware, Json};
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

/// A model, decoded. Free it when done.
#[wasm_bindgen]
pub struct ModelMemory(pub(super) Model);

#[wasm_bindgen]
impl ModelMemory {
    /// A model by `{ geometry, weights, bytes }` as JSON: its geometry, the weight layouts of its files, and the bytes
    /// of all of them where those are of another variant or not known.
    #[wasm_bindgen(constructor)]
    pub fn new(model: &str) -> Thrown<ModelMemory> {
        Model::parse(model.as_bytes()).map(Self).map_err(thrown)
    }

    /// What it takes in a runtime of llama.cpp's family with these options as JSON.
    pub fn estimate(&self, options: &str) -> Thrown<Ts<LlamaCppEstimate>> {
        let request = Request::parse(options.as_bytes()).map_err(thrown)?;
        encode(&self.0.answer(&request, None))
    }

    /// What it takes in any runtime that is known, by its id; hardware as JSON, empty where it is not known, and settings
    /// of the runtime as JSON; its components as JSON, `[{ name, bytes, largest }]`, empty where it is taken as a whole.
    pub fn in_runtime(
        &self,
        runtime: &str,
        hardware: &str,
        settings: &str,
        components: &str,
    ) -> Thrown<Ts<RuntimeMemory>> {
        let hardware = hardware_of(hardware)?;
        let components = plan::components(components.as_bytes()).map_err(thrown)?;
        let weights = if components.is_empty() {
            Weights::Layout(self.0.weights().clone())
        } else {
            Weights::Components(components)
        };
        let (geometry, settings) = (self.0.geometry(), settings.as_bytes());
        let found = runtime_estimate(runtime, geometry, &weights, hardware.as_ref(), settings);
        encode(&found.map_err(thrown)?)
    }

    /// Which of its variants to take: variants and other models as JSON, and options as for `estimate`.
    pub fn plan(&self, subject: &str, options: &str) -> Thrown<Ts<Plan>> {
        let subject = Subject::parse(subject.as_bytes()).map_err(thrown)?;
        let request = Request::parse(options.as_bytes()).map_err(thrown)?;
        encode(&plan::of(&self.0, &subject, &request, None))
    }

    /// The same in any other runtime, by its id, with its settings as JSON; hardware as for `in_runtime`.
    pub fn plan_in_runtime(
        &self,
        runtime: &str,
        subject: &str,
        hardware: &str,
        settings: &str,
    ) -> Thrown<Ts<Plan>> {
        let subject = Subject::parse(subject.as_bytes()).map_err(thrown)?;
        let hardware = hardware_of(hardware)?;
        let plan = plan::in_runtime(runtime, &self.0, &subject, hardware.as_ref(), settings);
        encode(&plan.map_err(thrown)?)
    }

    /// The same with a small model whose guesses it checks.
    pub fn estimate_with(
        &self,
        options: &str,
        draft: &ModelMemory,
    ) -> Thrown<Ts<LlamaCppEstimate>> {
        let request = Request::parse(options.as_bytes()).map_err(thrown)?;
        encode(&self.0.answer(&request, Some(&draft.0)))
    }
}

fn hardware_of(json: &str) -> Thrown<Option<Hardware>> {
    if json.is_empty() {
        return Ok(None);
    }
    Ok(Hardware::from_json(Json::parse("hardware", json.as_bytes()).map_err(thrown)?))
}

/// The ids of the runtimes whose memory is known.
#[wasm_bindgen]
#[must_use]
pub fn memory_runtimes() -> Vec<String> {
    runtime_ids().map(str::to_owned).collect()
}
