//! The runtime must read how the weights are packed, on this device: floors of compute capability by version, platforms that
//! have lists of their own, and what is written down of levels.

mod floors;
mod methods;
mod written;

use super::case::{Case, sure};
use super::fact::Fact;
use super::report::{Effect, Note, Report, Words};

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let Some(method) = methods::of(case) else { return unnamed(case, report) };
    if let Some(fact) = case.listed("deprecated", [&method]) {
        return add(case, report, "quantization_deprecated", Effect::Refuses, Some(&fact), &|| {
            format!("{} refuses {method} unless deprecated methods are allowed", case.engine())
        });
    }
    let listed = floors::check(case, &method, report);
    let leveled = written::check(case, &method, report);
    if !listed && !leveled && method != "gguf" && written::lists_any(case) {
        add(case, report, "quantization_unsupported", Effect::Refuses, None, &|| {
            format!("{} is not among the quantizations that {} reads", method, case.engine())
        });
    }
}

/// Weights that are packed in a way that nothing names: `quantized-4bit`.
fn unnamed(case: &Case<'_, '_>, report: &mut Report) {
    let packed = case.label().is_some_and(|label| label.starts_with("quantized"));
    if packed && case.engine.runtime.table("quantization").is_some() {
        add(case, report, "quantization_unknown", Effect::Unknown, None, &|| {
            "the weights are packed, and nothing says by which method".to_owned()
        });
    }
}

pub(super) fn add(
    case: &Case<'_, '_>,
    report: &mut Report,
    code: &str,
    effect: Effect,
    fact: Option<&Fact<'_>>,
    message: &dyn Fn() -> String,
) {
    let sure = sure(case.model.metadata.evidence.quantization.grade);
    let sure = if case.format() == "gguf" { 100 } else { sure };
    let note = Note { code, effect, field: "quantization", fact, sure };
    report.add(note, &|| {
        let advice = match effect {
            Effect::Refuses => Some(
                "look for a variant in another quantization, or a runtime that reads this one"
                    .to_owned(),
            ),
            _ => None,
        };
        Words(message(), advice)
    });
}
