//! Fields that could not be read are said, so that a verdict that rests on less is not taken for more.

use super::finding;
use crate::model::{Finding, ModelMetadata, Severity};

pub(super) fn check(model: &ModelMetadata, findings: &mut Vec<Finding>) {
    findings.extend(model.problems.iter().map(|problem| {
        let message = format!(
            "{} was left out: expected {}, found {}",
            problem.field, problem.expected, problem.found
        );
        finding("malformed_field", Severity::Warning, &problem.field, message)
    }));
}
