//! Finding a needle in a long text: 64 places at a time, by two bytes of a match, in a long text the rarest two.
//!
//! No copy of the text in lower case is kept: a letter is compared after its bit of case is set.

use super::needle::Needle;

/// A byte as it is looked for: after `case` is set, it must be `byte`.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    case: u8,
    byte: u8,
}

impl Wanted {
    fn new(byte: u8) -> Self {
        Self { case: if byte.is_ascii_lowercase() { 0x20 } else { 0 }, byte }
    }
}

/// How many places are looked at together.
const STEP: usize = 64;

/// A text is long from so many bytes on: then it is worth to look which bytes are rare.
const LONG: usize = 1 << 16;

/// How many bytes of a long text are looked at for that.
const SAMPLE: usize = 1024;

/// Calls `found` with each place at which a match begins, ascending; matches may overlap.
pub fn scan(text: &[u8], needle: &Needle, found: &mut dyn FnMut(usize)) {
    let [one, other] = if text.len() < LONG {
        [0, needle.len().saturating_sub(1)]
    } else {
        rarest(text, needle.bytes())
    };
    let wanted = |place: usize| needle.bytes().get(place).copied().map(Wanted::new);
    let (Some(first), Some(last)) = (wanted(one), wanted(other)) else { return };
    let (Some(firsts), Some(lasts)) = (text.get(one..), text.get(other..)) else { return };
    let mut check = |at: usize| {
        if text.get(at..).is_some_and(|text| needle.begins(text)) {
            found(at);
        }
    };
    let (first_blocks, last_blocks) = (firsts.as_chunks::<STEP>().0, lasts.as_chunks::<STEP>().0);
    let mut block = 0;
    while let Some((next, mut candidates)) = next(first_blocks, last_blocks, block, first, last) {
        while candidates != 0 {
            check(next * STEP + candidates.trailing_zeros() as usize);
            candidates &= candidates - 1;
        }
        block = next + 1;
    }
    (last_blocks.len() * STEP..text.len()).for_each(check);
}

/// The places of the two bytes of a needle that are rarest in a text, the first of them first. A space may stand for other bytes, and
/// of a needle as long as none that is typed only the first bytes are looked at.
fn rarest(text: &[u8], needle: &[u8]) -> [usize; 2] {
    let mut counts = [0_u16; 256];
    for byte in text.iter().step_by(text.len() / SAMPLE) {
        if let Some(count) = counts.get_mut(usize::from(byte.to_ascii_lowercase())) {
            *count += 1;
        }
    }
    let (mut one, mut other) = (u32::MAX, u32::MAX);
    for (place, byte) in (0..u32::from(u16::MAX)).zip(needle).filter(|(_, byte)| **byte != b' ') {
        let count = counts.get(usize::from(*byte)).copied().unwrap_or(0);
        let key = u32::from(count) << 16 | place;
        (one, other) = if key < one { (key, one) } else { (one, other.min(key)) };
    }
    let place = |key: u32| (key % (1 << 16)) as usize;
    let (one, other) = (place(one), place(if other == u32::MAX { one } else { other }));
    [one.min(other), one.max(other)]
}

/// The next block with candidates, and these. A function of its own, so that nothing else takes its registers.
#[inline(never)]
fn next(
    firsts: &[[u8; STEP]],
    lasts: &[[u8; STEP]],
    from: usize,
    first: Wanted,
    last: Wanted,
) -> Option<(usize, u64)> {
    let (firsts, lasts) = (firsts.get(from..)?, lasts.get(from..)?);
    for (place, (firsts, lasts)) in firsts.iter().zip(lasts).enumerate() {
        let candidates = candidates(firsts, lasts, first, last);
        if candidates != 0 {
            return Some((from + place, candidates));
        }
    }
    None
}

/// A bit for each of 64 places where both bytes are right. Written out, since small code would loop over the four parts; and mostly
/// there is none, which is known before any bits are gathered.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn candidates(firsts: &[u8; STEP], lasts: &[u8; STEP], first: Wanted, last: Wanted) -> u64 {
    use core::arch::wasm32::{
        u8x16_bitmask, u8x16_eq, u8x16_splat, u64x2, v128, v128_and, v128_any_true, v128_or,
    };
    fn equal(bytes: &[u8; 16], wanted: Wanted) -> v128 {
        let [low, high] = halves(bytes);
        let bytes = v128_or(u64x2(low, high), u8x16_splat(wanted.case));
        u8x16_eq(bytes, u8x16_splat(wanted.byte))
    }
    let both = |firsts, lasts| v128_and(equal(firsts, first), equal(lasts, last));
    let bits = |lanes, place: u32| u64::from(u8x16_bitmask(lanes)) << (16 * place);
    let [one, two, three, four] = firsts.as_chunks().0 else { return 0 };
    let [other_one, other_two, other_three, other_four] = lasts.as_chunks().0 else { return 0 };
    let (one, two) = (both(one, other_one), both(two, other_two));
    let (three, four) = (both(three, other_three), both(four, other_four));
    if !v128_any_true(v128_or(v128_or(one, two), v128_or(three, four))) {
        return 0;
    }
    bits(one, 0) | bits(two, 1) | bits(three, 2) | bits(four, 3)
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use scalar as candidates;

