//! The verdict's yes or no alone, for long lists: no words are made, and most rows are decided by one field.

use super::{architecture, check, context, format};
use crate::extract::{self, metadata};
use crate::model::{ListingItem, WorkerProfile};

/// Whether a listing item is compatible: the same answer as [`check`], without its reasons.
#[must_use]
pub fn accepts(item: &ListingItem<'_>, worker: &WorkerProfile) -> bool {
    architecture_fits(item, worker)
        && context::fits(extract::context::read(item).value, worker)
        && format_fits(item, worker)
        && extract::format::adapter_of(item).is_none()
        && (worker.quantizations.is_none() || check(&metadata(item), worker).compatible)
}

fn architecture_fits(item: &ListingItem<'_>, worker: &WorkerProfile) -> bool {
    let Some(known) = &worker.architectures else {
        return true;
    };
    let found = extract::architecture::read(item).value;
    found.exact().is_some() && architecture::accepts(known, found.family(), found.exact())
}

fn format_fits(item: &ListingItem<'_>, worker: &WorkerProfile) -> bool {
    let Some(known) = &worker.formats else {
        return true;
    };
    let present = extract::format::read(item).value;
    format::choose(known, &present).is_some()
}
