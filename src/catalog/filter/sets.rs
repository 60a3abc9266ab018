//! Conditions on fields with several names a row: common names by their bits, rare ones by their lists of rows.

use crate::catalog::bits::Bits;
use crate::catalog::column::{Members, Sets};
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
        Some(true) => bits.and(column.codes.known()),
        Some(false) => bits.and_not(column.codes.known()),
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
    let mut bits = Bits::none(column.codes.len());
    for code in names.iter().filter_map(|name| column.names.code(name)) {
        match column.codes.members().get(code as usize) {
            Some(Members::Bits(members)) => bits.or(members),
            Some(Members::List(rows)) => bits.add(rows),
            None => {}
        }
    }
    bits
}
