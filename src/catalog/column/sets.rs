//! Several names a row, by name: the rows that have it, as bits where they are many and as a list where they are few.
//!
//! Rows that have a name and pass all filters are then an `and` of 64 rows at a time, and a name costs no more than a bit a row.

use crate::catalog::bits::{Bits, Ones};

/// How many names [`Sets::bits`] has: those with the first codes, which are the most used ones.
pub const COMMON: usize = 64;

/// A list of so few rows stays one: it takes no more than a page of memory.
const FEW: usize = 1024;

/// One row in so many makes bits of a list. Both take the same memory at one in 32, and the same time to count at one in 256.
const DENSE: usize = 128;

/// A set of codes for each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sets {
    /// By code.
    members: Vec<Members>,
    /// The rows that have any name, and those that have one beyond the [`COMMON`] ones.
    known: Bits,
    has_rare: Bits,
}

/// The rows that have a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Members {
    /// Of many.
    Bits(Bits),
    /// Of few, ascending.
    List(Vec<u32>),
}

impl Members {
    const NONE: Self = Self::List(Vec::new());

    /// Makes room for so many more rows; `rows` are all that there are then, and `room` those that there shall be room for.
    fn prepare(&mut self, more: usize, rows: usize, room: usize) {
        match self {
            Self::Bits(bits) => bits.grow(rows, room),
            Self::List(list) if list.len() + more > FEW.max(rows / DENSE) => {
                let mut bits = Bits::EMPTY;
                bits.grow(rows, room);
                bits.add(list);
                *self = Self::Bits(bits);
            }
            Self::List(list) => list.reserve_exact(more),
        }
    }

    /// Adds a row that is not before others.
    #[inline]
    fn push(&mut self, row: u32) {
        match self {
            Self::Bits(bits) => bits.set(row as usize),
            Self::List(rows) => {
                if rows.last() != Some(&row) {
                    rows.push(row);
                }
            }
        }
    }

    /// Adds rows of a word, which are not before others.
    fn push_word(&mut self, word: usize, rows: u64) {
        match self {
            Self::Bits(bits) => bits.or_word(word, rows),
            Self::List(list) => {
                let first = u32::try_from(word * 64).unwrap_or(u32::MAX);
                list.extend(Ones::new(rows, first));
            }
        }
    }

    /// How many rows stand in a list.
    #[must_use]
    pub fn listed(&self) -> usize {
        match self {
            Self::Bits(_) => 0,
            Self::List(rows) => rows.len(),
        }
    }

    /// Whether a row has the name.
    #[must_use]
    pub fn has(&self, row: u32) -> bool {
        match self {
            Self::Bits(bits) => bits.has(row),
            Self::List(rows) => rows.binary_search(&row).is_ok(),
        }
    }

    /// The rows, ascending.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        let (bits, rows) = match self {
            Self::Bits(bits) => (Some(bits), None),
            Self::List(rows) => (None, Some(rows)),
        };
        bits.into_iter().flat_map(Bits::iter).chain(rows.into_iter().flatten().copied())
    }
}

