//! What the sections of a shard say, between bytes and tables.

use super::column;
use super::cursor::Cursor;
use super::layout::{Section, Written};
use super::limits::{MOST_NAMES, most_members};
use super::plan::{BASE, IDS, PLAN};
use super::{names, planes};
use crate::catalog::column::{Ids, set_of};
use crate::catalog::dictionary::Dictionary;
use crate::error::Result;

const NAMES: u8 = 0;
const COLUMN: u8 = 1;
const SETS: u8 = 2;
const REMOVED: u8 = 3;
const NAMES_BY_BASE: u8 = 4;

/// Rows in columns, with the names and the sets that are new in them.
#[derive(Default)]
pub(super) struct Content {
    pub(super) rows: usize,
    /// By row: the part of the id after the slash.
    pub(super) ids: Ids,
    /// By field: names that get the next codes.
    pub(super) names: Vec<NewNames>,
    /// By field: what the numbers of its column stand for.
    pub(super) sets: Vec<SetList>,
    /// By field: a number for each row, 0 where there is none. Numbers are as stored plus one.
    pub(super) columns: Vec<(u8, Vec<u32>)>,
    /// Rows that are no longer, ascending.
    pub(super) removed: Vec<u32>,
}

pub(super) struct NewNames {
    pub(super) field: u8,
    /// How many names come before.
    pub(super) known: u32,
    pub(super) names: Ids,
}

/// Sets of codes: the one of number `n` in a column is that at place `n - 1`.
#[derive(Default)]
pub(super) struct SetList {
    pub(super) field: u8,
    /// How many come before those that are numbered by appearance. Not read.
    pub(super) frequent: u32,
    pub(super) ends: Vec<u32>,
    pub(super) codes: Vec<u32>,
}

impl SetList {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Gives each name another code.
    pub(super) fn recode(&mut self, code: &dyn Fn(u32) -> u32) {
        self.codes.iter_mut().for_each(|old| *old = code(*old));
        let mut rest = self.codes.as_mut_slice();
        let mut start = 0;
        for end in &self.ends {
            let Some((set, after)) = rest.split_at_mut_checked((*end - start) as usize) else {
                break;
            };
            set.sort_unstable();
            rest = after;
            start = *end;
        }
    }

    /// The set of a number in the column: empty for 0.
    pub(super) fn get(&self, number: u32) -> &[u32] {
        set_of(&self.codes, &self.ends, number)
    }
}

impl Content {
    pub(super) fn column(&self, field: u8) -> Option<&[u32]> {
        self.columns.iter().find(|(other, _)| *other == field).map(|(_, column)| column.as_slice())
    }

    /// Gives a column away; rows without a number where there is none.
    pub(super) fn take(&mut self, field: u8) -> Vec<u32> {
        let column = self.columns.iter_mut().find(|(other, _)| *other == field);
        column.map_or_else(|| vec![0; self.rows], |(_, column)| std::mem::take(column))
    }

    pub(super) fn sets(&self, field: u8) -> Option<&SetList> {
        self.sets.iter().find(|sets| sets.field == field)
    }

    pub(super) fn new_names(&self, field: u8) -> Option<&NewNames> {
        self.names.iter().find(|names| names.field == field)
    }

    /// The highest code before this shard; without new names one that is never followed.
    fn known(&self, field: u8) -> u32 {
        self.new_names(field).map_or(u32::MAX - 1, |new| new.known)
    }

    /// The sections. Columns must be in the order of the plan. `base` tells the id of a row's base model, empty for none.
    pub(super) fn write<'a>(&self, base: &dyn Fn(usize) -> &'a str) -> Vec<Written> {
        let mut sections = Vec::new();
        if !self.removed.is_empty() {
            sections.push((IDS, REMOVED, ascending(&self.removed)));
        }
        for new in &self.names {
            sections.push((new.field, NAMES, new.write()));
        }
        for (at, (field, numbers)) in self.columns.iter().enumerate() {
            let sets = self.sets(*field);
            if let Some(sets) = sets {
                sections.push((*field, SETS, sets.write()));
            }
            let known = sets.map_or_else(|| self.known(*field), |sets| sets.frequent);
            let how = PLAN.iter().find(|(other, _)| other == field);
            let before = self.columns.get(..at).unwrap_or_default();
            if let Some((_, how)) = how {
                sections.push((
                    *field,
                    COLUMN,
                    with(|out| column::write(out, numbers, *how, before, known)),
                ));
            }
        }
        if self.rows > 0 {
            sections.push(self.write_ids(base));
        }
        sections
    }

    fn write_ids<'a>(&self, base: &dyn Fn(usize) -> &'a str) -> Written {
        if self.column(BASE).is_some() && names::fits(&self.ids) {
            return (IDS, NAMES_BY_BASE, with(|out| names::write_by_base(out, &self.ids, base)));
        }
        (IDS, NAMES, with(|out| names::write(out, &self.ids)))
    }

    /// Reads sections, and knows nothing of the table that they are for but its `bases`.
    pub(super) fn read(
        rows: usize,
        sections: Vec<Section<'_>>,
        bases: &Dictionary,
    ) -> Result<Self> {
        let mut content = Self { rows, ..Self::default() };
        for Section { field, part, mut bytes } in sections {
            let known_field = field == IDS || PLAN.iter().any(|(other, _)| *other == field);
            match (field, part) {
                _ if !known_field => {}
                (IDS, NAMES | NAMES_BY_BASE) => {
                    let numbers = content.column(BASE).filter(|_| part == NAMES_BY_BASE);
                    let new = content.new_names(BASE);
                    let base = |number| name_of(bases, new, number);
                    content.ids =
                        names::read(&mut bytes, rows, numbers.unwrap_or_default(), &base)?;
                }
                (IDS, REMOVED) => content.removed = read_ascending(&mut bytes)?,
                (IDS, _) => {
                    return Err(bytes.expected("part 0, 3 or 4 of the ids", u64::from(part)));
                }
                (_, NAMES) => content.names.push(NewNames::read(field, &mut bytes)?),
                (_, SETS) => content.sets.push(SetList::read(field, &mut bytes)?),
                (_, COLUMN) => {
                    let known = content.known(field);
                    let column = column::read(&mut bytes, rows, &content.columns, known)?;
                    content.columns.push((field, column));
                }
                _ => return Err(bytes.expected("part 0, 1 or 2 of a field", u64::from(part))),
            }
        }
        Ok(content)
    }
}

