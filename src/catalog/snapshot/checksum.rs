//! A checksum against damage on the way, not against forgers.

/// A checksum of bytes: of each eight, a step that no other eight would take to the same place.
///
/// The step and its number are those of rustc's tables (crate rustc-hash 1), the last mixing that of `SplitMix64`.
#[inline(never)]
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let last = rest.iter().fold(1, |word, byte| word << 8 | u64::from(*byte));
    let all = words.iter().fold(0, |sum, word| step(sum, u64::from_le_bytes(*word)));
    mix(step(step(all, last), bytes.len() as u64))
}

/// What names a table: what it was before, and the shard that came.
pub(super) fn after(before: u64, shard: u64) -> u64 {
    mix(step(step(1, before), shard))
}

fn step(sum: u64, word: u64) -> u64 {
    (sum.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn mix(sum: u64) -> u64 {
    let sum = (sum ^ sum >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let sum = (sum ^ sum >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    sum ^ sum >> 31
}
