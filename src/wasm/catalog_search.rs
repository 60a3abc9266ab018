//! What a catalog is asked when somebody searches. The npm package has it as the second half of the catalog's module, which
//! is loaded when it is first asked (`scripts/lib/split-wasm.mjs`): whoever only filters does without.

use super::catalog::{Catalog, list};
use crate::catalog::text::{highlights, matrix, pipelines, trending_tags};
use crate::catalog::{Matches, Query};
use crate::model::json::Writer;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
impl Catalog {
    /// Builds what typos, suggestions and likeness need, by so many names at a time; says whether it is done.
    pub fn prepare(&mut self, names: u32) -> bool {
        self.text.prepare(self.engine.table(), names.max(1) as usize)
    }

    /// What somebody who typed this may mean.
    pub fn suggest(&mut self, text: &str, limit: u32) -> String {
        let all = self.text.suggest(self.engine.table(), text, limit as usize);
        list(all.iter(), &mut |one, out| one.write(out))
    }

    /// Models that are like the one with this id; none where there is no such model.
    pub fn similar(&mut self, id: &str, limit: u32) -> String {
        let table = self.engine.table();
        let found = table.find(id);
        let all = found.map(|row| self.text.similar(table, row as usize, limit as usize));
        list(all.iter().flatten(), &mut |(row, score), out| {
            out.open(b'{');
            table.write(*row as usize, out);
            out.key("similarity").number(Some((*score).into()));
            out.close(b'}');
        })
    }

    /// How many models there are from each type of data to each other.
    #[must_use]
    pub fn matrix(&self) -> String {
        let mut out = Writer::default();
        matrix(self.table()).write(&mut out);
        out.finish()
    }

    /// Chains of tasks from one type of data to another.
    #[must_use]
    pub fn pipelines(&self, from: &str, to: &str) -> String {
        let all = pipelines(self.table(), from, to);
        list(all.iter(), &mut |one, out| one.write(out))
    }

    /// Tags whose models trend.
    #[must_use]
    pub fn trending_tags(&self, limit: u32) -> String {
        let all = trending_tags(self.table(), limit as usize);
        list(all.iter(), &mut |one, out| one.write(out))
    }
}

/// What queries with a text need. Never copied into their callers, which are in the first half.
impl Catalog {
    /// The rows that the text of a query matches.
    #[inline(never)]
    pub(super) fn found(&mut self, query: &Query) -> Matches {
        let table = self.engine.table();
        if query.by_relevance() {
            self.text.search(table, &query.text)
        } else {
            self.text.matching(table, &query.text)
        }
    }

    /// What somebody may have meant whose text matches nothing.
    #[inline(never)]
    pub(super) fn correction(&mut self, query: &Query, out: &mut Writer) {
        if let Some(meant) = self.text.correct(self.engine.table(), &query.text) {
            out.key("correction").text(&meant);
        }
    }

    /// Where in a row's id the text of a query stands.
    #[inline(never)]
    pub(super) fn highlights(&self, query: &Query, row: usize, out: &mut Writer) {
        out.key("highlights").open(b'[');
        for (start, end) in highlights(&self.table().id(row), &query.text) {
            out.open(b'[');
            out.whole(start.into());
            out.whole(end.into());
            out.close(b']');
        }
        out.close(b']');
    }
}
