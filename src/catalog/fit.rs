//! How rows fit into memory: what each needs, and in which class that is under a budget.
//!
//! What a row needs depends on the context and the cache, and is worked out once for them; a budget that moves asks for one
//! comparison a row and bound.

use super::Table;
use super::bits::Bits;
use super::column::ABSENT;
use super::column::Numbers;
use super::field::{NamesField, NumberField};
use super::filter::{between, stored_between, with_others};
use super::query::{Budget, Class};

/// How rows fit under a budget.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    budget: Budget,
    needs: Needs,
    /// The rows that the runtime is known not to load.
    refused: Option<Bits>,
    /// The rows whose host part is beyond the budget, and those whose need, and whose whole, are within it.
    within: [Within; 3],
    /// By [`Class`].
    classes: [Bits; 4],
}

/// By row: bytes, as the bits of a `f32`; [`ABSENT`] where nobody knows.
#[derive(Clone, Debug)]
struct Needs {
    /// Where the model runs.
    device: Vec<u32>,
    /// With what stays on the host.
    whole: Vec<u32>,
    /// The rows whose need is known.
    known: Bits,
}

/// The rows up to a bound, or beyond it.
#[derive(Clone, Debug, Default)]
struct Within {
    bound: u32,
    rows: Bits,
}

impl Within {
    const NOTHING: Self = Self { bound: 0, rows: Bits::EMPTY };

    fn up_to(&mut self, stored: &[u32], bound: f64) -> &Bits {
        let bound = bits_below(bound);
        self.set(stored.len(), bound, &|| stored_between(stored, 0, bound))
    }

    /// A number that is absent is not beyond anything.
    fn beyond(&mut self, column: &Numbers, bound: f64) -> &Bits {
        let bound = bits_below(bound);
        self.set(column.len(), bound, &|| between(column, bound + 1, ABSENT - 1))
    }

    fn set(&mut self, rows: usize, bound: u32, found: &dyn Fn() -> Bits) -> &Bits {
        if self.bound != bound || self.rows.rows() != rows {
            *self = Self { bound, rows: found() };
        }
        &self.rows
    }
}

impl Fit {
    /// How the rows of a table fit.
    pub(super) fn of(table: &Table, budget: &Budget) -> Self {
        let fit = Self {
            budget: budget.clone(),
            needs: Needs::of(table, tokens(budget)),
            refused: refused(table, budget),
            within: [Within::NOTHING; 3],
            classes: [Bits::EMPTY; 4],
        };
        fit.classified(table)
    }

    /// The same under another budget; only what that changes is worked out.
    pub(super) fn under(mut self, table: &Table, budget: &Budget) -> Self {
        if tokens(&self.budget).to_bits() != tokens(budget).to_bits() {
            self.needs = Needs::of(table, tokens(budget));
            self.within = [Within::NOTHING; 3];
        }
        if self.budget.runtime != budget.runtime {
            self.refused = refused(table, budget);
        }
        self.budget = budget.clone();
        self.classified(table)
    }

    fn classified(mut self, table: &Table) -> Self {
        let (gpu, ram) = (self.budget.gpu, self.budget.ram);
        let [host, device, whole] = &mut self.within;
        let together = whole.up_to(&self.needs.whole, gpu + ram);
        let mut full = together.clone();
        if gpu > 0.0 && ram > 0.0 {
            full.clone_from(device.up_to(&self.needs.device, gpu));
            full.and_not(host.beyond(table.number(NumberField::HostMemory), ram));
        }
        let mut partial = together.clone();
        partial.and_not(&full);
        let mut no = self.needs.known.clone();
        no.and_not(&full);
        no.and_not(&partial);
        if let Some(refused) = &self.refused {
            no.or(refused);
            full.and_not(refused);
            partial.and_not(refused);
        }
        let mut unknown = self.needs.known.clone();
        unknown.or(&no);
        unknown.invert();
        self.classes = [full, partial, no, unknown];
        self
    }

    /// Under which budget.
    pub(super) fn budget(&self) -> &Budget {
        &self.budget
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

    /// For how many tokens of a cache of 16 bits the needs are.
    pub(super) fn tokens(&self) -> f64 {
        tokens(&self.budget)
    }

    /// Whether no row of a class needs as much as that, so that in the order of needs its rows come later.
    pub(super) fn is_below(&self, class: Class, need: u32) -> bool {
        let (gpu, ram) = (self.budget.gpu, self.budget.ram);
        let most = if class == Class::Full && ram > 0.0 && gpu > 0.0 { gpu } else { gpu + ram };
        need != ABSENT
            && match class {
                Class::Full | Class::Partial => need > bits_below(most),
                Class::No => false,
                Class::Unknown => true,
            }
    }

    /// The class of a row.
    pub(super) fn class(&self, row: u32) -> Class {
        let class = Class::ALL.into_iter().find(|class| self.rows(*class).has(row));
        class.unwrap_or(Class::Unknown)
    }

    /// The bytes that a row needs where it runs.
    pub(super) fn bytes(&self, row: u32) -> Option<f64> {
        let need = self.need().get(row as usize).filter(|need| **need != ABSENT);
        need.map(|need| f64::from(f32::from_bits(*need)))
    }

    /// By row: what it needs where it runs, as the bits of a `f32`.
    pub(super) fn need(&self) -> &[u32] {
        &self.needs.device
    }
}

fn tokens(budget: &Budget) -> f64 {
    budget.context * budget.cache_factor
}

impl Needs {
    /// The fixed part, that of each token, and that of the host, rounded once to a `f32`.
    fn of(table: &Table, tokens: f64) -> Self {
        let column = |field| table.number(field).stored();
        let (fixed, token) = (column(NumberField::FixedMemory), column(NumberField::TokenMemory));
        let host = column(NumberField::HostMemory);
        let parts = fixed.iter().zip(&*token).zip(&*host);
        let mut device = vec![ABSENT; table.len()];
        let mut whole = device.clone();
        // Without a branch, so that several rows are worked out at a time.
        for (((fixed, token), host), (device, whole)) in
            parts.zip(device.iter_mut().zip(&mut whole))
        {
            let (need, host) = (number(*fixed) + number(*token) * tokens, number(*host));
            *device = rounded(need);
            *whole = rounded(need + if host > 0.0 { host } else { 0.0 });
        }
        let known = stored_between(&device, 0, ABSENT - 1);
        Self { device, whole, known }
    }
}

/// A stored number of bytes; not a number where it is absent.
fn number(stored: u32) -> f64 {
    f64::from(f32::from_bits(stored))
}

/// The bits of a number as a `f32`; [`ABSENT`] where it is none.
#[expect(clippy::cast_possible_truncation, reason = "rounds to the nearest")]
fn rounded(number: f64) -> u32 {
    let near = number as f32;
    let near = if near > f32::MAX { f32::MAX } else { near };
    if near.is_nan() { ABSENT } else { near.to_bits() }
}

/// The bits of the largest `f32` that is not above a number.
#[expect(clippy::cast_possible_truncation, reason = "corrected where it rounds up")]
fn bits_below(number: f64) -> u32 {
    let near = (number as f32).min(f32::MAX);
    if f64::from(near) > number { near.to_bits() - 1 } else { near.to_bits() }
}

fn refused(table: &Table, budget: &Budget) -> Option<Bits> {
    let runtime = budget.runtime.as_ref()?;
    Some(with_others(table.set(NamesField::Runtime), runtime))
}
