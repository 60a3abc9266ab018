//! Conditions on numbers: stored ones order as the numbers do, so that a range is one comparison.

use crate::catalog::bits::Bits;
use crate::catalog::column::{ABSENT, Numbers, Span, to_stored};
use crate::catalog::field::NumberField;
use crate::catalog::query::Range;

/// The rows whose number is in a range.
pub(super) fn fulfil(column: &Numbers, field: NumberField, range: Range) -> Bits {
    let bounded = range.min.is_some() || range.max.is_some();
    // The bounds are rounded as the numbers are.
    let least = range.min.map_or(0, |min| to_stored(field, Some(min.max(0.0))));
    let most = match range.max {
        None => ABSENT - 1,
        Some(max) if max < 0.0 => return Bits::none(column.len()),
        Some(max) => to_stored(field, Some(max)),
    };
    match (bounded, range.known) {
        (false, None) => Bits::all(column.len()),
        (false, Some(true)) => between(column, 0, ABSENT - 1),
        (false, Some(false)) => between(column, ABSENT, ABSENT),
        (true, Some(false)) => Bits::none(column.len()),
        (true, _) => between(column, least, most),
    }
}

/// The rows whose number, as it is stored, is in a range.
pub(in crate::catalog) fn between(column: &Numbers, least: u32, most: u32) -> Bits {
    Span::of(least, most).map_or_else(|| Bits::none(column.len()), |span| column.rows_in(span))
}

/// The rows whose stored number is in a range.
pub(in crate::catalog) fn stored_between(stored: &[u32], least: u32, most: u32) -> Bits {
    Span::of(least, most).map_or_else(|| Bits::none(stored.len()), |span| span.rows(stored))
}
