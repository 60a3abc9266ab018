//! The worker must know the architecture, by family or by exact name.

use super::{alike, finding, is_guess, named};
use crate::model::quoted::quoted;
use crate::model::{Finding, ModelMetadata, Severity, WorkerProfile};

pub(super) fn check(model: &ModelMetadata, worker: &WorkerProfile, findings: &mut Vec<Finding>) {
    let Some(known) = &worker.architectures else {
        return;
    };
    let name = model.architecture.as_str();
    let add = |code, severity, message| finding(code, severity, "architecture", message);
    if name == "unknown" || name.is_empty() {
        let message = "the architecture is not known: no config, tag or name says it".to_owned();
        findings.push(
            add("architecture_unknown", Severity::Unknown, message)
                .recommend("give the model's config.json as evidence"),
        );
    } else if accepts(known, name, model.model_type.as_deref()) {
        let message = format!("architecture {} is supported", shown(model));
        findings.push(add("architecture_supported", Severity::Info, message));
    } else {
        let message =
            format!("architecture {} is not supported by {}", shown(model), named(worker));
        let advice = format!("choose a model of one of: {}", known.join(", "));
        findings.push(add("architecture_unsupported", Severity::Error, message).recommend(advice));
    }
    if is_guess(model.evidence.architecture.grade) {
        let message = format!("architecture {} is guessed from the model's name", shown(model));
        findings.push(add("architecture_guessed", Severity::Warning, message));
    }
}

fn shown(model: &ModelMetadata) -> String {
    let plain = |text: &str| quoted(text).trim_matches('"').to_owned();
    match &model.model_type {
        Some(exact) if *exact != model.architecture => {
            format!("{} ({})", plain(&model.architecture), plain(exact))
        }
        _ => plain(&model.architecture),
    }
}

pub(super) fn accepts(known: &[String], family: &str, exact: Option<&str>) -> bool {
    known.iter().any(|name| alike(name, family) || exact.is_some_and(|exact| alike(name, exact)))
}
