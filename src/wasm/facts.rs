//! The knowledge base at the boundary.

use super::error::thrown;
use super::{Thrown, encode};
use crate::facts::{EMBEDDED, Facts};
use crate::model::{KnownRuntime, RuntimeSupport};
use serde::Serialize;
use std::cell::RefCell;
use std::rc::Rc;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    /// Those that were loaded at run time, in place of the embedded ones.
    static LOADED: RefCell<Option<Rc<Facts>>> = const { RefCell::new(None) };
}

/// All runtimes that are known.
#[derive(Serialize, Tsify)]
pub struct RuntimeTable {
    runtimes: Vec<KnownRuntime>,
}

/// Asks the facts in use.
pub(super) fn with_facts<T>(ask: impl FnOnce(&Facts) -> T) -> T {
    let loaded = LOADED.with_borrow(Clone::clone);
    ask(loaded.as_deref().unwrap_or_else(|| Facts::embedded()))
}

/// Replaces the facts; throws, and keeps those in use, where the bytes are no whole file of facts.
#[wasm_bindgen]
pub fn load_facts(bytes: &[u8]) -> Thrown<()> {
    let facts = Facts::load(bytes).map_err(thrown)?;
    LOADED.set(Some(Rc::new(facts)));
    Ok(())
}

/// The facts that came with the module, packed: the file that a site can serve and refresh.
#[wasm_bindgen]
#[must_use]
pub fn embedded_facts() -> Vec<u8> {
    EMBEDDED.to_vec()
}

/// The runtimes, with releases and lists.
#[wasm_bindgen]
pub fn list_runtimes() -> Thrown<Ts<RuntimeTable>> {
    encode(&RuntimeTable { runtimes: with_facts(Facts::list) })
}

/// What the lists of a runtime, `vllm@0.33.0`, say of a name.
#[wasm_bindgen]
pub fn runtime_support(runtime: &str, name: &str) -> Thrown<Ts<RuntimeSupport>> {
    encode(&with_facts(|facts| facts.runtime_support(runtime, name)).map_err(thrown)?)
}

/// What a licence allows, by its id in a model card: `open`, `restricted`, `non-commercial`, `unknown`.
#[wasm_bindgen]
#[must_use]
pub fn license_class(license: &str) -> String {
    with_facts(|facts| facts.license_class(license).to_owned())
}
