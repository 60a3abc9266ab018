//! The licence, as a warning class: open, restricted, non-commercial, or unknown (`facts/written/licenses.tsv`).

use super::case::Case;
use super::fact::Fact;
use super::report::{Effect, Note, Report, Words};
use crate::facts::Status;
use crate::model::quoted::quoted;

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let Some(licence) = &case.model.needs.license else { return };
    let row = case.target.facts.written("licenses").and_then(|table| table.find(licence).next());
    let fact = row.map(|row| Fact::of_row(&case.target.asked, row, Status::Supported));
    let class = fact.as_ref().and_then(|fact| fact.cell("class")).unwrap_or("unknown");
    let (code, what) = match class {
        "open" => return,
        "restricted" => ("licence_restricted", "restricts what the model may be used for"),
        "non-commercial" => ("licence_non_commercial", "does not allow commercial use"),
        _ => ("licence_unknown", "is not a known one: read its text"),
    };
    let note =
        Note { code, effect: Effect::Warns, field: "license", fact: fact.as_ref(), sure: 100 };
    report.add(note, &|| Words(format!("the licence {} {what}", quoted(licence)), None));
}
