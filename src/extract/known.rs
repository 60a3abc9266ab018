//! The registry names that tags, class names and model names are recognised by.

use std::sync::LazyLock;

/// Letters and digits of the name, and the name, sorted by the former.
static KNOWN: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("../../facts/architectures.txt").lines();
    let names = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut known: Vec<_> = names.map(|name| (bare(name), name)).collect();
    known.sort_unstable();
    known
});

/// The registry name that is written with these letters and digits, whatever signs stand between.
pub(super) fn registry_name(text: &str) -> Option<&'static str> {
    // No registry name is longer; a megabyte tag is not worth folding.
    const LONGEST: usize = 64;
    if text.len() > LONGEST {
        return None;
    }
    let bare = bare(text);
    let index = KNOWN.binary_search_by(|(key, _)| key.as_str().cmp(&bare)).ok()?;
    KNOWN.get(index).map(|(_, name)| *name)
}

/// Letters and digits, in lower case.
pub(crate) fn bare(text: &str) -> String {
    let kept = text.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_name_however_it_is_written() {
        assert_eq!(registry_name("GPTNeoX"), Some("gpt_neox"));
        assert_eq!(registry_name("xlm_roberta"), Some("xlm-roberta"));
        assert_eq!(registry_name("text-generation"), None);
    }

    #[test]
    fn the_list_has_no_two_names_that_read_alike() {
        let mut keys: Vec<_> = KNOWN.iter().map(|(key, _)| key).collect();
        keys.dedup();
        assert_eq!(keys.len(), KNOWN.len());
    }
}
