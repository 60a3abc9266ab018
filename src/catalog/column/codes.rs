//! One name a row, as its code plus one: 0 is none.

/// The code of a row that has no name.
pub const NONE: u32 = 0;

/// A code for each row, as narrow as the largest allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Codes {
    /// Up to 255 names.
    Narrow(Vec<u8>),
    /// Up to 65,535 names.
    Medium(Vec<u16>),
    /// More.
    Wide(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

impl Codes {
    /// Codes, as narrow as they allow.
    #[must_use]
    pub fn of(codes: &[u32]) -> Self {
        let mut all = Self::default();
        all.append(codes, 0);
        all
    }

    /// Adds the codes of more rows. `room` is for how many rows there shall be room in all.
    #[inline(never)]
    pub fn append(&mut self, more: &[u32], room: usize) {
        let room = room.max(self.len() + more.len());
        let most = more.iter().copied().fold(0, u32::max);
        if let Self::Narrow(codes) = self
            && most > u32::from(u8::MAX)
        {
            *self = Self::Medium(widened(codes, room));
        }
        if let Self::Medium(codes) = self
            && most > u32::from(u16::MAX)
        {
            *self = Self::Wide(widened(codes, room));
        }
        match self {
            Self::Narrow(codes) => {
                codes.reserve_exact(room - codes.len());
                codes.extend(more.iter().map(|code| u8::try_from(*code).unwrap_or(0)));
            }
            Self::Medium(codes) => {
                codes.reserve_exact(room - codes.len());
                codes.extend(more.iter().map(|code| u16::try_from(*code).unwrap_or(0)));
            }
            Self::Wide(codes) => {
                codes.reserve_exact(room - codes.len());
                codes.extend(more);
            }
        }
    }

    /// The code of a row; [`NONE`] where there is no such row.
    #[must_use]
    pub fn get(&self, row: usize) -> u32 {
        match self {
            Self::Narrow(codes) => codes.get(row).copied().map_or(NONE, u32::from),
            Self::Medium(codes) => codes.get(row).copied().map_or(NONE, u32::from),
            Self::Wide(codes) => codes.get(row).copied().unwrap_or(NONE),
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Narrow(codes) => codes.len(),
            Self::Medium(codes) => codes.len(),
            Self::Wide(codes) => codes.len(),
        }
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The same codes in more bytes, with room for so many.
fn widened<T: Copy + Into<U>, U>(codes: &[T], room: usize) -> Vec<U> {
    let mut wide = Vec::with_capacity(room);
    wide.extend(codes.iter().map(|code| (*code).into()));
    wide
}
