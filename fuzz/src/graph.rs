//! The readers of graphs, which gather the facts that all formats share.

use crate::memory::within;
use crate::reading::read_any_way;
use hubfit::format::Reader;
use hubfit::model::file_facts::FileFacts;

/// Reads the bytes in any way, told their number and not, with a reader of a size that asks for so many bytes first.
///
/// # Panics
/// Where [`read_any_way`] does, and where the facts are none that JSON can hold.
pub fn read<R>(times: usize, bytes: &[u8], open: impl Fn(Option<u64>, u64) -> R)
where
    R: Reader<Facts = FileFacts>,
{
    let size = Some(bytes.len() as u64);
    let _ = read_any_way(times, bytes, |first| open(None, first));
    if let Ok(facts) = read_any_way(times, bytes, |first| open(size, first)) {
        let json = within(times, bytes.len(), || serde_json::to_vec(&facts));
        assert!(json.is_ok());
    }
}
