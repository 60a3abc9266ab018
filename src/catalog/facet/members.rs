//! Counts names of which a row may have several: rows that have a name and are counted are an `and` of bits.

use crate::catalog::bits::Bits;
use crate::catalog::column::{Members, Sets};

/// Where so many words of bits changed at most, of all words one in so many, only these are counted.
const FEW: usize = 4;

/// How many rows have each of so many names; the first count is of rows without any. `known` are the counts over other rows.
pub(super) fn count(
    sets: &Sets,
    names: usize,
    rows: &Bits,
    known: Option<(&Bits, &[u32])>,
) -> Vec<u32> {
    let changes = known.map(|(base, _)| changes(rows, base));
    let changes = changes.filter(|changes| changes.len() * FEW < rows.words().len());
    let before = known.map_or(&[] as &[u32], |(_, counts)| counts);
    let bits = |place: usize, bits: &Bits| match &changes {
        Some(changes) => {
            let before = before.get(place).copied().unwrap_or(0);
            changes.iter().fold(before, |count, change| change.count(bits, count))
        }
        None => bits.count_both(rows),
    };
    let mut counts = Vec::with_capacity(names + 1);
    counts.push(0);
    counts.extend((1..).zip(sets.members()).map(|(place, members)| match members {
        Members::Bits(members) => bits(place, members),
        Members::List(list) => rows.count_of(list),
    }));
    counts.resize(names + 1, 0);
    if let Some(none) = counts.first_mut() {
        *none = rows.count().saturating_sub(sets.known().count_both(rows));
    }
    counts
}

/// 64 rows of which some are counted now and were not before, or the other way round.
struct Change {
    word: usize,
    new: u64,
    old: u64,
}

impl Change {
    fn count(&self, bits: &Bits, count: u32) -> u32 {
        let bits = bits.words().get(self.word).copied().unwrap_or(0);
        let (more, less) = ((bits & self.new).count_ones(), (bits & self.old).count_ones());
        count.wrapping_add(more).wrapping_sub(less)
    }
}

fn changes(rows: &Bits, base: &Bits) -> Vec<Change> {
    let words = rows.words().iter().zip(base.words()).enumerate();
    let change = |(word, (new, old)): (usize, (&u64, &u64))| Change { word, new: *new, old: *old };
    words.map(change).filter(|change| change.new != change.old).collect()
}
