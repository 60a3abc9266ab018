//! Several names a row: the number of the row's set, and each set once.
//!
//! A million models have a few hundred sets of formats and some thousands of languages. So a facet of several names is counted like
//! one of single names, set by set, and a condition looks at each set once.

use super::codes::{Codes, NONE};

/// A set of codes for each row.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    /// By row: the number of its set, 0 for the empty one.
    numbers: Codes,
    /// By number, less one: where its codes end.
    ends: Vec<u32>,
    /// The codes of all sets, those of one ascending.
    codes: Vec<u32>,
    places: Places,
}

impl Sets {
    /// Adds rows, each with one of some sets of codes, ascending; `numbers` says which, by row. `room` is for how many rows
    /// there shall be room in all.
    #[inline(never)]
    pub fn append<'a>(&mut self, numbers: &[u32], sets: impl Fn(u32) -> &'a [u32], room: usize) {
        let used = numbers.iter().max().map_or(0, |most| *most as usize + 1);
        let own: Vec<u32> = (0..).take(used).map(|number| self.number(sets(number))).collect();
        let own = |number: &u32| own.get(*number as usize).copied().unwrap_or(NONE);
        let numbers: Vec<u32> = numbers.iter().map(own).collect();
        self.numbers.append(&numbers, room);
    }

    /// The sets of rows, each ascending.
    #[must_use]
    pub fn of(rows: impl Iterator<Item = Vec<u32>>) -> Self {
        let mut sets = Self::default();
        let numbers: Vec<u32> = rows.map(|set| sets.number(&set)).collect();
        sets.numbers.append(&numbers, 0);
        sets
    }

    /// The number of a set, which is kept where it is new.
    fn number(&mut self, set: &[u32]) -> u32 {
        if set.is_empty() {
            return NONE;
        }
        self.places.find(set, |number| self.set(number) == set).unwrap_or_else(|place| {
            self.codes.extend_from_slice(set);
            self.ends.push(u32::try_from(self.codes.len()).unwrap_or(u32::MAX));
            let number = self.count();
            self.places.fill(place, number);
            if self.places.is_crowded(self.ends.len()) {
                self.places = self.more_places();
            }
            number
        })
    }

    fn more_places(&self) -> Places {
        let mut places = Places::for_sets(self.ends.len());
        for (number, set) in (1..).zip(self.all()) {
            if let Err(place) = places.find(set, |_| false) {
                places.fill(place, number);
            }
        }
        places
    }

    /// By row: the number of its set, 0 where it has no names.
    #[must_use]
    pub fn numbers(&self) -> &Codes {
        &self.numbers
    }

    /// How many sets there are, but for the empty one.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// How many codes all sets have.
    #[must_use]
    pub fn total(&self) -> usize {
        self.codes.len()
    }

    /// The codes of a set, ascending.
    #[must_use]
    pub fn set(&self, number: u32) -> &[u32] {
        set_of(&self.codes, &self.ends, number)
    }

    /// The sets in the order of their numbers, from 1 on.
    pub fn all(&self) -> impl Iterator<Item = &[u32]> {
        (1..=self.count()).map(|number| self.set(number))
    }

    /// The codes of a row, ascending.
    #[must_use]
    pub fn get(&self, row: usize) -> &[u32] {
        self.set(self.numbers.get(row))
    }

    /// Calls with each row and each of its codes.
    pub fn each(&self, mut found: impl FnMut(usize, u32)) {
        for row in 0..self.len() {
            self.get(row).iter().for_each(|code| found(row, *code));
        }
    }

    /// How many rows have each of so many codes.
    #[must_use]
    pub fn uses(&self, names: usize) -> Vec<u32> {
        let mut uses = vec![0; names];
        self.each(|_, code| {
            if let Some(count) = uses.get_mut(code as usize) {
                *count += 1;
            }
        });
        uses
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The set of a number, where sets stand one after the other and each ends somewhere: empty for 0.
pub(in crate::catalog) fn set_of<'a>(codes: &'a [u32], ends: &[u32], number: u32) -> &'a [u32] {
    let Some(place) = number.checked_sub(1) else { return &[] };
    let end = |place: u32| ends.get(place as usize).map_or(0, |end| *end as usize);
    codes.get(place.checked_sub(1).map_or(0, end)..end(place)).unwrap_or_default()
}

