//! Settings as JSON, with some of them replaced.

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

/// The same with these values, which are JSON, for keys, which are plain words.
pub(super) fn with(settings: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(settings.len() + 128);
    for (key, value) in values {
        for part in [if text.is_empty() { "{\"" } else { ",\"" }, key, "\":", value] {
            text.push_str(part);
        }
    }
    let replaced = |name: &str| values.iter().any(|(key, _)| *key == name);
    for (other, json) in view(settings).entries().filter(|(other, _)| !replaced(other)) {
        let plain =
            other.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
        // A key that no setting has is kept as one that none has, to be told of.
        let name = if plain { &*other } else { "?" };
        let value = std::str::from_utf8(json.bytes()).unwrap_or("null");
        for part in [if text.is_empty() { "{\"" } else { ",\"" }, name, "\":", value] {
            text.push_str(part);
        }
    }
    text.push_str(if text.is_empty() { "{}" } else { "}" });
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_setting_is_replaced() {
        let settings = r#"{"context": 5, "cache_dtype":"fp8", "é": [1]}"#;
        assert!(has(settings, "context") && !has(settings, "dtype"));
        let found = with(settings, &[("context", "7")]);
        assert_eq!(found, r#"{"context":7,"cache_dtype":"fp8","?":[1]}"#);
        assert_eq!(with("{}", &[("a", "1"), ("b", "2")]), r#"{"a":1,"b":2}"#);
        assert_eq!(with(r#"{"a":1}"#, &[]), r#"{"a":1}"#);
        assert_eq!(with("", &[]), "{}");
    }
}
