//! All words of all names, each once, with the rows that have them: built when typos, suggestions or likeness ask.

use super::logarithm::small;
use super::typo::{Meant, Pattern, letters};
use super::words::{is_point, lowered};
use crate::catalog::Table;
use crate::catalog::column::ABSENT;
use crate::catalog::field::NumberField;
use std::ops::Range;

/// Longest word that is kept, in bytes; of a longer one, the beginning. Real ones end at some thirty.
pub(super) const LONGEST_WORD: usize = 48;

/// Words of names in lower case, in the order of their first rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    text: Vec<u8>,
    ends: Vec<u32>,
    letters: Vec<u32>,
    words: Vec<Word>,
    /// For each word its rows, ascending: each as what it has more than the one before, in bytes of seven bits.
    lists: Vec<u8>,
}

/// What is known of a word. It stands together: words come in any order, and each place that is looked at costs.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    rows: u32,
    /// The downloads of all its rows.
    downloads: f32,
    /// The bytes of its list while they are counted, then where the next is written, and in the end where it ends.
    list: u32,
    /// The last row that has it, plus one, while words are gathered.
    last: u32,
}

impl Tokens {
    /// How many words there are.
    #[must_use]
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All words, one after the other.
    #[must_use]
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// Where each word ends in the text.
    #[must_use]
    pub(super) fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// A word.
    #[must_use]
    pub(super) fn word(&self, token: usize) -> &[u8] {
        between(&self.text, &self.ends, token)
    }

    /// Calls `found` with each word that a pattern may mean, and how.
    pub(super) fn each_meant(&self, pattern: &Pattern, found: &mut dyn FnMut(usize, Meant)) {
        for (token, letters) in self.letters.iter().enumerate() {
            if pattern.may_mean(*letters)
                && let Some(meant) = pattern.meant(self.word(token))
            {
                found(token, meant);
            }
        }
    }

    /// How many rows have a word.
    #[must_use]
    pub(super) fn count(&self, token: usize) -> u32 {
        self.words.get(token).map_or(0, |word| word.rows)
    }

    /// The downloads of all rows that have a word.
    #[must_use]
    pub(super) fn downloads(&self, token: usize) -> f32 {
        self.words.get(token).map_or(0.0, |word| word.downloads)
    }

    /// Calls `found` with each row that has a word, ascending.
    pub(super) fn each_row(&self, token: usize, found: &mut dyn FnMut(u32)) {
        let (mut row, mut delta, mut shift) = (0_u32, 0_u32, 0_u32);
        for byte in self.list(token) {
            delta |= u32::from(byte & 0x7f) << (shift & 31);
            shift += 7;
            if byte & 0x80 == 0 {
                row = row.saturating_add(delta);
                found(row.saturating_sub(1));
                (delta, shift) = (0, 0);
            }
        }
    }

    fn list(&self, token: usize) -> &[u8] {
        let end = |token: usize| self.words.get(token).map(|word| word.list as usize);
        let start = token.checked_sub(1).map_or(Some(0), end);
        let range = start.zip(end(token));
        range.and_then(|(start, end)| self.lists.get(start..end)).unwrap_or_default()
    }

    /// Bytes that it takes.
    #[must_use]
    pub(super) fn size(&self) -> usize {
        self.text.capacity()
            + self.lists.capacity()
            + 4 * (self.ends.capacity() + self.letters.capacity())
            + size_of::<Word>() * self.words.capacity()
    }

