//! Runtimes as the knowledge base has them: what it holds, and what it says of a name.

use serde::Serialize;

/// A runtime, the releases of it that were read, and what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct KnownRuntime {
    /// `llama.cpp`.
    pub id: String,
    /// As people write it.
    pub title: String,
    /// Other names of it.
    pub aliases: Vec<String>,
    /// How its versions are written and ordered: `semver`, `pep440`, `llama.cpp` (builds `b9000`, then tags `v0.5.0`).
    pub scheme: String,
    /// `registry`: read from the published package; `documentation`: written down from its pages.
    pub confidence: String,
    /// Whether the package's releases are all releases of the runtime; where not, no bound is exact.
    pub complete: bool,
    /// The releases that were read, oldest first.
    pub releases: Vec<KnownRelease>,
    /// Its lists.
    pub tables: Vec<KnownTable>,
}

/// A release that was read.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct KnownRelease {
    /// The runtime's version.
    pub version: String,
    /// What was read: `pypi:vllm@0.33.0`.
    pub artefact: String,
    /// When it was built, `2026-09`, where known.
    pub month: Option<String>,
}

/// A list of a runtime.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct KnownTable {
    /// `architectures`.
    pub name: String,
    /// What its rows are about: `support`, `alias`, `quantization`, `format`, `feature`, `limit`, `requires`.
    pub role: String,
    /// Names of its columns, `hf-class`; the first is what a row is about.
    pub columns: Vec<String>,
    /// How many rows it has, those of all releases; 0 where they are not packed and stand in `facts/tables/` alone.
    pub rows: usize,
    /// Path and symbol in the artefact.
    pub source: String,
}

/// What a runtime's lists say of a name.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct RuntimeSupport {
    /// `llama.cpp`.
    pub runtime: String,
    /// The version that was asked for, or the newest that was read.
    pub version: String,
    /// The release that answers, where one does: `pypi:vllm@0.33.0`.
    pub artefact: Option<String>,
    /// What to mind where the version itself was not read; where no row has the name also lists that are not packed.
    pub note: Option<String>,
    /// The rows that have the name, of all tables and all versions.
    pub rows: Vec<SupportRow>,
    /// Where no row has it: names of the runtime's lists that are written alike.
    pub near: Vec<String>,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct SupportRow {
    /// The list: `architectures`.
    pub table: String,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// What the row has in each, `-` where nothing.
    pub cells: Vec<String>,
    /// What it says of the version: `supported`, `not_yet`, `removed`, `unknown`.
    pub status: &'static str,
    /// The first version that has it; none where it holds for all.
    pub since: Option<String>,
    /// `exact`, or `sampled` where it may have come with an earlier release, which was not read.
    pub since_bound: Option<&'static str>,
    /// The first version that has it no more; none where the newest has it.
    pub until: Option<String>,
    /// `exact` or `sampled`.
    pub until_bound: Option<&'static str>,
    /// Path and symbol in the artefact.
    pub source: String,
}
