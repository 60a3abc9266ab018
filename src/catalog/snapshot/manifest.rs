//! What a snapshot is made of, as its first file says.

use super::write::{Shard, hash};
use serde::Serialize;

/// The list of shards, in the order in which they are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// `hubfit-catalog`.
    pub format: &'static str,
    /// Version of the format: 1.
    pub version: u32,
    /// How many rows there are.
    pub rows: u32,
    /// The snapshot's hash, 16 hexadecimal digits: what deltas name it by.
    pub hash: String,
    /// The shards.
    pub shards: Vec<ShardEntry>,
}

/// One shard in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShardEntry {
    /// Name of the file beside the manifest; it follows from what is in it.
    pub file: String,
    /// The tier that its rows are of, from 0.
    pub tier: u32,
    /// How many rows it has.
    pub rows: u32,
    /// Its length, before a host compresses it.
    pub bytes: u32,
}

impl Manifest {
    /// The manifest of some shards.
    #[must_use]
    pub fn of(shards: &[Shard]) -> Self {
        let entry = |shard: &Shard| ShardEntry {
            file: format!("{}-{:016x}.bin", shard.tier, shard.checksum),
            tier: shard.tier,
            rows: shard.rows,
            bytes: u32::try_from(shard.bytes.len()).unwrap_or(u32::MAX),
        };
        Self {
            format: "hubfit-catalog",
            version: 1,
            rows: shards.iter().map(|shard| shard.rows).sum(),
            hash: format!("{:016x}", hash(shards)),
            shards: shards.iter().map(entry).collect(),
        }
    }
}
