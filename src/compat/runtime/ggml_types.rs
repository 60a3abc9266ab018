//! Every tensor type of a GGUF file must be known to the version of llama.cpp that reads it.

use super::case::Case;
use super::fact::Fact;
use super::report::{Effect, Note, Report, Words};
use crate::facts::Status;

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    if case.format() != "gguf" || !case.runs("llama.cpp") {
        return;
    }
    for name in of(case) {
        let Some(support) = case.engine.support("types", &name) else { return };
        let (code, effect) = match support.status {
            Status::Supported => continue,
            Status::Removed => ("ggml_type_removed", Effect::Refuses),
            Status::Unknown => ("ggml_type_changes_near", Effect::Unknown),
            // Not a name of the table: what a label is made of was not understood.
            Status::NotListed if case.header().is_none() => continue,
            Status::NotListed | Status::NotYet => ("ggml_type_unknown", Effect::Refuses),
        };
        let fact = Fact::of_support(&case.engine, &support);
        report.add(
            Note { code, effect, field: "quantization", fact: fact.as_ref(), sure: 98 },
            &|| {
                let since = support
                    .row
                    .and_then(crate::facts::Row::span)
                    .and_then(|span| case.engine.runtime.release(span.since.at));
                let (message, advice) = match (support.status, since) {
                    (Status::Removed, _) => (
                        format!("{} reads tensors of type {name} no more", case.engine()),
                        "take Q4_0, which is repacked when it loads".to_owned(),
                    ),
                    (Status::NotYet, Some(since)) => (
                        format!(
                            "{} does not know tensors of type {name} yet: {} does",
                            case.engine(),
                            since.version
                        ),
                        format!(
                            "use {} {} or newer, or another variant",
                            case.engine.runtime.title(),
                            since.version
                        ),
                    ),
                    _ => (
                        format!("{} does not know tensors of type {name}", case.engine()),
                        "take another variant".to_owned(),
                    ),
                };
                Words(message, Some(advice))
            },
        );
    }
}

/// The types of the variant's tensors: as its header has them, else those that its label is named for.
pub(super) fn of(case: &Case<'_, '_>) -> Vec<String> {
    match (case.header(), case.label()) {
        (Some(header), _) if !header.types.is_empty() => header.types.clone(),
        (_, Some(label)) => vec![of_label(label)],
        _ => Vec::new(),
    }
}

/// `Q4_K_M`, `UD-Q4_K_XL` and `Q4_K_S` are made of `Q4_K`, mixes such as `IQ3_M` of the type that most tensors have
/// (llama.cpp `src/llama-quant.cpp` `llama_ftype_get_default_type`).
fn of_label(label: &str) -> String {
    const MIXES: [(&str, &str); 7] = [
        ("IQ1_M", "IQ1_M"),
        ("IQ2_M", "IQ2_S"),
        ("IQ3_M", "IQ3_S"),
        ("IQ3_XS", "IQ3_S"),
        ("IQ2_XS", "IQ2_XS"),
        ("MXFP4_MOE", "MXFP4"),
        ("Q2_K_S", "Q2_K"),
    ];
    let label = label.strip_prefix("UD-").unwrap_or(label);
    if let Some((_, kind)) = MIXES.iter().find(|(mix, _)| *mix == label) {
        return (*kind).to_owned();
    }
    let of_k = label.find("_K").and_then(|at| label.get(..at + 2));
    of_k.unwrap_or(label).to_owned()
}
