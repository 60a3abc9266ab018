//! Several names a row: the most common ones as bits, the others as lists of the rows that have them.

/// How many names have a bit: those with the first codes, which are the most used ones.
pub const COMMON: usize = 63;

/// The bit of rows that have names beyond the [`COMMON`] ones: a row without any bit has no name at all.
pub const HAS_RARE: u64 = 1 << COMMON;

/// A set of codes for each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sets {
    flags: Flags,
    /// By code less [`COMMON`]: the rows that have it, ascending.
    rare: Vec<Vec<u32>>,
}

/// By row: bit `code` for codes below [`COMMON`], and [`HAS_RARE`]; as narrow as the largest code allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flags {
    /// Up to 8 names.
    U8(Vec<u8>),
    /// Up to 16 names.
    U16(Vec<u16>),
    /// Up to 32 names.
    U32(Vec<u32>),
    /// More.
    U64(Vec<u64>),
}

impl Default for Flags {
    fn default() -> Self {
        Self::U8(Vec::new())
    }
}

impl Flags {
    /// The bits of a row; none where there is no such row.
    #[must_use]
    pub fn get(&self, row: usize) -> u64 {
        match self {
            Self::U8(flags) => flags.get(row).copied().map_or(0, u64::from),
            Self::U16(flags) => flags.get(row).copied().map_or(0, u64::from),
            Self::U32(flags) => flags.get(row).copied().map_or(0, u64::from),
            Self::U64(flags) => flags.get(row).copied().unwrap_or(0),
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::U8(flags) => flags.len(),
            Self::U16(flags) => flags.len(),
            Self::U32(flags) => flags.len(),
            Self::U64(flags) => flags.len(),
        }
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a row's bits; those that do not fit make all wider.
    #[expect(clippy::cast_possible_truncation, reason = "widened before")]
    fn push(&mut self, bits: u64) {
        self.widen(bits);
        match self {
            Self::U8(flags) => flags.push(bits as u8),
            Self::U16(flags) => flags.push(bits as u16),
            Self::U32(flags) => flags.push(bits as u32),
            Self::U64(flags) => flags.push(bits),
        }
    }

    fn widen(&mut self, bits: u64) {
        if let Self::U8(flags) = self
            && bits > u64::from(u8::MAX)
        {
            *self = Self::U16(flags.iter().copied().map(u16::from).collect());
        }
        if let Self::U16(flags) = self
            && bits > u64::from(u16::MAX)
        {
            *self = Self::U32(flags.iter().copied().map(u32::from).collect());
        }
        if let Self::U32(flags) = self
            && bits > u64::from(u32::MAX)
        {
            *self = Self::U64(flags.iter().copied().map(u64::from).collect());
        }
    }
}

impl Sets {
    /// Adds a row with its codes.
    pub fn push(&mut self, codes: impl IntoIterator<Item = u32>) {
        let row = u32::try_from(self.len()).unwrap_or(u32::MAX);
        let mut bits = 0;
        for code in codes {
            let code = code as usize;
            if code < COMMON {
                bits |= 1 << code;
                continue;
            }
            bits |= HAS_RARE;
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
        self.flags.push(bits);
    }

    /// By row: the common codes, and whether there are others.
    #[must_use]
    pub fn flags(&self) -> &Flags {
        &self.flags
    }

    /// The common codes of a row, as bits.
    #[must_use]
    pub fn common(&self, row: usize) -> u64 {
        self.flags.get(row) & !HAS_RARE
    }

    /// The same, row by row.
    pub fn bits(&self) -> impl Iterator<Item = u64> {
        (0..self.len()).map(|row| self.common(row))
    }

    /// By code less [`COMMON`]: the rows that have it, ascending.
    #[must_use]
    pub fn rare(&self) -> &[Vec<u32>] {
        &self.rare
    }

    /// The codes of a row, ascending.
    #[must_use]
    pub fn get(&self, row: usize) -> Vec<u32> {
        let bits = self.flags.get(row);
        let mut codes: Vec<u32> = (0..63).filter(|code| bits >> code & 1 == 1).collect();
        if bits & HAS_RARE != 0 {
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            let rare = self.rare.iter().zip(63..);
            let rare = rare.filter(|(rows, _)| rows.binary_search(&row).is_ok());
            codes.extend(rare.map(|(_, code)| code));
        }
        codes
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.flags.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.flags.is_empty()
    }
}
