//! The readers of graphs, which gather the facts that all formats share.

use crate::memory::within;
use crate::reading::read_any_way;
use hubfit::Result;
use hubfit::format::{Reader, Step};
use hubfit::model::file_facts::FileFacts;
use std::ops::Range;

/// Reads the bytes in any way, told their number and not, with a reader of a size that asks for so many bytes first.
///
/// # Panics
/// Where [`read_any_way`] does, and where the facts are none that JSON can hold.
pub fn read<R>(times: usize, bytes: &[u8], open: impl Fn(Option<u64>, u64) -> R)
where
    R: Reader<Facts = FileFacts>,
{
    let size = Some(bytes.len() as u64);
    let _ = read_any_way(times, bytes, |first| Endless(open(None, first)));
    if let Ok(facts) = read_any_way(times, bytes, |first| open(size, first)) {
        let json = within(times, bytes.len(), || serde_json::to_vec(&facts));
        assert!(json.is_ok());
    }
}

/// A reader that is not told where the file ends may meet the end or not, by how it is split: what it says of that is left
/// out.
struct Endless<R>(R);

impl<R: Reader<Facts = FileFacts>> Reader for Endless<R> {
    type Facts = FileFacts;

    fn start(&self) -> Range<u64> {
        self.0.start()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<FileFacts>> {
        let step = self.0.feed(bytes)?;
        Ok(match step {
            Step::Done(mut facts) => {
                facts.problems.retain(|problem| problem.code != "truncated");
                Step::Done(facts)
            }
            more => more,
        })
    }
}
