//! What every page needs: listing, checking, filtering.
//!
//! Models come in as JSON text and listing pages as bytes, since one copy of a page costs less than a crossing
//! for each of its ten thousand strings. Results go out as objects; long lists as places in the page.

use super::error::thrown;
use super::rows::{self, SelectedRows};
use super::{Thrown, encode};
use crate::hub::pace::{Bucket, Pace};
use crate::model::listing::ExtraEvidence;
use crate::{CompatibilityResult, ListingItem, ModelMetadata, WorkerProfile};
use crate::{compat, extract, hub};
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

/// What we know of a model: a listing item's JSON, and more evidence as JSON.
#[wasm_bindgen]
pub fn extract_model_metadata(model: &str, evidence: &str) -> Thrown<Ts<ModelMetadata>> {
    encode(&extract::metadata(&read(model, evidence)?))
}

/// Checks a model against a worker, the reference worker where its JSON is empty.
#[wasm_bindgen]
pub fn check_model_compatibility(
    model: &str,
    evidence: &str,
    worker: &str,
) -> Thrown<Ts<CompatibilityResult>> {
    let worker = worker_or_reference(worker)?;
    encode(&compat::check(&extract::metadata(&read(model, evidence)?), &worker))
}

/// Checks metadata against a worker, the reference worker where its JSON is empty.
#[wasm_bindgen]
pub fn check_model_worker_compatibility(
    metadata: &str,
    worker: &str,
) -> Thrown<Ts<CompatibilityResult>> {
    let metadata = ModelMetadata::from_json(metadata.as_bytes()).map_err(thrown)?;
    encode(&compat::check(&metadata, &worker_or_reference(worker)?))
}

/// Whether metadata is compatible with a worker, the reference worker where its JSON is empty.
#[wasm_bindgen]
pub fn is_model_compatible(metadata: &str, worker: &str) -> Thrown<bool> {
    let metadata = ModelMetadata::from_json(metadata.as_bytes()).map_err(thrown)?;
    Ok(crate::is_model_compatible(&metadata, &worker_or_reference(worker)?))
}

/// The rows of a listing page that are compatible with a worker, the reference worker where its JSON is empty.
#[wasm_bindgen(unchecked_return_type = "SelectedRows")]
pub fn filter_compatible_models(page: &[u8], worker: &str) -> Thrown<SelectedRows> {
    let worker = worker_or_reference(worker)?;
    rows::encode(&crate::filter_compatible_models(page, &worker).map_err(thrown)?)
}

/// Reads the list route's answer (an `Answer` as JSON) with all rows that can be read.
#[wasm_bindgen(unchecked_return_type = "ListPage")]
pub fn read_list_answer(answer: &str, body: &[u8]) -> Thrown<SelectedRows> {
    let answer = read_answer(answer)?;
    rows::encode_page(&hub::list::read(&answer, body, |_| true).map_err(thrown)?)
}

/// The same with the rows that are compatible with a worker, the reference worker where its JSON is empty.
#[wasm_bindgen(unchecked_return_type = "ListPage")]
pub fn filter_list_answer(answer: &str, body: &[u8], worker: &str) -> Thrown<SelectedRows> {
    let (answer, worker) = (read_answer(answer)?, worker_or_reference(worker)?);
    let keep = |item: &ListingItem<'_>| compat::accepts(item, &worker);
    rows::encode_page(&hub::list::read(&answer, body, keep).map_err(thrown)?)
}

/// The reference worker.
#[wasm_bindgen]
pub fn reference_worker() -> Thrown<Ts<WorkerProfile>> {
    encode(&WorkerProfile::reference())
}

/// Path and query of a listing's first page, from a `ListQuery` as JSON.
#[wasm_bindgen]
pub fn first_page(query: &str, page_size: u32) -> Thrown<String> {
    let mut query = hub::ListQuery::from_json(query.as_bytes()).map_err(thrown)?;
    query.page_size = Some(page_size.into());
    query.first_page().map_err(thrown)
}

/// Path and query of one model with its file sizes, from `{ id, revision?, fields? }` as JSON: all that the Hub
/// tells, or these fields and `siblings` only where they name them.
#[wasm_bindgen]
pub fn model_path(options: &str) -> Thrown<String> {
    hub::model::path_from_json(options.as_bytes()).map_err(thrown)
}

