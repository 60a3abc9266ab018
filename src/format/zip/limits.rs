//! What is read of an archive at most.

/// The end of the file that is read for the directory: the longest comment (65,535 bytes), the end record behind which it
/// stands, the two records of zip64, and the directory itself where the archive has a few hundred entries.
pub const TAIL: u64 = 66_000;

/// A directory: PyTorch writes 60 to 80 bytes for an entry, and the largest checkpoints have some 200,000.
pub const MAX_DIRECTORY: u64 = 64 << 20;

/// What is read of one entry, compressed or not.
pub const MAX_CONTENT: u64 = 64 << 20;

/// How many entries are read.
pub const MAX_CONTENTS: usize = 256;

/// Deflate makes at most 1,032 bytes of one (a length of 258 in two bits); what says more is a lie or a bomb.
pub const MAX_RATIO: u64 = 1_100;

/// The extra field of a local header is not told by the directory. PyTorch pads it to 64 bytes, other writers need 28.
pub(super) const USUAL_EXTRA: u64 = 128;
