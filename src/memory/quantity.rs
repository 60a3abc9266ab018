//! Arithmetic that cannot overflow, and the units that runtimes count in.

/// 2^20 bytes.
pub(super) const MIB: u64 = 1 << 20;
/// 2^30 bytes.
pub(super) const GIB: u64 = 1 << 30;

/// A number of times a quantity, rounded down.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a cast saturates; quantities of up to 2^53 are exact"
)]
pub(super) fn scaled(quantity: u64, by: f64) -> u64 {
    (quantity as f64 * by) as u64
}

/// The same rounded up.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a cast saturates; quantities of up to 2^53 are exact"
)]
pub(super) fn scaled_up(quantity: u64, by: f64) -> u64 {
    (quantity as f64 * by).ceil() as u64
}

/// How often one quantity holds another one, which counts as 1 where it is 0.
#[expect(clippy::cast_precision_loss, reason = "quantities of up to 2^53 are exact")]
pub(super) fn ratio(quantity: u64, of: u64) -> f64 {
    quantity as f64 / of.max(1) as f64
}

/// The product.
pub(super) fn times(factors: &[u64]) -> u64 {
    factors.iter().fold(1, |product, factor| product.saturating_mul(*factor))
}

/// The sum.
pub(super) fn sum(terms: impl Iterator<Item = u64>) -> u64 {
    terms.fold(0, u64::saturating_add)
}

/// The next multiple.
pub(super) fn padded(quantity: u64, to: u64) -> u64 {
    quantity.checked_next_multiple_of(to.max(1)).unwrap_or(u64::MAX)
}

/// The largest number up to a bound for which something holds, where it holds for all smaller ones too; 0 where it
/// holds for none.
pub(super) fn largest(bound: u64, holds: &dyn Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, bound);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if holds(middle) { low = middle } else { high = middle - 1 }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_is_found_at_both_ends() {
        assert_eq!(largest(100, &|n| n <= 41), 41);
        assert_eq!(largest(100, &|_| true), 100);
        assert_eq!(largest(u64::MAX, &|_| true), u64::MAX);
        assert_eq!(largest(100, &|_| false), 0);
    }
}
