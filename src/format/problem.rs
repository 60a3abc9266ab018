//! What is wrong with a file that could be read all the same.

use crate::model::quoted::quoted;

/// Something wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable name, in `snake_case`.
    pub code: &'static str,
    /// What was expected, what was found, and where.
    pub message: String,
}

/// The problems of a file: the first ones in words, the rest as a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// The first ones.
    pub list: Vec<Problem>,
    /// How many more there are.
    pub more: u64,
}

/// More than a person reads; enough to see a pattern.
const MAX_PROBLEMS: usize = 100;

impl Problems {
    /// Whether there is a problem of this kind among those that are told.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.list.iter().any(|problem| problem.code == code)
    }

    /// Whether more problems are only counted.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= MAX_PROBLEMS
    }

    /// What is wrong with an entry or a tensor; with the file, where there is no name.
    pub(crate) fn add(&mut self, code: &'static str, name: &str, what: &str) {
        if self.is_full() {
            self.more += 1;
            return;
        }
        let message =
            if name.is_empty() { what.to_owned() } else { [&*quoted(name), ": ", what].concat() };
        self.list.push(Problem { code, message });
    }

    /// The same at a place of the file.
    pub(crate) fn add_at(&mut self, code: &'static str, byte: u64, what: &str) {
        self.add(code, "", &["byte ", &*byte.to_string(), ": ", what].concat());
    }

    /// So many of a thing were expected, and others found.
    pub(crate) fn add_count(
        &mut self,
        code: &'static str,
        name: &str,
        (expected, thing, found): (u64, &str, u64),
    ) {
        let numbers = (expected.to_string(), found.to_string());
        let what = ["expected ", &*numbers.0, " ", thing, ", found ", &*numbers.1].concat();
        self.add(code, name, &what);
    }

    /// Takes over the problems of a part of the file.
    pub(crate) fn take(&mut self, part: &mut Self) {
        self.more += std::mem::take(&mut part.more);
        for problem in std::mem::take(&mut part.list) {
            self.add(problem.code, "", &problem.message);
        }
    }
}
