//! The way over a list without decoding it: one pass over the length prefixes, nothing kept.

use super::cursor::{Cursor, Layout, Read};
use super::entry::value_type;
use super::header::too_much;
use super::limits::MAX_DEPTH;
use super::value::ValueType;

/// A list and how much of it is still ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) element: ValueType,
    pub(super) left: u64,
}

/// A list that is being passed over.
#[derive(Debug)]
pub(super) struct Walk {
    pub(super) key: Vec<u8>,
    pub(super) element: ValueType,
    pub(super) length: u64,
    pub(super) start: u64,
    /// The list, the list in it that we are in, and so on.
    stack: Vec<Frame>,
}

/// The bytes that were read, and those behind them that need not be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Passed {
    pub(super) read: usize,
    pub(super) skip: u64,
    /// Whether they open a list in the list.
    pub(super) opens: bool,
}

impl Walk {
    pub(super) fn new(key: &[u8], list: Frame, start: u64) -> Self {
        let Frame { element, left } = list;
        Self { key: key.to_vec(), element, length: left, start, stack: vec![list] }
    }

    /// Goes on over these bytes. `None` where the list is at its end.
    pub(super) fn step(&mut self, bytes: &[u8], layout: Layout) -> Read<Option<Passed>> {
        while self.stack.last().is_some_and(|list| list.left == 0) {
            self.stack.pop();
        }
        let depth = self.stack.len();
        let Some(list) = self.stack.last_mut() else { return Ok(None) };
        match list.element {
            ValueType::Text => texts(bytes, layout, &mut list.left).map(Some),
            ValueType::List => {
                let (read, inner) = inner_list(bytes, layout, depth, &self.key)?;
                list.left -= 1;
                self.stack.push(inner);
                Ok(Some(Passed { read, skip: 0, opens: true }))
            }
            fixed => {
                let skip = list.left.saturating_mul(fixed.bytes().unwrap_or(1));
                list.left = 0;
                Ok(Some(Passed { read: 0, skip, opens: false }))
            }
        }
    }

    /// The bytes that the rest of the list takes at least.
    pub(super) fn at_least(&self, layout: Layout) -> u64 {
        let prefix = u64::from(layout.length_bytes());
        let of = |list: &Frame| {
            let each = match list.element {
                ValueType::Text => prefix,
                ValueType::List => prefix + 4,
                fixed => fixed.bytes().unwrap_or(1),
            };
            list.left.saturating_mul(each)
        };
        self.stack.iter().fold(0, |sum, list| sum.saturating_add(of(list)))
    }

    /// The elements of the outermost list that are still ahead.
    pub(super) fn left(&self) -> u64 {
        self.stack.first().map_or(0, |list| list.left)
    }
}

/// Hops from length to length. `left` is what is ahead of it, then what is ahead of where it stopped.
fn texts(bytes: &[u8], layout: Layout, left: &mut u64) -> Read<Passed> {
    if layout.short_lengths {
        hop(bytes, left, |prefix| u64::from(layout.u32(prefix)))
    } else {
        hop(bytes, left, |prefix| layout.u64(prefix))
    }
}

fn hop<const N: usize>(
    bytes: &[u8],
    left: &mut u64,
    length: impl Fn([u8; N]) -> u64,
) -> Read<Passed> {
    let mut rest = bytes;
    while *left > 0 {
        let Some((prefix, text)) = rest.split_first_chunk::<N>() else { break };
        let length = length(*prefix);
        *left -= 1;
        let next = usize::try_from(length).ok().and_then(|length| text.get(length..));
        let Some(next) = next else {
            let read = bytes.len() - text.len();
            return Ok(Passed { read, skip: length, opens: false });
        };
        rest = next;
    }
    match bytes.len() - rest.len() {
        0 => Err(super::cursor::Stop::Short(N)),
        read => Ok(Passed { read, skip: 0, opens: false }),
    }
}

fn inner_list(bytes: &[u8], layout: Layout, depth: usize, key: &[u8]) -> Read<(usize, Frame)> {
    if depth >= MAX_DEPTH {
        return Err(too_much(format!("lists in lists, more than {MAX_DEPTH} deep")).into());
    }
    let mut from = Cursor::new(bytes, layout);
    let element = value_type(&mut from, key)?;
    let left = from.length()?;
    Ok((from.taken(), Frame { element, left }))
}

#[cfg(test)]
mod tests {
    use super::super::cursor::Stop;
    use super::*;

    const LITTLE: Layout = Layout { big_endian: false, short_lengths: false };

    fn passed(bytes: &[u8], left: &mut u64) -> Passed {
        texts(bytes, LITTLE, left).unwrap()
    }

    #[test]
    fn texts_are_hopped_over() {
        let bytes = [&[2, 0, 0, 0, 0, 0, 0, 0][..], b"ab", &[0; 8], &[9, 0, 0]].concat();
        let mut left = 5;
        assert_eq!(passed(&bytes, &mut left), Passed { read: 18, skip: 0, opens: false });
        assert_eq!(left, 3);
        assert!(matches!(texts(&bytes[18..], LITTLE, &mut left), Err(Stop::Short(8))));
    }

    #[test]
    fn a_text_may_end_behind_the_bytes() {
        let mut left = 1;
        let bytes = [7, 0, 0, 0, 0, 0, 0, 0, b'a'];
        assert_eq!(passed(&bytes, &mut left), Passed { read: 8, skip: 7, opens: false });
        let mut left = 1;
        assert_eq!(passed(&[0xff; 8], &mut left), Passed { read: 8, skip: u64::MAX, opens: false });
    }
}
