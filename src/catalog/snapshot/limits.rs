//! What a table may hold: bounds for bytes that anybody may have written.

/// Most rows of a table: the Hub has 2.5 million models, and what a tab may take of memory ends not far above.
pub(in crate::catalog) const MOST_ROWS: u32 = 4_000_000;

/// Most bytes of a shard: some static hosts refuse files above 25 MiB. And most bytes of the names that it tells by others, so
/// that a few bytes do not ask for much memory.
pub(super) const LONGEST_SHARD: usize = 16 << 20;

/// Most rows of a shard that is written: columns are unpacked beside the table, 128 bytes a row, and shards are unpacked while the
/// one before is read. Four times as many take a few per cent fewer bytes by Brotli, and 20 MB more memory of a million rows.
pub(super) const FULL_SHARD: usize = 1 << 15;

/// Longest name, in bytes: as long as the texts of a row.
pub(super) const LONGEST_NAME: usize = 512;

/// Most names that a row has in one field: as many as a row may be given.
pub(super) const MOST_NAMES: u32 = 2048;

/// Most rows-and-names of one field in a table: the mean is below five, and each takes four bytes.
pub(super) fn most_members(rows: usize) -> u64 {
    (65_536 + 256 * rows as u64).min(64_000_000)
}

/// Most bytes of names in one text of a table: places in it are 32 bits.
pub(super) const LONGEST_TEXT: u64 = 1 << 30;

/// Most sections of a shard: three for each field there can be.
pub(super) const MOST_SECTIONS: u32 = 768;
