//! A catalog as files: shards that a static host serves, each of which adds rows to a table or changes it.
//!
//! A snapshot is a list of shards in the order in which they are read: the most popular rows first, so that a page is of
//! use after the first of them. All numbers are little-endian; a shard is never compressed, since hosts do that on the way.
//!
//! | bytes | of a shard |
//! |---|---|
//! | 0..8 | `\x89HUBFIT\n` |
//! | 8..16 | checksum of all that follows |
//! | 16..18, 18, 19 | version of the format, kind (1: rows of a tier, 2: a delta), 0 |
//! | 20..24, 24..28, 28..32 | number of the tier, rows before this shard, rows in it |
//! | 32..40 | the snapshot that a delta changes; 0 in a tier |
//! | 40..44 | how many sections there are |
//! | 44.. | sections, 12 bytes each: field, part, 0, 0, offset, length |
//!
//! Sections follow without gaps, in the order of their table: a column may lean on those before it. A field that has no
//! section has no value in any row; sections of fields that are not known are passed over, so that later versions can add some.
//!
//! Parts of field 0, the names of models, are 0 (names), 3 (rows that a delta takes away), 4 (names by those of base models, behind
//! the column of field 1); of any other 0 (names that get the next codes), 1 (a number for each row), 2 (sets that these stand for).
//! A part, a guess or a writing that a reader does not know is refused: ways to tell the same rows can be added so.

mod arrange;
mod check;
mod checksum;
mod column;
mod content;
mod cursor;
mod delta;
mod layout;
mod limits;
mod members;
mod names;
mod pieces;
mod place;
mod plan;
mod planes;
mod read;
mod texts;
mod write;
mod writing;

pub use delta::diff;
pub use layout::{Head, Kind, seal};
pub(super) use limits::MOST_ROWS;
pub use write::{Shard, hash, write};

/// The head of a shard, once its checksum and the places of its sections are right.
pub fn head(bytes: &[u8]) -> crate::error::Result<Head> {
    layout::open(bytes).map(|(head, _)| head)
}
