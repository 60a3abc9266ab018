//! vLLM and SGLang read configs with transformers, at a version that they pin: a `model_type` that is newer fails before
//! the architecture is looked up.

use super::case::Case;
use super::fact::Fact;
use super::report::{Effect, Note, Report, Words};
use crate::facts::{Asked, Facts, Row, Status, VersionRange};

/// What `requires` rows are about.
const PACKAGE: &str = "transformers";

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    // A GGUF file brings no config.
    if case.format() == "gguf" || case.model.names.model_types.is_empty() {
        return;
    }
    let Some(Pinned { row, below }) = &case.target.pinned else { return };
    let Some(name) = case.model.needs.model_types.first() else { return };
    if case.model.needs.own_code == Some(true) || brings(case, name) {
        return;
    }
    let Some(support) = below.support("model-types", name) else { return };
    if support.status != Status::NotYet {
        return;
    }
    let fact = Fact::of_row(&case.engine, *row, Status::Supported);
    let note = Note {
        code: "transformers_too_old",
        effect: Effect::Refuses,
        field: "architecture",
        fact: Some(&fact),
        sure: case.name_sure(),
    };
    report.add(note, &|| {
        let coming = Fact::of_support(below, &support);
        let since = coming.as_ref().map_or("a newer one", Fact::changed);
        let message = format!(
            "{} allows transformers up to {}, which does not know {name}: {since} does",
            case.engine(),
            below.version
        );
        Words(message, Some(format!("use a newer {}", case.engine.runtime.title())))
    });
}

/// Whether the runtime reads such a config itself (vLLM `transformers_utils/config.py` `_CONFIG_REGISTRY`).
fn brings(case: &Case<'_, '_>, name: &str) -> bool {
    let support = case.engine.support("model-types", name);
    support.is_some_and(|support| support.status == Status::Supported)
}

/// The transformers that a runtime asks for.
pub(super) struct Pinned<'f> {
    /// The row that says so.
    row: Row<'f>,
    /// The newest version that was read and is allowed.
    pub(super) below: Asked<'f>,
}

impl<'f> Pinned<'f> {
    /// Of a runtime at a version; none where it asks for none, or reads configs on its own.
    pub(super) fn of(facts: &'f Facts, asked: &Asked<'f>) -> Option<Self> {
        if !matches!(asked.runtime.id(), "vllm" | "sglang") {
            return None;
        }
        let rows = asked.runtime.table("requires")?.find(PACKAGE);
        let mut rows = rows.filter(|row| asked.status(*row) == Status::Supported);
        let row = rows.next()?;
        let transformers = facts.runtime(PACKAGE).ok()?;
        let scheme = transformers.scheme();
        let range = row.cell(1).filter(|range| *range != "*").unwrap_or_default();
        let range = VersionRange::parse(scheme, range)?;
        let allowed = transformers.releases().filter(|release| {
            scheme.parse(release.version).is_some_and(|version| range.contains(&version))
        });
        let newest = allowed.last()?.version;
        Some(Self { row, below: transformers.at(newest).ok()? })
    }
}