    /// The word, or the empty slot where it would stand.
    fn find(&self, slots: &[u32], word: &[u8]) -> Result<usize, usize> {
        let mask = slots.len().saturating_sub(1);
        let mut slot = hash(word) & mask;
        loop {
            match slots.get(slot).and_then(|token| token.checked_sub(1)) {
                None => return Err(slot),
                Some(token) if self.word(token as usize) == word => return Ok(token as usize),
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }

    /// Writes a row behind the others of a word.
    fn append(&mut self, token: usize, row: u32) {
        let Some(word) = self.words.get_mut(token) else { return };
        let mut delta = (row + 1).saturating_sub(word.last);
        if delta == 0 {
            return;
        }
        word.last = row + 1;
        loop {
            let more = delta > 0x7f;
            if let Some(place) = self.lists.get_mut(word.list as usize) {
                *place = u8::try_from(delta & 0x7f).unwrap_or(0) | u8::from(more) << 7;
            }
            word.list += 1;
            delta >>= 7;
            if !more {
                return;
            }
        }
    }
}

/// What is known while words are gathered: the names are gone through once to count, and once more to write.
#[derive(Clone, Debug, Default)]
pub(super) struct Making {
    tokens: Tokens,
    /// A table of open addressing: 0, or a word's place plus one.
    slots: Vec<u32>,
    /// The row that is next, and whether it is to be written.
    next: usize,
    writes: bool,
}

impl Making {
    /// Goes through so many more names, and gives the words once all are done.
    pub(super) fn step(&mut self, table: &Table, names: usize) -> Option<Tokens> {
        let rows = self.next..self.next.saturating_add(names).min(table.len());
        self.next = rows.end;
        if self.writes {
            self.write(table, rows);
        } else {
            self.gather(table, rows);
        }
        if self.next < table.len() {
            return None;
        }
        if self.writes {
            return Some(std::mem::take(&mut self.tokens));
        }
        self.turn();
        None
    }

    fn gather(&mut self, table: &Table, rows: Range<usize>) {
        let downloads = table.number(NumberField::Downloads);
        if self.slots.is_empty() {
            self.slots = vec![0; 1024];
        }
        each_word(table, rows, &mut |row, word| {
            let token = self.token(word);
            let stored = downloads.get(row as usize);
            self.count(token, row, if stored == ABSENT { 0 } else { stored });
        });
    }

    /// From counting to writing: every list gets its place.
    fn turn(&mut self) {
        let mut total = 0_u32;
        for word in &mut self.tokens.words {
            let start = total;
            total = total.saturating_add(word.list);
            (word.list, word.last) = (start, 0);
        }
        self.tokens.lists = vec![0; total as usize];
        (self.next, self.writes) = (0, true);
    }

    fn write(&mut self, table: &Table, rows: Range<usize>) {
        each_word(table, rows, &mut |row, word| {
            if let Ok(token) = self.tokens.find(&self.slots, word) {
                self.tokens.append(token, row);
            }
        });
    }

    fn token(&mut self, word: &[u8]) -> usize {
        let slot = match self.tokens.find(&self.slots, word) {
            Ok(token) => return token,
            Err(slot) => slot,
        };
        let token = self.tokens.len();
        self.tokens.text.extend_from_slice(word);
        self.tokens.ends.push(u32::try_from(self.tokens.text.len()).unwrap_or(u32::MAX));
        self.tokens.letters.push(letters(word));
        self.tokens.words.push(Word::default());
        self.put(slot, token);
        if 2 * self.tokens.len() > self.slots.len() {
            self.grow();
        }
        token
    }

    fn put(&mut self, slot: usize, token: usize) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = u32::try_from(token + 1).unwrap_or(0);
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; 2 * self.slots.len()];
        for token in 0..self.tokens.len() {
            if let Err(slot) = self.tokens.find(&self.slots, self.tokens.word(token)) {
                self.put(slot, token);
            }
        }
    }

    /// Counts a row of a word, once.
    fn count(&mut self, token: usize, row: u32, downloads: u32) {
        let Some(word) = self.tokens.words.get_mut(token) else { return };
        let delta = (row + 1).saturating_sub(word.last);
        if delta == 0 {
            return;
        }
        word.last = row + 1;
        word.list += delta.ilog2() / 7 + 1;
        word.rows += 1;
        word.downloads += small(downloads);
    }
}

/// Calls `found` with each of some rows and each word of its name, in lower case. It cuts as `words` does, byte by byte with a
/// table: the first search with a typo waits for little else.
fn each_word(table: &Table, rows: Range<usize>, found: &mut dyn FnMut(u32, &[u8])) {
    let (lowered, mut word) = (lowered(), [0; LONGEST_WORD]);
    for row in rows {
        let number = u32::try_from(row).unwrap_or(u32::MAX);
        let name = table.ids.name(row);
        let mut length = 0;
        for (at, byte) in name.iter().enumerate() {
            let mut letter = lowered.get(usize::from(*byte)).copied().unwrap_or(0);
            if *byte == b'.' && is_point(name, at) {
                letter = *byte;
            }
            if letter != 0 {
                if let Some(place) = word.get_mut(length) {
                    *place = letter;
                    length += 1;
                }
            } else if length > 0 {
                found(number, word.get(..length).unwrap_or_default());
                length = 0;
            }
        }
        if length > 0 {
            found(number, word.get(..length).unwrap_or_default());
        }
    }
}

fn between<'a>(text: &'a [u8], ends: &[u32], place: usize) -> &'a [u8] {
    let start = place.checked_sub(1).map_or(Some(0), |before| ends.get(before).copied());
    let range = start.zip(ends.get(place).copied());
    range.and_then(|(start, end)| text.get(start as usize..end as usize)).unwrap_or_default()
}

/// A number for a word, whose low bits are well mixed.
fn hash(word: &[u8]) -> usize {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in word {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    usize::try_from((hash ^ hash >> 32) & 0xffff_ffff).unwrap_or(0)
}