/// The same by words of eight bytes.
#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
fn scalar(firsts: &[u8; STEP], lasts: &[u8; STEP], first: Wanted, last: Wanted) -> u64 {
    let difference = |bytes: &[u8; 8], wanted: Wanted| {
        (u64::from_le_bytes(*bytes) | splat(wanted.case)) ^ splat(wanted.byte)
    };
    let pairs = firsts.as_chunks().0.iter().zip(lasts.as_chunks().0);
    pairs.rev().fold(0, |bits, (firsts, lasts)| {
        let zeros = zeros(difference(firsts, first) | difference(lasts, last));
        bits << 8 | u64::from(zeros)
    })
}

/// A bit for each byte that is zero.
pub(super) fn zeros(word: u64) -> u8 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let zero = !(((word & LOW) + LOW) | word | LOW) >> 7;
    // Gathers the lowest bits of all bytes in the highest byte.
    zero.wrapping_mul(0x0102_0408_1020_4080).to_be_bytes()[0]
}

#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
fn splat(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
fn halves(bytes: &[u8; 16]) -> [u64; 2] {
    match bytes.as_chunks::<8>() {
        ([low, high], _) => [u64::from_le_bytes(*low), u64::from_le_bytes(*high)],
        _ => [0; 2],
    }
}

#[cfg(test)]
mod tests {
    use super::{LONG, STEP, Wanted, candidates, rarest, scalar, scan, zeros};
    use crate::catalog::text::Needle;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_ways_find_the_same_places(
            firsts in vec(any::<u8>(), STEP), lasts in vec(any::<u8>(), STEP), first: u8, last: u8, same in vec(any::<bool>(), STEP),
        ) {
            // Needles are in lower case.
            let (first, last) = (first.to_ascii_lowercase(), last.to_ascii_lowercase());
            let mut firsts = *firsts.as_array::<STEP>().unwrap();
            let mut lasts = *lasts.as_array::<STEP>().unwrap();
            for ((one, other), same) in firsts.iter_mut().zip(&mut lasts).zip(same) {
                if same {
                    *one = first.to_ascii_uppercase();
                    *other = last;
                }
            }
            let pairs = firsts.iter().zip(&lasts).enumerate();
            let plain = pairs
                .filter(|(_, (one, other))| {
                    one.eq_ignore_ascii_case(&first) && other.eq_ignore_ascii_case(&last)
                })
                .fold(0_u64, |bits, (at, _)| bits | 1 << at);
            let (first, last) = (Wanted::new(first), Wanted::new(last));
            prop_assert_eq!(scalar(&firsts, &lasts, first, last), plain);
            prop_assert_eq!(candidates(&firsts, &lasts, first, last), plain);
        }

        #[test]
        fn zero_bytes_have_a_bit(bytes in any::<[u8; 8]>(), keep in any::<[bool; 8]>()) {
            let bytes: [u8; 8] = std::array::from_fn(|at| if keep[at] { bytes[at] } else { 0 });
            let plain = (0..8).fold(0, |bits, at| bits | u8::from(bytes[at] == 0) << at);
            prop_assert_eq!(zeros(u64::from_le_bytes(bytes)), plain);
        }

        /// By whichever two bytes a match is looked for, all of them are found: in a short text and in a long one.
        #[test]
        fn every_place_is_found(
            piece in "[ab. -]{1,80}", needle in "[ab]( ?[ab]){0,5}", repeat in prop_oneof![Just(1), Just(LONG)],
        ) {
            let text = piece.repeat(repeat.div_ceil(piece.len()));
            let needle = Needle::new(needle.as_bytes());
            let mut found = Vec::new();
            scan(text.as_bytes(), &needle, &mut |at| found.push(at));
            let plain = (0..text.len()).filter(|at| needle.begins(&text.as_bytes()[*at..]));
            prop_assert_eq!(found, plain.collect::<Vec<_>>());
        }
    }

    #[test]
    fn rare_bytes_are_looked_for() {
        let text = "aaaaxaabaa".repeat(LONG / 10 + 1);
        assert_eq!(rarest(text.as_bytes(), b"abax"), [1, 3]);
        assert_eq!(rarest(text.as_bytes(), b"aa"), [0, 1]);
        assert_eq!(rarest(text.as_bytes(), b"a z a"), [0, 2]);
        assert_eq!(rarest(text.as_bytes(), b"a"), [0, 0]);
    }
}
