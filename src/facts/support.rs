//! Whether a runtime at a version has a name in one of its lists.

use super::asked::Asked;
use super::runtime::Release;
use super::table::{Bound, Row, Table};

/// What a list says of a name at a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is in the list.
    Supported,
    /// No release that was read has it in the list.
    NotListed,
    /// It came later.
    NotYet,
    /// It was there before.
    Removed,
    /// It changed between two releases that were read, or before the first one.
    Unknown,
}

/// The answer about one name in one list.
#[derive(Clone, Copy)]
pub struct Support<'f> {
    /// What the list says.
    pub status: Status,
    /// The row that says it; none where there is none.
    pub row: Option<Row<'f>>,
    /// The release that was read for it; none where all that were read are newer.
    pub release: Option<Release<'f>>,
    /// Where the list is: path and symbol.
    pub source: &'f str,
    /// How far the version is from one that was read: see [`Asked::distance`].
    pub distance: u32,
}

impl<'f> Asked<'f> {
    /// What a list of the runtime says of a name; none where the runtime has no such list.
    #[must_use]
    pub fn support(&self, table: &str, name: &str) -> Option<Support<'f>> {
        let table = self.runtime.table(table)?;
        let none = Support {
            status: self.status_of_none(table),
            row: None,
            release: self.release(),
            source: table.source(),
            distance: self.distance(),
        };
        let answers = table.find(name).map(|row| Support {
            status: self.status(row),
            row: Some(row),
            ..none
        });
        Some(answers.fold(none, better))
    }

    /// What a row says of the version.
    #[must_use]
    pub fn status(&self, row: Row<'f>) -> Status {
        match (row.span(), self.read) {
            (None, _) => Status::Supported,
            (Some(_), Some(read)) if read < row.table.known_since() => Status::Unknown,
            (Some(span), _) => self.status_within(Some(span.since), span.until),
        }
    }

    /// What two bounds say of the version; without `since` it holds for all before `until`.
    #[must_use]
    pub fn status_within(&self, since: Option<Bound>, until: Option<Bound>) -> Status {
        let Some(read) = self.read else {
            let always = since.is_none() && until.is_none();
            return if always { Status::Supported } else { Status::Unknown };
        };
        // Somewhere between the release before the version and the one after it. With a bound that is exact no
        // release lies there, and what was asked for is a pre-release: it is not known either.
        let changed = |bound: Bound| !self.exact && bound.at == read + 1;
        match (since, until) {
            (Some(since), _) if changed(since) => Status::Unknown,
            (_, Some(until)) if changed(until) => Status::Unknown,
            (Some(since), _) if read < since.at => Status::NotYet,
            (_, Some(until)) if until.at <= read => Status::Removed,
            _ => Status::Supported,
        }
    }

    fn status_of_none(&self, table: Table<'f>) -> Status {
        match self.read {
            Some(read) if read >= table.known_since() => Status::NotListed,
            None if table.rows().all(|row| row.span().is_none()) => Status::NotListed,
            _ => Status::Unknown,
        }
    }
}

/// One row that has it is enough; else the one that is nearest to having it.
fn better<'f>(one: Support<'f>, other: Support<'f>) -> Support<'f> {
    if rank(&other) > rank(&one) { other } else { one }
}

fn rank(support: &Support<'_>) -> (u8, usize) {
    let since = support.row.and_then(Row::span).map_or(0, |span| span.since.at);
    match support.status {
        _ if support.row.is_none() => (0, 0),
        Status::NotListed | Status::NotYet => (1, usize::MAX - since),
        Status::Removed => (2, since),
        Status::Unknown => (3, since),
        Status::Supported => (4, since),
    }
}
