//! The arguments of opcodes, protocols 0 to 5 (CPython 3.14 `Lib/pickletools.py`).

use crate::format::bytes::number_at;

/// What stands behind an opcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// This many bytes.
    Bytes(usize),
    /// A line.
    Line,
    /// Two lines.
    Lines,
    /// Bytes behind their number, which has so many bytes itself.
    Counted(usize),
    /// No opcode.
    Nothing,
}

fn shape(opcode: u8) -> Shape {
    match opcode {
        b'('
        | b'.'
        | b'0'
        | b'1'
        | b'2'
        | b'N'
        | b'Q'
        | b'R'
        | b'a'
        | b'b'
        | b'd'
        | b'}'
        | b'e'
        | b'l'
        | b']'
        | b'o'
        | b's'
        | b't'
        | b')'
        | b'u'
        | 0x81
        | 0x85..=0x89
        | 0x8f..=0x94
        | 0x97
        | 0x98 => Shape::Bytes(0),
        b'K' | b'h' | b'q' | 0x80 | 0x82 => Shape::Bytes(1),
        b'M' | 0x83 => Shape::Bytes(2),
        b'J' | b'j' | b'r' | 0x84 => Shape::Bytes(4),
        b'G' | 0x95 => Shape::Bytes(8),
        b'F' | b'I' | b'L' | b'P' | b'S' | b'V' | b'g' | b'p' => Shape::Line,
        b'c' | b'i' => Shape::Lines,
        b'U' | b'C' | 0x8a | 0x8c => Shape::Counted(1),
        b'T' | b'X' | b'B' | 0x8b => Shape::Counted(4),
        0x8d | 0x8e | 0x96 => Shape::Counted(8),
        _ => Shape::Nothing,
    }
}

/// The longest line: a number of protocol 0 may have some thousand digits, a text the length of a document.
const MAX_LINE: usize = 1 << 20;

/// An opcode with its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opcode<'a> {
    pub(super) code: u8,
    pub(super) argument: &'a [u8],
    /// The second line of two.
    pub(super) second: &'a [u8],
    /// Bytes in all, with the skipped ones.
    pub(super) length: u64,
    /// Whether the argument is longer than is read: what is there of it is its start.
    pub(super) skipped: bool,
}

/// Why there is no opcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// Its end is not there yet.
    Bytes,
    /// There is no such opcode, or its argument cannot be.
    Sense,
}

/// The opcode at the start of bytes. Arguments beyond `longest` are passed over.
pub(super) fn read(bytes: &[u8], longest: u64) -> Result<Opcode<'_>, Lack> {
    let Some((&code, rest)) = bytes.split_first() else { return Err(Lack::Bytes) };
    let opcode = |argument, second, length: usize| {
        Ok(Opcode { code, argument, second, length: 1 + length as u64, skipped: false })
    };
    match shape(code) {
        Shape::Bytes(count) => opcode(rest.get(..count).ok_or(Lack::Bytes)?, b"", count),
        Shape::Line => {
            let line = line(rest)?;
            opcode(line, b"", line.len() + 1)
        }
        Shape::Lines => {
            let first = line(rest)?;
            let second = line(rest.get(first.len() + 1..).unwrap_or_default())?;
            opcode(first, second, first.len() + second.len() + 2)
        }
        Shape::Counted(width) => counted(code, rest, width, longest),
        Shape::Nothing => Err(Lack::Sense),
    }
}

fn line(bytes: &[u8]) -> Result<&[u8], Lack> {
    match bytes.iter().take(MAX_LINE).position(|&byte| byte == b'\n') {
        Some(end) => Ok(bytes.get(..end).unwrap_or_default()),
        None if bytes.len() >= MAX_LINE => Err(Lack::Sense),
        None => Err(Lack::Bytes),
    }
}

fn counted(code: u8, rest: &[u8], width: usize, longest: u64) -> Result<Opcode<'_>, Lack> {
    let count = number_at(rest, 0, width).ok_or(Lack::Bytes)?;
    // BINSTRING and LONG4 count with a sign, and nothing has 2^63 bytes.
    let signed = matches!(code, b'T' | 0x8b) && count > 0x7fff_ffff;
    if signed || count > u64::MAX >> 1 {
        return Err(Lack::Sense);
    }
    let skipped = count > longest;
    // The start of what is skipped tells whether it may be a pickle.
    let kept = usize::try_from(if skipped { 4 } else { count }).map_err(|_| Lack::Sense)?;
    let argument = rest.get(width..width + kept).ok_or(Lack::Bytes)?;
    Ok(Opcode { code, argument, second: b"", length: 1 + width as u64 + count, skipped })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_68_opcodes() {
        let known = (0..=u8::MAX).filter(|&code| shape(code) != Shape::Nothing);
        assert_eq!(known.count(), 68);
    }

    #[test]
    fn arguments() {
        let global = read(b"cos\nsystem\nR", 9).unwrap();
        assert_eq!(
            (global.argument, global.second, global.length),
            (&b"os"[..], &b"system"[..], 11)
        );
        assert_eq!(read(b"cos\nsystem", 9), Err(Lack::Bytes));
        let text = read(b"X\x02\0\0\0ab.", 9).unwrap();
        assert_eq!((text.argument, text.length, text.skipped), (&b"ab"[..], 7, false));
        let long = read(b"X\x0a\0\0\0abcd", 9).unwrap();
        assert_eq!((long.argument, long.length, long.skipped), (&b"abcd"[..], 15, true));
        assert_eq!(read(b"T\0\0\0\x80", 9), Err(Lack::Sense));
        assert_eq!(read(b"\xff", 9), Err(Lack::Sense));
        assert_eq!(read(b"", 9), Err(Lack::Bytes));
    }
}
