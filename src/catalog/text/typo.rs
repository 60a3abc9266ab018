//! How many typos lie between a term and a word: a bit for each letter of the term, all of them counted at once.
//!
//! Optimal string alignment (a letter missing, too many, wrong, or two neighbours swapped) after Hyyrö, "A bit-vector
//! algorithm for computing Levenshtein and Damerau edit distances" (2003).

/// A term, ready to be compared with many words.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// By byte: at which places the term has it.
    places: Vec<u64>,
    length: u32,
    most: u32,
    letters: u32,
}

/// How a word was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meant {
    /// How many typos there are.
    pub(super) typos: u32,
    /// Whether the whole word was meant, and not only its beginning.
    pub(super) whole: bool,
}

impl Pattern {
    /// The pattern of a term in lower case of at most 64 bytes, for at most so many typos.
    #[must_use]
    pub(super) fn new(term: &[u8], most: u32) -> Self {
        let mut places = vec![0; 256];
        for (place, byte) in term.iter().take(64).enumerate() {
            if let Some(bits) = places.get_mut(usize::from(*byte)) {
                *bits |= 1_u64 << place;
            }
        }
        let length = u32::try_from(term.len().min(64)).unwrap_or(64);
        Self { places, length, most, letters: letters(term) }
    }

    /// Whether a word with such letters may be meant: each typo leaves out one letter at most.
    #[must_use]
    pub(super) fn may_mean(&self, letters: u32) -> bool {
        (self.letters & !letters).count_ones() <= self.most
    }

    /// How a word, or its beginning, was meant; nothing where there are too many typos for either.
    ///
    /// With the fewest typos; the whole word where its beginning has as many.
    #[must_use]
    pub(super) fn meant(&self, word: &[u8]) -> Option<Meant> {
        let top = self.length.checked_sub(1)?;
        let longest = self.length + self.most;
        let mut left = u32::try_from(word.len()).unwrap_or(u32::MAX).min(longest);
        let (mut more, mut less) = (u64::MAX, 0_u64);
        let (mut equal_before, mut zero_before) = (0, u64::MAX);
        let mut typos = self.length;
        let mut best = typos;
        for byte in word.iter().take(longest as usize) {
            let equal =
                self.places.get(usize::from(byte.to_ascii_lowercase())).copied().unwrap_or(0);
            let swapped = ((!zero_before & equal) << 1) & equal_before;
            let zero = (((equal & more).wrapping_add(more)) ^ more) | equal | less | swapped;
            let up = less | !(zero | more);
            let down = more & zero;
            typos = typos + u32::from(up >> top & 1 == 1) - u32::from(down >> top & 1 == 1);
            best = best.min(typos);
            left -= 1;
            if best > self.most && typos > left + self.most {
                return None;
            }
            let up = up << 1 | 1;
            more = down << 1 | !(zero | up);
            less = up & zero;
            (equal_before, zero_before) = (equal, zero);
        }
        let whole = word.len() <= longest as usize && typos == best;
        (best <= self.most).then_some(Meant { typos: best, whole })
    }
}

/// Which letters a text has, a bit for each of several: whatever the case is.
#[must_use]
pub(super) fn letters(text: &[u8]) -> u32 {
    text.iter().fold(0, |letters, byte| letters | 1 << (byte.to_ascii_lowercase() & 31))
}

#[cfg(test)]
mod tests {
    use super::{Meant, Pattern, letters};
    use proptest::prelude::*;

    /// By the textbook: rows for the term's letters, columns for the word's.
    fn plain(term: &[u8], word: &[u8]) -> Vec<u32> {
        let (m, n) = (term.len(), word.len());
        let mut d = vec![vec![0_u32; n + 1]; m + 1];
        for i in 0..=m {
            for j in 0..=n {
                d[i][j] = if i == 0 || j == 0 {
                    u32::try_from(i + j).unwrap()
                } else {
                    let cost = u32::from(term[i - 1] != word[j - 1]);
                    let mut least =
                        (d[i - 1][j] + 1).min(d[i][j - 1] + 1).min(d[i - 1][j - 1] + cost);
                    if i > 1 && j > 1 && term[i - 1] == word[j - 2] && term[i - 2] == word[j - 1] {
                        least = least.min(d[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        d[m].clone()
    }

    proptest! {
        #[test]
        fn bits_count_as_the_textbook_does(
            term in proptest::collection::vec(b'a'..=b'd', 1..20),
            word in proptest::collection::vec(b'a'..=b'd', 0..24),
            most in 0_u32..4,
        ) {
            let all = plain(&term, &word);
            let least = *all.iter().min().unwrap();
            let whole = *all.last().unwrap() == least;
            let expected = (least <= most).then_some(Meant { typos: least, whole });
            let pattern = Pattern::new(&term, most);
            prop_assert_eq!(pattern.meant(&word), expected);
            prop_assert!(expected.is_none() || pattern.may_mean(letters(&word)));
        }
    }
}
