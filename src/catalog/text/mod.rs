//! Search by what one types: substrings, beginnings of words, typos, suggestions, likeness.

mod correct;
mod fields;
mod grade;
mod greatest;
mod highlight;
mod logarithm;
mod matrix;
mod needle;
mod pipelines;
mod rank;
mod scan;
mod search;
mod similar;
mod suggest;
mod terms;
mod tokens;
mod trending;
mod typo;
mod words;

pub use highlight::highlights;
pub use matrix::{Matrix, matrix};
pub use needle::Needle;
pub use pipelines::{Pipeline, Step, pipelines};
pub use scan::scan;
pub use search::FEW;
pub use suggest::{MOST_SUGGESTIONS, Suggestion};
pub use terms::{LONGEST_QUERY, MOST_TERMS, Term, terms};
pub use trending::{TrendingTag, trending_tags};

use super::Table;
use tokens::{Making, Tokens};

/// What searching needs beside the table, built when it is first asked for.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// How many rows the table had for which all this was made.
    rows: usize,
    tokens: Option<Tokens>,
    /// Words that are being gathered.
    making: Making,
    lengths: Option<similar::Lengths>,
    recent: Vec<search::Answered>,
}

/// Names whose words are gathered at a time.
const NAMES: usize = 1 << 14;

impl Text {
    /// Forgets what was built: the table has other rows now.
    pub fn table_changed(&mut self) {
        *self = Self::default();
    }

    /// Builds what typos, suggestions and likeness need, by so many names at a time, so that the first question does not wait
    /// for it. Says whether it is done.
    pub fn prepare(&mut self, table: &Table, names: usize) -> bool {
        self.meet(table);
        if self.tokens.is_none() {
            self.tokens = self.making.step(table, names);
        }
        let done = self.tokens.is_some();
        if done {
            self.making = Making::default();
        }
        done
    }

    /// Forgets the terms of the last query, whose rows cost a byte each.
    pub fn forget_recent(&mut self) {
        self.recent = Vec::new();
    }

    /// Bytes of the words and their rows, 0 before they are built.
    #[must_use]
    pub fn size(&self) -> usize {
        self.tokens.as_ref().map_or(0, Tokens::size)
    }

    fn tokens(&mut self, table: &Table) -> &Tokens {
        // Some at a time: engines of JavaScript go on with faster code where a function is called again, not while it runs.
        while !self.prepare(table, NAMES) {}
        self.tokens.get_or_insert_default()
    }

    /// Forgets what belongs to a table of another length.
    fn meet(&mut self, table: &Table) {
        if self.rows != table.len() {
            *self = Self { rows: table.len(), ..Self::default() };
        }
    }
}
