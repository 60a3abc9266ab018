//! The registry names that tags, class names and model names are recognised by.

use std::sync::LazyLock;

/// The letters and digits of each name, and the name, in the file's own order, which is theirs.
static KNOWN: LazyLock<Vec<(String, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../../facts/architectures.txt").lines();
    let names = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
    names.map(|name| (bare(name), name)).collect()
});

/// No registry name has more letters; a longer tag is none.
const MOST_LETTERS: usize = 32;

/// The registry name that is written with these letters and digits, whatever signs stand between.
pub(super) fn registry_name(text: &str) -> Option<&'static str> {
    // On the stack: every tag of every row without a config comes by here.
    let mut folded = [0; MOST_LETTERS + 1];
    let count = folded.iter_mut().zip(letters(text)).map(|(slot, letter)| *slot = letter).count();
    let folded = folded.get(..count).filter(|_| count <= MOST_LETTERS)?;
    let index = KNOWN.binary_search_by(|(key, _)| key.as_bytes().cmp(folded)).ok()?;
    KNOWN.get(index).map(|(_, name)| *name)
}

/// Letters and digits, in lower case.
pub(super) fn bare(text: &str) -> String {
    letters(text).map(char::from).collect()
}

/// Letters and digits, in lower case, one by one.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = u8> {
    let kept = text.as_bytes().iter().filter(|byte| byte.is_ascii_alphanumeric());
    kept.map(u8::to_ascii_lowercase)
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
        assert!(keys.is_sorted());
        keys.dedup();
        assert_eq!(keys.len(), KNOWN.len());
        assert!(keys.iter().all(|key| key.len() <= MOST_LETTERS));
    }
}
