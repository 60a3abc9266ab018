//! What a model takes in `SGLang`, as its version 0.5.23 plans it.
//!
//! `SGLang` sets memory aside for steps by a rule of thumb, and fills what is left beside the weights with one pool of
//! tokens, of which layers with a window and recurrent states have their own shares.

mod headroom;
mod pool;
mod settings;

pub use headroom::default_mem_fraction_static;
pub use settings::SglangSettings;

use super::answer::Answer;
use super::ask::Ask;
use super::elements::Elements;
use super::quantity::{MIB, scaled};
use crate::model::runtime_memory::{PartName, RuntimeMemory};
use crate::model::spread::Spread;
use headroom::reserved;
use pool::{Cell, capacity};

const VERSION: &str = "0.5.23";
const HEADROOM: &str = "sglang 0.5.23: srt/arg_groups/memory_hook.py";
const POOL: &str = "sglang 0.5.23: srt/model_executor/pool_configurator.py";
const SPLIT: &str = "sglang 0.5.23: weights are split evenly between tensor parallel ranks";
const FRACTION: &str = "sglang 0.5.23: mem_fraction_static of the GPU's memory";

/// What a model takes with these settings.
#[must_use]
pub fn estimate(ask: &Ask<'_>, settings: &SglangSettings) -> RuntimeMemory {
    let elements = Elements::of(ask.geometry);
    let made_for = settings.context_length.unwrap_or(ask.geometry.context_length).max(1);
    let context = ask.context.unwrap_or(made_for).max(1);
    let ranks = settings.tp_size.max(1).saturating_mul(settings.pp_size.max(1));
    let cell = Cell::of(&elements, settings);
    let device = ask.smallest_device(ranks).map(|device| device.memory_bytes);
    let mut answer = Answer::new(ask, VERSION, context);
    answer.about(&elements);
    answer.devices(ranks);
    refusals(&mut answer, settings);
    if ask.hardware.is_some() && device.is_none() {
        answer.refused(
            "tp_size",
            format!("SGLang refuses: {ranks} GPUs are asked for, there are fewer"),
        );
    }
    let each = ask.weights.bytes() / ranks;
    let weights = Spread::of(
        each,
        each.saturating_add(each / 200),
        each.saturating_add(each / 50 + 64 * MIB),
    );
    answer.part(PartName::Weights, weights, SPLIT);
    let reserved = reserved(device, settings, elements.tokens.iter().any(|kept| kept.latent));
    answer.part(PartName::Activation, reserved, HEADROOM);
    let bytes = cell.bytes(context, ask.sequences, settings);
    answer.part(PartName::Cache, Spread::exact(bytes), POOL);
    if let Some(total) = device {
        let taken = settings.mem_fraction_static.map_or(reserved.expected, |share| {
            total.saturating_sub(scaled(total, share.clamp(0.0, 1.0)))
        });
        // A card has up to 2% less for programs than its name says.
        answer.limit(Spread::of(scaled(total, 0.98), total, total), FRACTION);
        let room = Spread::exact(total.saturating_sub(taken)).minus(weights);
        answer.capacity(capacity(ask, &cell, settings, room, (context, made_for)));
    }
    answer.done()
}

fn refusals(answer: &mut Answer, settings: &SglangSettings) {
    let between = |value: f64| value > 0.0 && value <= 1.0;
    if !between(settings.swa_full_tokens_ratio) {
        let message =
            "SGLang refuses it: swa_full_tokens_ratio is above 0 and at most 1".to_owned();
        answer.refused("swa_full_tokens_ratio", message);
    }
    if settings.mem_fraction_static.is_some_and(|share| !(share > 0.0 && share < 1.0)) {
        let message =
            "SGLang cannot start with it: mem_fraction_static is between 0 and 1".to_owned();
        answer.refused("mem_fraction_static", message);
    }
}
