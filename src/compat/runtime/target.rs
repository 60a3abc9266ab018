//! A target, resolved against the knowledge base once, for any number of models.

use super::constraints::Constraint;
use super::fact::{Fact, written_status};
use super::transformers::Pinned;
use crate::error::{Code, Error, Result};
use crate::facts::{Asked, Facts, Row, Status};
use crate::model::target::Target as Options;

/// A runtime at a version, with hardware and workload, and what the knowledge base holds of it.
pub struct Target<'f> {
    pub(super) facts: &'f Facts,
    pub(super) asked: Asked<'f>,
    pub(super) options: Options,
    /// The formats that it loads, each with the lists that name what it can build.
    pub(super) loads: Vec<Load<'f>>,
    /// The rules of the runtime, and of those inside, that hold at the version.
    pub(super) constraints: Vec<Constraint<'f>>,
    /// The transformers that it reads configs with.
    pub(super) pinned: Option<Pinned<'f>>,
}

/// A format that a runtime loads.
pub(super) struct Load<'f> {
    pub(super) format: &'f str,
    /// The row of `facts/written/loads.tsv`.
    pub(super) fact: Fact<'f>,
    /// Whether it loads by unpacking what is quantized.
    pub(super) dequantises: bool,
    /// The runtime whose lists answer: the runtime itself, or the one inside.
    pub(super) engine: Asked<'f>,
    /// The list, and the namespace that it speaks; none where there is none.
    pub(super) list: Option<(&'f str, &'f str)>,
}

impl<'f> Target<'f> {
    /// Resolves what is asked about.
    ///
    /// Errors: `invalid_argument` for a runtime that is not known, with the nearest names, and for what is no version of it.
    pub fn new(options: Options, facts: &'f Facts) -> Result<Self> {
        if options.runtime.is_empty() {
            let message = "target.runtime: expected a runtime such as vllm@0.33.0, found nothing";
            return Err(Error::new(Code::InvalidArgument, message));
        }
        let asked = facts.find_runtime(&options.runtime)?;
        let rows = facts.written("loads").into_iter();
        let loads: Vec<_> = rows
            .flat_map(|table| table.find(asked.runtime.id()))
            .filter_map(|row| load(facts, &asked, row))
            .collect();
        let mut constraints = Constraint::of(facts, &asked);
        for load in &loads {
            if load.engine.runtime.id() != asked.runtime.id() {
                constraints.extend(Constraint::of(facts, &load.engine));
            }
        }
        constraints.dedup_by(|one, other| one.id == other.id);
        let pinned = Pinned::of(facts, &asked);
        Ok(Self { facts, asked, options, loads, constraints, pinned })
    }

    /// The rows of a written table about the runtime.
    pub(super) fn written(&self, table: &str) -> impl Iterator<Item = Row<'f>> {
        let rows = self.facts.written(table).into_iter();
        let id = self.asked.runtime.id();
        rows.flat_map(move |table| table.find(id))
    }
}

/// Cells: runtime, format, level, list, namespace, since, until, confidence, source.
fn load<'f>(facts: &'f Facts, asked: &Asked<'f>, row: Row<'f>) -> Option<Load<'f>> {
    let status = written_status(asked, row);
    if !matches!(status, Status::Supported | Status::Unknown) {
        return None;
    }
    let (list, namespace) = (row.cell(3), row.cell(4));
    let inside = list == Some("engine");
    let engine = if inside { engine(facts, asked, namespace?)? } else { asked.clone() };
    let own = || {
        let rows = facts.written("loads")?.find(engine.runtime.id());
        let mut same = rows.filter(|other| other.cell(1) == row.cell(1));
        let row = same.next()?;
        row.cell(3).zip(row.cell(4))
    };
    Some(Load {
        format: row.cell(1)?,
        dequantises: row.cell(2) == Some("dequantised"),
        list: if inside { own() } else { list.zip(namespace) },
        fact: Fact::of_row(asked, row, status),
        engine,
    })
}

/// The runtime inside a runtime, at the version that it carries: by the lists of its releases, else as written down.
fn engine<'f>(facts: &'f Facts, asked: &Asked<'f>, id: &str) -> Option<Asked<'f>> {
    let runtime = facts.runtime(id).ok()?;
    let read = asked.runtime.table("engine").and_then(|table| {
        let row = table.find(id).find(|row| asked.status(*row) == Status::Supported)?;
        row.cell(1)
    });
    let written = || {
        let mut rows = facts.written("engines")?.find(asked.runtime.id());
        let row = rows.find(|row| {
            let same = row
                .cell(1)
                .is_none_or(|version| asked.version.is_empty() || asked.version == version);
            row.cell(2) == Some(id) && same
        })?;
        row.cell(3)
    };
    runtime.at(read.or_else(written).unwrap_or_default()).ok()
}
