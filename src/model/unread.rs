//! Lists that stay JSON until somebody walks them.
//!
//! A row names twenty tags and fifty files, and most rows are decided by their config alone.

use super::json::{Json, Walk};
use super::lenient::{Found, Shape};
use std::marker::PhantomData;

/// A list of `T`, as it stands in the JSON. Elements of another shape are left out when it is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread<'a, T> {
    json: Json<'a>,
    element: PhantomData<T>,
}

impl<T> Default for Unread<'_, T> {
    fn default() -> Self {
        Self { json: Json::MISSING, element: PhantomData }
    }
}

impl<'a, T: Shape<'a>> Unread<'a, T> {
    pub(crate) fn new(json: Json<'a>) -> Self {
        Self { json, element: PhantomData }
    }

    /// Whether the key is absent, or null.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.json.is_missing()
    }

    /// The elements of the expected shape, in order.
    pub fn iter(&self) -> impl Iterator<Item = T> + use<'a, T> {
        self.json.items().filter_map(T::of)
    }

    /// What was found instead of a list, or the first element of another shape and its place.
    pub(crate) fn malformed(&self) -> Option<(Option<usize>, Found)> {
        first_malformed(self.json, |element| T::of(element).is_some())
    }
}

fn first_malformed<'a>(
    list: Json<'a>,
    fits: fn(Json<'a>) -> bool,
) -> Option<(Option<usize>, Found)> {
    if list.is_missing() {
        return None;
    }
    let mut walk = Walk::new(list.bytes());
    if !walk.open(b'[') {
        return Some((None, list.found()));
    }
    let mut index = 0;
    while let Some(element) = walk.item() {
        if !fits(element) {
            return Some((Some(index), element.found()));
        }
        index += 1;
    }
    walk.fault().map(|_| (Some(index), Found::BROKEN))
}
