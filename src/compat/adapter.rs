//! An adapter does not load alone.

use super::finding;
use crate::model::quoted::quoted;
use crate::model::{Finding, ModelMetadata, Severity};

pub(super) fn check(model: &ModelMetadata, findings: &mut Vec<Finding>) {
    if let Some(base) = &model.adapter_of {
        let base = quoted(base).trim_matches('"').to_owned();
        let message = format!("this is an adapter: it loads on top of {base}, not alone");
        findings.push(
            finding("adapter", Severity::Unknown, "adapterOf", message)
                .recommend(format!("check {base} too")),
        );
    }
}
