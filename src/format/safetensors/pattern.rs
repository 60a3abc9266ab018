//! Which modules a config names: by their name, a part of it, a glob, or a simple regular expression.
//!
//! Patterns come from a file that anybody may have written: none is run as a regular expression, so that none can
//! take long. What needs more than `.*`, `\.`, `^` and `$` matches nothing, as huggingface.js does it
//! (`packages/hub/src/lib/parse-safetensors-metadata.ts`).

use crate::model::Json;
use crate::model::order::by_name;

/// Each pattern is tried on each packed tensor. Real lists have a few hundred entries, most of them whole names.
const MAX_PATTERNS: usize = 1_024;

/// A list of modules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Modules {
    /// In order.
    names: Vec<String>,
    globs: Vec<String>,
    parts: Vec<String>,
    /// Whether a pattern could not be understood.
    pub(super) partial: bool,
}

impl Modules {
    /// Names, and regular expressions after `re:` (compressed-tensors' `ignore` and `targets`).
    pub(super) fn of_targets<'a>(targets: impl Iterator<Item = Json<'a>>) -> Self {
        let mut modules = Self::default();
        for target in targets.filter_map(Json::text) {
            match target.strip_prefix("re:") {
                None => modules.names.push(target.into_owned()),
                Some(expression) => modules.add_glob(glob_of(expression)),
            }
        }
        modules.names = by_name(modules.names, |name| name);
        modules
    }

    /// Parts of names, and globs with a `*` (transformers' `modules_to_not_convert`).
    pub(super) fn of_parts<'a>(patterns: impl Iterator<Item = Json<'a>>) -> Self {
        let mut modules = Self::default();
        for pattern in patterns.filter_map(Json::text) {
            if pattern.contains('*') {
                modules.add_glob(Some(pattern.into_owned()));
            } else if modules.parts.len() < MAX_PATTERNS {
                modules.parts.push(pattern.into_owned());
            } else {
                modules.partial = true;
            }
        }
        modules
    }

    fn add_glob(&mut self, glob: Option<String>) {
        match glob.filter(|_| self.globs.len() < MAX_PATTERNS) {
            Some(glob) => self.globs.push(glob),
            None => self.partial = true,
        }
    }

    /// Whether the list names a module.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.names.binary_search_by(|own| own.as_str().cmp(name)).is_ok()
            || self.parts.iter().any(|part| name.contains(part.as_str()))
            || self.globs.iter().any(|glob| glob_matches(glob, name))
    }
}

/// The glob that a simple regular expression is; it is anchored at the start, as Python's `re.match` is.
fn glob_of(expression: &str) -> Option<String> {
    let expression = expression.strip_prefix('^').unwrap_or(expression);
    let (expression, end) = match expression.strip_suffix('$') {
        Some(expression) => (expression, ""),
        None => (expression, "*"),
    };
    let glob = expression.replace(".*", "*").replace("\\.", ".") + end;
    let other = |letter: char| "\\+?()[]{}|^$".contains(letter);
    (!glob.contains(other)).then_some(glob)
}

/// Whether the pieces between the stars stand in a name in order, the first at its start, the last at its end.
fn glob_matches(glob: &str, name: &str) -> bool {
    let Some((first, rest)) = glob.split_once('*') else { return glob == name };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(inner) = name.strip_prefix(first).and_then(|name| name.strip_suffix(last)) else {
        return false;
    };
    let mut at = 0;
    middle.split('*').all(|piece| {
        let found = inner.get(at..).and_then(|rest| rest.find(piece));
        at += found.map_or(0, |found| found + piece.len());
        found.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        for (glob, name, matches) in [
            ("foo", "foo", true),
            ("foo", "foobar", false),
            ("*.txt", "file.txt", true),
            ("*.txt", ".txt", true),
            ("*.txt", "txt", false),
            ("model.*", "my_model.bin", false),
            ("*layer*", "layer", true),
            ("a*b*c", "abc", true),
            ("a*b*c", "aXXbYY", false),
            ("a*a", "a", false),
            ("a*b*b", "ab", false),
            ("*", "", true),
        ] {
            assert_eq!(glob_matches(glob, name), matches, "{glob} {name}");
        }
    }

    fn list(texts: &str) -> Json<'_> {
        Json::parse("a test", texts.as_bytes()).unwrap()
    }

    #[test]
    fn targets() {
        let contains = |target: &str, name: &str| {
            let texts = serde_json::json!([target]).to_string();
            Modules::of_targets(list(&texts).items()).contains(name)
        };
        assert!(contains("model.embed_tokens", "model.embed_tokens"));
        assert!(!contains("Linear", "model.layers.0.mlp.down_proj"));
        assert!(contains("re:.*lm_head$", "model.lm_head"));
        assert!(!contains("re:.*lm_head$", "model.lm_head.weight"));
        assert!(contains(r"re:model\.layers.*", "model.layers.0.mlp"));
        assert!(!contains(r"re:model\.layers.*", "lm.model.layers.0"));
        assert!(!contains("re:(a+)+$", "aaaaaaaaaaaaaaaaaaaaab"));
        assert!(Modules::of_targets(list(r#"["re:(a|b)"]"#).items()).partial);
    }

    #[test]
    fn parts() {
        let list = Modules::of_parts(list(r#"["lm_head", "*visual*"]"#).items());
        assert!(list.contains("model.lm_head.weight"));
        assert!(list.contains("model.visual.0"));
        assert!(!list.contains("model.embed_tokens.weight"));
    }
}
