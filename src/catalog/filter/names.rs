//! Conditions on fields with one name a row: a table says of each code whether it passes.

use crate::catalog::bits::Bits;
use crate::catalog::column::{Codes, NONE};
use crate::catalog::dictionary::Dictionary;
use crate::catalog::query::Names as Wanted;
use crate::catalog::table::Names;

/// The rows with such names.
pub(super) fn fulfil(column: &Names<Codes>, wanted: &Wanted) -> Bits {
    with_codes(&column.codes, &passes(&column.names, wanted))
}

/// The rows whose code passes.
pub(super) fn with_codes(codes: &Codes, passes: &[u8]) -> Bits {
    let test = |code: usize| passes.get(code).copied().unwrap_or(0);
    match codes {
        Codes::Narrow(codes) => narrow(codes, passes),
        Codes::Medium(codes) => Bits::of(codes, |code| test(usize::from(code))),
        Codes::Wide(codes) => Bits::of(codes, |code| test(code as usize)),
    }
}

fn narrow(codes: &[u8], passes: &[u8]) -> Bits {
    let mut table = [0; 256];
    for (place, passes) in table.iter_mut().zip(passes) {
        *place = *passes;
    }
    Bits::of(codes, |code| table.get(usize::from(code)).copied().unwrap_or(0))
}

/// By code: whether it passes, as 0 or 1.
fn passes(names: &Dictionary, wanted: &Wanted) -> Vec<u8> {
    let mut passes = vec![u8::from(wanted.any.is_empty()); names.len() + 1];
    set(&mut passes, names, &wanted.any, 1);
    set(&mut passes, names, &wanted.none, 0);
    if let Some((none, named)) = passes.split_first_mut() {
        if wanted.known == Some(true) {
            *none = 0;
        }
        if wanted.known == Some(false) {
            named.fill(0);
        }
    }
    passes
}

fn set(passes: &mut [u8], names: &Dictionary, wanted: &[String], value: u8) {
    for code in codes(names, wanted) {
        if let Some(place) = passes.get_mut(code as usize) {
            *place = value;
        }
    }
}

/// The codes of names, as a column of one name a row has them; names that no row has have none.
pub(super) fn codes(names: &Dictionary, wanted: &[String]) -> Vec<u32> {
    let code = |name: &String| names.code(name).map(|code| code.saturating_add(NONE + 1));
    wanted.iter().filter_map(code).collect()
}
