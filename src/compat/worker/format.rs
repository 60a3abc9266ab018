//! The worker must read one of the weight formats; of several, the one it names first is taken.

use super::{finding, named};
use crate::model::{Finding, ModelMetadata, Severity, WorkerFormat, WorkerProfile};

pub(super) fn check(model: &ModelMetadata, worker: &WorkerProfile, findings: &mut Vec<Finding>) {
    let Some(known) = &worker.formats else {
        return;
    };
    let present = present(model);
    let add = |code, severity, message| finding(code, severity, "format", message);
    if present.is_empty() {
        let message = "no weight files are listed, so the format is not known".to_owned();
        findings.push(
            add("format_unknown", Severity::Unknown, message)
                .recommend("give the model's file list as evidence"),
        );
    } else if let Some(format) = choose(known, &present) {
        let message = format!("format {} is supported", format.name());
        findings.push(add("format_supported", Severity::Info, message));
    } else {
        let message =
            format!("format {} is not supported by {}", present.join(", "), named(worker));
        let names: Vec<_> = known.iter().map(WorkerFormat::name).collect();
        let advice = format!("look for a conversion to {}", names.join(" or "));
        findings.push(add("format_unsupported", Severity::Error, message).recommend(advice));
    }
}

/// All formats, also of metadata that names just the one.
fn present(model: &ModelMetadata) -> Vec<&str> {
    if model.formats.is_empty() && !matches!(model.format.as_str(), "" | "unknown") {
        return vec![&model.format];
    }
    model.formats.iter().map(String::as_str).collect()
}

/// The worker's most preferred format among those present.
pub(super) fn choose<'a>(known: &'a [WorkerFormat], present: &[&str]) -> Option<&'a WorkerFormat> {
    let is = |format: &WorkerFormat, name: &str| name.eq_ignore_ascii_case(format.name());
    known.iter().find(|format| present.iter().any(|name| is(format, name)))
}

/// The format that the worker would take.
pub(super) fn chosen<'a>(
    model: &ModelMetadata,
    worker: &'a WorkerProfile,
) -> Option<&'a WorkerFormat> {
    let present = present(model);
    choose(worker.formats.as_ref()?, &present)
}
