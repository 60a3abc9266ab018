//! Quantities that are known within bounds.

use serde::Serialize;

/// A quantity that is known within bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Spread {
    /// At least.
    pub low: u64,
    /// Most likely.
    pub expected: u64,
    /// At most.
    pub high: u64,
}

impl Spread {
    /// Known exactly.
    #[must_use]
    pub fn exact(value: u64) -> Self {
        Self { low: value, expected: value, high: value }
    }

    /// Known within bounds, put in order if they are not.
    #[must_use]
    pub fn of(low: u64, expected: u64, high: u64) -> Self {
        Self { low: low.min(expected), expected, high: high.max(expected) }
    }

    pub(crate) fn figures(&mut self) -> [&mut u64; 3] {
        [&mut self.low, &mut self.expected, &mut self.high]
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let add = u64::saturating_add;
        Self {
            low: add(self.low, other.low),
            expected: add(self.expected, other.expected),
            high: add(self.high, other.high),
        }
    }

    /// What is left when something is taken: the most where least is.
    #[must_use]
    pub fn minus(self, taken: Self) -> Self {
        Self {
            low: self.low.saturating_sub(taken.high),
            expected: self.expected.saturating_sub(taken.expected),
            high: self.high.saturating_sub(taken.low),
        }
    }

    /// The same of each figure.
    #[must_use]
    pub fn map(self, each: &dyn Fn(u64) -> u64) -> Self {
        Self::of(each(self.low), each(self.expected), each(self.high))
    }
}
