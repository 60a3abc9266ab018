//! Plans: which variant of a model to take on a machine, where it lies, how much context fits, how fast it is.
//!
//! In runtimes of llama.cpp's family, whose rules say what lies where.

mod advice;
mod contexts;
mod planner;
mod quality;
mod speed;
mod steps;
mod subject;

pub use subject::{Candidate, Subject};

use crate::memory::llama_cpp::{Model, Request, VERSION};
use crate::model::order::order;
use crate::model::plan::{Plan, PlanFit, PlannedVariant};
use planner::{Planned, Planner};

/// Tokens of context where nobody says, or what the model was trained on where that is less: a whole context of today's
/// models is more than most people use, and what it takes has shocked many.
pub const USUAL_CONTEXT: u64 = 8192;

/// Fewer bits than this are a last resort: answers suffer.
const FEW_BITS: f64 = 4.0;

/// Which of a model's variants to take, and what to expect of it.
///
/// Without a context length it is 8,192 tokens of one sequence.
#[must_use]
pub fn of(model: &Model, subject: &Subject, request: &Request, draft: Option<&Model>) -> Plan {
    let request = usual(request, model);
    let planner = Planner::of(model, subject, &request, draft);
    let mut all: Vec<Planned> = subject.variants.iter().map(|one| planner.variant(one)).collect();
    all = sorted(all);
    let chosen = choose(&all);
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

/// The best first; of equal ones the smaller.
fn sorted(all: Vec<Planned>) -> Vec<Planned> {
    let rank = |index: usize| all.get(index).map_or((0.0, 0), |one| (one.rank, one.shown.bytes));
    let places = order(all.len(), &|one, other| {
        let ((one, bytes), (other, more)) = (rank(one), rank(other));
        other.total_cmp(&one).then(bytes.cmp(&more))
    });
    let mut all: Vec<Option<Planned>> = all.into_iter().map(Some).collect();
    let taken = places.into_iter().filter_map(|place| all.get_mut(place as usize)?.take());
    taken.collect()
}

/// The best that lies whole where it is computed and has not too few bits; else the fastest of enough bits that lies in
/// parts; else the best of what is left.
fn choose(all: &[Planned]) -> Option<usize> {
    let enough = |one: &PlannedVariant| one.bits_per_weight.is_none_or(|bits| bits >= FEW_BITS);
    let first =
        |test: &dyn Fn(&PlannedVariant) -> bool| all.iter().position(|one| test(&one.shown));
    let whole = first(&|one| one.fit == PlanFit::Full && enough(one));
    let speed = |one: &PlannedVariant| one.generation.map_or(0.0, |rate| rate.expected);
    let parts = || {
        let fitting = all.iter().enumerate();
        let fitting =
            fitting.filter(|(_, one)| one.shown.fit == PlanFit::Partial && enough(&one.shown));
        let best = fitting.max_by(|(_, one), (_, other)| {
            speed(&one.shown).total_cmp(&speed(&other.shown)).then(one.rank.total_cmp(&other.rank))
        });
        best.map(|(index, _)| index)
    };
    whole
        .or_else(parts)
        .or_else(|| first(&|one| one.fit == PlanFit::Full))
        .or_else(|| first(&|one| one.fit == PlanFit::Partial))
        .or_else(|| first(&|one| one.fit == PlanFit::Unknown && enough(one)))
}
