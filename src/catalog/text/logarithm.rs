//! The logarithm that scores are made of: by whole numbers, so that every host gets the same.

/// The logarithm to base 2 of a number of at least 1, within 0.09: straight lines between the powers of two.
#[must_use]
pub(super) fn log2(number: u64) -> f32 {
    let number = number.max(1);
    let whole = number.ilog2();
    // The 16 bits after the leading one.
    let mantissa = u16::try_from((number << (63 - whole) << 1) >> 48).unwrap_or(0);
    small(whole) + f32::from(mantissa) / 65_536.0
}

/// A number below 2^24, which a `f32` has exactly; a greater one is rounded.
#[expect(clippy::cast_precision_loss, reason = "rounds to the nearest on every host")]
#[must_use]
pub(super) fn small(number: u32) -> f32 {
    number as f32
}

/// How rare something is that `some` of `all` rows have, as BM25 counts it: 0 upwards.
#[must_use]
pub(super) fn rarity(some: u64, all: u64) -> f32 {
    /// Fixed point: eight bits of fraction.
    const ONE: u64 = 256;
    let odds = (2 * all.saturating_sub(some) + 1).saturating_mul(ONE) / (2 * some + 1);
    (log2(ONE + odds) - 8.0).max(0.0)
}
