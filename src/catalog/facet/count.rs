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
    /// Of two bytes: by code, then by neighbours, so that those of one code lie together.
    Medium(Vec<[u32; 2]>),
    /// Of wider codes, of which hardly any follows itself.
    Wide(Vec<u32>),
}

impl Counts {
    pub(super) fn new(column: Column<'_>, codes: usize) -> Self {
        match column {
            Column::U8(_) => Self::Bytes(Box::new([[0; 256]; 4])),
            Column::U16(_) => Self::Medium(vec![[0; 2]; codes]),
            Column::U32(_) => Self::Wide(vec![0; codes]),
        }
    }

    /// Adds `one` to the code of each row that a list of a block has.
    pub(super) fn count(&mut self, column: Column<'_>, block: usize, list: &List, one: u32) {
        match (self, column) {
            (Self::Bytes(counts), Column::U8(codes)) => {
                with_block(codes, block, Visit { list, one, counts: &mut **counts });
            }
            (Self::Medium(counts), Column::U16(codes)) => {
                with_block(codes, block, Visit { list, one, counts: counts.as_mut_slice() });
            }
            (Self::Wide(counts), Column::U32(codes)) => {
                with_block(codes, block, Visit { list, one, counts: counts.as_mut_slice() });
            }
            _ => {}
        }
    }

    /// Adds what was counted.
    pub(super) fn add_to(&self, counts: &mut [u32]) {
        match self {
            Self::Bytes(parts) => parts.iter().for_each(|part| add_all(counts, part)),
            Self::Medium(codes) => {
                for (count, [even, odd]) in counts.iter_mut().zip(codes) {
                    *count = count.wrapping_add(*even).wrapping_add(*odd);
                }
            }
            Self::Wide(codes) => add_all(counts, codes),
        }
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

impl Kernel<u16> for Visit<'_, &mut [[u32; 2]]> {
    fn run(self, at: impl Fn(usize) -> u16) {
        let (fours, rest) = self.list.places();
        let mut bump = |place: usize, part: usize| {
            let parts = self.counts.get_mut(usize::from(at(place)));
            if let Some(count) = parts.and_then(|parts| parts.get_mut(part)) {
                *count = count.wrapping_add(self.one);
            }
        };
        for [first, second, third, fourth] in fours {
            bump(first, 0);
            bump(second, 1);
            bump(third, 0);
            bump(fourth, 1);
        }
        for place in rest {
            bump(place, 0);
        }
    }
}

impl Kernel<u32> for Visit<'_, &mut [u32]> {
    fn run(self, at: impl Fn(usize) -> u32) {
        let (fours, rest) = self.list.places();
        for place in fours.flatten().chain(rest) {
            if let Some(count) = self.counts.get_mut(at(place) as usize) {
                *count = count.wrapping_add(self.one);
            }
        }
    }
}
