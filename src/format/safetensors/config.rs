//! Values in a config by their path, read as leniently as configs are written.

use serde_json::Value;

/// What stands at a path: `a.b` is `b` inside `a`, `*` is every entry of an object.
///
/// Where a `*` finds several values that differ, there is no one answer: none.
pub(super) fn at<'v>(config: &'v Value, path: &str) -> Option<&'v Value> {
    let Some((before, after)) = path.split_once("*.") else { return plain(config, path) };
    let entries = match before.strip_suffix('.') {
        Some(before) => plain(config, before)?,
        None => config,
    };
    let mut values = entries.as_object()?.values().filter_map(|entry| at(entry, after));
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

fn plain<'v>(config: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(config, |value, key| value.get(key)).filter(|value| !value.is_null())
}

/// The bits of a weight at the first of the paths that says them.
pub(super) fn bits(config: &Value, paths: &[&str]) -> Option<f64> {
    paths.iter().find_map(|path| match at(config, path)? {
        Value::Bool(true) => width(path),
        Value::String(text) => width(text),
        value => value.as_f64().filter(|bits| (1.0..=32.0).contains(bits)),
    })
}

/// A count of weights at the first of the paths that says it; the last of several (`[128, 128]`). What is written
/// as -1 means all of a row, which is none.
pub(super) fn count(config: &Value, paths: &[&str]) -> Option<u64> {
    paths.iter().find_map(|path| match at(config, path)? {
        Value::Array(list) => list.last()?.as_u64(),
        value => value.as_u64(),
    })
}

/// Whether one of the paths says anything at all.
pub(super) fn states(config: &Value, paths: &[&str]) -> bool {
    paths.iter().any(|path| at(config, path).is_some())
}

/// A text, in lower case, at the first of the paths that says one.
pub(super) fn text(config: &Value, paths: &[&str]) -> Option<String> {
    paths.iter().find_map(|path| at(config, path)?.as_str().map(str::to_ascii_lowercase))
}

/// The texts of a list.
pub(super) fn texts<'v>(config: &'v Value, path: &str) -> impl Iterator<Item = &'v str> {
    let list = at(config, path).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

/// The bits of a weight that a name tells: `nvfp4`, `W4A16`, `load_in_8bit`, `int8_dynamic_activation_int4_weight`.
///
/// Of several numbers it is the one before the word weight, else the first.
pub(super) fn width(name: &str) -> Option<f64> {
    let name = name.to_ascii_lowercase();
    let mut first = None;
    let mut at = 0;
    while let Some(start) = name.get(at..)?.find(|c: char| c.is_ascii_digit()).map(|d| at + d) {
        let rest = name.get(start..)?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        at = start + digits;
        let bits = rest.get(..digits)?.parse().ok().filter(|bits| (1.0..=32.0).contains(bits));
        let after = name.get(at..)?.trim_start_matches(['_', '-']);
        if after.starts_with("weight") {
            return bits;
        }
        first = first.or(bits);
    }
    first
}

/// The type of a checkpoint's KV cache: compressed-tensors' `kv_cache_scheme`, `ModelOpt`'s `kv_cache_quant_algo`,
/// quark's `kv_cache_quant_config`.
pub(super) fn kv_cache_dtype(config: &Value) -> Option<String> {
    let named = [
        "kv_cache_quant_algo",
        "kv_cache_scheme",
        "kv_cache_dtype",
        "kv_cache_quant_config.*.output_tensors.dtype",
    ];
    text(config, &named).or_else(|| {
        let scheme = at(config, "kv_cache_scheme")?;
        let bits = scheme.get("num_bits")?.as_u64()?;
        let kind = if scheme.get("type")?.as_str()? == "float" { "fp" } else { "int" };
        Some(format!("{kind}{bits}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn widths_in_names() {
        for (name, bits) in [
            ("nvfp4", Some(4.0)),
            ("W4A16", Some(4.0)),
            ("W4A8_AWQ", Some(4.0)),
            ("load_in_8bit", Some(8.0)),
            ("fp8_e4m3", Some(8.0)),
            ("mxfp4-pack-quantized", Some(4.0)),
            ("int8_dynamic_activation_int4_weight", Some(4.0)),
            ("Int8DynamicActivationInt4WeightConfig", Some(4.0)),
            ("Float8WeightOnlyConfig", Some(8.0)),
            ("MIXED_PRECISION", None),
            ("x99999999999999999999999", None),
            ("", None),
        ] {
            assert_eq!(width(name), bits, "{name}");
        }
    }

    #[test]
    fn paths() {
        let config = json!({ "a": { "b": 4, "n": null }, "g": { "x": { "w": 4 }, "y": { "w": 4 }, "z": {} }, "s": [128, 64] });
        assert_eq!(bits(&config, &["a.c", "a.b"]), Some(4.0));
        assert_eq!(bits(&config, &["g.*.w"]), Some(4.0));
        assert_eq!(count(&config, &["a.n", "s"]), Some(64));
        let mixed = json!({ "g": { "x": { "w": 4 }, "y": { "w": 8 } } });
        assert_eq!(bits(&mixed, &["g.*.w"]), None);
        assert_eq!(bits(&json!({ "bits": 400 }), &["bits"]), None);
    }
}
