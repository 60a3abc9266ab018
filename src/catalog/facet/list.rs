//! Which rows of a block are counted, as a list of their places.
//!
//! Eight rows at a time, by a table: for each byte of bits the places of its ones, as eight `u16` of which the first few are
//! meant. The next eight overwrite the others. No branch depends on the rows, so none is guessed wrong. Where a slider moves, few
//! rows come or go: of a word with few ones, each is listed by itself.

/// Rows of a block: its places fit into 15 bits, and its list into the near memory.
pub(super) const BLOCK: usize = 32_768;

/// Most ones of a word that are listed one by one.
const FEW: u32 = 3;

/// Words of bits of a block.
pub(super) const WORDS: usize = BLOCK / 64;

/// Places in a block, ascending, as `u16` in little endian.
pub(super) struct List {
    bytes: Vec<u8>,
    end: usize,
}

/// By byte: the places of its ones, as eight `u16`.
static PLACES: [[u64; 2]; 256] = places();

/// One in each of four `u16`.
const EACH: u64 = 0x0001_0001_0001_0001;

impl List {
    pub(super) fn new() -> Self {
        Self { bytes: vec![0; BLOCK * 2 + 16], end: 0 }
    }

    /// The places of the ones of a block.
    pub(super) fn fill(&mut self, words: impl Iterator<Item = u64>) {
        let mut end = 0;
        let mut first = 0;
        for mut word in words.take(WORDS) {
            if word.count_ones() <= FEW {
                while word != 0 {
                    self.put(end, [first + u64::from(word.trailing_zeros()), 0]);
                    end += 2;
                    word &= word - 1;
                }
            } else {
                for (byte, offset) in word.to_le_bytes().into_iter().zip((0..).step_by(8)) {
                    let base = (first + offset) * EACH;
                    let [low, high] = PLACES.get(usize::from(byte)).copied().unwrap_or_default();
                    self.put(end, [base + low, base + high]);
                    end += 2 * byte.count_ones() as usize;
                }
            }
            first += 64;
        }
        self.end = end;
    }

    #[inline]
    fn put(&mut self, at: usize, [low, high]: [u64; 2]) {
        if let Some([one, two]) =
            self.bytes.get_mut(at..at + 16).map(|place| place.as_chunks_mut().0)
        {
            *one = low.to_le_bytes();
            *two = high.to_le_bytes();
        }
    }

    /// The places, four at a time, and those that are left.
    pub(super) fn places(&self) -> (impl Iterator<Item = [usize; 4]>, impl Iterator<Item = usize>) {
        let bytes = self.bytes.get(..self.end).unwrap_or_default();
        let (fours, rest) = bytes.as_chunks::<8>();
        #[expect(clippy::cast_possible_truncation, reason = "the lowest 15 bits are meant")]
        let place = |four: u64, shift: u32| (four >> shift) as usize % BLOCK;
        let four = move |bytes: &[u8; 8]| {
            let four = u64::from_le_bytes(*bytes);
            [place(four, 0), place(four, 16), place(four, 32), place(four, 48)]
        };
        let (ones, _) = rest.as_chunks::<2>();
        let one = |bytes: &[u8; 2]| usize::from(u16::from_le_bytes(*bytes)) % BLOCK;
        (fours.iter().map(four), ones.iter().map(one))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.end == 0
    }
}

#[expect(clippy::indexing_slicing, reason = "worked out by the compiler")]
const fn places() -> [[u64; 2]; 256] {
    let mut all = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut place, mut found) = (0, 0);
        while place < 8 {
            if byte >> place & 1 == 1 {
                all[byte][found / 4] |= place << (16 * (found % 4));
                found += 1;
            }
            place += 1;
        }
        byte += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whether words have many ones, few, or none.
        #[test]
        fn places_are_those_of_the_ones(
            words in prop::collection::vec(prop_oneof![Just(0), any::<u64>(), (0_u32..64).prop_map(|bit| 1 << bit), Just(7 << 61), Just(u64::MAX)], 0..20),
            before in prop::collection::vec(any::<u64>(), 0..20),
        ) {
            let mut list = List::new();
            list.fill(before.into_iter());
            list.fill(words.iter().copied());
            let (fours, rest) = list.places();
            let found: Vec<usize> = fours.flatten().chain(rest).collect();
            let plain = (0..words.len() * 64).filter(|place| words[place / 64] >> (place % 64) & 1 == 1);
            prop_assert_eq!(found, plain.collect::<Vec<_>>());
            prop_assert_eq!(list.is_empty(), words.iter().all(|word| *word == 0));
        }
    }
}
