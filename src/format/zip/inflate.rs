//! Deflate, undone (RFC 1951).

/// The first bytes that a deflated text stands for, up to a limit. It ends where the text is damaged or cut.
pub(super) fn inflate(bytes: &[u8], limit: usize) -> Vec<u8> {
    let mut inflate = Inflate { bytes, at: 0, bits: 0, count: 0, out: Vec::new(), limit };
    while inflate.block() == Some(false) {}
    inflate.out.truncate(limit);
    inflate.out
}

struct Inflate<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Bits that were taken from the bytes and not used, the next one lowest.
    bits: u32,
    count: u32,
    out: Vec<u8>,
    limit: usize,
}

/// The order in which the lengths of the code for lengths stand.
const LENGTHS_ORDER: [usize; 19] =
    [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// A Huffman code: how many symbols have each length, and the symbols in order.
struct Code {
    counts: [u16; 16],
    symbols: Vec<u16>,
}

impl Code {
    fn new(lengths: &[u8]) -> Self {
        let mut counts = [0; 16];
        let mut symbols = Vec::new();
        for (length, count) in (1_u8..).zip(counts.iter_mut().skip(1)) {
            let before = symbols.len();
            let all = (0_u16..).zip(lengths);
            symbols.extend(all.filter(|(_, own)| **own == length).map(|(symbol, _)| symbol));
            *count = u16::try_from(symbols.len() - before).unwrap_or(u16::MAX);
        }
        Self { counts, symbols }
    }
}

impl Inflate<'_> {
    fn take(&mut self, count: u32) -> Option<u32> {
        while self.count < count {
            self.bits |= u32::from(*self.bytes.get(self.at)?) << self.count;
            self.at += 1;
            self.count += 8;
        }
        let taken = self.bits & ((1 << count) - 1);
        self.bits >>= count;
        self.count -= count;
        Some(taken)
    }

    fn symbol(&mut self, code: &Code) -> Option<u16> {
        let (mut bits, mut first, mut place) = (0_u32, 0_u32, 0_u32);
        for count in code.counts.iter().skip(1) {
            bits |= self.take(1)?;
            let count = u32::from(*count);
            if bits < first + count {
                return code.symbols.get((place + bits).wrapping_sub(first) as usize).copied();
            }
            place += count;
            first = (first + count) << 1;
            bits <<= 1;
        }
        None
    }

    /// Whether that was the last block; none where it could not be read to its end, or there is enough.
    fn block(&mut self) -> Option<bool> {
        let last = self.take(1)? == 1;
        match self.take(2)? {
            0 => self.stored()?,
            1 => self.codes(&fixed(), &Code::new(&[5; 30]))?,
            2 => {
                let (literals, distances) = self.dynamic()?;
                self.codes(&literals, &distances)?;
            }
            _ => return None,
        }
        Some(last)
    }

    fn stored(&mut self) -> Option<()> {
        (self.bits, self.count) = (0, 0);
        let length = self.take(16)?;
        if self.take(16)? != !length & 0xffff {
            return None;
        }
        let start = self.at;
        self.at = start + length as usize;
        let there = self.bytes.get(start..self.at.min(self.bytes.len()))?;
        self.out.extend_from_slice(there);
        (there.len() == length as usize && self.out.len() < self.limit).then_some(())
    }

    fn dynamic(&mut self) -> Option<(Code, Code)> {
        let literals = self.take(5)? as usize + 257;
        let all = literals + self.take(5)? as usize + 1;
        let own = self.take(4)? as usize + 4;
        let mut lengths = [0_u8; 19];
        for at in LENGTHS_ORDER.iter().take(own) {
            let length = u8::try_from(self.take(3)?).ok()?;
            *lengths.get_mut(*at)? = length;
        }
        let code = Code::new(&lengths);
        let mut lengths: Vec<u8> = Vec::with_capacity(all);
        while lengths.len() < all {
            let symbol = self.symbol(&code)?;
            let (value, times) = match symbol {
                16 => (*lengths.last()?, 3 + self.take(2)?),
                17 => (0, 3 + self.take(3)?),
                18 => (0, 11 + self.take(7)?),
                _ => (u8::try_from(symbol).ok()?, 1),
            };
            lengths.resize(lengths.len() + times as usize, value);
        }
        let distances = lengths.get(literals..all)?;
        Some((Code::new(lengths.get(..literals)?), Code::new(distances)))
    }

    fn codes(&mut self, literals: &Code, distances: &Code) -> Option<()> {
        while self.out.len() < self.limit {
            let symbol = u32::from(self.symbol(literals)?);
            match symbol {
                0..=255 => self.out.push(u8::try_from(symbol).ok()?),
                256 => return Some(()),
                _ => {
                    let length = self.length(symbol - 257)?;
                    let distance = u32::from(self.symbol(distances)?);
                    let distance = self.distance(distance)?;
                    self.copy(length as usize, distance as usize)?;
                }
            }
        }
        None
    }

    fn length(&mut self, symbol: u32) -> Option<u32> {
        match symbol {
            0..=7 => Some(symbol + 3),
            8..=27 => {
                let extra = symbol / 4 - 1;
                Some(((4 + symbol % 4) << extra) + 3 + self.take(extra)?)
            }
            28 => Some(258),
            _ => None,
        }
    }

    fn distance(&mut self, symbol: u32) -> Option<u32> {
        match symbol {
            0..=3 => Some(symbol + 1),
            4..=29 => {
                let extra = symbol / 2 - 1;
                Some(((2 + symbol % 2) << extra) + 1 + self.take(extra)?)
            }
            _ => None,
        }
    }

    fn copy(&mut self, length: usize, distance: usize) -> Option<()> {
        let start = self.out.len().checked_sub(distance)?;
        for at in start..start + length {
            let byte = *self.out.get(at)?;
            self.out.push(byte);
        }
        Some(())
    }
}

