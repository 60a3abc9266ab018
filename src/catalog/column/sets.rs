//! Several names a row: the 64 most common as bits, the others as lists of the rows that have them.

/// How many names have a bit: those with the first codes, which are the most used ones.
pub const COMMON: usize = 64;

/// A set of codes for each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sets {
    /// By row: bit `code` for codes below [`COMMON`].
    bits: Vec<u64>,
    /// By code less [`COMMON`]: the rows that have it, ascending.
    rare: Vec<Vec<u32>>,
}

impl Sets {
    /// Adds a row with its codes.
    pub fn push(&mut self, codes: impl IntoIterator<Item = u32>) {
        let row = u32::try_from(self.bits.len()).unwrap_or(u32::MAX);
        let mut bits = 0;
        for code in codes {
            let code = code as usize;
            if code < COMMON {
                bits |= 1 << code;
                continue;
            }
            let place = code - COMMON;
            if self.rare.len() <= place {
                self.rare.resize_with(place + 1, Vec::new);
            }
            if let Some(rows) = self.rare.get_mut(place)
                && rows.last() != Some(&row)
            {
                rows.push(row);
            }
        }
        self.bits.push(bits);
    }

    /// By row: the common codes.
    #[must_use]
    pub fn bits(&self) -> &[u64] {
        &self.bits
    }

    /// By code less [`COMMON`]: the rows that have it, ascending.
    #[must_use]
    pub fn rare(&self) -> &[Vec<u32>] {
        &self.rare
    }

    /// The codes of a row, ascending.
    #[must_use]
    pub fn get(&self, row: usize) -> Vec<u32> {
        let bits = self.bits.get(row).copied().unwrap_or(0);
        let mut codes: Vec<u32> = (0..64).filter(|code| bits >> code & 1 == 1).collect();
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let rare = self.rare.iter().zip(64..).filter(|(rows, _)| rows.binary_search(&row).is_ok());
        codes.extend(rare.map(|(_, code)| code));
        codes
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bits.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bits.is_empty()
    }
}
