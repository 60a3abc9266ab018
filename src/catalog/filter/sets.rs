//! Conditions on fields with several names a row: common names by their bits, rare ones by their lists of rows.

use crate::catalog::bits::Bits;
use crate::catalog::column::{COMMON, Flags, Sets};
use crate::catalog::query::Names as Wanted;
use crate::catalog::table::Names;

/// The rows with such names.
pub(super) fn fulfil(column: &Names<Sets>, wanted: &Wanted) -> Bits {
    let rows = column.codes.len();
    let mut bits = Bits::all(rows);
    if !wanted.any.is_empty() {
        bits.and(&with_any(column, &wanted.any));
    }
    for name in &wanted.all {
        bits.and(&has_name(column, name));
    }
    if !wanted.none.is_empty() {
        bits.and_not(&with_any(column, &wanted.none));
    }
    match wanted.known {
        Some(true) => bits.and(&has_any_name(&column.codes)),
        Some(false) => bits.and_not(&has_any_name(&column.codes)),
        None => {}
    }
    bits
}

/// The rows with a name.
pub(in crate::catalog) fn has_name(column: &Names<Sets>, name: &String) -> Bits {
    with_any(column, std::slice::from_ref(name))
}

/// The rows with at least one of these names.
fn with_any(column: &Names<Sets>, names: &[String]) -> Bits {
    let codes = names.iter().filter_map(|name| column.names.code(name));
    let (common, rare): (Vec<u32>, Vec<u32>) = codes.partition(|code| (*code as usize) < COMMON);
    let wanted = common.iter().fold(0_u64, |wanted, code| wanted | 1 << code);
    let mut bits = with_flag(column.codes.flags(), wanted);
    for code in rare {
        let place = (code as usize).saturating_sub(COMMON);
        bits.add(column.codes.rare().get(place).map_or(&[], Vec::as_slice));
    }
    bits
}

/// The rows with any name at all.
pub(in crate::catalog) fn has_any_name(column: &Sets) -> Bits {
    with_flag(column.flags(), u64::MAX)
}

#[expect(clippy::cast_possible_truncation, reason = "bits that no row can have are left out")]
fn with_flag(flags: &Flags, wanted: u64) -> Bits {
    match flags {
        Flags::U8(flags) => Bits::of(flags, |bits| u8::from(bits & wanted as u8 != 0)),
        Flags::U16(flags) => Bits::of(flags, |bits| u8::from(bits & wanted as u16 != 0)),
        Flags::U32(flags) => Bits::of(flags, |bits| u8::from(bits & wanted as u32 != 0)),
        Flags::U64(flags) => Bits::of(flags, |bits| u8::from(bits & wanted != 0)),
    }
}
