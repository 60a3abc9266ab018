//! Scores: how rare each term is, times how well the row matches it; short names and popular models first.

use super::fields::Grades;
use super::logarithm::{log2, rarity, small};
use crate::catalog::Table;
use crate::catalog::column::{ABSENT, Numbers};
use crate::catalog::field::NumberField;

/// A term's grades with how rare it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Graded<'a> {
    /// By row.
    pub(super) grades: &'a Grades,
    /// How many rows have a grade.
    pub(super) count: u64,
}

/// The scores of rows, in their order: of popularity alone where there are no terms.
#[must_use]
pub(super) fn scores(table: &Table, rows: &[u32], terms: &[Graded<'_>]) -> Vec<f32> {
    let all = table.len() as u64;
    let weights: Vec<f32> =
        terms.iter().map(|term| rarity(term.count, all).max(0.01) / 100.0).collect();
    let length = |bytes: usize| small(u32::try_from(bytes).unwrap_or(u32::MAX));
    let mean = length(table.ids.text().len()) / length(table.len().max(1));
    let downloads = table.number(NumberField::Downloads);
    let likes = table.number(NumberField::Likes);
    let score = |row: &u32| {
        let row = *row as usize;
        let prior = popularity(downloads, likes, row);
        if terms.is_empty() {
            return prior;
        }
        let mut relevance = 0.0_f32;
        for (term, weight) in terms.iter().zip(&weights) {
            let grade = term.grades.get(row).copied().unwrap_or(0);
            relevance += f32::from(grade) * weight;
        }
        let length = length(table.ids.name(row).len()) / mean.max(1.0);
        relevance * (4.0 / (3.0 + length)) * (1.0 + prior)
    };
    rows.iter().map(score).collect()
}

/// How popular a row is: 0 to 0.9, by the logarithms of its downloads and likes.
fn popularity(downloads: &Numbers, likes: &Numbers, row: usize) -> f32 {
    let log = |numbers: &Numbers| match numbers.get(row) {
        ABSENT => 0.0,
        number => log2(u64::from(number) + 1),
    };
    (3.0 * log(downloads) + 2.0 * log(likes)) / 160.0
}