/// Path of a file of a model.
#[wasm_bindgen]
pub fn file_path(id: &str, revision: &str, file: &str) -> Thrown<String> {
    hub::file::path(id, revision, file).map_err(thrown)
}

/// What the body of an answer to a read up to byte `end` holds: `range`, `whole` (the file from its start) or
/// `nothing`; throws where it is an error.
#[wasm_bindgen(unchecked_return_type = "'range' | 'whole' | 'nothing'")]
pub fn file_part(answer: &str, end: f64) -> Thrown<String> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
    let part = hub::file::part(&read_answer(answer)?, end as u64).map_err(thrown)?;
    Ok(match part {
        hub::file::Part::Range => "range",
        hub::file::Part::Whole => "whole",
        hub::file::Part::Nothing => "nothing",
    }
    .to_owned())
}

/// Throws where the answer of the single-model route, an `Answer` as JSON, is no model.
#[wasm_bindgen]
pub fn check_model_answer(answer: &str, body: &[u8]) -> Thrown<()> {
    hub::page::read_answer(&read_answer(answer)?, body).map(|_| ()).map_err(thrown)
}

/// Scheme, host and path of a Hub; throws for another address, and for a token that no header can hold.
#[wasm_bindgen]
pub fn hub_base(hub_url: &str, access_token: &str) -> Thrown<String> {
    hub::address::check_token(access_token).map_err(thrown)?;
    hub::address::base(hub_url).map_err(thrown)
}

/// What is assumed of the rate limit for a path: a `Pace` for `take_turn` and `hear_pace`.
#[wasm_bindgen]
#[must_use]
pub fn assumed_pace(path: &str, authenticated: bool) -> Vec<f64> {
    Pace::assumed(Bucket::of(path), authenticated).numbers().to_vec()
}

/// Takes a turn of a `Pace`: 0 where a request may be sent now, else the milliseconds until one may ask again.
#[wasm_bindgen]
pub fn take_turn(pace: &mut [f64], now: f64, share: f64) -> f64 {
    change(pace, |pace| pace.turn(now, share))
}

/// Learns from an answer, an `Answer` as JSON, what is left of a `Pace`; `readable` says whether all its headers
/// can be read.
#[wasm_bindgen]
pub fn hear_pace(pace: &mut [f64], now: f64, answer: &str, readable: bool) -> Thrown<()> {
    let answer = read_answer(answer)?;
    change(pace, |pace| pace.heard(now, &answer, readable));
    Ok(())
}

/// Milliseconds before a request that failed is sent again; none where another try would change nothing.
#[wasm_bindgen]
#[must_use]
pub fn retry_wait(status: u16, asked: Option<u32>, failures: u32, random: f64) -> Option<f64> {
    hub::retry::wait(status, asked, failures, random)
}

/// A pace is kept in JavaScript, as numbers.
fn change<T>(numbers: &mut [f64], step: impl FnOnce(&mut Pace) -> T) -> T {
    let mut state = [0.0; 5];
    state.iter_mut().zip(numbers.iter()).for_each(|(to, from)| *to = *from);
    let mut pace = Pace::of(state);
    let done = step(&mut pace);
    numbers.iter_mut().zip(pace.numbers()).for_each(|(to, from)| *to = from);
    done
}

fn read_answer(answer: &str) -> Thrown<hub::Answer> {
    hub::Answer::from_json(answer.as_bytes()).map_err(thrown)
}

fn read<'a>(model: &'a str, evidence: &'a str) -> Thrown<ListingItem<'a>> {
    let item = crate::read_model(model.as_bytes()).map_err(thrown)?;
    if evidence.is_empty() {
        return Ok(item);
    }
    let extra = ExtraEvidence::from_json(evidence.as_bytes()).map_err(thrown)?;
    Ok(item.with(extra))
}

fn worker_or_reference(worker: &str) -> Thrown<WorkerProfile> {
    if worker.is_empty() {
        return Ok(WorkerProfile::reference());
    }
    WorkerProfile::from_json(worker.as_bytes()).map_err(thrown)
}
