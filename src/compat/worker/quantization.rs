//! Where a worker limits quantizations, a variant in the format it takes must be among them.

use super::{alike, finding, format, is_guess, named};
use crate::extract;
use crate::model::{
    Finding, Grade, ListingItem, ModelMetadata, Severity, WorkerFormat, WorkerProfile,
};

pub(super) fn check(model: &ModelMetadata, worker: &WorkerProfile, findings: &mut Vec<Finding>) {
    let Some(known) = &worker.quantizations else {
        return;
    };
    let add = |code, severity, message| finding(code, severity, "quantization", message);
    let labels = labels(model, worker);
    let supported = labels.iter().flatten().find(|label| accepts(known, label));
    if let Some(label) = supported {
        let message = format!("quantization {label} is supported");
        findings.push(add("quantization_supported", Severity::Info, message));
    } else if labels.contains(&None) || labels.is_empty() {
        let message = "the quantization is not known: no config, tag or name says it".to_owned();
        findings.push(
            add("quantization_unknown", Severity::Unknown, message)
                .recommend("give the model's config.json or file list as evidence"),
        );
    } else {
        let all: Vec<_> = labels.into_iter().flatten().collect();
        let message =
            format!("quantization {} is not supported by {}", all.join(", "), named(worker));
        let advice = format!("look for a variant in one of: {}", known.join(", "));
        findings.push(add("quantization_unsupported", Severity::Error, message).recommend(advice));
    }
    if is_guess(model.evidence.quantization.grade) {
        let message = "the quantization is guessed from the model's name".to_owned();
        findings.push(add("quantization_guessed", Severity::Warning, message));
    }
}

/// The labels of the variants that the worker would look at, each once: `none` where weights are not quantized,
/// nothing where that is not known.
fn labels<'a>(model: &'a ModelMetadata, worker: &WorkerProfile) -> Vec<Option<&'a str>> {
    // Metadata of the contract alone names one label, and null means that there is none.
    if model.variants.is_empty() && model.evidence.format.source.is_empty() {
        return vec![Some(model.quantization.as_deref().unwrap_or("none"))];
    }
    let chosen = format::chosen(model, worker).map(WorkerFormat::name);
    let mut labels = Vec::new();
    for variant in model.variants.iter().filter(|variant| of_format(chosen, &variant.format)) {
        let label = label(variant.quantization.as_deref(), variant.grade);
        // As many as a repository has labels, a few dozen.
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

fn of_format(chosen: Option<&str>, format: &str) -> bool {
    chosen.is_none_or(|name| name.eq_ignore_ascii_case(format))
}

fn label(quantization: Option<&str>, grade: Grade) -> Option<&str> {
    match (quantization, grade) {
        (Some(label), _) => Some(label),
        (None, Grade::Unknown) => None,
        (None, _) => Some("none"),
    }
}

/// Whether the worker takes one of the labels of a listing item with these formats: the same answer as that of
/// [`check`], without grouping files.
pub(super) fn fits(
    item: &ListingItem<'_>,
    formats: &[&'static str],
    worker: &WorkerProfile,
) -> bool {
    let Some(known) = &worker.quantizations else {
        return true;
    };
    let chosen = worker.formats.as_ref().and_then(|known| format::choose(known, formats));
    let chosen = chosen.map(WorkerFormat::name);
    let labels = extract::quantization::read(item, formats).value.0;
    let labels = labels.iter().filter(|label| of_format(chosen, label.format));
    labels
        .filter_map(|found| label(found.quantization.as_deref(), found.grade))
        .any(|label| accepts(known, label))
}

/// A worker names a label (`Q4_K_M`) or a method (`awq`, for `awq-4bit` and all others of it).
fn accepts(known: &[String], label: &str) -> bool {
    let method = label.split('-').next().unwrap_or(label);
    known.iter().any(|name| alike(name, label) || alike(name, method))
}
