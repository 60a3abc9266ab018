//! Names by number: a column holds the numbers.

/// Names, each once; its place is its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dictionary {
    text: String,
    /// Where each name ends.
    ends: Vec<u32>,
}

impl Dictionary {
    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of all names together.
    #[must_use]
    pub fn text_len(&self) -> usize {
        self.text.len()
    }

    /// The name of a code; empty where there is none.
    #[must_use]
    pub fn name(&self, code: u32) -> &str {
        let code = code as usize;
        let start = code.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(code).copied());
        range.and_then(|(start, end)| self.text.get(start as usize..end as usize)).unwrap_or("")
    }

    /// The code of a name. Looks at every name: for the few that a query has.
    #[must_use]
    pub fn code(&self, name: &str) -> Option<u32> {
        self.names().position(|other| other == name).and_then(|code| u32::try_from(code).ok())
    }

    /// All names, one after the other, without anything between them.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// By code: where its name ends in the text.
    #[must_use]
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// All names, in the order of their codes.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(|code| self.name(code))
    }

    /// Adds names that stand one after the other in a text, and where each ends.
    pub fn append(&mut self, text: &[u8], ends: &[u32]) {
        let before = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(std::str::from_utf8(text).unwrap_or(""));
        self.ends.extend(ends.iter().map(|end| before.saturating_add(*end)));
    }

    /// Adds a name, and gives its code.
    pub fn push(&mut self, name: &str) -> u32 {
        let code = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.text.push_str(name);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        code
    }
}

/// A dictionary in the making.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    /// A table of open addressing: 0, or a name's code plus one; half of it stays empty.
    slots: Vec<u32>,
    names: Dictionary,
}

/// FNV-1a: names are short, and nobody gains by choosing them, since a build's rows are the builder's own.
fn hash(name: &str) -> usize {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in name.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    usize::try_from((hash ^ hash >> 32) & 0xffff_ffff).unwrap_or(0)
}

impl Interner {
    /// The code of a name, which is added where it is new.
    pub fn code(&mut self, name: &str) -> u32 {
        if 2 * self.names.len() >= self.slots.len() {
            self.grow();
        }
        let slot = match self.find(name) {
            Ok(code) => return code,
            Err(slot) => slot,
        };
        let code = self.names.push(name);
        self.put(slot, code);
        code
    }

    /// The code of a name, or the empty slot where it would stand.
    fn find(&self, name: &str) -> Result<u32, usize> {
        let mask = self.slots.len().saturating_sub(1);
        let mut slot = hash(name) & mask;
        loop {
            match self.slots.get(slot).and_then(|code| code.checked_sub(1)) {
                None => return Err(slot),
                Some(code) if self.names.name(code) == name => return Ok(code),
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }

    fn put(&mut self, slot: usize, code: u32) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = code.saturating_add(1);
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; (2 * self.slots.len()).max(64)];
        for code in 0..u32::try_from(self.names.len()).unwrap_or(u32::MAX) {
            if let Err(slot) = self.find(self.names.name(code)) {
                self.put(slot, code);
            }
        }
    }

    /// The names so far, in the order in which they came.
    #[must_use]
    pub fn names(&self) -> &Dictionary {
        &self.names
    }

    /// The names that are used, the most used first (equal ones in order of the alphabet), and the new code of each old one.
    /// `used` has a code for each use.
    #[must_use]
    pub fn finish(self, used: impl Iterator<Item = u32>) -> (Dictionary, Vec<u32>) {
        let mut counts = vec![0_u32; self.names.len()];
        for code in used {
            if let Some(count) = counts.get_mut(code as usize) {
                *count = count.saturating_add(1);
            }
        }
        let count = |code: usize| counts.get(code).copied().unwrap_or(0);
        let key = |code: usize| {
            let name = self.names.name(u32::try_from(code).unwrap_or(u32::MAX));
            (std::cmp::Reverse(count(code)), name)
        };
        let mut order =
            crate::model::order::order(self.names.len(), &|one, other| key(one).cmp(&key(other)));
        order.retain(|code| count(*code as usize) > 0);
        let mut names = Dictionary::default();
        let mut codes = vec![0; self.names.len()];
        for old in order {
            let new = names.push(self.names.name(old));
            if let Some(code) = codes.get_mut(old as usize) {
                *code = new;
            }
        }
        (names, codes)
    }
}
