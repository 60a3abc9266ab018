//! Whether the content of a shard fits a table: all that is refused is refused here or before, and nothing is changed yet.

use super::content::{Content, NewNames, name_of};
use super::cursor::{Cursor, refused};
use super::layout::{Head, Kind};
use super::limits::{LONGEST_TEXT, MOST_ROWS, most_members};
use super::place::{self, Place};
use super::plan::{self, PLAN};
use crate::catalog::column::NONE;
use crate::catalog::dictionary::Dictionary;
use crate::catalog::field::{NameField, NumberField};
use crate::catalog::table::Table;
use crate::error::Result;
use crate::model::said::{decimal, said};

pub(super) fn check(table: &Table, head: &Head, content: &Content) -> Result<()> {
    place_in_snapshot(table, head)?;
    removed(table, head, content)?;
    ids(table, head, content)?;
    for new in &content.names {
        names(table, new)?;
    }
    PLAN.iter().try_for_each(|(field, _)| column(table, content, *field))?;
    in_order(table, head, content)
}

fn at_most(what: &str, found: u64, limit: u64) -> Result<()> {
    Cursor::new(&[], 0).at_most(what, found, limit)
}

/// The shard is the next one.
fn place_in_snapshot(table: &Table, head: &Head) -> Result<()> {
    let tiers = table.tiers.len() as u64;
    match head.kind {
        Kind::Delta if head.changes != table.snapshot => {
            return Err(refused(
                "a delta for the snapshot that was read, and one for another is",
                head.changes,
                32,
            ));
        }
        Kind::Tier if head.rows == 0 => return Err(refused("rows", 0, 28)),
        Kind::Tier if u64::from(head.tier) != tiers && u64::from(head.tier) + 1 != tiers => {
            return Err(refused(
                &said(&["tier ", &decimal(tiers), " or the one before"]),
                u64::from(head.tier),
                20,
            ));
        }
        _ => {}
    }
    if head.first as usize != table.len() {
        return Err(refused(
            &said(&["the shard after row ", &decimal(table.len() as u64)]),
            u64::from(head.first),
            24,
        ));
    }
    at_most("rows", u64::from(head.first) + u64::from(head.rows), u64::from(MOST_ROWS))
}

fn removed(table: &Table, head: &Head, content: &Content) -> Result<()> {
    if head.kind == Kind::Tier && !content.removed.is_empty() {
        return Err(refused(
            "rows to remove in deltas only, and here are",
            content.removed.len() as u64,
            0,
        ));
    }
    let there =
        |row: &&u32| (**row as usize) < table.len() && table.removed.binary_search(row).is_err();
    match content.removed.iter().find(|row| !there(row)) {
        Some(row) => Err(refused("a row to remove that is there", u64::from(*row), 0)),
        None => Ok(()),
    }
}

fn ids(table: &Table, head: &Head, content: &Content) -> Result<()> {
    if content.ids.len() != head.rows as usize {
        return Err(refused("a name for each row", content.ids.len() as u64, 0));
    }
    let bytes = table.ids.text().len() + content.ids.text().len();
    at_most("bytes of names", bytes as u64, LONGEST_TEXT)
}

fn names(table: &Table, new: &NewNames) -> Result<()> {
    let Some(known) = place::names(table, new.field) else {
        return Err(refused(
            "names in fields that have names, not in field",
            u64::from(new.field),
            0,
        ));
    };
    if new.known as usize != known.len() {
        return Err(refused(
            &said(&["names after the first ", &decimal(known.len() as u64)]),
            u64::from(new.known),
            0,
        ));
    }
    let bytes = known.text_len() + new.names.text().len();
    at_most("bytes of names", bytes as u64, LONGEST_TEXT)?;
    // Codes are told plus one, and plus one again in sets.
    at_most("names", (known.len() + new.names.len()) as u64, LONGEST_TEXT)
}

/// Codes stand for names, numbers of sets for sets, and numbers are finite.
fn column(table: &Table, content: &Content, field: u8) -> Result<()> {
    let most = u64::from(greatest(content.column(field).unwrap_or_default()));
    let there = |known: &Dictionary| {
        (known.len() + content.new_names(field).map_or(0, |new| new.names.len())) as u64
    };
    match place::of(table, field) {
        Some(Place::Name(known, _)) => at_most("a code", most, there(known)),
        Some(Place::Names(known, sets)) => {
            let Some(list) = content.sets(field) else { return at_most("sets", most, 0) };
            at_most("the number of a set", most, list.len() as u64)?;
            let code = u64::from(greatest(&list.codes)) + u64::from(!list.codes.is_empty());
            at_most("a code", code, there(known))?;
            let rows = table.len() + content.rows;
            at_most("names in sets", (sets.total() + list.codes.len()) as u64, most_members(rows))
        }
        Some(Place::Number(_)) if content.sets(field).is_some() => {
            Err(refused("sets in fields with names, not in field", u64::from(field), 0))
        }
        Some(Place::Number(_)) if is_whole(field) => Ok(()),
        Some(Place::Number(_)) => {
            at_most("bits of a finite number", most, u64::from(f32::MAX.to_bits()) + 1)
        }
        None => Ok(()),
    }
}

/// The greatest of some numbers; 0 where there are none.
#[inline(never)]
fn greatest(numbers: &[u32]) -> u32 {
    // Four at a time do not wait for each other.
    let (fours, rest) = numbers.as_chunks::<4>();
    let all = fours
        .iter()
        .fold([0; 4], |[a, b, c, d], [e, f, g, h]| [a.max(*e), b.max(*f), c.max(*g), d.max(*h)]);
    all.iter().chain(rest).copied().fold(0, u32::max)
}

fn is_whole(field: u8) -> bool {
    NumberField::ALL.iter().any(|one| plan::number(*one) == field && one.is_whole())
}

/// Rows of a tier stand in the order of author and name, so that none is there twice.
#[inline(never)]
fn in_order(table: &Table, head: &Head, content: &Content) -> Result<()> {
    let field = plan::name(NameField::Author);
    let (Some(known), column) =
        (place::names(table, field), content.column(field).unwrap_or_default())
    else {
        return Ok(());
    };
    let new = content.new_names(field);
    let author = |number: u32| name_of(known, new, number);
    let continues = head.kind == Kind::Tier && head.tier as usize + 1 == table.tiers.len();
    let last = table.len().checked_sub(1).filter(|_| continues);
    let mut before = last.map(|row| (table.author(row).as_bytes(), table.ids.name(row)));
    let mut code_before = None;
    for row in 0..content.rows {
        let name = content.ids.name(row);
        let code = column.get(row).copied().unwrap_or(NONE);
        // Rows of one author follow each other.
        let author = match before {
            Some((author, _)) if code_before == Some(code) => author,
            _ => author(code),
        };
        let same = code_before == Some(code);
        let ascends = before.is_none_or(|(other, other_name)| {
            !same && other < author || (same || other == author) && other_name < name
        });
        if !ascends {
            return Err(refused(
                "rows in the order of author and name, each once; not so is row",
                row as u64,
                0,
            ));
        }
        (before, code_before) = (Some((author, name)), Some(code));
    }
    Ok(())
}
