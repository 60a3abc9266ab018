//! JSON as it stands: looked at in place, borrowed where it can be, and skipped where nobody asks.
//!
//! Two thirds of a listing page are chat templates and model cards that no rule looks at. A walk that steps over
//! them a word at a time reads a page faster than the engine's own `JSON.parse` (`benches/filter-page.ts`), and is
//! lenient where it matters: `NaN` in a model card is none of our business.

mod number;
mod skip;
mod text;
mod view;
mod walk;
mod writer;

pub(crate) use skip::{end_of_value, skip_space};
pub use view::Json;
pub(crate) use walk::Walk;
pub use writer::Writer;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    /// A view as the tree that `serde_json` makes of the same text; none where something is broken.
    fn tree(json: Json<'_>) -> Option<Value> {
        let mut walk = Walk::new(json.bytes());
        if walk.open(b'[') {
            let list: Option<Vec<_>> = std::iter::from_fn(|| walk.item()).map(tree).collect();
            return list.filter(|_| walk.fault().is_none()).map(Value::from);
        }
        if walk.open(b'{') {
            let entries = std::iter::from_fn(|| walk.entry());
            let map: Option<Map<_, _>> =
                entries.map(|(key, value)| Some((key.into_owned(), tree(value)?))).collect();
            return map.filter(|_| walk.fault().is_none()).map(Value::from);
        }
        let scalar = json.text().map(Value::from).or(json.flag().map(Value::from));
        scalar
            .or(json.number().map(Value::from))
            .or((json.bytes() == b"null").then_some(Value::Null))
    }

    fn read(text: &[u8]) -> Option<Value> {
        tree(Json::parse("a test", text).ok()?).map(plain)
    }

    /// Numbers as a view has them: of one kind, as in JavaScript, and exact down to 2^-1022.
    fn plain(value: Value) -> Value {
        match value {
            Value::Number(number) => {
                number.as_f64().filter(|number| *number == 0.0 || number.is_normal()).into()
            }
            Value::Array(list) => list.into_iter().map(plain).collect(),
            Value::Object(map) => map.into_iter().map(|(key, value)| (key, plain(value))).collect(),
            other => other,
        }
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::hash_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| map.into_iter().collect::<Value>()),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_what_serde_json_writes(value in json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
            prop_assert_eq!(read(text.as_bytes()), Some(plain(serde_json::from_str(&text).unwrap())));
            prop_assert_eq!(end_of_value(format!("{text},").as_bytes(), 0), Some(text.len()));
        }

        #[test]
        fn no_bytes_make_it_fail_otherwise(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }

        #[test]
        fn damaged_json_is_refused_or_read(value in json(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut text = serde_json::to_vec(&value).unwrap();
            let at = at.index(text.len());
            text[at] = byte;
            // Whatever serde_json takes, we take the same; we may take more (leading zeros, control characters).
            if let Ok(theirs) = serde_json::from_slice::<Value>(&text) {
                prop_assert_eq!(read(&text), Some(plain(theirs)));
            }
        }
    }
}