impl Sets {
    /// Adds rows, each with one of some sets of codes; `numbers` says which, by row. `room` is for how many rows there shall
    /// be room in all.
    #[inline(never)]
    pub fn append<'a>(&mut self, numbers: &[u32], sets: impl Fn(u32) -> &'a [u32], room: usize) {
        let first = self.len();
        let rows = first + numbers.len();
        let mut uses = vec![0; numbers.iter().copied().fold(0, u32::max) as usize + 1];
        for number in numbers {
            if let Some(uses) = uses.get_mut(*number as usize) {
                *uses += 1;
            }
        }
        let sets: Vec<&[u32]> = (0..).take(uses.len()).map(sets).collect();
        self.prepare(&uses, &sets, rows, room);
        self.known.grow(rows, room);
        self.has_rare.grow(rows, room);
        self.add_common(first, numbers, &sets);
        let is_rare = |codes: &[u32]| codes.iter().any(|code| *code as usize >= COMMON);
        let rare: Vec<bool> = sets.iter().map(|codes| is_rare(codes)).collect();
        if rare.contains(&true) {
            for (row, number) in (first..).zip(numbers) {
                if rare.get(*number as usize) == Some(&true) {
                    self.add_rare(row, sets.get(*number as usize).copied().unwrap_or_default());
                }
            }
        }
    }

    /// Adds the [`COMMON`] names, of 64 rows at a time: 64 bits of names a row are turned into 64 bits of rows a name.
    #[inline(never)]
    fn add_common(&mut self, first: usize, numbers: &[u32], sets: &[&[u32]]) {
        let masks: Vec<u64> = sets.iter().map(|codes| mask(codes)).collect();
        let mut left = numbers;
        let mut row = first;
        while !left.is_empty() {
            let (now, later) = left.split_at((64 - row % 64).min(left.len()));
            let mut block = [0; 64];
            for (bits, number) in block.iter_mut().skip(row % 64).zip(now) {
                *bits = masks.get(*number as usize).copied().unwrap_or(0);
            }
            let names = block.iter().fold(0, |all, bits| all | bits);
            if names != 0 {
                transpose(&mut block);
                self.add_block(row / 64, &block, names);
            }
            row += now.len();
            left = later;
        }
    }

    /// Adds the rows of a word, by code; `names` has the codes that any of them has.
    fn add_block(&mut self, word: usize, rows: &[u64; 64], mut names: u64) {
        let mut known = 0;
        while names != 0 {
            let code = names.trailing_zeros() as usize;
            names &= names - 1;
            let rows = rows.get(code).copied().unwrap_or(0);
            known |= rows;
            if let Some(members) = self.members.get_mut(code) {
                members.push_word(word, rows);
            }
        }
        self.known.or_word(word, known);
    }

    /// Makes room by name: `uses` says how many of the rows to come have each set.
    #[inline(never)]
    fn prepare(&mut self, uses: &[usize], sets: &[&[u32]], rows: usize, room: usize) {
        let names = sets.iter().flat_map(|codes| codes.iter()).max();
        let names = names.map_or(0, |most| *most as usize + 1).max(self.members.len());
        self.members.resize(names, Members::NONE);
        let mut counts = vec![0; names];
        for (uses, codes) in uses.iter().zip(sets) {
            for code in *codes {
                if let Some(count) = counts.get_mut(*code as usize) {
                    *count += uses;
                }
            }
        }
        for (members, count) in self.members.iter_mut().zip(counts).filter(|(_, count)| *count > 0)
        {
            members.prepare(count, rows, room);
        }
    }

    /// Adds the names of a row beyond the [`COMMON`] ones.
    fn add_rare(&mut self, row: usize, codes: &[u32]) {
        self.known.set(row);
        self.has_rare.set(row);
        let place = u32::try_from(row).unwrap_or(u32::MAX);
        for code in codes.iter().map(|code| *code as usize).filter(|code| *code >= COMMON) {
            if let Some(members) = self.members.get_mut(code) {
                members.push(place);
            }
        }
    }

    /// By code: the rows that have it. Codes that no row has may be missing at the end.
    #[must_use]
    pub fn members(&self) -> &[Members] {
        &self.members
    }

    /// The rows that have any name.
    #[must_use]
    pub fn known(&self) -> &Bits {
        &self.known
    }

    /// By row: bit `code` for codes below [`COMMON`]. Written anew each time, 8 bytes a row.
    pub fn bits(&self) -> impl Iterator<Item = u64> {
        let mut all = vec![0; self.len()];
        for (members, code) in self.members.iter().take(COMMON).zip(0..) {
            for row in members.rows() {
                if let Some(bits) = all.get_mut(row as usize) {
                    *bits |= 1 << code;
                }
            }
        }
        all.into_iter()
    }

    /// The codes of a row, ascending.
    #[must_use]
    pub fn get(&self, row: usize) -> Vec<u32> {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let most = if self.has_rare.has(row) { usize::MAX } else { COMMON };
        let members = (0..).zip(&self.members).take(most);
        members.filter(|(_, members)| members.has(row)).map(|(code, _)| code).collect()
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.rows()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A bit for each of the [`COMMON`] codes.
fn mask(codes: &[u32]) -> u64 {
    let bit = |code: &u32| if (*code as usize) < COMMON { 1 << code } else { 0 };
    codes.iter().fold(0, |mask, code| mask | bit(code))
}

/// Turns bits about: bit `n` of word `m` becomes bit `m` of word `n`. Squares of bits beside the diagonal change places, the
/// largest first (Hacker's Delight, 7-3).
#[inline(never)]
fn transpose(words: &mut [u64; 64]) {
    let mut width = 32;
    let mut mask = u64::MAX >> 32;
    while width > 0 {
        for square in words.chunks_exact_mut(2 * width) {
            let (lower, upper) = square.split_at_mut(width);
            for (lower, upper) in lower.iter_mut().zip(upper) {
                let change = (*lower >> width ^ *upper) & mask;
                *lower ^= change << width;
                *upper ^= change;
            }
        }
        width /= 2;
        mask ^= mask << width;
    }
}

#[cfg(test)]
mod tests {
    use super::transpose;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bits_are_turned_about(words in proptest::collection::vec(any::<u64>(), 64)) {
            let given: [u64; 64] = words.try_into().unwrap();
            let mut turned = given;
            transpose(&mut turned);
            for (row, word) in given.iter().enumerate() {
                for (column, other) in turned.iter().enumerate() {
                    prop_assert_eq!(word >> column & 1, other >> row & 1);
                }
            }
        }
    }
}
