//! The boundary: each function decodes, calls, encodes.
//!
//! The npm package has nine modules: `api`; `facts` for what runtimes support; `verdict` for whether a model runs there; `memory` for what models take; `readers`
//! for the usual model files, `more_readers` for the other formats, `repository` for a model's configs and the grouping
//! of its files; `catalog` for many models in columns, `catalog_build` for the files that these are read from. The three before
//! them are loaded when the first file is read that needs them, the last one when somebody builds, and the half of `catalog`
//! that stands in `catalog_search` when somebody searches.

#[cfg(feature = "api")]
mod api;
#[cfg(feature = "catalog")]
mod catalog;
#[cfg(feature = "catalog_build")]
mod catalog_build;
#[cfg(feature = "catalog")]
mod catalog_search;
mod error;
#[cfg(feature = "facts")]
mod facts;
#[cfg(any(feature = "readers", feature = "more_readers"))]
mod file_reader;
#[cfg(feature = "api")]
mod hardware;
#[cfg(feature = "memory")]
mod memory;
#[cfg(feature = "readers")]
mod readers;
#[cfg(feature = "repository")]
mod repository;
#[cfg(any(feature = "api", feature = "verdict"))]
mod rows;
#[cfg(feature = "verdict")]
mod verdict;

#[cfg(feature = "api")]
pub use api::*;
#[cfg(feature = "catalog")]
pub use catalog::Catalog;
#[cfg(feature = "catalog_build")]
pub use catalog_build::{CatalogBuilder, CatalogSnapshot};
#[cfg(feature = "facts")]
pub use facts::{
    RuntimeTable, embedded_facts, license_class, list_runtimes, load_facts, runtime_support,
};
#[cfg(any(feature = "readers", feature = "more_readers"))]
pub use file_reader::{FileReader, ReadStep, file_format};
#[cfg(feature = "api")]
pub use hardware::{DeviceTable, find_hardware, list_hardware};
#[cfg(feature = "memory")]
pub use memory::{ModelMemory, memory_runtimes};
#[cfg(feature = "readers")]
pub use readers::count_checkpoint_parameters;
#[cfg(feature = "repository")]
pub use repository::{ConfigFiles, geometry_of_config, group_files, wanted_configs};
#[cfg(feature = "verdict")]
pub use verdict::{
    assess_models, check_runtime_compatibility, filter_runtime_compatible, hub_tag, use_facts,
};

/// One thread has one instance: nothing is locked.
#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

type Thrown<T> = Result<T, error::Error>;

#[cfg(feature = "wasm")]
fn encode<T: tsify::Tsify + serde::Serialize>(value: &T) -> Thrown<tsify::Ts<T>> {
    value.into_ts().map_err(error::broken)
}
