//! What callers and the Hub give as JSON: workers, metadata, queries, answers; and ids in paths.
#![no_main]

use hubfit::hub::{self, Answer, ListQuery};
use hubfit::model::listing::ExtraEvidence;
use hubfit::{ModelMetadata, WorkerProfile};
use hubfit_fuzz::within;
use libfuzzer_sys::fuzz_target;

/// `{}` in a list of variants is a variant of about 100 bytes.
const TIMES: usize = 96;

fuzz_target!(|bytes: &[u8]| {
    within(TIMES, bytes.len(), || {
        let _ = WorkerProfile::from_json(bytes);
        let _ = ModelMetadata::from_json(bytes);
        let _ = ExtraEvidence::from_json(bytes);
        let _ = ListQuery::from_json(bytes).map(|query| query.first_page());
        let _ = hub::model::path_from_json(bytes);
        answer(bytes);
        if let Ok(text) = std::str::from_utf8(bytes) {
            let _ = (hub::model::path(text, Some(text)), hub::address::base(text));
        }
    });
});

/// An answer's head, then a body: split by a zero byte.
fn answer(bytes: &[u8]) {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    let Ok(answer) = Answer::from_json(&bytes[..end]) else { return };
    let body = bytes.get(end + 1..).unwrap_or_default();
    let _ = answer.check(body);
    let _ = hub::list::next_page(&answer);
    let _ = hub::list::read(&answer, body, |_| true).map(|_| ());
}
