//! Counts the codes of listed rows.
//!
//! Rows that follow each other often have the same code: with one counter the processor would wait for the last sum each time, so
//! neighbours have counters of their own.

use super::list::{BLOCK, List};
use crate::catalog::column::Codes;

/// A column whose codes are counted.
#[derive(Clone, Copy)]
pub(super) enum Column<'a> {
    U8(&'a [u8]),
    U16(&'a [u16]),
    U32(&'a [u32]),
}

impl<'a> Column<'a> {
    pub(super) fn of(codes: &'a Codes) -> Self {
        match codes {
            Codes::Narrow(codes) => Self::U8(codes),
            Codes::Medium(codes) => Self::U16(codes),
            Codes::Wide(codes) => Self::U32(codes),
        }
    }
}

type Bytes = [u32; 256];

/// Counts in the making. All sums wrap: what is taken away first may be added later.
pub(super) enum Counts {
    /// Of bytes, by neighbours.
    Bytes(Box<[Bytes; 4]>),
    /// Of wider codes.
    Codes(Vec<u32>),
}

impl Counts {
    pub(super) fn new(column: Column<'_>, codes: usize) -> Self {
        match column {
            Column::U8(_) => Self::Bytes(Box::new([[0; 256]; 4])),
            Column::U16(_) | Column::U32(_) => Self::Codes(vec![0; codes]),
        }
    }

    /// Adds `one` to the code of each row that a list of a block has.
    pub(super) fn count(&mut self, column: Column<'_>, block: usize, list: &List, one: u32) {
        match (self, column) {
            (Self::Bytes(counts), Column::U8(codes)) => {
                with_block(codes, block, Visit { list, one, counts: &mut **counts });
            }
            (Self::Codes(counts), Column::U16(codes)) => {
                with_block(codes, block, Visit { list, one, counts: counts.as_mut_slice() });
            }
            (Self::Codes(counts), Column::U32(codes)) => {
                with_block(codes, block, Visit { list, one, counts: counts.as_mut_slice() });
            }
            _ => {}
        }
    }

    /// Adds what was counted.
    pub(super) fn add_to(&self, counts: &mut [u32]) {
        match self {
            Self::Bytes(parts) => parts.iter().for_each(|part| add_all(counts, part)),
            Self::Codes(codes) => add_all(counts, codes),
        }
    }
}

fn add(counts: &mut [u32], place: usize, more: u32) {
    if let Some(count) = counts.get_mut(place) {
        *count = count.wrapping_add(more);
    }
}

fn add_all(counts: &mut [u32], more: &[u32]) {
    for (count, more) in counts.iter_mut().zip(more) {
        *count = count.wrapping_add(*more);
    }
}

/// What is done with the rows of a block.
struct Visit<'a, C> {
    list: &'a List,
    one: u32,
    counts: C,
}

trait Kernel<T> {
    fn run(self, at: impl Fn(usize) -> T);
}

/// Runs a kernel over a block of a column: one of full length needs no check of places.
fn with_block<T: Copy + Default>(column: &[T], block: usize, kernel: impl Kernel<T>) {
    let (blocks, rest) = column.as_chunks::<BLOCK>();
    match blocks.get(block) {
        Some(block) => kernel.run(|place| block.get(place).copied().unwrap_or_default()),
        None => kernel.run(|place| rest.get(place).copied().unwrap_or_default()),
    }
}

#[inline]
fn bump(counts: &mut Bytes, byte: u8, one: u32) {
    if let Some(count) = counts.get_mut(usize::from(byte)) {
        *count = count.wrapping_add(one);
    }
}

impl Kernel<u8> for Visit<'_, &mut [Bytes; 4]> {
    fn run(self, at: impl Fn(usize) -> u8) {
        let one = self.one;
        let [a, b, c, d] = self.counts;
        let (fours, rest) = self.list.places();
        for [first, second, third, fourth] in fours {
            bump(a, at(first), one);
            bump(b, at(second), one);
            bump(c, at(third), one);
            bump(d, at(fourth), one);
        }
        for place in rest {
            bump(a, at(place), one);
        }
    }
}

impl<T: Copy + Into<u32>> Kernel<T> for Visit<'_, &mut [u32]> {
    fn run(self, at: impl Fn(usize) -> T) {
        let (fours, rest) = self.list.places();
        for place in fours.flatten().chain(rest) {
            add(self.counts, at(place).into() as usize, self.one);
        }
    }
}