/// The name of a number in a column, whether it is known or new; empty for none.
pub(super) fn name_of<'a>(
    known: &'a Dictionary,
    new: Option<&'a NewNames>,
    number: u32,
) -> &'a [u8] {
    let Some(code) = number.checked_sub(1) else { return &[] };
    match new.and_then(|new| code.checked_sub(new.known).map(|code| (new, code))) {
        Some((new, code)) => new.names.name(code as usize),
        None => known.name(code).as_bytes(),
    }
}

impl NewNames {
    fn write(&self) -> Vec<u8> {
        let mut out = self.known.to_le_bytes().to_vec();
        out.extend(u32::try_from(self.names.len()).unwrap_or(u32::MAX).to_le_bytes());
        names::write(&mut out, &self.names);
        out
    }

    fn read(field: u8, from: &mut Cursor<'_>) -> Result<Self> {
        let (known, count) = (from.u32()?, from.u32()? as usize);
        Ok(Self { field, known, names: names::read(from, count, &[], &|_| &[])? })
    }
}

impl SetList {
    /// How many sets, how long each is, and their codes: the first, then by how much each is above the last one, less one.
    fn write(&self) -> Vec<u8> {
        let mut lengths = Vec::with_capacity(self.len());
        let mut steps = Vec::with_capacity(self.codes.len());
        for number in (1..).take(self.len()) {
            let set = self.get(number);
            lengths.push(u32::try_from(set.len()).unwrap_or(u32::MAX));
            push_steps(&mut steps, set);
        }
        let mut out = u32::try_from(self.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
        planes::write(&mut out, &lengths);
        planes::write(&mut out, &steps);
        out
    }

    fn read(field: u8, from: &mut Cursor<'_>) -> Result<Self> {
        let count = from.u32()? as usize;
        let mut ends = planes::read(from, count)?;
        let longest = ends.iter().copied().max().unwrap_or(0);
        from.at_most("names in a set, which are", u64::from(longest), u64::from(MOST_NAMES))?;
        let total = ends.iter().map(|length| u64::from(*length)).sum();
        from.at_most("names in all sets, which are", total, most_members(count))?;
        let mut codes = planes::read(from, usize::try_from(total).unwrap_or(usize::MAX))?;
        from.end()?;
        let mut end = 0;
        let mut rest = codes.as_mut_slice();
        for length in &mut ends {
            let Some((set, after)) = rest.split_at_mut_checked(*length as usize) else { break };
            take_steps(set).ok_or_else(|| {
                from.expected("codes that fit 32 bits, and one that does not is", 0)
            })?;
            rest = after;
            end += *length;
            *length = end;
        }
        Ok(Self { field, frequent: 0, ends, codes })
    }
}

fn with(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out);
    out
}

/// The first number, then how far each is above the one after the last.
fn push_steps(steps: &mut Vec<u32>, ascending: &[u32]) {
    let mut next = 0;
    for number in ascending {
        steps.push(number.wrapping_sub(next));
        next = number.wrapping_add(1);
    }
}

fn take_steps(steps: &mut [u32]) -> Option<()> {
    let mut next = 0_u32;
    for step in steps {
        *step = next.checked_add(*step)?;
        next = step.checked_add(1)?;
    }
    Some(())
}

fn ascending(numbers: &[u32]) -> Vec<u8> {
    let mut steps = Vec::with_capacity(numbers.len());
    push_steps(&mut steps, numbers);
    let mut out = u32::try_from(numbers.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
    planes::write(&mut out, &steps);
    out
}

fn read_ascending(from: &mut Cursor<'_>) -> Result<Vec<u32>> {
    let count = from.u32()? as usize;
    let mut numbers = planes::read(from, count)?;
    from.end()?;
    take_steps(&mut numbers)
        .ok_or_else(|| from.expected("rows that fit 32 bits, and one that does not is", 0))?;
    Ok(numbers)
}
