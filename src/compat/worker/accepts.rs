//! The verdict's yes or no alone, for long lists: no words are made, and most rows are decided by one field.

use super::{architecture, context, format, quantization};
use crate::extract;
use crate::model::{ListingItem, WorkerProfile};

/// Whether a listing item is compatible: the same answer as [`check`](super::check), without its reasons.
#[must_use]
pub fn accepts(item: &ListingItem<'_>, worker: &WorkerProfile) -> bool {
    architecture_fits(item, worker)
        && context::fits(extract::context::read(item).value, worker)
        && files_fit(item, worker)
        && extract::format::adapter_of(item).is_none()
}

fn architecture_fits(item: &ListingItem<'_>, worker: &WorkerProfile) -> bool {
    let Some(known) = &worker.architectures else {
        return true;
    };
    let found = extract::architecture::read(item).value;
    found.exact().is_some() && architecture::accepts(known, found.family(), found.exact())
}

fn files_fit(item: &ListingItem<'_>, worker: &WorkerProfile) -> bool {
    if worker.formats.is_none() && worker.quantizations.is_none() {
        return true;
    }
    let present = extract::format::read(item).value;
    let known = worker.formats.as_ref();
    known.is_none_or(|known| format::choose(known, &present).is_some())
        && quantization::fits(item, &present, worker)
}
