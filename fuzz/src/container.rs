//! The readers of pickles, arrays and archives.

use crate::memory::within;
use crate::reading::drive;
use hubfit::extract::file_facts;
use hubfit::format::Reader;

/// What is read first (`format::container`); inputs are shorter.
const HEAD: usize = 64 << 10;

/// What lists may grow to without a reason (`format::pickle::limits`), and the decoder of deflate.
pub const FREE: usize = 2 << 20;

/// Reads the bytes with a reader that is told their number, and one that is not; then tells of them as a file of that
/// name.
///
/// # Panics
/// Where a reader breaks its contract or takes too much.
pub fn read<R: Reader>(times: usize, bytes: &[u8], name: &str, open: impl Fn(Option<u64>) -> R) {
    // Deflate makes a thousand bytes of one, and readers refuse what says to be more.
    let times = if bytes.starts_with(b"PK") { 4096 } else { times };
    let given = bytes.len() + FREE / times;
    for size in [Some(bytes.len() as u64), None] {
        let _ = within(times, given, || drive(&mut open(size), bytes));
    }
    let told = || file_facts::of_bytes(name, bytes).map(|facts| serde_json::to_vec(&facts));
    let _ = within(2 * times, given, told);
}

/// The bytes where the first read ends inside of them: a pickle that puts zeros aside, and goes on with them.
#[must_use]
pub fn behind_the_head(bytes: &[u8]) -> Vec<u8> {
    let zeros = HEAD - 8 - bytes.len().min(HEAD / 2) / 2;
    let mut file = b"\x80\x03B".to_vec();
    file.extend((zeros as u32).to_le_bytes());
    file.resize(7 + zeros, 0);
    // POP.
    file.push(b'0');
    file.extend(bytes);
    file
}
