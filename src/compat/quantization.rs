//! Where a worker limits quantizations, a variant in the format it takes must be among them.

use super::{alike, finding, format, is_guess, named};
use crate::model::metadata::VariantLabel;
use crate::model::{Finding, Grade, ModelMetadata, Severity, WorkerFormat, WorkerProfile};

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

/// The labels of the variants that the worker would look at: `none` where weights are not quantized, nothing
/// where that is not known.
fn labels<'a>(model: &'a ModelMetadata, worker: &WorkerProfile) -> Vec<Option<&'a str>> {
    // Metadata of the contract alone names one label, and null means that there is none.
    if model.variants.is_empty() && model.evidence.format.source.is_empty() {
        return vec![Some(model.quantization.as_deref().unwrap_or("none"))];
    }
    let chosen = format::chosen(model, worker).map(WorkerFormat::name);
    let fits = |variant: &&VariantLabel| {
        chosen.is_none_or(|name| name.eq_ignore_ascii_case(&variant.format))
    };
    model.variants.iter().filter(fits).map(label).collect()
}

fn label(variant: &VariantLabel) -> Option<&str> {
    match (&variant.quantization, variant.grade) {
        (Some(label), _) => Some(label),
        (None, Grade::Unknown) => None,
        (None, _) => Some("none"),
    }
}

/// A worker names a label (`Q4_K_M`) or a method (`awq`, for `awq-4bit` and all others of it).
fn accepts(known: &[String], label: &str) -> bool {
    let method = label.split('-').next().unwrap_or(label);
    known.iter().any(|name| alike(name, label) || alike(name, method))
}
