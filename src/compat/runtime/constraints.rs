//! Rules about model, hardware and options that no list of names says: `facts/written/constraints.tsv`.

use super::case::Case;
use super::condition::{Condition, Holds};
use super::fact::{Fact, written_status};
use super::report::{Effect, Note, Report, Words};
use crate::facts::{Asked, Facts, Status};

/// A rule that holds at the version.
pub(super) struct Constraint<'f> {
    /// Stable name: `llama-cache-mla`.
    pub(super) id: &'f str,
    /// `refuse`, `warn`, `slow`, …: see `facts/README.md`.
    pub(super) effect: &'f str,
    message: &'f str,
    /// What to do about it, where the row says so.
    action: Option<&'f str>,
    pub(super) fact: Fact<'f>,
    condition: Condition<'f>,
}

impl<'f> Constraint<'f> {
    /// Those of a runtime at a version, and those of any runtime.
    pub(super) fn of(facts: &'f Facts, asked: &Asked<'f>) -> Vec<Self> {
        let Some(table) = facts.written("constraints") else { return Vec::new() };
        let rows = [asked.runtime.id(), "*"].into_iter().flat_map(|id| table.find_in(1, id));
        let action = table.column("action");
        // Cells: id, runtime, since, until, condition, effect, message, ….
        let read = |row: crate::facts::Row<'f>| {
            let status = written_status(asked, row);
            (status == Status::Supported).then_some(())?;
            Some(Self {
                id: row.cell(0)?,
                condition: Condition::parse(row.cell(4)?),
                effect: row.cell(5)?,
                message: row.cell(6)?,
                // Facts of an older release have no such column.
                action: action.and_then(|at| row.cell(at)),
                fact: Fact::of_row(asked, row, status),
            })
        };
        rows.filter_map(read).collect()
    }

    /// What it says to do about a format that the runtime does not load.
    pub(super) fn advice(&self, format: &str) -> Option<&'f str> {
        self.action.filter(|_| self.condition.is_about_format(format))
    }

    /// What it says.
    pub(super) fn words(&self) -> Words {
        Words(self.message.to_owned(), self.action.map(str::to_owned))
    }

    /// Whether its condition is known to hold: the `whole` of it, or what it says beside the type of weights.
    pub(super) fn applies(&self, case: &Case<'_, '_>, whole: bool) -> bool {
        self.condition.holds(case, whole) == Holds::Yes
    }
}

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    // What the runtime does not load is told by the format.
    if case.load.is_none() {
        return;
    }
    for one in &case.target.constraints {
        let Some(effect) = effect(one.effect) else { continue };
        let id = one.fact.asked.runtime.id();
        let about = id == case.engine.runtime.id() || id == case.target.asked.runtime.id();
        if about && one.applies(case, true) {
            let note =
                Note { code: one.id, effect, field: "target", fact: Some(&one.fact), sure: 100 };
            report.add(note, &|| one.words());
        }
    }
}

/// Other effects are those of rules of their own.
fn effect(word: &str) -> Option<Effect> {
    match word {
        "refuse" | "convert" => Some(Effect::Refuses),
        "warn" | "require" => Some(Effect::Warns),
        "slow" | "fallback" => Some(Effect::FallsBack),
        _ => None,
    }
}
