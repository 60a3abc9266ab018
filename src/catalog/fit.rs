//! How rows fit into memory: what each needs, and in which class that is under a budget.
//!
//! What a row needs depends on the context and the cache, and is worked out once for them; a budget that moves asks for two
//! comparisons a row.

use super::Table;
use super::bits::Bits;
use super::column::{ABSENT, Numbers};
use super::field::{NamesField, NumberField};
use super::filter::{has_name, stored_between};
use super::query::{Budget, Class};

/// How rows fit under a budget.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    budget: Budget,
    /// By row: bytes, as the bits of a `f32`; [`ABSENT`] where nobody knows.
    need: Vec<u32>,
    /// The rows that the runtime is known not to load.
    refused: Option<Bits>,
    /// By [`Class`].
    classes: [Bits; 4],
}

impl Fit {
    /// How the rows of a table fit.
    pub(super) fn of(table: &Table, budget: &Budget) -> Self {
        let mut fit = Self {
            budget: budget.clone(),
            need: need(table, budget.context * budget.cache_factor),
            refused: refused(table, budget),
            classes: [const { Bits::EMPTY }; 4],
        };
        fit.classify();
        fit
    }

    /// The same under another budget; only what that changes is worked out.
    pub(super) fn under(mut self, table: &Table, budget: &Budget) -> Self {
        if self.budget == *budget {
            return self;
        }
        let tokens = |budget: &Budget| budget.context * budget.cache_factor;
        if tokens(&self.budget).to_bits() != tokens(budget).to_bits() {
            self.need = need(table, tokens(budget));
        }
        if self.budget.runtime != budget.runtime {
            self.refused = refused(table, budget);
        }
        self.budget = budget.clone();
        self.classify();
        self
    }

    fn classify(&mut self) {
        let gpu = bits_below(self.budget.gpu);
        let both = bits_below(self.budget.gpu + self.budget.ram);
        let mut full = stored_between(&self.need, 0, gpu);
        let mut partial = stored_between(&self.need, gpu + 1, both);
        let mut no = stored_between(&self.need, both + 1, ABSENT - 1);
        if let Some(refused) = &self.refused {
            no.or(refused);
            full.and_not(refused);
            partial.and_not(refused);
        }
        let mut unknown = full.clone();
        unknown.or(&partial);
        unknown.or(&no);
        unknown.invert();
        self.classes = [full, partial, no, unknown];
    }

    /// The rows of a class.
    pub(super) fn rows(&self, class: Class) -> &Bits {
        let [full, partial, no, unknown] = &self.classes;
        match class {
            Class::Full => full,
            Class::Partial => partial,
            Class::No => no,
            Class::Unknown => unknown,
        }
    }

    /// The class of a row.
    pub(super) fn class(&self, row: u32) -> Class {
        let class = Class::ALL.into_iter().find(|class| self.rows(*class).has(row));
        class.unwrap_or(Class::Unknown)
    }

    /// Under which budget.
    pub(super) fn budget(&self) -> &Budget {
        &self.budget
    }

    /// The bytes that a row needs.
    pub(super) fn bytes(&self, row: u32) -> Option<f64> {
        let need = self.need.get(row as usize).filter(|need| **need != ABSENT);
        need.map(|need| f64::from(f32::from_bits(*need)))
    }

    /// By row: what it needs, as the bits of a `f32`.
    pub(super) fn need(&self) -> &[u32] {
        &self.need
    }
}

/// By row: the fixed part, and that of each token, rounded once to a `f32`.
fn need(table: &Table, tokens: f64) -> Vec<u32> {
    let column = |field| Numbers::stored(table.number(field)).iter();
    let rows = column(NumberField::FixedMemory).zip(column(NumberField::TokenMemory));
    rows.map(|(fixed, token)| need_of(*fixed, *token, tokens)).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "rounds to the nearest")]
fn need_of(fixed: u32, token: u32, tokens: f64) -> u32 {
    let number = |stored| f64::from(f32::from_bits(stored));
    let need = ((number(fixed) + number(token) * tokens) as f32).min(f32::MAX).to_bits();
    if fixed == ABSENT || token == ABSENT { ABSENT } else { need }
}

/// The bits of the largest `f32` that is not above a number.
#[expect(clippy::cast_possible_truncation, reason = "corrected where it rounds up")]
fn bits_below(number: f64) -> u32 {
    let near = (number as f32).min(f32::MAX);
    if f64::from(near) > number { near.to_bits() - 1 } else { near.to_bits() }
}

fn refused(table: &Table, budget: &Budget) -> Option<Bits> {
    let runtime = budget.runtime.as_ref()?;
    let column = table.set(NamesField::Runtime);
    let mut refused = super::filter::has_any_name(&column.codes);
    refused.and_not(&has_name(column, runtime));
    Some(refused)
}
