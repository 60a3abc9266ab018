//! The row of an id.

use super::Table;
use std::cmp::Ordering;

impl Table {
    /// The row of an id; of several the one that is not removed.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        let mut start: usize = 0;
        for length in self.tiers.iter().map(|length| *length as usize).chain([usize::MAX]) {
            let end = start.saturating_add(length).min(self.len());
            let row = self.find_between(id, start, end);
            let row = row.filter(|row| self.removed.binary_search(row).is_err());
            if row.is_some() {
                return row;
            }
            start = end;
        }
        None
    }

    fn find_between(&self, id: &str, mut start: usize, mut end: usize) -> Option<u32> {
        while start < end {
            let middle = start.midpoint(end);
            match self.compare_id(middle, id) {
                Ordering::Less => start = middle + 1,
                Ordering::Greater => end = middle,
                Ordering::Equal => return u32::try_from(middle).ok(),
            }
        }
        None
    }

    /// How a row stands to an id in the order of author and name.
    #[must_use]
    pub fn compare_id(&self, row: usize, id: &str) -> Ordering {
        let (author, name) = id.split_once('/').unwrap_or(("", id));
        let own = (self.author(row).as_bytes(), self.ids.name(row));
        own.cmp(&(author.as_bytes(), name.as_bytes()))
    }
}
