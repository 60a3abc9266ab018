//! What is wrong with a file that can be read all the same.

use super::limits::{MAX_PROBLEMS, NAME_IN_MESSAGE};

/// Something wrong with a file that does not keep us from reading on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem it is.
    pub code: ProblemCode,
    /// What is wrong, and where.
    pub message: String,
}

/// The kinds of [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemCode {
    /// The file is of version 1.
    Version1,
    /// A key has no letters.
    EmptyKey,
    /// Two keys are the same; the first counts.
    DuplicateKey,
    /// A text is not UTF-8; what could not be read was replaced.
    InvalidText,
    /// A list holds lists.
    NestedList,
    /// The alignment is no power of two or no 32-bit number; 32 was taken.
    InvalidAlignment,
    /// A file that should name its architecture does not.
    MissingArchitecture,
    /// `split.no`, `split.count` and `split.tensors.count` contradict each other or the file.
    InvalidSplit,
    /// Two tensors have the same name.
    DuplicateTensor,
    /// A tensor's name has 64 bytes or more.
    LongTensorName,
    /// A tensor has more than four dimensions.
    ManyDimensions,
    /// A tensor's type has an id that nobody has given out yet.
    UnknownTensorType,
    /// A tensor's type was given up.
    RemovedTensorType,
    /// A row of a tensor does not end where a block does.
    PartialBlock,
    /// A tensor has more elements or bytes than can be counted.
    SizeOverflow,
    /// A tensor starts at no multiple of the alignment.
    UnalignedOffset,
    /// A tensor starts after the end of the one before it.
    Gap,
    /// A tensor starts before the end of the one before it.
    Overlap,
    /// The file ends before its tensors do.
    Truncated,
}

impl ProblemCode {
    /// The stable name, in `snake_case`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Version1 => "version_1",
            Self::EmptyKey => "empty_key",
            Self::DuplicateKey => "duplicate_key",
            Self::InvalidText => "invalid_text",
            Self::NestedList => "nested_list",
            Self::InvalidAlignment => "invalid_alignment",
            Self::MissingArchitecture => "missing_architecture",
            Self::InvalidSplit => "invalid_split",
            Self::DuplicateTensor => "duplicate_tensor",
            Self::LongTensorName => "long_tensor_name",
            Self::ManyDimensions => "many_dimensions",
            Self::UnknownTensorType => "unknown_tensor_type",
            Self::RemovedTensorType => "removed_tensor_type",
            Self::PartialBlock => "partial_block",
            Self::SizeOverflow => "size_overflow",
            Self::UnalignedOffset => "unaligned_offset",
            Self::Gap => "gap",
            Self::Overlap => "overlap",
            Self::Truncated => "truncated",
        }
    }

    /// Whether llama.cpp refuses to load a file for it (v0.5.0 `ggml/src/gguf.cpp`,
    /// `src/llama-model-loader.cpp`).
    #[must_use]
    pub fn stops_llama_cpp(self) -> bool {
        self != Self::InvalidText
    }
}

/// The problems of a file: the first ones in words, the rest as a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// The first ones.
    pub list: Vec<Problem>,
    /// How many more there are.
    pub left_off: u64,
}

impl Problems {
    /// Whether there is a problem of this kind among those that are told.
    #[must_use]
    pub fn has(&self, code: ProblemCode) -> bool {
        self.list.iter().any(|problem| problem.code == code)
    }

    pub(super) fn add(&mut self, code: ProblemCode, message: impl FnOnce() -> String) {
        if self.list.len() < MAX_PROBLEMS {
            self.list.push(Problem { code, message: message() });
        } else {
            self.left_off += 1;
        }
    }
}

/// A name from the file as it appears in a message: short, and without signs that do not print.
pub(super) fn quoted(name: &str) -> String {
    let end = (0..=NAME_IN_MESSAGE.min(name.len())).rev().find(|end| name.is_char_boundary(*end));
    let kept = name.get(..end.unwrap_or(0)).unwrap_or_default();
    let more = if kept.len() < name.len() { "…" } else { "" };
    format!("`{}{more}`", kept.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_messages_are_short_and_printable() {
        assert_eq!(quoted("a\nb"), "`a\\nb`");
        let long = "ä".repeat(100);
        assert_eq!(quoted(&long), format!("`{}…`", "ä".repeat(40)));
    }

    #[test]
    fn problems_beyond_the_limit_are_counted() {
        let mut problems = Problems::default();
        for _ in 0..MAX_PROBLEMS + 3 {
            problems.add(ProblemCode::Gap, String::new);
        }
        assert_eq!((problems.list.len(), problems.left_off), (MAX_PROBLEMS, 3));
    }
}
