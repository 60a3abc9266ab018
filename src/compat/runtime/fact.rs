//! The facts that notes rest on, and how sure each is.

use crate::facts::{Asked, Row, Status, Support, Table};
use crate::model::UsedFact;

/// A row of the knowledge base, or a list that a name was looked for in, as seen from a version.
#[derive(Clone)]
pub(super) struct Fact<'f> {
    /// The runtime at the version that it is about.
    pub(super) asked: Asked<'f>,
    pub(super) table: Table<'f>,
    pub(super) row: Option<Row<'f>>,
    /// What was looked for, where no row has it.
    pub(super) name: Option<String>,
    pub(super) status: Status,
}

impl<'f> Fact<'f> {
    pub(super) fn of_row(asked: &Asked<'f>, row: Row<'f>, status: Status) -> Self {
        Self { asked: asked.clone(), table: row.table, row: Some(row), name: None, status }
    }

    /// None where no row has the name.
    pub(super) fn of_support(asked: &Asked<'f>, support: &Support<'f>) -> Option<Self> {
        support.row.map(|row| Self::of_row(asked, row, support.status))
    }

    /// The version at which what it tells of came, or left; empty where no row says so.
    pub(super) fn changed(&self) -> &'f str {
        let came = self.status == Status::NotYet;
        let read = || {
            let span = self.row?.span()?;
            let bound = if came { Some(span.since) } else { span.until };
            Some(self.asked.runtime.release(bound?.at)?.version)
        };
        let written = || self.cell(if came { "since" } else { "until" });
        read().or_else(written).unwrap_or_default()
    }

    /// Whether it is written by hand rather than read in a release.
    fn is_written(&self) -> bool {
        self.table.owner() == "written"
    }

    /// A cell of its row by the name of the column.
    pub(super) fn cell(&self, column: &str) -> Option<&'f str> {
        self.row?.cell(self.table.column(column)?)
    }

    /// In percent. A list that was read in a release is sure at that release; between two that were read, what both
    /// have is nearly so (`facts/EVALUATION.md` measures it); what comes after the newest is not. Of what is written by hand
    /// its grade counts.
    pub(super) fn certainty(&self) -> u32 {
        let graded = match self.cell("confidence") {
            _ if !self.is_written() => 100,
            Some("code") => 95,
            Some("documented") => 80,
            _ => 50,
        };
        let near = if self.asked.exact {
            100
        } else if self.asked.is_newer() {
            85
        } else {
            97
        };
        // What holds at any version does not depend on which one was read.
        let any_version =
            self.is_written() && self.cell("since").is_none() && self.cell("until").is_none();
        if any_version { graded } else { graded * near / 100 }
    }

    pub(super) fn used(&self) -> UsedFact {
        let row = match self.row {
            Some(row) => self.asked.support_row(row),
            None => self.asked.missing_row(self.table, self.name.as_deref().unwrap_or_default()),
        };
        let artefact = self.asked.release().filter(|_| !self.is_written());
        UsedFact {
            runtime: self.asked.runtime.id().to_owned(),
            artefact: artefact.map(|release| release.artefact()),
            row: crate::model::SupportRow { status: self.status.name(), ..row },
        }
    }
}

/// What a written row says of a version: by its cells `since` and `until`, which name releases that were read.
pub(super) fn written_status<'f>(asked: &Asked<'f>, row: Row<'f>) -> Status {
    let bound = |column: &str| {
        let text = row.cell(row.table.column(column)?)?;
        asked.runtime.bound(text)
    };
    asked.status_within(bound("since"), bound("until"))
}
