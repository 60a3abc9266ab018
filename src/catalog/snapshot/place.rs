//! The column of a table that a section is of.

use super::plan;
use crate::catalog::column::{Codes, Numbers, Sets};
use crate::catalog::dictionary::Dictionary;
use crate::catalog::table::Table;

/// A column, by what it holds.
pub(super) enum Place<'a> {
    Name(&'a Dictionary, &'a Codes),
    Names(&'a Dictionary, &'a Sets),
    Number(&'a Numbers),
}

/// The same, to be changed.
pub(super) enum PlaceMut<'a> {
    Name(&'a mut Dictionary, &'a mut Codes),
    Names(&'a mut Dictionary, &'a mut Sets),
    Number(&'a mut Numbers),
}

/// The column of a field; none where there is no such field.
pub(super) fn of(table: &Table, field: u8) -> Option<Place<'_>> {
    let index = usize::from(field & 15);
    match field {
        plan::BASE => Some(Place::Name(&table.bases, &table.base)),
        0x10..0x20 => {
            table.names.get(index).map(|column| Place::Name(&column.names, &column.codes))
        }
        0x20..0x30 => {
            table.sets.get(index).map(|column| Place::Names(&column.names, &column.codes))
        }
        0x40..0x50 => table.numbers.get(index).map(Place::Number),
        _ => None,
    }
}

/// The same, to be changed.
pub(super) fn of_mut(table: &mut Table, field: u8) -> Option<PlaceMut<'_>> {
    let index = usize::from(field & 15);
    match field {
        plan::BASE => Some(PlaceMut::Name(&mut table.bases, &mut table.base)),
        0x10..0x20 => table
            .names
            .get_mut(index)
            .map(|column| PlaceMut::Name(&mut column.names, &mut column.codes)),
        0x20..0x30 => table
            .sets
            .get_mut(index)
            .map(|column| PlaceMut::Names(&mut column.names, &mut column.codes)),
        0x40..0x50 => table.numbers.get_mut(index).map(PlaceMut::Number),
        _ => None,
    }
}

/// The names of a field; none where it has no names.
pub(super) fn names(table: &Table, field: u8) -> Option<&Dictionary> {
    match of(table, field)? {
        Place::Name(names, _) | Place::Names(names, _) => Some(names),
        Place::Number(_) => None,
    }
}
