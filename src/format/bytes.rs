//! Little-endian numbers at a place in bytes.

/// Two bytes. None of these is inlined: they are called in many places, and none of them is hot.
#[inline(never)]
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    number_at(bytes, at, 2).and_then(|number| u16::try_from(number).ok())
}

/// Four bytes.
#[inline(never)]
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    number_at(bytes, at, 4).and_then(|number| u32::try_from(number).ok())
}

/// Eight bytes.
pub(crate) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    number_at(bytes, at, 8)
}

/// A number of up to eight bytes.
#[inline(never)]
pub(crate) fn number_at(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)))
}

/// A product, where 64 bits hold it. WebAssembly checks one by another of 128 bits, which costs more than what it is
/// for: numbers of less than 32 bits need no check.
pub(crate) fn times(one: u64, other: u64) -> Option<u64> {
    if (one | other) >> 32 == 0 { Some(one * other) } else { one.checked_mul(other) }
}

/// The part of bytes from a place on, of at most a length.
#[inline(never)]
pub(crate) fn part(bytes: &[u8], start: u64, length: u64) -> &[u8] {
    let place = |place: u64| usize::try_from(place).unwrap_or(usize::MAX).min(bytes.len());
    bytes.get(place(start)..place(start.saturating_add(length))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products() {
        assert_eq!(times((1 << 32) - 1, (1 << 32) - 1), Some(0xffff_fffe_0000_0001));
        assert_eq!((times(1 << 32, 1 << 31), times(1 << 32, 1 << 32)), (Some(1 << 63), None));
        assert_eq!((times(0, u64::MAX), times(u64::MAX, 2)), (Some(0), None));
    }

    #[test]
    fn numbers_inside_the_bytes() {
        let bytes = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        assert_eq!((u16_at(&bytes, 7), u16_at(&bytes, 8)), (Some(0x0908), None));
        assert_eq!(u32_at(&bytes, 0), Some(0x0403_0201));
        assert_eq!(u64_at(&bytes, 1), Some(0x0908_0706_0504_0302));
        assert_eq!(u64_at(&bytes, usize::MAX), None);
        assert_eq!((part(&bytes, 7, u64::MAX), part(&bytes, 99, 1)), (&[8, 9][..], &[][..]));
    }
}
