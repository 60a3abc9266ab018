//! Runtimes and their releases.

use super::knowledge::Facts;
use super::table::{Bound, Row, Table};
use super::version::Scheme;
use crate::error::{Code, Error, Result};
use crate::model::nearest::nearest;
use crate::model::quoted::quoted;

/// An inference engine.
#[derive(Clone, Copy)]
pub struct Runtime<'f> {
    pub(super) facts: &'f Facts,
    /// Of the table of runtimes.
    pub(super) row: Row<'f>,
}

/// A release of a runtime that was read.
#[derive(Clone, Copy, Debug)]
pub struct Release<'f> {
    /// The runtime's version.
    pub version: &'f str,
    /// The package that was read: `pypi:vllm`.
    pub package: &'f str,
    /// The package's version, which may be another than the runtime's.
    pub release: &'f str,
    /// When it was built, `2026-09`, where known.
    pub month: Option<&'f str>,
}

impl<'f> Runtime<'f> {
    pub(super) fn cell(self, column: usize) -> &'f str {
        self.row.cell(column).unwrap_or_default()
    }

    /// `llama.cpp`.
    #[must_use]
    pub fn id(self) -> &'f str {
        self.cell(0)
    }

    /// As people write it.
    #[must_use]
    pub fn title(self) -> &'f str {
        self.cell(1)
    }

    /// How its versions are written and ordered.
    #[must_use]
    pub fn scheme(self) -> Scheme {
        Scheme::named(self.cell(2)).unwrap_or(Scheme::Semver)
    }

    /// `registry`: read from the published package; `documentation`: written down from its pages.
    #[must_use]
    pub fn confidence(self) -> &'f str {
        self.cell(3)
    }

    /// Whether the package's releases are all releases of the runtime.
    #[must_use]
    pub fn complete(self) -> bool {
        self.cell(4) == "true"
    }

    /// The package whose versions they are, where it is not the runtime itself.
    #[must_use]
    pub fn version_of(self) -> Option<&'f str> {
        self.row.cell(5)
    }

    /// Other names of it.
    pub fn aliases(self) -> impl Iterator<Item = &'f str> {
        let all = self.facts.written("runtimes").into_iter();
        let own = all.flat_map(move |table| table.find_in(1, self.id()));
        own.filter_map(|row| row.cell(0))
    }

    /// The releases that were read, oldest first.
    pub fn releases(self) -> impl Iterator<Item = Release<'f>> {
        let rows = self.facts.table(self.id(), "releases").into_iter().flat_map(Table::rows);
        rows.map(release)
    }

    /// The release at a place.
    #[must_use]
    pub fn release(self, place: usize) -> Option<Release<'f>> {
        let table = self.facts.table(self.id(), "releases")?;
        (place < table.len()).then(|| release(Row { table, place }))
    }

    /// A bound as the written tables have it: `0.24.0`, `~0.24.0`; none for a version that was not read.
    #[must_use]
    pub fn bound(self, text: &str) -> Option<Bound> {
        let version = text.strip_prefix('~').unwrap_or(text);
        let at = self.releases().position(|release| release.version == version)?;
        Some(Bound { at, sampled: version.len() < text.len() })
    }

    /// How many releases were read.
    #[must_use]
    pub fn release_count(self) -> usize {
        self.facts.table(self.id(), "releases").map_or(0, Table::len)
    }

    /// What is known of it, by the names of the lists.
    pub fn tables(self) -> impl Iterator<Item = Table<'f>> {
        self.lists().filter(|table| !table.is_left_out())
    }

    /// The lists whose rows are in `facts/tables/` only, because no verdict asks for them.
    pub fn left_out(self) -> impl Iterator<Item = Table<'f>> {
        self.lists().filter(|table| table.is_left_out())
    }

    fn lists(self) -> impl Iterator<Item = Table<'f>> {
        self.facts.tables(self.id()).filter(|table| table.name() != "releases")
    }

    /// One of its tables.
    #[must_use]
    pub fn table(self, name: &str) -> Option<Table<'f>> {
        self.facts.table(self.id(), name).filter(|table| !table.is_left_out())
    }

    fn is_named(self, text: &str) -> bool {
        let same = |name: &str| bare(name).eq(bare(text));
        same(self.id()) || same(self.title()) || self.aliases().any(same)
    }
}

fn release(row: Row<'_>) -> Release<'_> {
    let version = row.cell(0).unwrap_or_default();
    let package = row.cell(1).unwrap_or_default();
    // Left out where it is the version.
    Release { version, package, release: row.cell(2).unwrap_or(version), month: row.cell(3) }
}

/// Letters and digits in lower case: `llama.cpp`, `llama-cpp` and `LlamaCpp` are one.
fn bare(text: &str) -> impl Iterator<Item = u8> {
    let kept = text.bytes().filter(u8::is_ascii_alphanumeric);
    kept.map(|byte| byte.to_ascii_lowercase())
}

impl Facts {
    /// The runtime of a name, an alias or a title, whatever its case and signs.
    ///
    /// Errors: `invalid_argument` with the nearest names.
    pub fn runtime(&self, name: &str) -> Result<Runtime<'_>> {
        let known = self.runtimes().find(|runtime| runtime.is_named(name));
        known.ok_or_else(|| {
            let all = || self.runtimes().map(Runtime::id);
            let near = nearest(all(), name, 3);
            let (word, names) =
                if near.is_empty() { ("there are", all().collect()) } else { ("near", near) };
            let (found, names) = (quoted(name), names.join(", "));
            let message =
                format!("runtime: expected one that is known, found {found}; {word}: {names}");
            Error::new(Code::InvalidArgument, message)
        })
    }
}
