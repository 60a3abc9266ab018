//! The check against runtimes at the boundary. Targets come as JSON; where one is wrong, the call throws.

use super::error::thrown;
use super::rows::{self, SelectedRows};
use super::{Thrown, encode};
use crate::compat::runtime::{self, Assessment, Registries, Subject, Target};
use crate::error::Result;
use crate::facts::Facts;
use crate::hub::page;
use crate::model::listing::ExtraEvidence;
use crate::model::{CompatibilityResult, Json, Level, target};
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
        let subject = read_subject(model.as_bytes(), evidence.as_bytes(), &registries)?;
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
        let mut rows = page::select(models, |_| true)?;
        rows.kept.retain(|row| {
            let row = models.get(row.bytes.clone()).unwrap_or_default();
            let subject = read_subject(row, b"{}", &registries);
            subject.is_ok_and(|subject| runtime::assess(&subject, &target).level < Level::Unknown)
        });
        Ok(rows)
    };
    rows::encode(&with_facts(filter).map_err(thrown)?)
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
        let rows = page::select(models, |_| true)?;
        let mut answers = vec![u8::MAX; rows.total * targets.len() * 2];
        for row in rows.kept {
            let bytes = models.get(row.bytes).unwrap_or_default();
            let Ok(subject) = read_subject(bytes, b"{}", &registries) else { continue };
            let places = answers.chunks_exact_mut(2).skip(row.index * targets.len());
            for (place, target) in places.zip(&targets) {
                place.copy_from_slice(&in_bytes(runtime::assess(&subject, target)));
            }
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

fn read_subject<'f>(
    model: &[u8],
    evidence: &[u8],
    registries: &Registries<'f>,
) -> Result<Subject<'f>> {
    let item = crate::read_model(model)?.with(ExtraEvidence::from_json(evidence)?);
    let (model, evidence) = (Json::parse("model", model)?, Json::parse("evidence", evidence)?);
    Ok(Subject::read(&item, model, evidence, registries))
}
