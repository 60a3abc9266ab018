//! What a search for text found.

/// The rows that match a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matches {
    /// Ascending.
    pub rows: Vec<u32>,
    /// By place in `rows`: how well it matches, the best highest. Empty where nobody sorts by it.
    pub scores: Vec<f32>,
}
