//! Ids without their authors, which stand in a dictionary: one text for all rows.

/// Most bytes of a name for which room is made before it is there: names of the Hub have 23.
const MEAN: usize = 32;

/// The names of models: what follows the slash of an id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids {
    text: Vec<u8>,
    ends: Vec<u32>,
}

impl Ids {
    /// Adds a row's name.
    pub fn push(&mut self, name: &str) {
        self.text.extend_from_slice(name.as_bytes());
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// Names that stand one after the other in a text, and where each ends.
    #[must_use]
    pub fn of(text: Vec<u8>, ends: Vec<u32>) -> Self {
        Self { text, ends }
    }

    /// Says how many rows there will be; ignored where there is no memory for them.
    pub fn expect(&mut self, rows: usize) {
        let _ = self.ends.try_reserve_exact(rows.saturating_sub(self.len()));
    }

    /// Adds the names of more rows.
    #[inline(never)]
    pub fn append(&mut self, more: &Self) {
        self.reserve(more.len(), more.text.len());
        let before = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.extend_from_slice(&more.text);
        self.ends.extend(more.ends.iter().map(|end| before.saturating_add(*end)));
    }

    /// Makes room for more rows, whose names have so many bytes; and for those that are expected, as if they had as many.
    fn reserve(&mut self, rows: usize, bytes: usize) {
        self.ends.reserve_exact(rows);
        if self.text.len() + bytes > self.text.capacity() {
            let rows = self.len() + rows;
            let mean = ((self.text.len() + bytes) / rows.max(1) + 2).min(MEAN);
            let later = self.room().saturating_sub(rows).saturating_mul(mean);
            let _ = self.text.try_reserve_exact(bytes.saturating_add(later));
            self.text.reserve_exact(bytes);
        }
    }

    /// For how many rows there is room.
    #[must_use]
    pub fn room(&self) -> usize {
        self.ends.capacity()
    }

    /// The name of a row, as the bytes of its UTF-8.
    #[must_use]
    pub fn name(&self, row: usize) -> &[u8] {
        let start = row.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(row).copied());
        range.and_then(|(start, end)| self.text.get(start as usize..end as usize)).unwrap_or(b"")
    }

    /// All names, one after the other, without anything between them.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// By row: where its name ends in the text.
    #[must_use]
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}
