//! Numbers in bars: which bar each row is in, as a code.

use crate::catalog::column::{ABSENT, Numbers, to_number, to_stored};
use crate::catalog::field::NumberField;

/// Bars over the numbers of all rows, so that they stay where they are whatever is filtered.
#[derive(Clone, Debug)]
pub(super) struct Histogram {
    field: NumberField,
    /// Where each bar starts, as it is stored, ascending; the last number is in the last bar.
    pub(super) starts: Vec<u32>,
    /// The greatest number.
    greatest: u32,
    /// By row: the bar plus one; 0 without a number.
    pub(super) codes: Vec<u8>,
}

impl Histogram {
    /// So many bars at most; fewer where whole numbers are close together.
    pub(super) fn of(column: &Numbers, field: NumberField, bars: usize) -> Self {
        let stored = column.stored();
        let numbers = stored.iter().copied();
        let least = numbers.clone().min().unwrap_or(ABSENT);
        let greatest = numbers.filter(|number| *number != ABSENT).max().unwrap_or(0);
        let starts =
            if least == ABSENT { Vec::new() } else { starts(field, least, greatest, bars) };
        let bar = |number: &u32| {
            let bar = starts.iter().map(|start| u8::from(start <= number)).sum();
            if *number == ABSENT { 0 } else { bar }
        };
        let codes = stored.iter().map(bar).collect();
        Self { field, starts, greatest, codes }
    }

    /// The least and the greatest number.
    pub(super) fn bounds(&self) -> Option<(f64, f64)> {
        let least = to_number(self.field, *self.starts.first()?)?;
        Some((least, to_number(self.field, self.greatest)?))
    }

    /// From where to where each bar goes.
    pub(super) fn bars(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let ends = self.starts.iter().skip(1).copied().chain([self.greatest]);
        let number = |stored| to_number(self.field, stored).unwrap_or(0.0);
        self.starts.iter().copied().zip(ends).map(move |(start, end)| (number(start), number(end)))
    }
}

/// Where bars start that are of one width on the scale of a field.
fn starts(field: NumberField, least: u32, greatest: u32, bars: usize) -> Vec<u32> {
    let (low, high) = (place(field, least), place(field, greatest));
    let width = u64::from(high.saturating_sub(low));
    let start = |bar: u64| {
        let place = u64::from(low) + width * bar / bars.max(1) as u64;
        at(field, u32::try_from(place).unwrap_or(high))
    };
    let mut starts = vec![least];
    for bar in 1..bars as u64 {
        let start = start(bar);
        if starts.last().is_some_and(|last| start > *last) && start <= greatest {
            starts.push(start);
        }
    }
    starts
}

const fn is_time(field: NumberField) -> bool {
    matches!(field, NumberField::Created | NumberField::Updated)
}

/// The place of a stored number on the scale: times are even, all others as the bits of a `f32` of one more have it, which is
/// a logarithm drawn with straight lines between the powers of two, and alike on every machine.
#[expect(clippy::cast_possible_truncation, reason = "rounds to the nearest")]
fn place(field: NumberField, stored: u32) -> u32 {
    if is_time(field) {
        return stored;
    }
    (to_number(field, stored).unwrap_or(0.0) as f32 + 1.0).to_bits()
}

/// The stored number at a place; a whole one is the first that is not below it.
fn at(field: NumberField, place: u32) -> u32 {
    if is_time(field) {
        return place;
    }
    let number = f64::from(f32::from_bits(place)) - 1.0;
    to_stored(field, Some(if field.is_whole() { number.ceil() } else { number }))
}
