//! The check against a worker: one rule per file, each looking at one field; folded here.

mod accepts;
mod architecture;
mod context;
mod format;
mod quantization;

pub use accepts::accepts;

use super::{adapter, finding, fold, gated, problems};
use crate::extract::known::letters;
use crate::model::{
    CompatibilityConfidence as Confidence, CompatibilityResult, Finding, Grade, Level,
    ModelMetadata, Severity, WorkerFormat, WorkerProfile,
};

/// Checks a model against a worker: every rule speaks, and nothing is cut short at the first refusal.
#[must_use]
pub fn check(model: &ModelMetadata, worker: &WorkerProfile) -> CompatibilityResult {
    let mut findings = Vec::new();
    architecture::check(model, worker, &mut findings);
    format::check(model, worker, &mut findings);
    quantization::check(model, worker, &mut findings);
    context::check(model, worker, &mut findings);
    adapter::check(model, &mut findings);
    gated::check(model, &mut findings);
    problems::check(model, &mut findings);
    let level = level(&findings);
    fold(findings, level, confidence(model, worker))
}

fn level(findings: &[Finding]) -> Level {
    let any = |severity| findings.iter().any(|finding| finding.severity == severity);
    if any(Severity::Error) {
        Level::Refused
    } else if any(Severity::Unknown) {
        Level::Unknown
    } else {
        Level::Native
    }
}

/// As sure as the worker is of the format, and one step less for every field that is a guess.
fn confidence(model: &ModelMetadata, worker: &WorkerProfile) -> Confidence {
    let start = format::chosen(model, worker).map_or(Confidence::High, WorkerFormat::confidence);
    let evidence = &model.evidence;
    let used = [
        worker.architectures.is_some().then_some(&evidence.architecture),
        worker.formats.is_some().then_some(&evidence.format),
        worker.quantizations.is_some().then_some(&evidence.quantization),
        worker.max_context_length.is_some().then_some(&evidence.max_context_length),
    ];
    let guesses = used.into_iter().flatten().filter(|from| is_guess(from.grade)).count();
    (0..guesses).fold(start, |confidence, _| confidence.lowered())
}

fn is_guess(grade: Grade) -> bool {
    matches!(grade, Grade::Guessed | Grade::Assumed)
}

/// The worker's name for a sentence.
fn named(worker: &WorkerProfile) -> &str {
    worker.name.as_deref().unwrap_or("the worker")
}

/// Whether two names are the same but for case and the signs between.
fn alike(one: &str, other: &str) -> bool {
    one == other || (!one.is_empty() && letters(one).eq(letters(other)))
}
