//! What surrounds the sections of a shard.

use super::checksum::checksum;
use super::cursor::{Cursor, refused};
use super::limits::{LONGEST_SHARD, MOST_SECTIONS};
use crate::error::Result;

const MAGIC: [u8; 8] = *b"\x89HUBFIT\n";
const VERSION: u16 = 1;
/// Where the bytes begin that the checksum is of.
const CHECKED: usize = 16;
const HEAD: usize = 44;
const ENTRY: usize = 12;

/// What a shard does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Adds rows to a tier.
    Tier = 1,
    /// Removes rows, and adds others as a tier.
    Delta = 2,
}

/// What a shard says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// What it does.
    pub kind: Kind,
    /// The tier that its rows are of.
    pub tier: u32,
    /// How many rows come before.
    pub first: u32,
    /// How many rows it has.
    pub rows: u32,
    /// The snapshot that a delta changes; 0 in a tier.
    pub changes: u64,
    /// The checksum, which names the shard.
    pub checksum: u64,
}

/// One part of one field.
pub(super) struct Section<'a> {
    pub(super) field: u8,
    pub(super) part: u8,
    pub(super) bytes: Cursor<'a>,
}

/// What sections are written from: field, part, bytes.
pub(super) type Written = (u8, u8, Vec<u8>);

/// Puts sections together; the checksum of the head given does not matter.
pub(super) fn close(head: &Head, sections: &[Written]) -> Vec<u8> {
    let length: usize = sections.iter().map(|(_, _, bytes)| bytes.len()).sum();
    let mut offset = HEAD + ENTRY * sections.len();
    let mut out = Vec::with_capacity(offset + length);
    out.extend(MAGIC);
    out.extend(0_u64.to_le_bytes());
    out.extend(VERSION.to_le_bytes());
    out.extend([head.kind as u8, 0]);
    for number in [head.tier, head.first, head.rows] {
        out.extend(number.to_le_bytes());
    }
    out.extend(head.changes.to_le_bytes());
    out.extend(short(sections.len()));
    for (field, part, bytes) in sections {
        out.extend([*field, *part, 0, 0]);
        out.extend(short(offset));
        out.extend(short(bytes.len()));
        offset += bytes.len();
    }
    for (_, _, bytes) in sections {
        out.extend_from_slice(bytes);
    }
    seal(&mut out);
    out
}

/// Makes a shard's checksum that of its bytes.
pub fn seal(shard: &mut [u8]) {
    let sum = shard.get(CHECKED..).map_or(0, checksum);
    if let Some(place) = shard.get_mut(MAGIC.len()..CHECKED) {
        place.copy_from_slice(&sum.to_le_bytes());
    }
}

/// The checksum that a shard says.
pub(super) fn checksum_of(shard: &[u8]) -> u64 {
    shard
        .get(MAGIC.len()..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |sum| u64::from_le_bytes(*sum))
}

fn short(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}

/// Takes a shard apart.
pub(super) fn open(bytes: &[u8]) -> Result<(Head, Vec<Section<'_>>)> {
    if bytes.len() > LONGEST_SHARD {
        return Err(refused("at most 16 MiB", bytes.len() as u64, 0));
    }
    let mut from = Cursor::new(bytes, 0);
    if from.take(MAGIC.len())? != MAGIC {
        return Err(refused("the mark of a catalog shard, and other bytes are", 0, 0));
    }
    let said = from.u64()?;
    let found = bytes.get(CHECKED..).map_or(0, checksum);
    if said != found {
        return Err(refused("the checksum that the shard says", found, MAGIC.len()));
    }
    let head = head(&mut from, said)?;
    let count = from.u32()?;
    from.at_most("a count of sections", u64::from(count), u64::from(MOST_SECTIONS))?;
    Ok((head, sections(bytes, from, count)?))
}

fn head(from: &mut Cursor<'_>, checksum: u64) -> Result<Head> {
    let version = from.u16()?;
    if version != VERSION {
        return Err(from.expected("version 1 of the format", u64::from(version)));
    }
    let kind = match from.u16()? {
        1 => Kind::Tier,
        2 => Kind::Delta,
        other => return Err(from.expected("kind 1 or 2", u64::from(other))),
    };
    let (tier, first, rows) = (from.u32()?, from.u32()?, from.u32()?);
    Ok(Head { kind, tier, first, rows, changes: from.u64()?, checksum })
}

fn sections<'a>(bytes: &'a [u8], mut from: Cursor<'a>, count: u32) -> Result<Vec<Section<'a>>> {
    let mut expected = HEAD + ENTRY * count as usize;
    let mut sections = Vec::with_capacity(count as usize);
    for _ in 0..count {
        let place = from;
        let (field, part, zero) = (from.u8()?, from.u8()?, from.u16()?);
        let (offset, length) = (from.u32()? as usize, from.u32()? as usize);
        let end = offset.saturating_add(length);
        let twice = |other: &Section<'_>| (other.field, other.part) == (field, part);
        if zero != 0 || offset != expected || sections.iter().any(twice) {
            return Err(place.expected("a section of its own behind the last one", offset as u64));
        }
        let Some(section) = bytes.get(offset..end) else {
            return Err(place.expected("a section within the shard", end as u64));
        };
        sections.push(Section { field, part, bytes: Cursor::new(section, offset) });
        expected = end;
    }
    if expected != bytes.len() {
        return Err(from.expected("sections that fill the shard", expected as u64));
    }
    Ok(sections)
}
