//! A range of numbers, and which rows of a column are in it: 64 at a time, with vectors where there are any.

use crate::catalog::Bits;

/// Numbers from one to another, both with it.
#[derive(Clone, Copy, Debug)]
pub(in crate::catalog) struct Span {
    least: u32,
    /// How far the greatest is above the least.
    length: u32,
}

impl Span {
    /// All numbers there are.
    pub(in crate::catalog) const ALL: Self = Self { least: 0, length: u32::MAX };

    /// None where there is no number between them.
    pub(in crate::catalog) fn of(least: u32, most: u32) -> Option<Self> {
        Some(Self { least, length: most.checked_sub(least)? })
    }

    /// 1 where a number is in it, else 0.
    #[inline]
    pub(super) fn has(self, number: u32) -> u8 {
        u8::from(number.wrapping_sub(self.least) <= self.length)
    }

    /// The rows whose number is in it.
    pub(in crate::catalog) fn rows(self, numbers: &[u32]) -> Bits {
        let (blocks, rest) = numbers.as_chunks::<64>();
        let mut words = Vec::with_capacity(numbers.len().div_ceil(64));
        words.extend(blocks.iter().map(|block| self.word(block)));
        if !rest.is_empty() {
            words.push(self.bits(rest));
        }
        Bits::of_words(words, numbers.len())
    }

    /// Up to 64 numbers, the first as the lowest bit.
    #[inline]
    pub(in crate::catalog) fn bits(self, numbers: &[u32]) -> u64 {
        if let Some(block) = numbers.first_chunk() {
            return self.word(block);
        }
        let bit = |word, number: &u32| word << 1 | u64::from(self.has(*number));
        numbers.iter().rev().fold(0, bit)
    }

    /// 64 numbers, the first as the lowest bit. Written out four at a time: what small code would make of loops passes through memory.
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    #[inline]
    fn word(self, numbers: &[u32; 64]) -> u64 {
        use core::arch::wasm32::{i32x4_bitmask, i32x4_sub, u32x4, u32x4_le, u32x4_splat};
        let (least, length) = (u32x4_splat(self.least), u32x4_splat(self.length));
        let bits = |[a, b, c, d]: [u32; 4]| {
            u64::from(i32x4_bitmask(u32x4_le(i32x4_sub(u32x4(a, b, c, d), least), length)))
        };
        let (sixteens, _) = numbers.as_chunks::<16>();
        sixteens.iter().rev().fold(0, |word, sixteen| {
            let [one, two, three, four] = sixteen.as_chunks().0 else { return word };
            word << 16 | bits(*one) | bits(*two) << 4 | bits(*three) << 8 | bits(*four) << 12
        })
    }

    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    fn word(self, numbers: &[u32; 64]) -> u64 {
        crate::catalog::bits::word(&numbers.map(|number| self.has(number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_in_it_have_a_bit(
            numbers in prop::collection::vec(prop_oneof![0..9_u32, any::<u32>()], 0..300),
            least in prop_oneof![0..9_u32, any::<u32>()], most in prop_oneof![0..9_u32, any::<u32>()],
        ) {
            let found = Span::of(least, most).map_or(Bits::none(numbers.len()), |span| span.rows(&numbers));
            let naive = Bits::of(&numbers, |number| u8::from(least <= number && number <= most));
            prop_assert_eq!(found, naive);
        }
    }
}
