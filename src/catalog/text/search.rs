//! Which rows a text matches: those that have all its terms, and none of those with a leading `-`.

use super::Text;
use super::fields::{Grades, grade_fields, grade_meant, grade_names, grade_slash, raise};
use super::grade::of_meant;
use super::rank::{Graded, scores};
use super::scan::zeros;
use super::terms::{Term, terms};
use super::tokens::Tokens;
use super::typo::Pattern;
use crate::catalog::{Bits, Matches, Table};

/// Typos are forgiven where a term has fewer rows than this without any.
pub const FEW: u32 = 20;

/// How many terms are remembered, a byte a row each: one types on, and the others stay.
const REMEMBERED: usize = 4;

/// A term's grades, as they were found.
#[derive(Clone, Debug)]
pub(super) struct Answered {
    term: Term,
    grades: Grades,
    /// The rows that have a grade.
    rows: Bits,
    /// How many they are.
    count: usize,
}

impl Text {
    /// The rows that a text matches, with scores. A text without terms matches all.
    pub fn search(&mut self, table: &Table, text: &str) -> Matches {
        let terms = terms(text);
        let answered = self.answer(table, &terms);
        let rows = passing(table.len(), &terms, &answered);
        let wanted = terms.iter().zip(&answered).filter(|(term, _)| !term.excluded);
        let graded: Vec<Graded<'_>> = wanted
            .map(|(_, found)| Graded { grades: &found.grades, count: found.count as u64 })
            .collect();
        let scores = scores(table, &rows, &graded);
        self.remember(answered);
        Matches { rows, scores }
    }

    /// The rows that a text matches, without scores.
    pub fn matching(&mut self, table: &Table, text: &str) -> Matches {
        let terms = terms(text);
        let answered = self.answer(table, &terms);
        let rows = passing(table.len(), &terms, &answered);
        self.remember(answered);
        Matches { rows, scores: Vec::new() }
    }

    fn answer(&mut self, table: &Table, terms: &[Term]) -> Vec<Answered> {
        self.meet(table);
        terms.iter().map(|term| self.answer_term(table, term)).collect()
    }

    fn remember(&mut self, mut answered: Vec<Answered>) {
        let old = answered.len().saturating_sub(REMEMBERED);
        self.recent = answered.split_off(old);
    }

    fn answer_term(&mut self, table: &Table, term: &Term) -> Answered {
        if let Some(known) = self.recent.iter().position(|known| known.term == *term) {
            return self.recent.swap_remove(known);
        }
        let mut grades = vec![0; table.len()];
        let needle = &term.needle;
        grade_names(table, needle, &mut grades);
        grade_slash(table, needle, &mut grades);
        grade_fields(table, needle, &mut grades);
        let mut rows = graded(&grades);
        if rows.count() < FEW && term.typos() > 0 {
            grade_typos(table, self.tokens(table), term, &mut grades);
            rows = graded(&grades);
        }
        Answered { term: term.clone(), grades, count: rows.count() as usize, rows }
    }
}

/// Raises the grades of the rows that a term may mean by some typos.
fn grade_typos(table: &Table, tokens: &Tokens, term: &Term, grades: &mut Grades) {
    let pattern = Pattern::new(term.needle.bytes(), term.typos());
    tokens.each_meant(&pattern, &mut |token, meant| {
        let grade = of_meant(Some(meant));
        tokens.each_row(token, &mut |row| raise(grades, row as usize, grade));
    });
    grade_meant(table, &pattern, grades);
}

/// The rows that have a grade.
fn graded(grades: &Grades) -> Bits {
    let mut words = vec![0; grades.len().div_ceil(64)];
    let (eights, rest) = grades.as_chunks::<8>();
    let last = rest.iter().rev().fold(0, |last, grade| last << 8 | u64::from(*grade));
    let eights = eights.iter().map(|eight| u64::from_le_bytes(*eight)).chain([last]);
    for (place, eight) in eights.enumerate() {
        if let Some(word) = words.get_mut(place / 8) {
            *word |= u64::from(!zeros(eight)) << (place % 8 * 8);
        }
    }
    Bits::of_words(words, grades.len())
}

/// The rows that have all terms, but those that are excluded.
fn passing(rows: usize, terms: &[Term], answered: &[Answered]) -> Vec<u32> {
    let mut passes = Bits::all(rows);
    for (term, found) in terms.iter().zip(answered) {
        if term.excluded {
            passes.and_not(&found.rows);
        } else {
            passes.and(&found.rows);
        }
    }
    let mut all = Vec::with_capacity(passes.count() as usize);
    all.extend(passes.iter());
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn graded_rows_have_a_bit(grades in prop::collection::vec(prop_oneof![Just(0), any::<u8>()], 0..200)) {
            let plain = Bits::of(&grades, |grade| u8::from(grade > 0));
            prop_assert_eq!(graded(&grades), plain);
        }
    }
}
