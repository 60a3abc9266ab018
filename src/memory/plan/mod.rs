//! Plans: which variant of a model to take on a machine, where it lies, how much context fits, how fast it is.
//!
//! In runtimes of llama.cpp's family the rules say what lies where ([`of`]); in others each variant is estimated as a whole
//! ([`in_runtime`]).

mod advice;
mod choice;
mod contexts;
mod in_runtime;
mod loads;
mod planner;
mod quality;
mod settings_text;
mod speed;
mod steps;
mod subject;
mod ways;

pub use in_runtime::in_runtime;
pub use loads::formats;
pub use subject::{Candidate, Subject, components};

use crate::memory::llama_cpp::{Model, Request, VERSION};
use crate::model::plan::{Plan, PlanFit};
use choice::{Ranked, choose, sorted};
use planner::{Planned, Planner};

/// Tokens of context where nobody says, or what the model was trained on where that is less: a whole context of today's
/// models is more than most people use, and what it takes has shocked many.
pub const USUAL_CONTEXT: u64 = 8192;

/// Which of a model's variants to take, and what to expect of it.
///
/// Without a context length it is 8,192 tokens of one sequence.
#[must_use]
pub fn of(model: &Model, subject: &Subject, request: &Request, draft: Option<&Model>) -> Plan {
    let request = usual(request, model);
    let planner = Planner::of(model, subject, &request, draft);
    let all: Vec<Planned> = subject.variants.iter().map(|one| planner.variant(one)).collect();
    let mut all = sorted(all, ranked);
    let chosen = choose(&all.iter().map(ranked).collect::<Vec<_>>());
    let mut plan = Plan {
        runtime: request.family.name,
        version: VERSION,
        hardware: request.hardware.as_ref().map(|hardware| hardware.name.clone()),
        speed_source: speed::SOURCE,
        chosen,
        findings: planner.findings(),
        ..Plan::default()
    };
    if let Some(best) = chosen.and_then(|index| all.get_mut(index)) {
        best.shown.largest_context = planner.exact_context(best).or(best.shown.largest_context);
        plan.fit = best.shown.fit;
        plan.settings = Some(planner.applied(best));
        plan.devices = planner.devices(best);
        plan.total = best.shown.total;
        plan.curve = planner.curve(best);
    }
    if !all.is_empty() && all.iter().all(|one| one.shown.fit == PlanFit::No) {
        plan.fit = PlanFit::No;
    }
    plan.advice = advice::of(&planner, &all, chosen);
    plan.variants = all.into_iter().map(|planned| planned.shown).collect();
    (plan.up, plan.down) = steps::beside(&plan.variants, chosen);
    plan
}

/// One sequence of 8,192 tokens, where nobody says otherwise.
fn usual(request: &Request, model: &Model) -> Request {
    let trained = model.geometry().context_length;
    let length = if trained > 0 { USUAL_CONTEXT.min(trained) } else { USUAL_CONTEXT };
    let parallel = request.parallel.unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "it is at most 2^53")]
    let whole = length.saturating_mul(parallel.max(1)) as f64;
    let context = request.context.filter(|context| *context > 0.0).or(Some(whole));
    Request { context, parallel: Some(parallel), ..request.clone() }
}

fn ranked(planned: &Planned) -> Ranked<'_> {
    (&planned.shown, planned.rank)
}
