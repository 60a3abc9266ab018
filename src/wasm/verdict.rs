//! The check against runtimes at the boundary. Targets come as JSON; where one is wrong, the call throws.

use super::error::thrown;
use super::rows::{self, SelectedRows};
use super::{Thrown, encode};
use crate::compat::runtime::{self, Assessment, Registries, Subject, Target};
use crate::error::Result;
use crate::facts::Facts;
use crate::hub::page;
use crate::model::listing::ExtraEvidence;
use crate::model::{CompatibilityResult, Json, Level, ListingItem, target};
use std::cell::RefCell;
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    /// The knowledge base is packed into the module `facts`: this one is handed a copy.
    static FACTS: RefCell<Facts> = RefCell::default();
}

/// Takes the facts to judge by; throws, and keeps those in use, where the bytes are no whole file of facts.
#[wasm_bindgen]
pub fn use_facts(bytes: &[u8]) -> Thrown<()> {
    FACTS.set(Facts::load(bytes).map_err(thrown)?);
    Ok(())
}

fn with_facts<T>(ask: impl FnOnce(&Facts) -> T) -> T {
    FACTS.with_borrow(ask)
}

/// Checks a model, a listing item's JSON with more evidence as JSON, against a runtime.
#[wasm_bindgen]
pub fn check_runtime_compatibility(
    model: &str,
    evidence: &str,
    target: &str,
) -> Thrown<Ts<CompatibilityResult>> {
    let evidence = if evidence.is_empty() { "{}" } else { evidence };
    let check = |facts: &Facts| {
        let target = read_target(target, facts)?;
        let registries = Registries::of(facts);
        let item = crate::read_model(model.as_bytes())?;
        let item = item.with(ExtraEvidence::from_json(evidence.as_bytes())?);
        let subject = subject(&item, model.as_bytes(), evidence.as_bytes(), &registries)?;
        Ok(runtime::check(&subject, &target))
    };
    encode(&with_facts(check).map_err(thrown)?)
}

/// The rows of a listing page that are compatible with a runtime.
#[wasm_bindgen(unchecked_return_type = "SelectedRows")]
pub fn filter_runtime_compatible(models: &[u8], target: &str) -> Thrown<SelectedRows> {
    let filter = |facts: &Facts| {
        let target = read_target(target, facts)?;
        let registries = Registries::of(facts);
        page::select_json(models, |item, json| {
            let subject = subject(item, json, b"{}", &registries);
            subject.is_ok_and(|subject| runtime::assess(&subject, &target).level < Level::Unknown)
        })
    };
    rows::encode(&with_facts(filter).map_err(thrown)?)
}

/// A tag of the Hub that every model the runtime loads carries, if there is one.
#[wasm_bindgen]
pub fn hub_tag(target: &str) -> Thrown<Option<String>> {
    with_facts(|facts| Ok(read_target(target, facts)?.hub_tag().map(str::to_owned))).map_err(thrown)
}

/// Levels of the models of a listing page on several targets: two bytes for each, model by model: the level in the order of
/// `Level`, 255 for a row that could not be read, and the certainty in percent.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "texts cross the boundary by value")]
pub fn assess_models(models: &[u8], targets: Vec<String>) -> Thrown<Vec<u8>> {
    let assess = |facts: &Facts| {
        let targets: Vec<_> =
            targets.iter().map(|target| read_target(target, facts)).collect::<Result<_>>()?;
        let registries = Registries::of(facts);
        let mut answers = Vec::new();
        let rows = page::select_json(models, |item, json| {
            if let Ok(subject) = subject(item, json, b"{}", &registries) {
                for target in &targets {
                    answers.extend(in_bytes(runtime::assess(&subject, target)));
                }
            }
            true
        })?;
        // Rows that could not be read stand where they stood.
        for skipped in rows.skipped.iter().filter(|skipped| skipped.index < rows.total) {
            let at = skipped.index * targets.len() * 2;
            answers.splice(at..at, vec![u8::MAX; targets.len() * 2]);
        }
        Ok(answers)
    };
    with_facts(assess).map_err(thrown)
}

fn in_bytes(found: Assessment) -> [u8; 2] {
    [found.level as u8, u8::try_from(found.certainty).unwrap_or(100)]
}

fn read_target<'f>(json: &str, facts: &'f Facts) -> Result<Target<'f>> {
    Target::new(target::Target::from_json(json.as_bytes())?, facts)
}

fn subject<'f>(
    item: &ListingItem<'_>,
    model: &[u8],
    evidence: &[u8],
    registries: &Registries<'f>,
) -> Result<Subject<'f>> {
    let (model, evidence) = (Json::parse("model", model)?, Json::parse("evidence", evidence)?);
    Ok(Subject::read(item, model, evidence, registries))
}
