//! The worker must know the architecture, by family or by exact name.

use super::{alike, finding, is_guess, named};
use crate::extract::architecture::family;
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
        // A guess never refuses: names lie.
        let guess = is_guess(model.evidence.architecture.grade);
        let severity = if guess { Severity::Unknown } else { Severity::Error };
        findings.push(add("architecture_unsupported", severity, message).recommend(advice));
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

/// By exact name, or by the family of either name: `phi3` alone is a phi.
pub(super) fn accepts(known: &[String], name: &str, exact: Option<&str>) -> bool {
    let names = [Some(name), Some(family(name)), exact];
    known.iter().any(|one| names.into_iter().flatten().any(|other| alike(one, other)))
}
