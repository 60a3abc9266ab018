//! Gated files need accepted terms before they can be fetched.

use super::finding;
use crate::model::{Finding, ModelMetadata, Severity};

pub(super) fn check(model: &ModelMetadata, findings: &mut Vec<Finding>) {
    let Some(gate) = &model.gated else {
        return;
    };
    let who = if gate == "manual" { "the author lets you in" } else { "you accept the terms" };
    let message = format!("the files are gated: they can be fetched once {who}");
    findings.push(
        finding("gated", Severity::Warning, "gated", message)
            .recommend("ask for access on the model's page and pass an access token"),
    );
}
