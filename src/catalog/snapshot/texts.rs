//! Lists of names: one text, with a line for each name.
//!
//! Where a name has a line break in it, lengths stand before the text instead.

use super::cursor::Cursor;
use super::limits::LONGEST_NAME;
use super::planes;
use crate::catalog::Bits;
use crate::error::Result;

const LINES: u8 = 0;
const LENGTHS: u8 = 1;

/// Adds names, without their count.
pub(super) fn write(out: &mut Vec<u8>, names: &[&str]) {
    if names.iter().any(|name| name.contains('\n')) {
        out.push(LENGTHS);
        let lengths: Vec<u32> =
            names.iter().filter_map(|name| u32::try_from(name.len()).ok()).collect();
        planes::write(out, &lengths);
        for name in names {
            out.extend_from_slice(name.as_bytes());
        }
        return;
    }
    out.push(LINES);
    for name in names {
        out.extend_from_slice(name.as_bytes());
        out.push(b'\n');
    }
}

/// Reads names, up to the end of the section.
pub(super) fn read<'a>(from: &mut Cursor<'a>, count: usize) -> Result<Vec<&'a str>> {
    let names = match from.u8()? {
        LINES => lines(from, count)?,
        LENGTHS => by_lengths(from, count)?,
        other => {
            return Err(from.expected("names in lines (0) or with lengths (1)", u64::from(other)));
        }
    };
    let longest = names.iter().map(|name| name.len()).max().unwrap_or(0);
    from.at_most("a name with a length", longest as u64, LONGEST_NAME as u64)?;
    Ok(names)
}

fn lines<'a>(from: &mut Cursor<'a>, count: usize) -> Result<Vec<&'a str>> {
    if count > from.left() {
        return Err(from.expected("a line for each name", from.left() as u64));
    }
    let text = text(from)?;
    let breaks = Bits::of(text.as_bytes(), |byte| u8::from(byte == b'\n'));
    let found = breaks.count() as usize;
    if found != count || !(text.is_empty() || text.ends_with('\n')) {
        return Err(from.expected("a line for each name", found as u64));
    }
    let mut names = Vec::with_capacity(count);
    let mut start = 0;
    breaks.iter().for_each(|end| {
        let end = end as usize;
        names.push(text.get(start..end).unwrap_or(""));
        start = end + 1;
    });
    Ok(names)
}

fn by_lengths<'a>(from: &mut Cursor<'a>, count: usize) -> Result<Vec<&'a str>> {
    let lengths = planes::read(from, count)?;
    let mut rest = text(from)?;
    let mut names = Vec::with_capacity(count);
    for length in lengths {
        let (name, after) = rest.split_at_checked(length as usize).ok_or_else(|| {
            from.expected("a name that ends where a character does", u64::from(length))
        })?;
        names.push(name);
        rest = after;
    }
    if !rest.is_empty() {
        return Err(from.expected("lengths that use up the text", rest.len() as u64));
    }
    Ok(names)
}

fn text<'a>(from: &mut Cursor<'a>) -> Result<&'a str> {
    let start = *from;
    let bytes = from.take(from.left())?;
    std::str::from_utf8(bytes).map_err(|error| {
        start.expected("UTF-8; it ends after so many bytes:", error.valid_up_to() as u64)
    })
}
