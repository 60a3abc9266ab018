//! A model whose context is longer than the worker holds is rejected, or capped where the worker says so.

use super::{finding, named};
use crate::model::grouped::grouped;
use crate::model::{ContextPolicy, Finding, Grade, ModelMetadata, Severity, WorkerProfile};

pub(super) fn check(model: &ModelMetadata, worker: &WorkerProfile, findings: &mut Vec<Finding>) {
    let Some(limit) = worker.max_context_length else {
        return;
    };
    let tokens = model.max_context_length;
    let (shown, most) = (grouped(tokens), grouped(limit));
    let add = |code, severity, message| finding(code, severity, "maxContextLength", message);
    if model.evidence.max_context_length.grade == Grade::Assumed {
        let message = format!("the context length is not stated; {shown} tokens are assumed");
        findings.push(
            add("context_assumed", Severity::Warning, message)
                .recommend("give the model's config.json or GGUF facts as evidence"),
        );
    } else if tokens <= limit {
        let message = format!("context of {shown} tokens is within {most}");
        findings.push(add("context_supported", Severity::Info, message));
    }
    if tokens > limit && fits(tokens, worker) {
        let message = format!("context is capped at {most} of the model's {shown} tokens");
        findings.push(add("context_capped", Severity::Warning, message));
    } else if tokens > limit {
        let message = format!("context of {shown} tokens is above the {most} of {}", named(worker));
        let advice = "use a worker that holds more, or one that caps the context";
        findings.push(add("context_too_long", Severity::Error, message).recommend(advice));
    }
}

pub(super) fn fits(tokens: u64, worker: &WorkerProfile) -> bool {
    let capped = worker.context_policy == Some(ContextPolicy::Cap);
    capped || worker.max_context_length.is_none_or(|limit| tokens <= limit)
}
