//! Where a worker limits quantizations, one of the variants must be among them.

use super::{alike, finding, named};
use crate::model::{Finding, ModelMetadata, Severity, WorkerProfile};

pub(super) fn check(model: &ModelMetadata, worker: &WorkerProfile, findings: &mut Vec<Finding>) {
    let Some(known) = &worker.quantizations else {
        return;
    };
    let add = |code, severity, message| finding(code, severity, "quantization", message);
    let labels = labels(model);
    if let Some(label) = labels.iter().find(|label| accepts(known, label)) {
        let message = format!("quantization {label} is supported");
        findings.push(add("quantization_supported", Severity::Info, message));
    } else {
        let message =
            format!("quantization {} is not supported by {}", labels.join(", "), named(worker));
        let advice = format!("look for a variant in one of: {}", known.join(", "));
        findings.push(add("quantization_unsupported", Severity::Error, message).recommend(advice));
    }
}

/// The labels of all variants; `none` where the weights are not quantized.
fn labels(model: &ModelMetadata) -> Vec<&str> {
    let mut labels: Vec<&str> = model.quantizations.iter().map(String::as_str).collect();
    match &model.quantization {
        Some(label) if labels.is_empty() => labels.push(label),
        None if labels.is_empty() => labels.push("none"),
        _ => {}
    }
    labels
}

/// A worker names a label (`Q4_K_M`) or a method (`awq`, for `awq-4bit` and all others of it).
fn accepts(known: &[String], label: &str) -> bool {
    let method = label.split('-').next().unwrap_or(label);
    known.iter().any(|name| alike(name, label) || alike(name, method))
}
