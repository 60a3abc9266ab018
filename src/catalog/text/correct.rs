//! "Did you mean": terms that nothing has, replaced by the words that were meant.

use super::Text;
use super::fields::{grade_fields, grade_names, grade_slash};
use super::terms::{Term, terms};
use super::typo::{Meant, Pattern};
use super::words::words;
use crate::catalog::Table;
use crate::catalog::field::NameField;
use crate::model::said::readable;

/// Fields whose words are meant, beside the names of models.
const FIELDS: [NameField; 4] =
    [NameField::Author, NameField::Family, NameField::Task, NameField::Library];

/// A word that may be meant.
#[derive(Clone, Debug, Default)]
struct Candidate {
    word: Vec<u8>,
    typos: u32,
    whole: bool,
    downloads: f32,
}

impl Candidate {
    /// Fewer typos first, then whole words, then the more downloaded, then by the alphabet.
    fn beats(&self, other: &Self) -> bool {
        let order = other.typos.cmp(&self.typos).then(self.whole.cmp(&other.whole));
        let order = order.then(self.downloads.total_cmp(&other.downloads));
        order.then_with(|| other.word.cmp(&self.word)).is_gt()
    }
}

impl Text {
    /// The query with each term that no row has replaced by the word it may mean; nothing where none is replaced.
    pub fn correct(&mut self, table: &Table, query: &str) -> Option<String> {
        let mut changed = false;
        let mut corrected = String::new();
        for term in terms(query) {
            let meant = if is_known(table, &term) { None } else { self.meant(table, &term) };
            changed |= meant.is_some();
            if !corrected.is_empty() {
                corrected.push(' ');
            }
            let mark = if term.quoted { "\"" } else { "" };
            corrected.push_str(if term.excluded { "-" } else { "" });
            corrected.push_str(mark);
            let text = meant.unwrap_or_else(|| term.needle.bytes().to_vec());
            corrected.push_str(readable(&text));
            corrected.push_str(mark);
        }
        changed.then_some(corrected)
    }

    fn meant(&mut self, table: &Table, term: &Term) -> Option<Vec<u8>> {
        if term.typos() == 0 {
            return None;
        }
        let pattern = Pattern::new(term.needle.bytes(), term.typos());
        let mut best: Option<Candidate> = None;
        let tokens = self.tokens(table);
        tokens.each_meant(&pattern, &mut |token, meant| {
            offer(&mut best, meant, tokens.word(token), tokens.downloads(token));
        });
        for field in FIELDS {
            for word in table.name(field).names.names().flat_map(|name| words(name.as_bytes())) {
                if let Some(meant) = pattern.meant(word) {
                    offer(&mut best, meant, &word.to_ascii_lowercase(), 0.0);
                }
            }
        }
        best.map(|best| best.word)
    }
}

fn offer(best: &mut Option<Candidate>, meant: Meant, word: &[u8], downloads: f32) {
    let Meant { typos, whole } = meant;
    let worse = |best: &Candidate| (best.typos, !best.whole) >= (typos, !whole);
    if best.as_ref().is_none_or(worse) {
        let candidate = Candidate { word: word.to_vec(), typos, whole, downloads };
        if best.as_ref().is_none_or(|best| candidate.beats(best)) {
            *best = Some(candidate);
        }
    }
}

/// Whether some row has a term as it is written.
fn is_known(table: &Table, term: &Term) -> bool {
    let mut grades = vec![0; table.len()];
    for grade in [grade_names, grade_slash, grade_fields] {
        grade(table, &term.needle, &mut grades);
    }
    grades.iter().any(|grade| *grade > 0)
}
