//! A target, resolved against the knowledge base once, for any number of models.

use super::constraints::Constraint;
use super::fact::{Fact, written_status};
use super::platform::Platform;
use super::transformers::Pinned;
use crate::error::{Code, Error, Result};
use crate::facts::{Asked, Facts, Row, Status};
use crate::model::Hardware;
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
    /// How the runtime reaches the hardware; none where none is given, or nothing is written of it.
    pub(super) platform: Option<Platform<'f>>,
    /// What the runtime has limits of: rows of `facts/written/limits.tsv`.
    pub(super) limits: Vec<Row<'f>>,
    /// How runtimes reach the device that weights go to: `cuda`; `cpu` of hardware without accelerators.
    pub(super) backend: Option<String>,
    /// The least CUDA compute capability of the devices, times ten: 89 is 8.9.
    pub(super) capability: Option<u64>,
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
    /// Whether it is known which version of it is inside.
    pub(super) engine_known: bool,
    /// The list, and the namespace that it speaks; none where there is none.
    pub(super) list: Option<(&'f str, &'f str)>,
    /// Corrections of the list at the version: rows of `facts/written/overlays.tsv`.
    pub(super) overlays: Vec<Row<'f>>,
    /// What is written of quantizations at the version: rows of `facts/written/quantization.tsv`.
    pub(super) packings: Vec<Row<'f>>,
    /// What the backend leaves to the CPU: rows of `facts/written/backends.tsv`.
    pub(super) slow: Vec<Row<'f>>,
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
        let hardware = options.hardware.as_ref();
        let backend = hardware.and_then(backend);
        let capability = hardware.and_then(capability);
        let loads: Vec<_> = rows
            .flat_map(|table| table.find(asked.runtime.id()))
            .filter_map(|row| load(facts, &asked, row, backend.as_deref()))
            .collect();
        let mut constraints = Constraint::of(facts, &asked);
        for load in &loads {
            if load.engine.runtime.id() != asked.runtime.id() {
                constraints.extend(Constraint::of(facts, &load.engine));
            }
        }
        constraints.dedup_by(|one, other| one.id == other.id);
        let pinned = Pinned::of(facts, &asked);
        let platform = hardware.and_then(|hardware| Platform::of(facts, &asked, hardware));
        let limits = facts.written("limits").into_iter();
        let limits = limits.flat_map(|table| table.find(asked.runtime.id())).collect();
        Ok(Self {
            facts,
            asked,
            options,
            loads,
            constraints,
            pinned,
            platform,
            limits,
            backend,
            capability,
        })
    }

    /// The rows of a written table about the runtime.
    pub(super) fn written(&self, table: &str) -> impl Iterator<Item = Row<'f>> {
        let rows = self.facts.written(table).into_iter();
        let id = self.asked.runtime.id();
        rows.flat_map(move |table| table.find(id))
    }
}

/// Cells: runtime, format, level, list, namespace, since, until, confidence, source.
fn load<'f>(
    facts: &'f Facts,
    asked: &Asked<'f>,
    row: Row<'f>,
    backend: Option<&str>,
) -> Option<Load<'f>> {
    let status = written_status(asked, row);
    if !matches!(status, Status::Supported | Status::Unknown) {
        return None;
    }
    let (list, namespace) = (row.cell(3), row.cell(4));
    let inside = list == Some("engine");
    let (engine, engine_known) =
        if inside { engine(facts, asked, namespace?)? } else { (asked.clone(), true) };
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
        // Cells: runtime, table, name, change, ….
        overlays: written_of(facts, "overlays", &engine)
            .filter(|row| written_status(&engine, *row) == Status::Supported)
            .collect(),
        packings: written_of(facts, "quantization", &engine)
            .filter(|row| written_status(&engine, *row) == Status::Supported)
            .collect(),
        // Cells: runtime, backend, operator, ggml-type, level, ….
        slow: written_of(facts, "backends", &engine)
            .filter(|row| row.cell(4) == Some("cpu") && row.cell(1) == backend)
            .collect(),
        engine,
        engine_known,
    })
}

fn written_of<'f>(
    facts: &'f Facts,
    table: &str,
    engine: &Asked<'f>,
) -> impl Iterator<Item = Row<'f>> + use<'f> {
    let id = engine.runtime.id();
    facts.written(table).into_iter().flat_map(move |table| table.find(id))
}

/// None where it is not known: a device that is described by its memory alone.
fn backend(hardware: &Hardware) -> Option<String> {
    let Some(device) = hardware.devices.first() else { return Some("cpu".to_owned()) };
    Some(device.backend.clone()).filter(|backend| !matches!(backend.as_str(), "" | "unknown"))
}

fn capability(hardware: &Hardware) -> Option<u64> {
    let cuda = hardware.devices.iter().filter(|device| device.backend == "cuda");
    cuda.filter_map(|device| parse_capability(device.arch.as_deref()?)).min()
}

/// `8.9` is 89, `12.0` is 120.
fn parse_capability(text: &str) -> Option<u64> {
    let (major, minor) = text.split_once('.')?;
    let (major, minor): (u64, u64) = (major.parse().ok()?, minor.parse().ok()?);
    major.checked_mul(10)?.checked_add(minor)
}

/// The runtime inside a runtime, at the version that it carries: by the lists of its releases, else as written down.
fn engine<'f>(facts: &'f Facts, asked: &Asked<'f>, id: &str) -> Option<(Asked<'f>, bool)> {
    let runtime = facts.runtime(id).ok()?;
    let read = asked.runtime.table("engine").and_then(|table| {
        let row = table.find(id).find(|row| asked.status(*row) == Status::Supported)?;
        row.cell(1)
    });
    let rows = || {
        let rows = facts.written("engines").into_iter();
        let own = rows.flat_map(|table| table.find(asked.runtime.id()));
        own.filter(|row| row.cell(2) == Some(id))
    };
    // Cells: runtime, version, engine, engine-version: a row without a version holds for all.
    let holds = |version: &str| asked.version.is_empty() || *asked.version == *version;
    let written = rows().find(|row| row.cell(1).is_none_or(holds));
    let known = read.is_some() || written.is_some();
    let version = read.or_else(|| written?.cell(3)).unwrap_or_default();
    Some((runtime.at(version).ok()?, known))
}

impl<'f> Target<'f> {
    /// A tag of the Hub that every model the runtime loads carries, so that its list can leave out the others: `gguf` for
    /// llama.cpp. None where it loads several formats, or one that has no tag.
    #[must_use]
    pub fn hub_tag(&self) -> Option<&'f str> {
        const TAGS: [&str; 4] = ["gguf", "onnx", "openvino", "ctranslate2"];
        let first = self.loads.first()?.format;
        let same = self.loads.iter().all(|load| load.format == first);
        (same && TAGS.contains(&first)).then_some(first)
    }
}
