//! Values in a config by their path, read as leniently as configs are written.

use crate::model::Json;
use std::borrow::Cow;

/// What stands at a path: `a.b` is `b` inside `a`, `*` is every entry of an object.
///
/// Where a `*` finds several values that differ as they are written, there is no one answer: nothing.
pub(super) fn at<'v>(config: Json<'v>, path: &str) -> Json<'v> {
    let Some((before, after)) = path.split_once("*.") else { return plain(config, path) };
    let entries = before.strip_suffix('.').map_or(config, |before| plain(config, before));
    let found = entries.entries().map(|(_, entry)| at(entry, after));
    let mut values = found.filter(|value| !value.is_missing());
    let first = values.next().unwrap_or_default();
    if values.all(|value| value == first) { first } else { Json::MISSING }
}

fn plain<'v>(config: Json<'v>, path: &str) -> Json<'v> {
    let value = config.at(path);
    if value.is_missing() { Json::MISSING } else { value }
}

/// The values at the paths, as far as there are some.
fn each<'v>(config: Json<'v>, paths: &[&str]) -> impl Iterator<Item = Json<'v>> {
    paths.iter().map(move |path| at(config, path)).filter(|value| !value.is_missing())
}

/// The bits of a weight at the first of the paths that says them.
pub(super) fn bits(config: Json<'_>, paths: &[&str]) -> Option<f64> {
    paths.iter().find_map(|path| {
        let value = at(config, path);
        let named =
            if value.flag() == Some(true) { Some(Cow::Borrowed(*path)) } else { value.text() };
        let stated = || value.number().filter(|bits| (1.0..=32.0).contains(bits));
        named.map_or_else(stated, |name| width(&name))
    })
}

/// A count of weights at the first of the paths that says it; the last of several (`[128, 128]`). What is written
/// as -1 means all of a row, which is none.
pub(super) fn count(config: Json<'_>, paths: &[&str]) -> Option<u64> {
    each(config, paths).find_map(|value| value.items().last().unwrap_or(value).count())
}

/// Whether one of the paths says anything at all.
pub(super) fn states(config: Json<'_>, paths: &[&str]) -> bool {
    each(config, paths).next().is_some()
}

/// A text, in lower case, at the first of the paths that says one.
pub(super) fn text(config: Json<'_>, paths: &[&str]) -> Option<String> {
    each(config, paths).find_map(Json::text).map(|text| text.to_ascii_lowercase())
}

/// The bits of a weight that a name tells: `nvfp4`, `W4A16`, `load_in_8bit`, `int8_dynamic_activation_int4_weight`.
///
/// Of several numbers it is the one before the word weight, else the first. More than 16 bits are none of a packed
/// weight: the 24 of `marlin-24` and `sparse-24-bitmask` are a pattern of zeros.
pub(super) fn width(name: &str) -> Option<f64> {
    let name = name.to_ascii_lowercase();
    let mut first = None;
    let mut at = 0;
    while let Some(start) = name.get(at..)?.find(|c: char| c.is_ascii_digit()).map(|d| at + d) {
        let rest = name.get(start..)?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        at = start + digits;
        let bits = rest.get(..digits)?.parse::<u8>().ok().filter(|bits| (1..=16).contains(bits));
        let after = name.get(at..)?.trim_start_matches(['_', '-']);
        if after.starts_with("weight") {
            return bits.map(f64::from);
        }
        first = first.or(bits);
    }
    first.map(f64::from)
}

/// The type of a checkpoint's KV cache: compressed-tensors' `kv_cache_scheme`, `ModelOpt`'s `kv_cache_quant_algo`,
/// quark's `kv_cache_quant_config`.
pub(super) fn kv_cache_dtype(config: Json<'_>) -> Option<String> {
    let named = [
        "kv_cache_quant_algo",
        "kv_cache_scheme",
        "kv_cache_dtype",
        "kv_cache_quant_config.*.output_tensors.dtype",
    ];
    text(config, &named).or_else(|| {
        let [bits, kind] = config.get("kv_cache_scheme").pick(["num_bits", "type"]);
        let kind = if kind.text()? == "float" { "fp" } else { "int" };
        Some(format!("{kind}{}", bits.count()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let view = |text: &'static str| Json::parse("a test", text.as_bytes()).unwrap();
        let config = view(
            r#"{ "a": { "b": 4, "n": null }, "g": { "x": { "w": 4 }, "y": { "w": 4 }, "z": {} }, "s": [128, 64] }"#,
        );
        assert_eq!(bits(config, &["a.c", "a.b"]), Some(4.0));
        assert_eq!(bits(config, &["g.*.w"]), Some(4.0));
        assert_eq!(count(config, &["a.n", "s"]), Some(64));
        let mixed = view(r#"{ "g": { "x": { "w": 4 }, "y": { "w": 8 } } }"#);
        assert_eq!(bits(mixed, &["g.*.w"]), None);
        assert_eq!(bits(view(r#"{ "bits": 400 }"#), &["bits"]), None);
    }
}
