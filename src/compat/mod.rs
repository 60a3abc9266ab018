//! Findings and the verdict: one rule per file; folded here.
//!
//! Against a worker, whose limits the caller gives, or against a [`runtime`] at a version, of which the knowledge base
//! tells what it supports.

mod adapter;
mod gated;
mod problems;
pub mod runtime;
mod worker;

pub use worker::{accepts, check};

use crate::model::{
    CompatibilityConfidence as Confidence, CompatibilityResult, Finding, Level, Severity,
};

/// The verdict: a level that loads is compatible, and has a confidence.
fn fold(findings: Vec<Finding>, level: Level, confidence: Confidence) -> CompatibilityResult {
    let compatible = !matches!(level, Level::Unknown | Level::Refused);
    let messages = |wanted: &[Severity]| -> Vec<String> {
        let of = findings.iter().filter(|finding| wanted.contains(&finding.severity));
        of.map(|finding| finding.message.clone()).collect()
    };
    let decisive: &[Severity] =
        if compatible { &[Severity::Info] } else { &[Severity::Error, Severity::Unknown] };
    CompatibilityResult {
        compatible,
        confidence: if compatible { confidence } else { Confidence::None },
        level,
        reasons: messages(decisive),
        warnings: messages(&[Severity::Warning]),
        recommendations: findings
            .iter()
            .filter_map(|finding| finding.recommendation.clone())
            .collect(),
        findings,
        checked: None,
    }
}

fn finding(code: &str, severity: Severity, field: &str, message: String) -> Finding {
    Finding::new(code, severity, field, message)
}
