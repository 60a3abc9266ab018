//! A bit for each row: which rows pass.
//!
//! One bit a row and filter makes a million rows 125 kB: they stay in the processor's nearest memory, and what passes all filters
//! but one is a handful of `and`s of 64 rows each.

/// A bit for each row. Bits beyond the last row are 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    rows: usize,
}

impl Bits {
    /// Of no rows at all.
    pub const EMPTY: Self = Self { words: Vec::new(), rows: 0 };

    /// No row.
    #[must_use]
    pub fn none(rows: usize) -> Self {
        Self { words: vec![0; rows.div_ceil(64)], rows }
    }

    /// All rows.
    #[must_use]
    pub fn all(rows: usize) -> Self {
        let mut all = Self { words: vec![u64::MAX; rows.div_ceil(64)], rows };
        all.trim();
        all
    }

    /// The rows whose value fulfils a condition; `test` gives 0 or 1, without a branch.
    pub(super) fn of<T: Copy>(values: &[T], test: impl Fn(T) -> u8) -> Self {
        let (blocks, rest) = values.as_chunks::<64>();
        let mut words = Vec::with_capacity(values.len().div_ceil(64));
        words.extend(blocks.iter().map(|block| word(&block.map(&test))));
        if !rest.is_empty() {
            let mut bytes = [0; 64];
            for (byte, value) in bytes.iter_mut().zip(rest) {
                *byte = test(*value);
            }
            words.push(word(&bytes));
        }
        Self { words, rows: values.len() }
    }

    /// So many rows by their words, whose bits beyond the last row are 0.
    pub(super) fn of_words(words: Vec<u64>, rows: usize) -> Self {
        Self { words, rows }
    }

    /// Some rows.
    #[must_use]
    pub fn of_rows(rows: usize, given: &[u32]) -> Self {
        let mut bits = Self::none(rows);
        bits.add(given);
        bits
    }

    fn trim(&mut self) {
        let left = self.rows % 64;
        if let Some(last) = self.words.last_mut().filter(|_| left > 0) {
            *last &= (1 << left) - 1;
        }
    }

    /// How many rows there are, whether or not they have the bit.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// 64 rows a word, the first in the lowest bit.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Whether a row has the bit.
    #[must_use]
    pub fn has(&self, row: u32) -> bool {
        let word = self.words.get(row as usize / 64).copied().unwrap_or(0);
        word >> (row % 64) & 1 == 1
    }

    /// How many rows have it.
    #[must_use]
    pub fn count(&self) -> u32 {
        ones(&self.words, &self.words, |one, _| one)
    }

    /// How many rows have both.
    #[must_use]
    pub fn count_both(&self, other: &Self) -> u32 {
        ones(&self.words, &other.words, |one, two| one & two)
    }

    /// How many rows have one of both alone.
    #[must_use]
    pub fn apart(&self, other: &Self) -> u32 {
        ones(&self.words, &other.words, |one, two| one ^ two)
    }

    /// Keeps what another has too.
    pub fn and(&mut self, other: &Self) {
        for (one, two) in self.words.iter_mut().zip(&other.words) {
            *one &= two;
        }
    }

    /// Takes what another has.
    pub fn or(&mut self, other: &Self) {
        for (one, two) in self.words.iter_mut().zip(&other.words) {
            *one |= two;
        }
    }

    /// Leaves what another has.
    pub fn and_not(&mut self, other: &Self) {
        for (one, two) in self.words.iter_mut().zip(&other.words) {
            *one &= !two;
        }
    }

    /// The rows that have it not.
    pub fn invert(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        self.trim();
    }

    /// Makes it one of more rows, with room for `room` in all and no others.
    pub(super) fn grow(&mut self, rows: usize, room: usize) {
        if rows <= self.rows {
            return;
        }
        let words = room.max(rows).div_ceil(64);
        self.words.reserve_exact(words.saturating_sub(self.words.len()));
        self.words.resize(rows.div_ceil(64), 0);
        self.rows = rows;
    }

    /// Adds a row behind all others.
    pub fn push(&mut self, has: bool) {
        let row = self.rows;
        self.rows += 1;
        if self.words.len() < self.rows.div_ceil(64) {
            self.words.push(0);
        }
        if has {
            self.set(row);
        }
    }

    /// Adds a row; where there are fewer rows, more are made up to it.
    pub fn put(&mut self, row: u32) {
        let row = row as usize;
        if row >= self.rows {
            self.rows = row + 1;
            self.words.resize(self.rows.div_ceil(64), 0);
        }
        self.set(row);
    }

    /// Adds a row; one beyond the last is ignored.
    #[inline]
    pub(super) fn set(&mut self, row: usize) {
        if let Some(word) = self.words.get_mut(row / 64) {
            *word |= 1 << (row % 64);
        }
    }

    /// Says anew of some rows of a word which have it. Words beyond the last are ignored.
    #[inline]
    pub(super) fn replace(&mut self, word: usize, rows: u64, have: u64) {
        if let Some(word) = self.words.get_mut(word) {
            *word = *word & !rows | have & rows;
        }
    }

    /// Adds rows; those beyond the last are ignored.
    pub fn add(&mut self, rows: &[u32]) {
        let most = self.rows;
        for row in rows.iter().filter(|row| (**row as usize) < most) {
            self.set(*row as usize);
        }
    }

    /// The rows that have it, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().zip((0..).step_by(64)).flat_map(|(word, first)| Ones(*word, first))
    }
}

impl FromIterator<u32> for Bits {
    fn from_iter<I: IntoIterator<Item = u32>>(rows: I) -> Self {
        let mut bits = Self::EMPTY;
        rows.into_iter().for_each(|row| bits.put(row));
        bits
    }
}

/// How many bits two rows of words have together, as far as both go.
///
/// Counted 128 at a time: of 64 bits the compiler makes vectors, whose bits processors count ten times slower than those of words.
fn ones(one: &[u64], two: &[u64], both: impl Fn(u128, u128) -> u128) -> u32 {
    let pair = |[low, high]: [u64; 2]| u128::from(low) | u128::from(high) << 64;
    // Cut to one length, the words that are left over stand at the same place.
    let length = one.len().min(two.len());
    let (ones, rest) = one.get(..length).unwrap_or_default().as_chunks::<2>();
    let (twos, others) = two.get(..length).unwrap_or_default().as_chunks::<2>();
    let pairs = ones.iter().zip(twos).map(|(one, two)| both(pair(*one), pair(*two)).count_ones());
    let rest = rest.iter().zip(others);
    let rest = rest.map(|(one, two)| both(u128::from(*one), u128::from(*two)).count_ones());
    pairs.sum::<u32>() + rest.sum::<u32>()
}

/// The places of the bits of a word.
struct Ones(u64, u32);

impl Iterator for Ones {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let place = (self.0 != 0).then(|| self.0.trailing_zeros())?;
        self.0 &= self.0 - 1;
        Some(self.1 + place)
    }
}

/// 64 bytes of 0 or 1 as bits.
#[inline]
pub(super) fn word(bytes: &[u8; 64]) -> u64 {
    /// Brings the lowest bit of byte `n` to bit `56 + n`; no two products meet in one bit.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = bytes.as_chunks::<8>();
    let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
    eights.iter().rev().fold(0, |word, eight| word << 8 | bits(eight))
}
