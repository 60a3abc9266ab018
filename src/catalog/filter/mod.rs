//! Which rows fulfil a condition.

mod names;
mod numbers;
mod sets;

pub(super) use numbers::{between, stored_between};
pub(super) use sets::with_others;

use super::Table;
use super::bits::Bits;
use super::field::Field;
use super::fit::Fit;
use super::query::{Condition, Where};

/// What conditions are held against.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) table: &'a Table,
    /// How rows fit, where somebody asks.
    pub(super) fit: Option<&'a Fit>,
}

impl Rows<'_> {
    /// The rows that fulfil a condition.
    pub(super) fn fulfil(self, condition: &Condition) -> Bits {
        let table = self.table;
        match condition {
            Condition::Names(Field::Name(field), names) => names::fulfil(table.name(*field), names),
            Condition::Names(Field::Names(field), names) => sets::fulfil(table.set(*field), names),
            Condition::Names(Field::Number(_), _) => Bits::all(table.len()),
            Condition::Numbers(field, range) => {
                numbers::fulfil(table.number(*field), *field, *range)
            }
            Condition::Fit(classes) if classes.is_empty() => Bits::all(table.len()),
            Condition::Fit(classes) => {
                let mut bits = Bits::none(table.len());
                for class in classes {
                    if let Some(fit) = self.fit {
                        bits.or(fit.rows(*class));
                    }
                }
                bits
            }
            Condition::And(all) => self.all(all),
            Condition::Or(any) => self.any(any),
            Condition::Not(inner) => {
                let mut bits = self.fulfil_all(inner);
                bits.invert();
                bits
            }
        }
    }

    /// The rows that fulfil all conditions of a level.
    fn fulfil_all(self, level: &Where) -> Bits {
        let mut bits = Bits::all(self.table.len());
        for condition in &level.0 {
            bits.and(&self.fulfil(condition));
        }
        bits
    }

    fn all(self, levels: &[Where]) -> Bits {
        let mut bits = Bits::all(self.table.len());
        for level in levels {
            bits.and(&self.fulfil_all(level));
        }
        bits
    }

    /// An empty list asks for nothing.
    fn any(self, levels: &[Where]) -> Bits {
        if levels.is_empty() {
            return Bits::all(self.table.len());
        }
        let mut bits = Bits::none(self.table.len());
        for level in levels {
            bits.or(&self.fulfil_all(level));
        }
        bits
    }
}
