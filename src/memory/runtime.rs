//! What a model takes in a runtime that is named by its id.

use super::ask::Ask;
use super::browser::Browser;
use super::by_rule::{self, ByRule};
use super::diffusers::{self, DiffusersSettings};
use super::mlx::{self, MlxSettings};
use super::onnx::{self, OnnxSettings};
use super::sglang::{self, SglangSettings};
use super::training::{self, TrainingSettings};
use super::transformers::{self, TransformersSettings};
use super::vllm::{self, VllmSettings};
use super::web_llm::{self, WebLlmSettings};
use super::{llama_family, whisper};
use crate::error::{Code, Error, Result};
use crate::model::arguments::Arguments;
use crate::model::nearest::nearest;
use crate::model::quoted::quoted;
use crate::model::runtime_memory::{RuntimeMemory, Weights};
use crate::model::{Geometry, Hardware};

/// What answers for a runtime: reads its settings, and estimates.
type Estimate = fn(&Ask<'_>, &mut Arguments<'_>) -> Result<RuntimeMemory>;

/// The runtimes by their ids, as `facts/sources.toml` has them.
const RUNTIMES: &[(&str, Estimate)] = &[
    ("vllm", |ask, settings| Ok(vllm::estimate(ask, &VllmSettings::read(settings)?))),
    ("sglang", |ask, settings| Ok(sglang::estimate(ask, &SglangSettings::read(settings)?))),
    ("transformers", |ask, settings| {
        Ok(transformers::estimate(ask, &TransformersSettings::read(settings)?))
    }),
    ("mlx-lm", |ask, settings| Ok(mlx::estimate(ask, &MlxSettings::read(settings)?))),
    ("mlx-vlm", |ask, settings| Ok(mlx::estimate(ask, &MlxSettings::read(settings)?))),
    ("transformers.js", onnx),
    ("onnxruntime-web", onnx),
    ("web-llm", |ask, settings| {
        let browser = Browser::read(settings)?;
        Ok(web_llm::estimate(ask, &WebLlmSettings::read(settings)?, &browser))
    }),
    ("wllama", llama),
    ("llama.cpp", llama),
    ("ollama", llama),
    ("lm-studio", llama),
    ("node-llama-cpp", llama),
    ("diffusers", diffusers),
    ("stable-diffusion.cpp", diffusers),
    ("whisper.cpp", |ask, _| Ok(whisper::estimate(ask))),
    ("training", |ask, settings| Ok(training::estimate(ask, &TrainingSettings::read(settings)?))),
];

fn llama(ask: &Ask<'_>, settings: &mut Arguments<'_>) -> Result<RuntimeMemory> {
    let browser = Browser::read(settings)?;
    Ok(llama_family::estimate(ask, &llama_family::read(ask, settings)?, &browser))
}

fn onnx(ask: &Ask<'_>, settings: &mut Arguments<'_>) -> Result<RuntimeMemory> {
    let browser = Browser::read(settings)?;
    Ok(onnx::estimate(ask, OnnxSettings::read(settings)?, &browser))
}

fn diffusers(ask: &Ask<'_>, settings: &mut Arguments<'_>) -> Result<RuntimeMemory> {
    Ok(diffusers::estimate(ask, &DiffusersSettings::read(settings)?))
}

/// The ids of the runtimes that are known here.
pub fn runtime_ids() -> impl Iterator<Item = &'static str> {
    RUNTIMES.iter().map(|(id, _)| *id).chain(by_rule::RUNTIMES.iter().map(|facts| facts.id))
}

/// What a model takes in memory in a runtime, with settings of the runtime by its own names as JSON (an object, or
/// nothing), and what is to be done at once: `context` (tokens of each sequence), `sequences` (at the same time),
/// `parameters` (elements of all weights, where known).
///
/// Settings that a runtime refuses are told by the findings.
///
/// # Errors
/// `invalid_argument` for a runtime that is not known, and for a setting that is not known or no such value, each
/// with the nearest name; `invalid_json` for settings that are no JSON.
pub fn runtime_estimate(
    runtime: &str,
    geometry: &Geometry,
    weights: &Weights,
    hardware: Option<&Hardware>,
    settings: &[u8],
) -> Result<RuntimeMemory> {
    let settings = if settings.is_empty() { b"{}" } else { settings };
    let mut settings = Arguments::parse("settings", settings)?;
    let ask =
        Ask { runtime, geometry, weights, hardware, context: None, sequences: 1, parameters: None };
    let ask = ask.with(&mut settings)?;
    let own = RUNTIMES.iter().find(|(id, _)| *id == runtime);
    let rule = by_rule::RUNTIMES.iter().find(|facts| facts.id == runtime);
    let answer = match (own, rule) {
        (Some((_, estimate)), _) => estimate(&ask, &mut settings)?,
        (None, Some(facts)) => ByRule::read(facts, &mut settings)?.estimate(&ask),
        (None, None) => return Err(not_known("runtime", runtime, &mut runtime_ids())),
    };
    match settings.unknown() {
        Some((key, known)) => Err(not_known("settings: key", key, &mut known.iter().copied())),
        None => Ok(answer),
    }
}

/// The error of a name that nobody knows, with those that were probably meant.
fn not_known(what: &str, name: &str, known: &mut dyn Iterator<Item = &'static str>) -> Error {
    let known: Vec<&str> = known.collect();
    let near = nearest(known.iter().copied(), name, 3);
    let meant = if near.is_empty() { known } else { near };
    let message = format!("{what} {} is not known; nearest are {}", quoted(name), meant.join(", "));
    Error::new(Code::InvalidArgument, message)
}
