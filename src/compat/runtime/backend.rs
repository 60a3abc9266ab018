//! What a backend of llama.cpp does not compute runs on the CPU: slow, and no refusal (`facts/written/backends.tsv`).

use super::case::Case;
use super::fact::Fact;
use super::ggml_types;
use super::report::{Effect, Note, Report, Words};
use crate::facts::Status;

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let (true, true, Some(backend)) =
        (case.format() == "gguf", case.runs("llama.cpp"), case.backend())
    else {
        return;
    };
    let kinds = ggml_types::of(case);
    for kind in &kinds {
        on_cpu(case, backend, "MUL_MAT", Some(kind), report);
    }
    for operator in case.model.names.gguf.first().map_or(&[][..], |name| operators(name)) {
        on_cpu(case, backend, operator, None, report);
    }
}

/// What recurrent and hybrid models need beside matrices.
fn operators(architecture: &str) -> &'static [&'static str] {
    match architecture {
        "mamba" | "mamba2" | "jamba" | "falcon-h1" | "granitehybrid" | "nemotron_h"
        | "nemotron_h_moe" | "plamo2" => &["SSM_SCAN"],
        "rwkv6" | "rwkv6qwen2" => &["RWKV_WKV6"],
        "rwkv7" | "arwkv7" => &["RWKV_WKV7"],
        "qwen3next" | "qwen35" | "qwen35moe" | "kimi-linear" => &["GATED_DELTA_NET"],
        _ => &[],
    }
}

fn on_cpu(
    case: &Case<'_, '_>,
    backend: &str,
    operator: &str,
    kind: Option<&String>,
    report: &mut Report,
) {
    let mut rows = case.load.into_iter().flat_map(|load| &load.slow).filter(|row| {
        row.cell(2) == Some(operator)
            && (row.cell(3).is_none() || row.cell(3) == kind.map(String::as_str))
    });
    let Some(&row) = rows.next() else { return };
    let fact = Fact::of_row(&case.engine, row, Status::Supported);
    let note = Note {
        code: "backend_on_cpu",
        effect: Effect::FallsBack,
        field: "hardware",
        fact: Some(&fact),
        sure: 100,
    };
    report.add(note, &|| {
        let what =
            kind.map_or_else(|| operator.to_owned(), |kind| format!("tensors of type {kind}"));
        let message = format!(
            "the {backend} backend of {} does not compute {what}: the CPU does, which is slow",
            case.engine()
        );
        Words(message, Some("take a variant in another type, or another backend".to_owned()))
    });
}
