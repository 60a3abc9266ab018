//! The check against a runtime at a version: does it load there, at which level, says who.
//!
//! A [`Target`] is a runtime, hardware and workload, resolved against the knowledge base once; a [`Subject`] is a model.
//! Of a model's variants the one that runs best is judged. Each rule is a file, and adds notes to a report, which
//! folds them into a level and a certainty. For long lists no words are made.

mod architecture;
mod backend;
mod cache;
mod candidates;
mod case;
mod condition;
mod constraints;
mod context;
mod dtype;
mod fact;
mod files;
mod format;
mod generic_backend;
mod ggml_types;
mod licence;
mod lora;
mod memory;
mod names;
mod onnx_dtypes;
mod platform;
mod quantization;
mod remote_code;
mod report;
mod subject;
mod target;
mod task;
mod transformers;

pub use names::Registries;
pub use subject::Subject;
pub use target::Target;

use super::{adapter, fold, gated, problems};
use crate::model::{Checked, CompatibilityConfidence as Confidence, CompatibilityResult, Level};
use case::Case;
use report::Report;

/// The answer without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// How the model would run.
    pub level: Level,
    /// How sure that is, in percent; 0 where it is not known.
    pub certainty: u32,
}

/// What rules look at, and where they write.
type Rule = for<'c, 'f> fn(&Case<'c, 'f>, &mut Report);

/// Every rule of a variant, in the order in which people ask.
const RULES: [Rule; 17] = [
    format::check,
    architecture::check,
    transformers::check,
    platform::check,
    memory::check,
    quantization::check,
    ggml_types::check,
    onnx_dtypes::check,
    backend::check,
    dtype::check,
    context::check,
    cache::check,
    lora::check,
    task::check,
    files::check,
    remote_code::check,
    constraints::check,
];

/// Checks a model against a runtime: every rule speaks about the variant that runs best.
#[must_use]
pub fn check(model: &Subject<'_>, target: &Target<'_>) -> CompatibilityResult {
    let (case, _) = best(model, target);
    let mut report = Report::with_words();
    judge(&case, &mut report);
    licence::check(&case, &mut report);
    let Assessment { level, certainty } = report.assessment();
    let mut findings = report.findings;
    adapter::check(&model.metadata, &mut findings);
    gated::check(&model.metadata, &mut findings);
    problems::check(&model.metadata, &mut findings);
    let level = if model.metadata.adapter_of.is_some() { level.max(Level::Unknown) } else { level };
    let checked = checked(&case, certainty);
    let result = fold(findings, level, confidence(certainty));
    CompatibilityResult { checked: Some(checked), ..result }
}

/// The same without words, for long lists.
#[must_use]
pub fn assess(model: &Subject<'_>, target: &Target<'_>) -> Assessment {
    let (_, assessment) = best(model, target);
    if model.metadata.adapter_of.is_some() && assessment.level < Level::Unknown {
        return Assessment { level: Level::Unknown, certainty: 0 };
    }
    assessment
}

/// The variant that runs best, the first of several that run alike.
fn best<'c, 'f>(model: &'c Subject<'f>, target: &'c Target<'f>) -> (Case<'c, 'f>, Assessment) {
    let mut best: Option<(Case<'c, 'f>, Assessment)> = None;
    for case in candidates::of(model, target) {
        let mut report = Report::default();
        judge(&case, &mut report);
        let found = report.assessment();
        let better = best.as_ref().is_none_or(|(_, held)| found.level < held.level);
        if better {
            best = Some((case, found));
        }
        if found.level == Level::Native {
            break;
        }
    }
    best.unwrap_or_else(|| {
        let case = Case::of_none(model, target);
        let mut report = Report::default();
        judge(&case, &mut report);
        let assessment = report.assessment();
        (case, assessment)
    })
}

fn judge(case: &Case<'_, '_>, report: &mut Report) {
    for rule in RULES {
        rule(case, report);
    }
}

/// 90 % and more is high, 70 % medium.
fn confidence(certainty: u32) -> Confidence {
    match certainty {
        90.. => Confidence::High,
        70..90 => Confidence::Medium,
        _ => Confidence::Low,
    }
}

fn checked(case: &Case<'_, '_>, certainty: u32) -> Checked {
    let asked = &case.target.asked;
    let version = Some(asked.version.to_string()).filter(|version| !version.is_empty());
    let engine = &case.engine;
    let inside = engine.runtime.id() != asked.runtime.id();
    Checked {
        runtime: asked.runtime.id().to_owned(),
        version,
        engine: inside.then(|| [engine.runtime.id(), "@", &engine.version].concat()),
        note: asked.note().or_else(|| engine.note()),
        variant: case.variant.cloned(),
        certainty,
    }
}
