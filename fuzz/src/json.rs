//! Holds the lazy view of JSON against `serde_json`, which reads all of it.

use hubfit::model::Json;
use serde_json::{Map, Value};

/// Demands that the view says of a value what the oracle says.
///
/// # Panics
/// Where it does not.
pub fn agree(view: Json<'_>, value: &Value) {
    assert_eq!(view.is_missing(), value.is_null(), "{value}");
    assert_eq!(view.flag(), value.as_bool(), "{value}");
    assert_eq!(view.text().as_deref(), value.as_str());
    assert!(same_number(view.number(), value.as_f64()), "{value}: {:?}", view.number());
    assert_eq!(view.is_list(), value.is_array(), "{value}");
    assert_eq!(view.is_object(), value.is_object(), "{value}");
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    assert_eq!(view.items().count(), list.len(), "{value}");
    view.items().zip(list).for_each(|(view, value)| agree(view, value));
    agree_entries(view, value.as_object());
}

/// The same; under 2^-1022, where `model::json` says that it rounds twice, the next one will do.
fn same_number(ours: Option<f64>, theirs: Option<f64>) -> bool {
    let next = |one: f64, two: f64| {
        two.abs() < f64::MIN_POSITIVE && one.to_bits().abs_diff(two.to_bits()) <= 1
    };
    ours == theirs || ours.zip(theirs).is_some_and(|(one, two)| next(one, two))
}

/// Of equal keys the last counts, here and there.
fn agree_entries(view: Json<'_>, map: Option<&Map<String, Value>>) {
    for (key, _) in view.entries() {
        assert!(map.is_some_and(|map| map.contains_key(key.as_ref())), "{key:?} in {map:?}");
    }
    for (key, value) in map.into_iter().flatten() {
        agree(view.get(key), value);
    }
}
