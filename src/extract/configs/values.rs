//! Values of a config in the types of the facts.

use crate::model::Json;

/// Puts a value where none stands: what was read first is the more telling.
pub(super) fn fill<T>(place: &mut Option<T>, value: Option<T>) {
    if place.is_none() {
        *place = value;
    }
}

/// A text that says something.
pub(super) fn text(value: Json<'_>) -> Option<String> {
    value.text().filter(|text| !text.is_empty()).map(std::borrow::Cow::into_owned)
}

/// The texts of a list, or the one that stands alone.
pub(super) fn texts(value: Json<'_>) -> Vec<String> {
    value.texts().map(std::borrow::Cow::into_owned).collect()
}

/// The numbers of a list; none of one that holds other things too.
pub(super) fn numbers(value: Json<'_>) -> Vec<f64> {
    value.items().map(Json::number).collect::<Option<_>>().unwrap_or_default()
}

/// The whole numbers of a list, or the one that stands alone.
pub(super) fn counts(value: Json<'_>) -> Vec<u64> {
    value.count().into_iter().chain(value.items().filter_map(Json::count)).collect()
}
