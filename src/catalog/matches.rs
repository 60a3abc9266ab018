//! The rows that a text matches.

/// Rows, ascending, and how well each matches; no scores where nobody asked for them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matches {
    /// The rows, ascending.
    pub rows: Vec<u32>,
    /// By place in `rows`: the greater, the better.
    pub scores: Vec<f32>,
}
