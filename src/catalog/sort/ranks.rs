//! The places of names in the order of bytes: worked out when first asked for, and kept.

use super::column::LAST;
use crate::catalog::Table;
use crate::catalog::column::NONE;
use crate::catalog::dictionary::Dictionary;
use crate::catalog::field::NameField;
use crate::model::order::order;
use std::rc::Rc;

/// Fields whose ranks are kept, 4 bytes a name each.
const MOST_KEPT: usize = 2;

/// Ranks of the names of fields.
#[derive(Debug, Default)]
pub(in crate::catalog) struct Ranks(Vec<(NameField, Rc<Vec<u32>>)>);

impl Ranks {
    /// By code as columns have it, with that of no name: the rank of its name; [`LAST`] for none.
    pub(super) fn of(&mut self, table: &Table, field: NameField) -> Rc<Vec<u32>> {
        if let Some((_, ranks)) = self.0.iter().find(|(known, _)| *known == field) {
            return Rc::clone(ranks);
        }
        let ranks = Rc::new(ranks(&table.name(field).names));
        self.0.truncate(MOST_KEPT - 1);
        self.0.insert(0, (field, Rc::clone(&ranks)));
        ranks
    }
}

fn ranks(names: &Dictionary) -> Vec<u32> {
    let name = |place: usize| names.name(u32::try_from(place).unwrap_or(u32::MAX)).as_bytes();
    let sorted = order(names.len(), &|one, other| name(one).cmp(name(other)));
    let mut ranks = vec![LAST; names.len() + 1];
    for (code, rank) in sorted.iter().zip(0..) {
        if let Some(place) = ranks.get_mut((code + NONE + 1) as usize) {
            *place = rank;
        }
    }
    ranks
}