fn fixed() -> Code {
    let mut lengths = [8; 288];
    lengths.iter_mut().take(256).skip(144).for_each(|length| *length = 9);
    lengths.iter_mut().take(280).skip(256).for_each(|length| *length = 7);
    Code::new(&lengths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_each_kind() {
        // Written by zlib: stored, with the fixed codes, with codes of their own.
        let stored = [1, 5, 0, 250, 255, b'h', b'e', b'l', b'l', b'o'];
        assert_eq!(inflate(&stored, 99), b"hello");
        let fixed = [0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0xc8, 0x40, 0x27, 0x01];
        assert_eq!(inflate(&fixed, 99), b"hello hello hello hello");
        assert_eq!(inflate(&fixed, 7), b"hello h");
        assert_eq!(inflate(&fixed[..4], 99), b"hel");
        assert_eq!(inflate(&stored[..7], 99), b"he");
        assert_eq!(inflate(&[7], 99), b"");
        let own = [
            0x95, 0xcc, 0x01, 0x11, 0xc0, 0x20, 0x08, 0x00, 0xc0, 0x6c, 0x6c, 0x22, 0x70, 0x0a,
            0xe2, 0xa1, 0xd0, 0xbf, 0xc9, 0x32, 0xec, 0x03, 0x3c, 0x70, 0x8f, 0xf4, 0x07, 0x2c,
            0xac, 0x60, 0x9d, 0xdd, 0xf0, 0x36, 0xd0, 0xc5, 0x6e, 0x2f, 0x81, 0x48, 0xbe, 0xc9,
            0x5c, 0x08, 0x53, 0x71, 0xca, 0x29, 0xaf, 0x1c, 0x26, 0xdb, 0x69, 0x74, 0x77, 0x52,
            0x89, 0xab, 0xb1, 0x91, 0xe0, 0x7f, 0xf2, 0x01,
        ];
        let text = inflate(&own, 999);
        assert!(
            text.starts_with(b"AHFSVPBANSNWAOTQDEUDAMOH")
                && text.ends_with(b"NSNWAOTQDEUDAMOHPNCGAIIVCVHHWEALMELITWPWVKN")
        );
        assert_eq!(text.len(), 120);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, limit in 0_usize..5_000) {
            proptest::prop_assert!(inflate(&bytes, limit).len() <= limit);
        }
    }
}
