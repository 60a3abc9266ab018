//! Counts names of which a row may have several: rows that have a name and are counted are an `and` of bits.

use crate::catalog::bits::Bits;
use crate::catalog::column::{Members, Sets};

/// How many rows have each of so many names; the first count is of rows without any.
pub(super) fn count(sets: &Sets, names: usize, rows: &Bits) -> Vec<u32> {
    let mut counts = Vec::with_capacity(names + 1);
    counts.push(rows.count().saturating_sub(sets.known().count_both(rows)));
    counts.extend(sets.members().iter().map(|members| match members {
        Members::Bits(bits) => bits.count_both(rows),
        Members::List(list) => rows.count_of(list),
    }));
    counts.resize(names + 1, 0);
    counts
}
