//! The packed tables: what `build/pack.rs` writes.
//!
//! ```text
//! "hubfit facts", the format's version (a byte), FNV-1a 64 of all that follows (little endian), then
//! endings  count; each ended by \n
//! names    count; for each how many bytes (a byte) it shares with the one before; the rest of each, ended by \n.
//!          A byte from 1 to 31, not 10, stands for one of the endings, in that order
//! tables   count; the head of each: owner, name, role, source (names), first release, 1 if it has spans, 2 if its
//!          rows are left out (a byte), columns: count, names; rows: count
//! columns  of names, of all tables; then since of those that have spans; then until
//! column   distinct values; 1 for steps (a byte); for each row the place among the distinct values, or the step from
//!          that of the row before (zigzag)
//! bounds   distinct values; for each row 0 where it is that of the last row that had one of the same two names first
//!          (in any table of the owner), or of the row before; else 1 and the place among the distinct values
//! distinct count; ascending, each less the one before
//! ```
//!
//! Since and until are bounds. Numbers take seven bits a byte, the lowest first. Names are in the order of their bytes and occur once. `since`
//! is twice the place of a release, plus 1 where it was sampled; `until` is the same plus 2, or 0 where it is open.

use crate::error::{Code, Error, Result};

const MAGIC: &[u8] = b"hubfit facts";
const FORMAT: u8 = 2;

/// The embedded tables take 100 kB; what is this much larger is something else.
const MAX_BYTES: usize = 4 << 20;

/// There are some hundred; each takes far more memory than the seven bytes that name an empty one.
const MAX_TABLES: u32 = 4096;

/// Names share a third to a half of their bytes; more than this times the file's own bytes is an attack.
const MAX_EXPANSION: usize = 8;

/// Names and tables, checked whole: every number in them is in range.
#[derive(Default)]
pub(super) struct Pack {
    text: String,
    /// Where each name ends in the text.
    ends: Vec<u32>,
    pub(super) tables: Vec<PackedTable>,
}

pub(super) struct PackedTable {
    pub(super) owner: u32,
    pub(super) name: u32,
    pub(super) role: u32,
    pub(super) source: u32,
    pub(super) first: u32,
    pub(super) columns: Vec<u32>,
    pub(super) rows: usize,
    spanned: bool,
    /// Whether its rows are in `facts/` only.
    pub(super) left_out: bool,
    pub(super) cells: Vec<Vec<u32>>,
    /// As many as rows, or none.
    pub(super) since: Vec<u32>,
    pub(super) until: Vec<u32>,
    /// Whether the first column ascends.
    pub(super) sorted: bool,
}

pub(super) fn damaged(what: &'static str) -> Error {
    Error::new(Code::InvalidFile, what)
}

