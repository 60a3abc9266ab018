//! Several names a row, by name: the rows that have it, as bits where they are many and as a list where they are few.
//!
//! Rows that have a name and pass all filters are then an `and` of 64 rows at a time, and a name costs no more than a bit a row.

use crate::catalog::Bits;

/// How many names can have bits: those with the first codes, which are the most used ones.
pub const COMMON: usize = 64;

/// A list of fewer rows than this stays one: it takes less than a page of memory.
const FEW: usize = 1024;

/// A set of codes for each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sets {
    /// By code, below [`COMMON`].
    common: Vec<Members>,
    /// By code less [`COMMON`]: the rows that have it, ascending.
    rare: Vec<Vec<u32>>,
    /// The rows that have any name, and those that have a rare one.
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

    fn push(&mut self, row: u32) {
        match self {
            Self::Bits(bits) => bits.put(row),
            Self::List(rows) => {
                if rows.last() != Some(&row) {
                    rows.push(row);
                }
                // A list takes 32 bits a row that has the name.
                if rows.len() > FEW && rows.len() > row as usize / 32 {
                    *self = Self::Bits(rows.iter().copied().collect());
                }
            }
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
    /// Adds a row with its codes.
    pub fn push(&mut self, codes: impl IntoIterator<Item = u32>) {
        let row = u32::try_from(self.len()).unwrap_or(u32::MAX);
        self.known.push(false);
        for code in codes {
            self.known.put(row);
            match (code as usize).checked_sub(COMMON) {
                None => self.put_common(code as usize, row),
                Some(code) => self.put_rare(code, row),
            }
        }
    }

    fn put_common(&mut self, code: usize, row: u32) {
        if self.common.len() <= code {
            self.common.resize(code + 1, Members::NONE);
        }
        if let Some(members) = self.common.get_mut(code) {
            members.push(row);
        }
    }

    fn put_rare(&mut self, code: usize, row: u32) {
        self.has_rare.put(row);
        if self.rare.len() <= code {
            self.rare.resize(code + 1, Vec::new());
        }
        if let Some(rows) = self.rare.get_mut(code)
            && rows.last() != Some(&row)
        {
            rows.push(row);
        }
    }

    /// By code, below [`COMMON`]: the rows that have it. Codes that no row has may be missing at the end.
    #[must_use]
    pub fn common(&self) -> &[Members] {
        &self.common
    }

    /// By code less [`COMMON`]: the rows that have it, ascending.
    #[must_use]
    pub fn rare(&self) -> &[Vec<u32>] {
        &self.rare
    }

    /// The rows that have any name.
    #[must_use]
    pub fn known(&self) -> &Bits {
        &self.known
    }

    /// By row: bit `code` for codes below [`COMMON`]. Written anew each time, 8 bytes a row.
    pub fn bits(&self) -> impl Iterator<Item = u64> {
        let mut all = vec![0; self.len()];
        for (members, code) in self.common.iter().zip(0..) {
            for row in members.rows() {
                if let Some(bits) = all.get_mut(row as usize) {
                    *bits |= 1 << code;
                }
            }
        }
        all.into_iter()
    }

    /// Calls with every row and code that belong together: code by code, each with its rows ascending.
    pub fn each(&self, found: &mut dyn FnMut(u32, u32)) {
        for (members, code) in self.common.iter().zip(0..) {
            members.rows().for_each(|row| found(row, code));
        }
        for (rows, code) in self.rare.iter().zip(64..) {
            rows.iter().for_each(|row| found(*row, code));
        }
    }

    /// The codes of a row, ascending.
    #[must_use]
    pub fn get(&self, row: usize) -> Vec<u32> {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let common = (0..).zip(&self.common).filter(|(_, members)| members.has(row));
        let mut codes: Vec<u32> = common.map(|(code, _)| code).collect();
        if self.has_rare.has(row) {
            let rare = (64..).zip(&self.rare);
            let rare = rare.filter(|(_, rows)| rows.binary_search(&row).is_ok());
            codes.extend(rare.map(|(code, _)| code));
        }
        codes
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
