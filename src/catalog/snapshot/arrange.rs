//! Which code each name of a table gets in a snapshot: names come with the first shard that has them.

use super::content::NewNames;
use super::place;
use super::plan::{self, PLAN};
use crate::catalog::column::Ids;
use crate::catalog::dictionary::Dictionary;
use crate::catalog::field::NameField;
use crate::catalog::table::Table;
use crate::model::order::order;

/// By field: the codes given so far.
#[derive(Clone)]
pub(super) struct Arrangement(Vec<Given>);

#[derive(Clone, Default)]
struct Given {
    /// By code in the table: the code in the snapshot plus one, 0 where it has none yet.
    codes: Vec<u32>,
    /// How many there are.
    given: u32,
}

impl Arrangement {
    /// None are given.
    pub(super) fn new(table: &Table) -> Self {
        let given = |field| Given {
            codes: vec![0; place::names(table, field).map_or(0, Dictionary::len)],
            given: 0,
        };
        Self(PLAN.iter().map(|(field, _)| given(*field)).collect())
    }

    /// Those of another table are given.
    pub(super) fn after(old: &Table, table: &Table) -> Self {
        let mut all = Self::new(table);
        for (given, (field, _)) in all.0.iter_mut().zip(&PLAN) {
            if let (Some(old), Some(names)) =
                (place::names(old, *field), place::names(table, *field))
            {
                given.take(old, names);
            }
        }
        all
    }

    /// Gives codes to those of `codes` (as a table has them) that have none, and tells which names are new.
    pub(super) fn give(
        &mut self,
        at: usize,
        names: &Dictionary,
        codes: impl IntoIterator<Item = u32>,
    ) -> Option<NewNames> {
        let (field, _) = PLAN.get(at)?;
        let given = self.0.get_mut(at)?;
        let known = given.given;
        let by_appearance = *field == plan::BASE || *field == plan::name(NameField::Author);
        let new = given.give(codes, by_appearance);
        let mut all = Ids::default();
        for code in new {
            all.push(names.name(code));
        }
        (!all.is_empty()).then_some(NewNames { field: *field, known, names: all })
    }

    /// Whether a field has had none yet.
    pub(super) fn is_first(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|given| given.given == 0)
    }

    /// The code in the snapshot; none where it has none yet.
    pub(super) fn code(&self, at: usize, code: u32) -> Option<u32> {
        self.0.get(at)?.codes.get(code as usize)?.checked_sub(1)
    }
}

impl Given {
    fn give(&mut self, codes: impl IntoIterator<Item = u32>, by_appearance: bool) -> Vec<u32> {
        let mut new = Vec::new();
        for code in codes {
            if let Some(slot) = self.codes.get_mut(code as usize)
                && *slot == 0
            {
                *slot = u32::MAX;
                new.push(code);
            }
        }
        if !by_appearance {
            new.sort_unstable();
        }
        for code in &new {
            self.given += 1;
            if let Some(slot) = self.codes.get_mut(*code as usize) {
                *slot = self.given;
            }
        }
        new
    }

    /// Takes the codes that equal names have in `old`.
    fn take(&mut self, old: &Dictionary, names: &Dictionary) {
        self.given = u32::try_from(old.len()).unwrap_or(u32::MAX);
        let name = |code: usize| old.name(u32::try_from(code).unwrap_or(u32::MAX));
        let sorted = order(old.len(), &|one, other| name(one).cmp(name(other)));
        for (slot, code) in self.codes.iter_mut().zip(0..) {
            if let Ok(at) =
                sorted.binary_search_by(|old_code| old.name(*old_code).cmp(names.name(code)))
            {
                *slot = sorted.get(at).map_or(0, |code| code + 1);
            }
        }
    }
}

/// How many names come with the first shard, whatever rows it has: at least as many as tables have bits for.
const FIRST: usize = 64;

/// The codes that most rows have.
pub(super) fn most_used(counts: &[u32]) -> Vec<u32> {
    let count = |code| counts.get(code);
    let mut most = order(counts.len(), &|one, other| count(other).cmp(&count(one)));
    most.truncate(FIRST);
    most.retain(|code| count(*code as usize).is_some_and(|count| *count > 0));
    most
}
