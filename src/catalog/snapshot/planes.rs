//! Lists of numbers by the places of their bytes: the lowest bytes of all numbers, then the next ones.
//!
//! What hosts compress with finds more in them so: the upper bytes of neighbours are mostly alike.

use super::cursor::Cursor;
use crate::error::Result;

/// Adds the width of the largest number in bytes, from 1 to 4, and the planes.
pub(super) fn write(out: &mut Vec<u8>, numbers: &[u32]) {
    let most = numbers.iter().copied().max().unwrap_or(0);
    let width = (4 - most.leading_zeros() / 8).max(1);
    out.extend(u8::try_from(width));
    for plane in 0..width {
        out.extend(
            numbers
                .iter()
                .map(|number| number.to_le_bytes())
                .filter_map(|bytes| bytes.get(plane as usize).copied()),
        );
    }
}

/// Reads numbers. At least one byte stands for each, so no count asks for more than the shard has.
#[inline(never)]
pub(super) fn read(from: &mut Cursor<'_>, count: usize) -> Result<Vec<u32>> {
    let width = from.u8()?;
    if !(1..=4).contains(&width) {
        return Err(from.expected("a width of 1 to 4 bytes", u64::from(width)));
    }
    let mut numbers: Vec<u32> = from.take(count)?.iter().copied().map(u32::from).collect();
    for plane in 1..u32::from(width) {
        for (number, byte) in numbers.iter_mut().zip(from.take(count)?) {
            *number |= u32::from(*byte) << (8 * plane);
        }
    }
    Ok(numbers)
}
