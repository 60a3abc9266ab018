//! Ids without their authors, which stand in a dictionary: one text for all rows.

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

    /// Makes room for more rows, whose names have so many bytes, and for no others.
    pub fn reserve(&mut self, rows: usize, bytes: usize) {
        self.ends.reserve_exact(rows);
        self.text.reserve_exact(bytes);
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
