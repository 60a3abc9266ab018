//! The knowledge base: `facts/`, packed when the crate is built, or newer ones loaded at run time.

use super::pack::{Pack, PackedTable, damaged};
use super::runtime::Runtime;
use super::table::{Row, Table};
use super::version::{Scheme, Version};
use crate::error::Result;
use std::sync::LazyLock;

/// What is known of runtimes, and since which version.
#[derive(Default)]
pub struct Facts {
    pub(super) pack: Pack,
}

/// As the build packed them.
pub const EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/facts.bin"));

impl Facts {
    /// The facts that came with this crate.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static FACTS: LazyLock<Facts> = LazyLock::new(|| Facts::load(EMBEDDED).unwrap_or_default());
        &FACTS
    }

    /// Reads packed facts, whole or not at all.
    ///
    /// Errors: `invalid_file` for what is no such file, damaged, cut off, or of another format; `limit_exceeded`.
    pub fn load(bytes: &[u8]) -> Result<Self> {
        let facts = Self { pack: Pack::read(bytes)? };
        let Some(runtimes) = facts.table("", "runtimes") else {
            return Err(damaged("facts: expected a table of runtimes, found none"));
        };
        if !runtimes.columns().eq(["id", "title", "scheme", "confidence", "complete", "version_of"])
        {
            return Err(damaged("facts: expected other columns in the table of runtimes"));
        }
        for runtime in facts.runtimes() {
            check_releases(runtime)?;
        }
        for packed in &facts.pack.tables {
            facts.check_spans(packed)?;
        }
        Ok(facts)
    }

    /// The runtimes, those that most people ask for first.
    pub fn runtimes(&self) -> impl Iterator<Item = Runtime<'_>> {
        let rows = self.table("", "runtimes").into_iter().flat_map(Table::rows);
        rows.map(|row| Runtime { facts: self, row })
    }

    /// A table that is written by hand: `facts/written/`, described in `facts/README.md`.
    #[must_use]
    pub fn written(&self, name: &str) -> Option<Table<'_>> {
        self.table("written", name).filter(|table| !table.is_left_out())
    }

    /// What a licence allows, by its id in a model card: `open`, `restricted`, `non-commercial`, `unknown`.
    #[must_use]
    pub fn license_class(&self, license: &str) -> &str {
        let row = self.written("licenses").and_then(|table| {
            let column = table.column("class")?;
            table.find(license).next()?.cell(column)
        });
        row.unwrap_or("unknown")
    }

    pub(super) fn table(&self, owner: &str, name: &str) -> Option<Table<'_>> {
        let (owner, name) = (self.pack.find(owner)?, self.pack.find(name)?);
        let mut tables = self.pack.tables.iter();
        let packed = tables.find(|table| table.owner == owner && table.name == name)?;
        Some(Table { facts: self, packed })
    }

    pub(super) fn tables(&self, owner: &str) -> impl Iterator<Item = Table<'_>> {
        let owner = self.pack.find(owner);
        let own = self.pack.tables.iter().filter(move |table| Some(table.owner) == owner);
        own.map(|packed| Table { facts: self, packed })
    }

    /// Every bound is a release that was read, and no span is empty.
    fn check_spans(&self, packed: &PackedTable) -> Result<()> {
        let owner = self.pack.name(packed.owner);
        let releases = self.table(owner, "releases").map_or(0, Table::len);
        let fits = |row: Row<'_>| {
            row.span().is_none_or(|span| {
                span.since.at < releases
                    && span
                        .until
                        .is_none_or(|until| span.since.at < until.at && until.at < releases)
            })
        };
        let table = Table { facts: self, packed };
        if table.rows().all(fits) {
            Ok(())
        } else {
            Err(damaged("facts: a row has a version that was not read"))
        }
    }
}

/// Releases are known by version, package and release, and ascend.
fn check_releases(runtime: Runtime<'_>) -> Result<()> {
    let Some(scheme) = Scheme::named(runtime.cell(2)) else {
        return Err(damaged("facts: a runtime has an unknown version scheme"));
    };
    let mut before: Option<Version> = None;
    for release in runtime.releases() {
        let version = scheme.parse(release.version);
        if version.is_none() || before >= version {
            return Err(damaged("facts: the releases of a runtime are not in order"));
        }
        before = version;
    }
    Ok(())
}
