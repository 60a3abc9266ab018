//! Writes protocol buffers, with holes for what a reader should pass over.

/// A part of a file.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Bytes(Vec<u8>),
    /// So many zeros, which take no memory.
    Hole(u64),
}

impl Piece {
    fn length(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Hole(length) => *length,
        }
    }
}

/// A field, or several.
pub(crate) type Fields = Vec<Piece>;

pub(crate) fn varint(mut number: u64) -> Vec<u8> {
    let mut out = vec![];
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
    out
}

pub(crate) fn number(field: u64, number: u64) -> Fields {
    vec![Piece::Bytes([varint(field << 3), varint(number)].concat())]
}

pub(crate) fn text(field: u64, text: &str) -> Fields {
    message(field, [vec![Piece::Bytes(text.as_bytes().to_vec())]])
}

pub(crate) fn hole(field: u64, length: u64) -> Fields {
    message(field, [vec![Piece::Hole(length)]])
}

pub(crate) fn message(field: u64, parts: impl IntoIterator<Item = Fields>) -> Fields {
    let mut fields: Fields = parts.into_iter().flatten().collect();
    let length = fields.iter().map(Piece::length).sum();
    fields.insert(0, Piece::Bytes([varint(field << 3 | 2), varint(length)].concat()));
    fields
}

/// A file of which holes take no memory.
#[derive(Clone, Debug)]
pub(crate) struct Holed {
    pieces: Vec<(u64, Piece)>,
    pub(crate) size: u64,
}

impl Holed {
    pub(crate) fn new(pieces: Fields) -> Self {
        let mut size = 0;
        let mut place = |piece: Piece| {
            let start = size;
            size += piece.length();
            (start, piece)
        };
        let pieces = pieces.into_iter().map(&mut place).collect();
        Self { pieces, size }
    }

    pub(crate) fn read(&self, range: std::ops::Range<u64>) -> Vec<u8> {
        let end = range.end.min(self.size);
        let mut out = vec![0; end.saturating_sub(range.start) as usize];
        for (start, piece) in &self.pieces {
            if let Piece::Bytes(bytes) = piece {
                let from = range.start.max(*start);
                let to = end.min(start + bytes.len() as u64);
                if from < to {
                    let source = &bytes[(from - start) as usize..(to - start) as usize];
                    out[(from - range.start) as usize..(to - range.start) as usize]
                        .copy_from_slice(source);
                }
            }
        }
        out
    }
}