impl Pack {
    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        let mut bytes = Bytes { left: body(bytes)?, most_text: bytes.len() * MAX_EXPANSION };
        let (text, ends) = bytes.names()?;
        let count = bytes.number()?;
        if count > MAX_TABLES {
            return Err(too_large());
        }
        let heads = (0..count).map(|_| bytes.head(ends.len()));
        let mut tables = heads.collect::<Result<Vec<_>>>()?;
        bytes.columns(&mut tables, ends.len())?;
        if !bytes.left.is_empty() {
            return Err(damaged("facts: expected the end after the last table, found more"));
        }
        let pack = Self { text, ends, tables };
        let mut names = (0..pack.count()).map(|name| pack.checked_name(name));
        let mut before = names.next().flatten();
        for name in names {
            if name.is_none() || before >= name {
                return Err(damaged("facts: expected names of UTF-8 in ascending order"));
            }
            before = name;
        }
        Ok(pack)
    }

    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    fn checked_name(&self, name: u32) -> Option<&str> {
        let at = name as usize;
        let start = at.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        self.text.get(*start as usize..*self.ends.get(at)? as usize)
    }

    pub(super) fn name(&self, name: u32) -> &str {
        self.checked_name(name).unwrap_or_default()
    }

    pub(super) fn find(&self, name: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.count());
        while low < high {
            let middle = low.midpoint(high);
            match self.name(middle).cmp(name) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// What follows the head, if head and checksum are right.
fn body(bytes: &[u8]) -> Result<&[u8]> {
    let Some((&format, rest)) = bytes.strip_prefix(MAGIC).and_then(<[u8]>::split_first) else {
        return Err(damaged("facts: expected a file that starts with \"hubfit facts\""));
    };
    if format != FORMAT {
        let message = format!("facts: expected format {FORMAT}, found {format}");
        return Err(Error::new(Code::InvalidFile, message));
    }
    if bytes.len() > MAX_BYTES {
        return Err(Error::new(Code::LimitExceeded, "facts: expected at most 4 MiB"));
    }
    match rest.split_first_chunk() {
        Some((sum, body)) if u64::from_le_bytes(*sum) == checksum(body) => Ok(body),
        _ => Err(damaged("facts: damaged or cut off, the checksum is another")),
    }
}

/// FNV-1a, 64 bits.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

struct Bytes<'a> {
    left: &'a [u8],
    most_text: usize,
}

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> Result<u8> {
        let (&byte, left) = self.left.split_first().ok_or_else(cut_off)?;
        self.left = left;
        Ok(byte)
    }

    fn number(&mut self) -> Result<u32> {
        let mut number = 0_u64;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return u32::try_from(number).map_err(|_| too_large());
            }
        }
        Err(too_large())
    }

    /// A number of things that take at least a byte each.
    fn count(&mut self) -> Result<usize> {
        let count = self.number()? as usize;
        if count > self.left.len() { Err(cut_off()) } else { Ok(count) }
    }

    fn name(&mut self, names: usize) -> Result<u32> {
        let name = self.number()?;
        if name as usize >= names { Err(too_large()) } else { Ok(name) }
    }

    /// The bytes up to the next line end.
    fn line(&mut self) -> Result<&'a [u8]> {
        let end = self.left.iter().position(|&byte| byte == b'\n').ok_or_else(cut_off)?;
        let (line, left) = self.left.split_at_checked(end).ok_or_else(cut_off)?;
        self.left = left.get(1..).unwrap_or_default();
        Ok(line)
    }

    fn names(&mut self) -> Result<(String, Vec<u32>)> {
        let endings = (0..self.count()?).map(|_| self.line()).collect::<Result<Vec<_>>>()?;
        let count = self.count()?;
        let (shared, rests) = self.left.split_at_checked(count).ok_or_else(cut_off)?;
        self.left = rests;
        let (mut text, mut ends) = (Vec::with_capacity(rests.len()), Vec::with_capacity(count));
        let mut name: Vec<u8> = Vec::new();
        for &same in shared {
            if usize::from(same) > name.len() {
                return Err(too_large());
            }
            name.truncate(same.into());
            name.extend(self.line()?);
            for byte in &name {
                match ending_of(*byte) {
                    Some(ending) => text.extend(*endings.get(ending).ok_or_else(too_large)?),
                    None => text.push(*byte),
                }
                if text.len() > self.most_text {
                    return Err(too_large());
                }
            }
            ends.push(u32::try_from(text.len()).map_err(|_| too_large())?);
        }
        let text = String::from_utf8(text).map_err(|_| damaged("facts: expected UTF-8"))?;
        Ok((text, ends))
    }

    fn head(&mut self, names: usize) -> Result<PackedTable> {
        let (owner, name) = (self.name(names)?, self.name(names)?);
        let (role, source) = (self.name(names)?, self.name(names)?);
        let (first, kind) = (self.number()?, self.byte()?);
        let (spanned, left_out) = (kind == 1, kind == 2);
        let columns = (0..self.count()?).map(|_| self.name(names)).collect::<Result<_>>()?;
        let rows = self.count()?;
        let (cells, since, until) = (vec![], vec![], vec![]);
        let sorted = false;
        let head = PackedTable {
            owner,
            name,
            role,
            source,
            first,
            columns,
            rows,
            spanned,
            left_out,
            cells,
            since,
            until,
            sorted,
        };
        Ok(head)
    }

    fn columns(&mut self, tables: &mut [PackedTable], names: usize) -> Result<()> {
        for table in tables.iter_mut() {
            for _ in 0..table.columns.len() {
                table.cells.push(self.column(table.rows)?);
            }
            if table.cells.iter().flatten().any(|&name| name as usize >= names) {
                return Err(too_large());
            }
            table.sorted = table.cells.first().is_some_and(|first| first.is_sorted());
        }
        let since = self.bounds(tables, names)?;
        let until = self.bounds(tables, names)?;
        let spanned = tables.iter_mut().filter(|table| table.spanned);
        for (table, (since, until)) in spanned.zip(since.into_iter().zip(until)) {
            (table.since, table.until) = (since, until);
        }
        Ok(())
    }

    /// One bound of all rows of the tables that have spans.
    fn bounds(&mut self, tables: &[PackedTable], names: usize) -> Result<Vec<Vec<u32>>> {
        let mut known = Known { owner: u32::MAX, owners: 0, bounds: vec![(0, 0); names] };
        let spanned = tables.iter().filter(|table| table.spanned);
        spanned.map(|table| self.bounds_of(table, &mut known)).collect()
    }

    fn bounds_of(&mut self, table: &PackedTable, known: &mut Known) -> Result<Vec<u32>> {
        known.enter(table.owner);
        let distinct = self.distinct()?;
        if table.rows > self.left.len() {
            return Err(cut_off());
        }
        let (mut column, mut bound) = (Vec::with_capacity(table.rows), 0);
        for row in 0..table.rows {
            let names = || table.cells.iter().take(2).filter_map(|cells| cells.get(row));
            bound = match self.number()?.checked_sub(1) {
                Some(place) => *distinct.get(place as usize).ok_or_else(too_large)?,
                None => names().find_map(|&name| known.bound(name)).unwrap_or(bound),
            };
            column.push(bound);
            names().for_each(|&name| known.learn(name, bound));
        }
        Ok(column)
    }

    /// Values that occur, ascending.
    fn distinct(&mut self) -> Result<Vec<u32>> {
        let mut distinct = vec![];
        let mut value = 0_u32;
        for _ in 0..self.count()? {
            value = value.checked_add(self.number()?).ok_or_else(too_large)?;
            distinct.push(value);
        }
        Ok(distinct)
    }

    fn column(&mut self, rows: usize) -> Result<Vec<u32>> {
        let distinct = self.distinct()?;
        let stepwise = self.byte()? == 1;
        if rows > self.left.len() {
            return Err(cut_off());
        }
        let (mut column, mut place) = (Vec::with_capacity(rows), 0_u32);
        for _ in 0..rows {
            let number = self.number()?;
            let sign = if number & 1 == 1 { u32::MAX } else { 0 };
            place = if stepwise { place.wrapping_add((number >> 1) ^ sign) } else { number };
            column.push(*distinct.get(place as usize).ok_or_else(too_large)?);
        }
        Ok(column)
    }
}

/// The last bound of each name in the tables of one owner.
struct Known {
    owner: u32,
    /// How many owners there were: what an earlier one left is not erased, which would take time for each.
    owners: u32,
    bounds: Vec<(u32, u32)>,
}

impl Known {
    fn enter(&mut self, owner: u32) {
        if owner != self.owner {
            self.owner = owner;
            self.owners += 1;
        }
    }

    fn bound(&self, name: u32) -> Option<u32> {
        let &(owners, bound) = self.bounds.get(name as usize)?;
        (owners == self.owners).then_some(bound)
    }

    fn learn(&mut self, name: u32, bound: u32) {
        if let Some(known) = self.bounds.get_mut(name as usize) {
            *known = (self.owners, bound);
        }
    }
}

/// Which ending a control character stands for.
fn ending_of(byte: u8) -> Option<usize> {
    match byte {
        1..=9 => Some(usize::from(byte) - 1),
        // Not 10, which ends a line.
        11..=31 => Some(usize::from(byte) - 2),
        _ => None,
    }
}

fn cut_off() -> Error {
    damaged("facts: expected more bytes, found the end")
}

fn too_large() -> Error {
    damaged("facts: a number is out of range")
}
