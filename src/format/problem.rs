//! What is wrong with a file that could be read all the same.

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

    /// The message is only made where it is kept.
    pub(crate) fn add(&mut self, code: &'static str, message: &dyn Fn() -> String) {
        if self.list.len() < MAX_PROBLEMS {
            self.list.push(Problem { code, message: message() });
        } else {
            self.more += 1;
        }
    }

    /// Takes over the problems of a part of the file.
    pub(crate) fn take(&mut self, part: &mut Self) {
        self.more += std::mem::take(&mut part.more);
        for problem in std::mem::take(&mut part.list) {
            self.add(problem.code, &|| problem.message.clone());
        }
    }
}
