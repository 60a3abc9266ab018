//! The first few of many in an order, without sorting all.

use std::cmp::Ordering;

/// The places that stand first in an order, and no more than a few.
pub(super) struct Greatest<'a> {
    most: usize,
    before: &'a dyn Fn(usize, usize) -> Ordering,
    places: Vec<usize>,
}

impl<'a> Greatest<'a> {
    /// None yet; `before` orders two places, the first to stand first.
    pub(super) fn new(most: usize, before: &'a dyn Fn(usize, usize) -> Ordering) -> Self {
        Self { most, before, places: Vec::new() }
    }

    /// The places, in their order.
    pub(super) fn places(&self) -> &[usize] {
        &self.places
    }

    /// Takes a place, which may come again.
    pub(super) fn take(&mut self, place: usize) {
        let full = self.places.len() >= self.most;
        let last = self.places.last().copied();
        if full && last.is_none_or(|last| (self.before)(place, last) != Ordering::Less) {
            return;
        }
        let at = self.places.partition_point(|own| (self.before)(*own, place) != Ordering::Greater);
        if at.checked_sub(1).and_then(|before| self.places.get(before)) != Some(&place) {
            self.places.insert(at, place);
            self.places.truncate(self.most);
        }
    }
}
