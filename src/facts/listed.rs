//! The knowledge base as lists, for people and for JavaScript.

use super::asked::Asked;
use super::knowledge::Facts;
use super::runtime::{Release, Runtime};
use super::support::Status;
use super::table::{Bound, Row, Table};
use crate::error::Result;
use crate::model::nearest::nearest;
use crate::model::{KnownRelease, KnownRuntime, KnownTable, RuntimeSupport, SupportRow};

impl Status {
    /// Its name in `snake_case`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::NotListed => "not_listed",
            Self::NotYet => "not_yet",
            Self::Removed => "removed",
            Self::Unknown => "unknown",
        }
    }
}

impl Release<'_> {
    /// What was read: `pypi:vllm@0.33.0`.
    #[must_use]
    pub fn artefact(&self) -> String {
        [self.package, "@", self.release].concat()
    }
}

impl Facts {
    /// All runtimes, with the releases that were read and the lists that are known.
    #[must_use]
    pub fn list(&self) -> Vec<KnownRuntime> {
        self.runtimes().map(known_runtime).collect()
    }

    /// What the lists of a runtime say of a name, for `vllm@0.33.0` or `vllm`.
    ///
    /// Errors: `invalid_argument` as [`Facts::find_runtime`] has them.
    pub fn runtime_support(&self, runtime: &str, name: &str) -> Result<RuntimeSupport> {
        let asked = self.find_runtime(runtime)?;
        let tables = || asked.runtime.tables();
        let rows: Vec<_> = tables()
            .flat_map(|table| table.rows().filter(move |row| has(*row, name)))
            .map(|row| asked.support_row(row))
            .collect();
        let first_cells = tables().flat_map(|table| table.rows().filter_map(|row| row.cell(0)));
        let mut near: Vec<&str> = Vec::new();
        let found = if rows.is_empty() { nearest(first_cells, name, 16) } else { vec![] };
        for name in found {
            if near.len() < 4 && !near.contains(&name) {
                near.push(name);
            }
        }
        Ok(RuntimeSupport {
            runtime: asked.runtime.id().to_owned(),
            artefact: asked.release().map(|release| release.artefact()),
            note: if rows.is_empty() { note_of_none(&asked) } else { asked.note() },
            rows,
            near: owned(near.into_iter()),
            version: asked.version.to_string(),
        })
    }
}

/// What to mind of the version where no list has the name, and which lists were not asked.
fn note_of_none(asked: &Asked<'_>) -> Option<String> {
    let id = asked.runtime.id();
    let left_out: Vec<_> = asked.runtime.left_out().map(Table::name).collect();
    let lists = (!left_out.is_empty()).then(|| {
        let names = left_out.join(", ");
        format!("not asked, because their rows are in facts/tables/{id} only: {names}")
    });
    let notes: Vec<_> = asked.note().into_iter().chain(lists).collect();
    if notes.is_empty() { None } else { Some(notes.join("; ")) }
}

fn known_runtime(runtime: Runtime<'_>) -> KnownRuntime {
    KnownRuntime {
        id: runtime.id().to_owned(),
        title: runtime.title().to_owned(),
        aliases: owned(runtime.aliases()),
        scheme: runtime.scheme().name().to_owned(),
        confidence: runtime.confidence().to_owned(),
        complete: runtime.complete(),
        releases: runtime.releases().map(known_release).collect(),
        tables: runtime.tables().chain(runtime.left_out()).map(known_table).collect(),
    }
}

fn known_release(release: Release<'_>) -> KnownRelease {
    KnownRelease {
        version: release.version.to_owned(),
        artefact: release.artefact(),
        month: release.month.map(str::to_owned),
    }
}

fn known_table(table: Table<'_>) -> KnownTable {
    KnownTable {
        name: table.name().to_owned(),
        role: table.role().to_owned(),
        columns: owned(table.columns()),
        rows: table.len(),
        source: table.source().to_owned(),
    }
}

impl<'f> Asked<'f> {
    /// A row in words, with what it says of the version.
    #[must_use]
    pub fn support_row(&self, row: Row<'f>) -> SupportRow {
        let version = |bound: Bound| Some(self.runtime.release(bound.at)?.version.to_owned());
        let kind = |bound: Bound| if bound.sampled { "sampled" } else { "exact" };
        let (since, until) =
            (row.span().map(|span| span.since), row.span().and_then(|span| span.until));
        // A row that is written by hand has its source with it.
        let own = row.table.column("source").and_then(|column| row.cell(column));
        SupportRow {
            cells: owned(cells(row).map(|cell| cell.unwrap_or("-"))),
            status: self.status(row).name(),
            since: since.and_then(version),
            since_bound: since.map(kind),
            until: until.and_then(version),
            until_bound: until.map(kind),
            source: own.unwrap_or(row.table.source()).to_owned(),
            ..self.missing_row(row.table, "")
        }
    }

    /// A list that does not have a name, in the words of a row.
    #[must_use]
    pub fn missing_row(&self, table: Table<'f>, name: &str) -> SupportRow {
        SupportRow {
            table: table.name().to_owned(),
            columns: owned(table.columns()),
            cells: vec![name.to_owned()],
            status: Status::NotListed.name(),
            since: None,
            since_bound: None,
            until: None,
            until_bound: None,
            source: table.source().to_owned(),
        }
    }
}

fn cells(row: Row<'_>) -> impl Iterator<Item = Option<&str>> {
    (0..row.table.columns().count()).map(move |column| row.cell(column))
}

fn has(row: Row<'_>, name: &str) -> bool {
    cells(row).any(|cell| cell == Some(name))
}

fn owned<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    texts.map(str::to_owned).collect()
}
