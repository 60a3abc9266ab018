//! One number a row, as a `u32` that orders as the number does.

use crate::catalog::field::NumberField;

/// What stands where a number is not known: above all that are.
pub const ABSENT: u32 = u32::MAX;

/// A number for each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    values: Vec<u32>,
}

impl Numbers {
    /// Adds a row's number as it is stored.
    pub fn push(&mut self, stored: u32) {
        self.values.push(stored);
    }

    /// Adds the numbers of more rows as they are stored.
    pub fn append(&mut self, more: impl ExactSizeIterator<Item = u32>) {
        // Room for what comes and no more: half of a table would be left empty otherwise.
        self.values.reserve_exact(more.len());
        self.values.extend(more);
    }

    /// The stored numbers, by row.
    #[must_use]
    pub fn stored(&self) -> &[u32] {
        &self.values
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The stored number of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> u32 {
        self.values.get(row).copied().unwrap_or(ABSENT)
    }
}

/// A number as it is stored: whole ones as they are, others as the bits of a `f32`, which order alike from 0 on.
#[must_use]
pub fn to_stored(field: NumberField, number: Option<f64>) -> u32 {
    match number {
        Some(number) if field.is_whole() => to_whole(number),
        // A `f32` holds bytes and parameters to 24 bits: 0.000006 %.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "rounds to the nearest, and far too large ones to infinity"
        )]
        Some(number) if number >= 0.0 => (number as f32 + 0.0).min(f32::MAX).to_bits(),
        _ => ABSENT,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "casts saturate, and the ends are meant"
)]
fn to_whole(number: f64) -> u32 {
    if number >= 0.0 { (number.round() as u32).min(ABSENT - 1) } else { ABSENT }
}

/// The number that is stored.
#[must_use]
pub fn to_number(field: NumberField, stored: u32) -> Option<f64> {
    match stored {
        ABSENT => None,
        whole if field.is_whole() => Some(f64::from(whole)),
        bits => Some(f64::from(f32::from_bits(bits))),
    }
}
