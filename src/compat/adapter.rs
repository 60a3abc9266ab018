//! An adapter does not load alone.

use super::finding;
use crate::model::{Finding, ModelMetadata, Severity};

pub(super) fn check(model: &ModelMetadata, findings: &mut Vec<Finding>) {
    if let Some(base) = &model.adapter_of {
        let message = format!("this is an adapter: it loads on top of {base}");
        findings.push(
            finding("adapter", Severity::Warning, "adapterOf", message)
                .recommend(format!("check {base} too")),
        );
    }
}
