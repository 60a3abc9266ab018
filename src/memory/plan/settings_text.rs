//! Settings as JSON, with one of them replaced.

use crate::model::Json;

fn view(settings: &str) -> Json<'_> {
    Json::parse("settings", settings.as_bytes()).unwrap_or_default()
}

/// Whether a setting is a whole number.
pub(super) fn counts(settings: &str, key: &str) -> bool {
    view(settings).get(key).count().is_some()
}

/// Whether a setting is named.
pub(super) fn has(settings: &str, key: &str) -> bool {
    !view(settings).get(key).is_missing()
}

/// The same with this value, which is JSON, for a key, which is a plain word.
pub(super) fn with(settings: &str, key: &str, value: &str) -> String {
    let mut text = ["{\"", key, "\":", value].concat();
    for (other, json) in view(settings).entries().filter(|(other, _)| *other != key) {
        let plain =
            other.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
        // A key that no setting has is kept as one that none has, to be told of.
        let name = if plain { &*other } else { "?" };
        let value = std::str::from_utf8(json.bytes()).unwrap_or("null");
        for part in [",\"", name, "\":", value] {
            text.push_str(part);
        }
    }
    text.push('}');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_setting_is_replaced() {
        let settings = r#"{"context": 5, "cache_dtype":"fp8", "é": [1]}"#;
        assert!(has(settings, "context") && !has(settings, "dtype"));
        let found = with(settings, "context", "7");
        assert_eq!(found, r#"{"context":7,"cache_dtype":"fp8","?":[1]}"#);
        assert_eq!(with("{}", "a", "1"), r#"{"a":1}"#);
    }
}
