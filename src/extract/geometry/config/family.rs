//! What is known of a model type: its architecture, and what its config may leave out.

use super::words::{cut, lines, words};

const FAMILIES: &str = include_str!("../../../../facts/config-families.txt");

/// The keys of a row's columns.
const COLUMNS: [&str; 9] = [
    "vocab_size",
    "hidden_size",
    "intermediate_size",
    "num_hidden_layers",
    "num_attention_heads",
    "num_key_value_heads",
    "head_dim",
    "max_position_embeddings",
    "tie_word_embeddings",
];

/// A row of the table.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Family {
    /// The model type or the class by which it was found.
    pub(super) name: &'static str,
    /// Its architecture, with the mark before it.
    pub(super) architecture: &'static str,
    defaults: &'static str,
}

impl Family {
    /// The first row with a name that is the one.
    pub(super) fn find(is_it: &dyn Fn(&str) -> bool) -> Option<Self> {
        lines(FAMILIES).find_map(|line| {
            let (names, row) = cut(line, b' ');
            let name = words(names, b',').find(|name| is_it(name))?;
            let (architecture, defaults) = cut(row?, b' ');
            Some(Self { name, architecture, defaults: defaults.unwrap_or_default() })
        })
    }

    /// The row of a model type, or of a class. Dream writes its own with a capital.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::find(&|known| known.eq_ignore_ascii_case(name))
    }

    /// The model type of the language model inside, where this is a wrapper.
    pub(super) fn inner(self) -> Option<&'static str> {
        self.architecture.strip_prefix('>')
    }

    /// The default of a key, as the table writes it.
    fn text(self, key: &str) -> Option<&'static str> {
        let mut words = words(self.defaults, b' ');
        if let Some(column) = COLUMNS.iter().position(|name| *name == key) {
            return words.nth(column);
        }
        words.find_map(|word| match cut(word, b'=') {
            (name, value) if name == key => value,
            _ => None,
        })
    }

    /// The default of a key that is a number.
    pub(super) fn number(self, key: &str) -> Option<u64> {
        self.text(key)?.parse().ok()
    }

    /// The default of a key that is a flag.
    pub(super) fn flag(self, key: &str) -> Option<bool> {
        match self.text(key)? {
            "t" => Some(true),
            "f" => Some(false),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_say_what_they_say() {
        let qwen = Family::named("qwen2_moe").unwrap();
        assert_eq!((qwen.name, qwen.architecture), ("qwen2_moe", "qwen2moe"));
        assert_eq!(qwen.number("num_key_value_heads"), Some(16));
        assert_eq!(qwen.number("moe_intermediate_size"), Some(1408));
        assert_eq!((qwen.number("head_dim"), qwen.number("kv_lora_rank")), (None, None));
        assert_eq!(qwen.flag("tie_word_embeddings"), Some(false));
        assert_eq!(Family::named("llava").unwrap().inner(), Some("llama"));
        assert!(Family::named("unheard_of").is_none());
    }

    #[test]
    fn no_name_stands_in_two_rows() {
        let rows = FAMILIES.lines().filter(|line| !line.starts_with('#'));
        let mut names: Vec<_> =
            rows.flat_map(|line| line.split(' ').next().unwrap().split(',')).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