/// Rows are the same whatever the numbers of their sets.
impl PartialEq for Sets {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (0..self.len()).all(|row| self.get(row) == other.get(row))
    }
}

/// How many places are tried for a set. Somebody can make sets of one hash, each of which would look at all others: what finds no
/// place is kept once more, which costs room and no answer.
const TRIES: usize = 64;

/// Numbers of sets by the hashes of their codes: 0 where a place is free, and a set whose place is taken is at the next free one.
#[derive(Clone, Debug, Default)]
struct Places(Vec<u32>);

impl Places {
    /// Twice as many as are needed now, and a power of two.
    fn for_sets(sets: usize) -> Self {
        Self(vec![NONE; (sets.max(8) * 4).next_power_of_two()])
    }

    fn is_crowded(&self, sets: usize) -> bool {
        sets * 2 > self.0.len()
    }

    /// The number of a set, or the place where it would stand, if there is one.
    fn find(&self, set: &[u32], is: impl Fn(u32) -> bool) -> Result<u32, Option<usize>> {
        let mask = self.0.len().wrapping_sub(1);
        let first = hash(set) & mask;
        for place in (first..first + TRIES).map(|place| place & mask) {
            match self.0.get(place).copied() {
                Some(NONE) => return Err(Some(place)),
                Some(number) if is(number) => return Ok(number),
                Some(_) => {}
                None => break,
            }
        }
        Err(None)
    }

    fn fill(&mut self, place: Option<usize>, number: u32) {
        if let Some(slot) = place.and_then(|place| self.0.get_mut(place)) {
            *slot = number;
        }
    }
}

/// The numbers of a set, mixed (the multiplier of `FxHash`); the highest bits are mixed best.
fn hash(set: &[u32]) -> usize {
    const MIX: u64 = 0x517c_c1b7_2722_0a95;
    let mix = |sum: u64, code: &u32| (sum.rotate_left(5) ^ u64::from(*code)).wrapping_mul(MIX);
    usize::try_from(set.iter().fold(0, mix) >> 32).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Rows have what they were given, whatever came before, and no set is kept twice.
        #[test]
        fn rows_have_their_sets(shards in prop::collection::vec(
            prop::collection::vec(prop::collection::btree_set(0..6_u32, 0..4), 0..200), 0..4,
        )) {
            let mut sets = Sets::default();
            for shard in &shards {
                let lists: Vec<Vec<u32>> = shard.iter().map(|set| set.iter().copied().collect()).collect();
                let numbers: Vec<u32> = (0..).take(lists.len()).collect();
                sets.append(&numbers, |number| &lists[number as usize], 0);
            }
            let given: Vec<Vec<u32>> = shards.iter().flatten().map(|set| set.iter().copied().collect()).collect();
            prop_assert_eq!(sets.len(), given.len());
            for (row, set) in given.iter().enumerate() {
                prop_assert_eq!(sets.get(row), set.as_slice());
            }
            let mut all: Vec<_> = sets.all().collect();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!(all.len(), count);
        }
    }

    /// Sets of one hash cost room, but neither time nor answers.
    #[test]
    fn sets_of_one_hash_are_kept() {
        let alike = |number: u32| vec![number, number.wrapping_mul(3)];
        let taken = Places(vec![7; 64]); // by other sets
        let mut sets = Sets { places: taken, ..Sets::default() };
        let rows: Vec<Vec<u32>> = (1..200).chain(1..200).map(alike).collect();
        let numbers: Vec<u32> = rows.iter().map(|set| sets.number(set)).collect();
        sets.numbers.append(&numbers, 0);
        for (row, set) in rows.iter().enumerate() {
            assert_eq!(sets.get(row), set.as_slice());
        }
    }
}
