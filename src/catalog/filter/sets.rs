//! Conditions on fields with several names a row: each set is looked at once.

use super::names::with_codes;
use crate::catalog::bits::Bits;
use crate::catalog::column::Sets;
use crate::catalog::query::Names as Wanted;
use crate::catalog::table::Names;

/// What is asked of a name.
const ANY: u8 = 1;
const NONE: u8 = 2;
const ALL: u8 = 4;

/// The rows with such names.
pub(super) fn fulfil(column: &Names<Sets>, wanted: &Wanted) -> Bits {
    let mut asked = vec![0; column.names.len()];
    let mut ask = |names: &[String], what: u8| {
        // Names that no row has are not asked for, and somebody may ask for one twice.
        let codes = names.iter().map(|name| column.names.code(name));
        codes.fold((0, false), |(count, unknown), code| {
            let place = code.and_then(|code| asked.get_mut(code as usize));
            let new = place.map(|place| std::mem::replace(place, *place | what) & what == 0);
            (count + usize::from(new == Some(true)), unknown || new.is_none())
        })
    };
    ask(&wanted.any, ANY);
    ask(&wanted.none, NONE);
    let (all, unknown) = ask(&wanted.all, ALL);
    let passes = |set: &[u32]| {
        let asked = |code: &u32| asked.get(*code as usize).copied().unwrap_or(0);
        let (mut found, mut found_all) = (0, 0);
        for asked in set.iter().map(asked) {
            found |= asked;
            found_all += usize::from(asked & ALL != 0);
        }
        u8::from(
            (wanted.any.is_empty() || found & ANY != 0)
                && found & NONE == 0
                && found_all == all
                && !unknown
                && wanted.known.is_none_or(|known| known != set.is_empty()),
        )
    };
    rows(&column.codes, passes)
}

/// The rows with names, but not with this one.
pub(in crate::catalog) fn with_others(column: &Names<Sets>, name: &str) -> Bits {
    let code = column.names.code(name);
    rows(&column.codes, |set| {
        u8::from(!set.is_empty() && code.is_none_or(|code| !set.contains(&code)))
    })
}

fn rows(sets: &Sets, passes: impl Fn(&[u32]) -> u8) -> Bits {
    let passes: Vec<u8> = std::iter::once(&[][..]).chain(sets.all()).map(passes).collect();
    with_codes(sets.numbers(), &passes)
}
