//! Models in several files: what the keys say of it, and what the name says.

use super::facts::GgufFacts;
use super::problem::{ProblemCode, Problems};

/// Which part of a model a file is, as its keys say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// Which file it is; the first is 0. Names start at 1.
    pub number: u64,
    /// How many files there are.
    pub count: u64,
    /// Tensors of all files together.
    pub tensors: Option<u64>,
}

impl Split {
    pub(super) fn of(facts: &GgufFacts) -> Option<Self> {
        let count = facts.number("split.count")?;
        let number = facts.number("split.no").unwrap_or(0);
        Some(Self { number, count, tensors: facts.number("split.tensors.count") })
    }

    pub(super) fn check(&self, tensors_here: usize, problems: &mut Problems) {
        let Self { number, count, tensors } = *self;
        // A file that was merged again may say that it is one of none.
        if count > 0 && number >= count {
            problems.add(ProblemCode::InvalidSplit, || format!("file {number} of {count}"));
        }
        let here = tensors_here as u64;
        if let Some(all) = tensors.filter(|all| *all < here || (count == 1 && *all != here)) {
            problems.add(ProblemCode::InvalidSplit, || {
                format!("{here} tensors in this file, {all} in all {count}")
            });
        }
    }
}

/// The name of one file of a split model: `model-00001-of-00003.gguf`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShardName<'a> {
    /// What the names of all files start with, the folder included.
    pub stem: &'a str,
    /// Which file it is; the first is 1.
    pub number: u32,
    /// How many files there are.
    pub count: u32,
}

impl<'a> ShardName<'a> {
    /// Takes a path apart; `None` where it is not that of a shard.
    #[must_use]
    pub fn parse(path: &'a str) -> Option<Self> {
        let (rest, count) = path.strip_suffix(".gguf")?.rsplit_once("-of-")?;
        let (stem, number) = rest.rsplit_once('-')?;
        let (number, count) = (five_digits(number)?, five_digits(count)?);
        (1..=count).contains(&number).then_some(Self { stem, number, count })
    }

    /// The path of another file of the same model.
    #[must_use]
    pub fn sibling(&self, number: u32) -> String {
        format!("{}-{number:05}-of-{:05}.gguf", self.stem, self.count)
    }
}

fn five_digits(text: &str) -> Option<u32> {
    let digits = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_shards() {
        let shard = ShardName::parse("Q4/x-of-y-00002-of-00010.gguf").unwrap();
        assert_eq!((shard.stem, shard.number, shard.count), ("Q4/x-of-y", 2, 10));
        assert_eq!(shard.sibling(10), "Q4/x-of-y-00010-of-00010.gguf");
        for path in [
            "model.gguf",
            "x-00000-of-00002.gguf",
            "x-00003-of-00002.gguf",
            "x-1-of-2.gguf",
            "x-+0001-of-00002.gguf",
            "x-00001-of-00002.safetensors",
        ] {
            assert_eq!(ShardName::parse(path), None, "{path}");
        }
    }
}
