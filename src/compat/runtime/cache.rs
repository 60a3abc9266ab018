//! The types of the KV cache must be among those that the runtime has at the version.

use super::case::Case;
use super::fact::Fact;
use super::report::{Effect, Note, Report, Words};
use crate::facts::Status;

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let options = &case.target.options;
    let mut seen: Option<&str> = None;
    for kind in [&options.cache_type_k, &options.cache_type_v].into_iter().flatten() {
        if seen.replace(kind) != Some(kind) {
            listed(case, kind, report);
        }
    }
}

fn listed(case: &Case<'_, '_>, kind: &str, report: &mut Report) {
    // Ollama takes fewer than the llama.cpp inside.
    let limits: Vec<_> =
        case.target.limits.iter().filter(|row| row.cell(1) == Some("cache-type")).collect();
    if let Some(first) =
        limits.first().filter(|_| !limits.iter().any(|row| row.cell(2) == Some(kind)))
    {
        let fact = Fact::of_row(&case.target.asked, **first, Status::NotListed);
        return refuse(case, kind, Some(&fact), report);
    }
    let Some(support) = case.engine.support("cache-types", kind) else { return };
    let fact = Fact::of_support(&case.engine, &support);
    match support.status {
        Status::Supported | Status::Unknown => {}
        Status::NotListed if case.engine.is_newer() => {}
        _ => refuse(case, kind, fact.as_ref(), report),
    }
}

fn refuse(case: &Case<'_, '_>, kind: &str, fact: Option<&Fact<'_>>, report: &mut Report) {
    let note = Note {
        code: "cache_type_unsupported",
        effect: Effect::Refuses,
        field: "cacheType",
        fact,
        sure: 95,
    };
    report.add(note, &|| {
        let table = case.engine.runtime.table("cache-types");
        let known: Vec<_> = table
            .into_iter()
            .flat_map(crate::facts::Table::rows)
            .filter(|row| case.engine.status(*row) == Status::Supported)
            .filter_map(|row| row.cell(0))
            .collect();
        let advice = (!known.is_empty()).then(|| format!("use one of: {}", known.join(", ")));
        Words(format!("{} has no KV cache of type {kind}", case.runtime()), advice)
    });
}
