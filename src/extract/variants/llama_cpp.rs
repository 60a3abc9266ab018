//! Which files `llama-server -hf user/repo[:tag]` takes (llama.cpp v0.5.0 `common/download.cpp`).

use super::listing::split;
use super::shard::Name;
use crate::model::variant::{Sidecar, SidecarKind, Variant};

/// The variant that `-hf user/repo:tag` loads: the first GGUF file in the order of paths whose name has the tag before
/// a point or a hyphen, in any case. Without a tag `Q4_K_M`, else `Q8_0`, else the first model.
///
/// A repository with a `preset.ini` in its root is loaded by that file alone, which this does not read.
#[must_use]
pub fn llama_cpp_choice<'v>(variants: &'v [Variant], tag: Option<&str>) -> Option<&'v Variant> {
    let models = || variants.iter().filter(|variant| is_model(variant));
    let path = |variant: &&'v Variant| variant.primary_file.as_deref();
    let first = |tag: &str| models().filter(|variant| has_tag(variant, tag)).min_by_key(path);
    match tag {
        Some(tag) => first(tag),
        None => first("Q4_K_M").or_else(|| first("Q8_0")).or_else(|| models().min_by_key(path)),
    }
}

/// The sidecar of a kind that is taken with a variant: in the deepest folder that they share, then with exactly that
/// tag, then with the nearest number of bits to the tag's or, without one, to the variant's.
#[must_use]
pub fn llama_cpp_sidecar<'s>(
    sidecars: &'s [Sidecar],
    variant: &Variant,
    kind: SidecarKind,
    tag: Option<&str>,
) -> Option<&'s Sidecar> {
    let file = variant.primary_file.as_deref()?;
    sidecars.get(best_sidecar(sidecars, &variant.format, file, kind, tag)?)
}

/// Words in names of files that llama.cpp takes for no model, in this case and anywhere in the name.
const NO_MODELS: [&str; 6] = ["mmproj", "imatrix", "mtp-", "eagle3-", "dflash-", "dspark-"];

fn is_model(variant: &Variant) -> bool {
    let path = variant.primary_file.as_deref();
    let Some(path) = path.filter(|path| path.strip_suffix(".gguf").is_some()) else { return false };
    let name = split(path).1;
    let first = Name::of(path).shard.is_none_or(|shard| shard.number == 1);
    first && variant.format == "gguf" && !NO_MODELS.iter().any(|word| name.contains(word))
}

fn has_tag(variant: &Variant, tag: &str) -> bool {
    let path = variant.primary_file.as_deref().unwrap_or_default().to_ascii_uppercase();
    let tag = tag.to_ascii_uppercase();
    path.match_indices(&tag)
        .any(|(at, _)| matches!(path.as_bytes().get(at + tag.len()), Some(b'.' | b'-')))
}

/// The place of the best sidecar of a kind for a model.
pub(super) fn best_sidecar(
    sidecars: &[Sidecar],
    format: &str,
    model: &str,
    kind: SidecarKind,
    tag: Option<&str>,
) -> Option<usize> {
    let folder = split(model).0;
    let wanted = tag.map_or_else(|| bits_of(tag_of(model)), bits_of);
    let exact = tag.map(|tag| format!("-{}.", tag.to_ascii_uppercase()));
    let fits = |(_, sidecar): &(usize, &Sidecar)| {
        let other = sidecar.format == "other";
        sidecar.kind == kind && (other || sidecar.format == format)
    };
    let rank = |(place, sidecar): (usize, &Sidecar)| {
        let path = &sidecar.file.path;
        let depth = shared_depth(split(path).0, folder)?;
        let named = exact.as_ref().is_some_and(|tag| path.to_ascii_uppercase().contains(tag));
        let distance = bits_of(tag_of(path)).abs_diff(wanted);
        // Of equal ones the first: places are told from the end.
        Some((depth, named, u32::MAX - distance, usize::MAX - place))
    };
    let best = sidecars.iter().enumerate().filter(fits).filter_map(rank).max()?;
    Some(usize::MAX - best.3)
}

/// How many folders lead to a sidecar, where the model is in the same or in one of them.
fn shared_depth(sidecar: &str, model: &str) -> Option<usize> {
    if sidecar.is_empty() {
        return Some(0);
    }
    let rest = model.strip_prefix(sidecar)?;
    (rest.is_empty() || rest.starts_with('/')).then(|| sidecar.split('/').count())
}

/// `Q4_K_M` of `x-Q4_K_M-00001-of-00003.gguf`: what stands behind the last hyphen or point.
fn tag_of(path: &str) -> &str {
    let stem = path.strip_suffix(".gguf").unwrap_or(path);
    let stem = Name::of(path).shard.and_then(|_| stem.rsplitn(4, '-').nth(3)).unwrap_or(stem);
    let tag = stem.rsplit(['-', '.']).next().unwrap_or_default();
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if tag.len() < stem.len() && tag.bytes().all(word) { tag } else { "" }
}

/// The first number in a tag: 4 of `NVFP4`.
fn bits_of(tag: &str) -> u32 {
    let digits = tag.trim_start_matches(|sign: char| !sign.is_ascii_digit());
    let end = digits.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_their_bits() {
        for (path, tag, bits) in [
            ("a/x-Q4_K_M.gguf", "Q4_K_M", 4),
            ("x.i1-IQ2_XXS.gguf", "IQ2_XXS", 2),
            ("x-Q8_0-00001-of-00003.gguf", "Q8_0", 8),
            ("mmproj-model-f16.gguf", "f16", 16),
            ("mmproj-NVFP4.gguf", "NVFP4", 4),
            ("mmproj.gguf", "", 0),
        ] {
            assert_eq!((tag_of(path), bits_of(tag_of(path))), (tag, bits), "{path}");
        }
    }

    #[test]
    fn folders_that_lead_to_a_sidecar() {
        assert_eq!(shared_depth("", "a/b"), Some(0));
        assert_eq!(shared_depth("a", "a/b"), Some(1));
        assert_eq!(shared_depth("a/b", "a/b"), Some(2));
        assert_eq!(shared_depth("a/b", "a"), None);
        assert_eq!(shared_depth("MTP", ""), None);
    }
}
