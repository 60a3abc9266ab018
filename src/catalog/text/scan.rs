//! Finding a needle in a long text: 64 places at a time, by the first and the last byte of a match.
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

    fn is(self, byte: u8) -> bool {
        byte | self.case == self.byte
    }
}

/// How many places are looked at together.
const STEP: usize = 64;

/// How many of them are compared by one instruction.
const LANES: usize = 16;

/// Calls `found` with each place at which a match begins, ascending; matches may overlap.
pub fn scan(text: &[u8], needle: &Needle, found: &mut dyn FnMut(usize)) {
    let (Some(first), Some(last)) = (needle.bytes().first(), needle.bytes().last()) else {
        return;
    };
    let (first, last) = (Wanted::new(*first), Wanted::new(*last));
    let Some(lasts) = text.get(needle.len() - 1..) else { return };
    let mut check = |at: usize| {
        if text.get(at..).is_some_and(|text| needle.begins(text)) {
            found(at);
        }
    };
    let (first_blocks, last_blocks) = (text.as_chunks::<STEP>().0, lasts.as_chunks::<STEP>().0);
    let mut block = 0;
    while let Some((next, mut candidates)) = next(first_blocks, last_blocks, block, first, last) {
        while candidates != 0 {
            check(next * STEP + candidates.trailing_zeros() as usize);
            candidates &= candidates - 1;
        }
        block = next + 1;
    }
    let rest = last_blocks.len() * STEP;
    let rests = (text.get(rest..).unwrap_or_default(), lasts.get(rest..).unwrap_or_default());
    for (place, (one, other)) in rests.0.iter().zip(rests.1).enumerate() {
        if first.is(*one) && last.is(*other) {
            check(rest + place);
        }
    }
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

/// A bit for each of 64 places where the first and the last byte are right.
fn candidates(firsts: &[u8; STEP], lasts: &[u8; STEP], first: Wanted, last: Wanted) -> u64 {
    let pairs = firsts.as_chunks::<LANES>().0.iter().zip(lasts.as_chunks::<LANES>().0);
    pairs.rev().fold(0, |bits, (firsts, lasts)| {
        bits << LANES | u64::from(lanes(firsts, lasts, first, last))
    })
}

/// A bit for each of 16 places where the first and the last byte are right.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
fn lanes(firsts: &[u8; LANES], lasts: &[u8; LANES], first: Wanted, last: Wanted) -> u32 {
    use core::arch::wasm32::{
        u8x16_bitmask, u8x16_eq, u8x16_splat, u64x2, v128, v128_and, v128_or,
    };
    fn equal(bytes: &[u8; LANES], wanted: Wanted) -> v128 {
        let [low, high] = halves(bytes);
        let bytes = v128_or(u64x2(low, high), u8x16_splat(wanted.case));
        u8x16_eq(bytes, u8x16_splat(wanted.byte))
    }
    u32::from(u8x16_bitmask(v128_and(equal(firsts, first), equal(lasts, last))))
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use scalar as lanes;

/// The same by words of eight bytes.
#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
fn scalar(firsts: &[u8; LANES], lasts: &[u8; LANES], first: Wanted, last: Wanted) -> u32 {
    let difference = |bytes: u64, wanted: Wanted| (bytes | splat(wanted.case)) ^ splat(wanted.byte);
    let [low_first, high_first] = halves(firsts);
    let [low_last, high_last] = halves(lasts);
    let low = zeros(difference(low_first, first) | difference(low_last, last));
    let high = zeros(difference(high_first, first) | difference(high_last, last));
    low | high << 8
}

/// A bit for each byte that is zero.
#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
fn zeros(word: u64) -> u32 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let zero = !(((word & LOW) + LOW) | word | LOW) >> 7;
    // Gathers the lowest bits of all bytes in the highest byte.
    u32::from(zero.wrapping_mul(0x0102_0408_1020_4080).to_be_bytes()[0])
}

#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
fn splat(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

fn halves(bytes: &[u8; LANES]) -> [u64; 2] {
    match bytes.as_chunks::<8>() {
        ([low, high], _) => [u64::from_le_bytes(*low), u64::from_le_bytes(*high)],
        _ => [0; 2],
    }
}

#[cfg(test)]
mod tests {
    use super::{LANES, Wanted, lanes, scalar};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_ways_find_the_same_places(
            firsts: [u8; LANES], lasts: [u8; LANES], first: u8, last: u8, same in any::<[bool; LANES]>(),
        ) {
            let (first, last) = (Wanted::new(first), Wanted::new(last));
            let mut firsts = firsts;
            let mut lasts = lasts;
            for ((one, other), same) in firsts.iter_mut().zip(&mut lasts).zip(same) {
                if same {
                    *one = first.byte.to_ascii_uppercase();
                    *other = last.byte;
                }
            }
            let pairs = firsts.iter().zip(&lasts).enumerate();
            let plain = pairs
                .filter(|(_, (one, other))| {
                    one.eq_ignore_ascii_case(&first.byte) && other.eq_ignore_ascii_case(&last.byte)
                })
                .fold(0_u32, |bits, (at, _)| bits | 1 << at);
            // Needles are in lower case.
            prop_assume!(!first.byte.is_ascii_uppercase() && !last.byte.is_ascii_uppercase());
            prop_assert_eq!(scalar(&firsts, &lasts, first, last), plain);
            prop_assert_eq!(lanes(&firsts, &lasts, first, last), plain);
        }
    }
}
