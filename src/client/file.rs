//! What a model file says of itself, read by ranges.

use super::Client;
use super::request::{self, Question, Reply};
use crate::error::{Code, Error, Result};
use crate::extract::file_facts::{open, recognise};
use crate::format::{FileFormat, Step};
use crate::hub::address;
use crate::hub::file::{self, MOST_WITHOUT_RANGES, Part};
use crate::model::file_facts::FileFacts;
use std::ops::Range;

impl Client {
    /// Reads the header of a model's file, at a branch, tag or commit, or at `main`.
    ///
    /// Errors: `invalid_argument`, `entry_not_found` and other refusals of the Hub, `network`, `invalid_file` for
    /// a file that is damaged or of a format that is not read, `limit_exceeded`.
    ///
    /// ```no_run
    /// # async fn example() -> hubfit::Result<()> {
    /// let client = hubfit::client::Client::new();
    /// let facts = client.inspect_file("Qwen/Qwen3-8B-GGUF", None, "Qwen3-8B-Q4_K_M.gguf").await?;
    /// assert_eq!(facts.architecture.as_deref(), Some("qwen3"));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn inspect_file(
        &self,
        id: &str,
        revision: Option<&str>,
        path: &str,
    ) -> Result<FileFacts> {
        let path = file::path(id, revision.unwrap_or("main"), path)?;
        let url = address::base(&self.hub_url)? + &path;
        let mut source = Source { client: self, url, size: None, head: Vec::new() };
        let by_name = FileFormat::of_path(&path).map(|format| open(format, None)).transpose()?;
        let first = by_name.map(|reader| reader.start().end);
        // From here on the size is known, and with it whether offsets lie inside.
        source.head = source.read(0..first.unwrap_or(HEAD_BYTES)).await?;
        let mut reader = open(recognise(&path, &source.head)?, source.size)?;
        let mut wanted = reader.start();
        loop {
            match reader.feed(&source.read(wanted).await?)? {
                Step::Need(more) => wanted = more,
                Step::Done(facts) => return Ok(facts),
            }
        }
    }
}

/// A file at a URL of the Hub.
struct Source<'c> {
    client: &'c Client,
    url: String,
    size: Option<u64>,
    /// Its first bytes, once read.
    head: Vec<u8>,
}

/// What is read of a file whose name says nothing: enough for the usual safetensors header.
const HEAD_BYTES: u64 = 100_000;

/// What is read of a small file whose size is not known: as much as its reader takes.
const SMALL_FILE: u64 = 8 << 20;

impl Client {
    /// A small file as a whole, from its path at the Hub.
    pub(super) async fn read_file(&self, path: &str, size: Option<u64>) -> Result<Vec<u8>> {
        let url = address::base(&self.hub_url)? + path;
        let mut source = Source { client: self, url, size, head: Vec::new() };
        source.read(0..size.unwrap_or(SMALL_FILE).clamp(1, SMALL_FILE)).await
    }
}

impl Source<'_> {
    /// The bytes of a range, fewer where the file ends.
    async fn read(&mut self, range: Range<u64>) -> Result<Vec<u8>> {
        let head = self.head.len() as u64;
        if head > 0 && (range.end <= head || self.size == Some(head)) {
            return Ok(cut(self.head.clone(), &range));
        }
        let header = format!("bytes={}-{}", range.start, range.end.saturating_sub(1));
        let hub = address::base(&self.client.hub_url)?;
        let question = Question { hub: &hub, url: &self.url, range: Some(&header) };
        let known = self.size;
        let accept = |reply: &Reply| match file::part(&reply.answer, range.end)? {
            Part::Whole => check_whole(known.or(size_of(reply))),
            Part::Nothing | Part::Range => Ok(()),
        };
        let take = |reply: Reply| {
            let (part, size) = (file::part(&reply.answer, range.end)?, size_of(&reply));
            let bytes = match part {
                Part::Nothing => Vec::new(),
                Part::Range => cut(reply.body, &(0..range.end - range.start)),
                Part::Whole => cut(reply.body, &range),
            };
            Ok((bytes, size))
        };
        let (bytes, size) = request::answer(self.client, &question, accept, take).await?;
        self.size = self.size.or(size);
        Ok(bytes)
    }
}

fn size_of(reply: &Reply) -> Option<u64> {
    let (of_range, length) = (&reply.content_range, &reply.content_length);
    file::whole_size(&reply.answer, of_range.as_deref(), length.as_deref())
}

/// gloo-net receives a body as a whole: one that is too long, or does not say how long it is, is left.
fn check_whole(size: Option<u64>) -> Result<()> {
    match size {
        Some(size) if size <= MOST_WITHOUT_RANGES => Ok(()),
        size => {
            let found = size.map_or("an unknown number".to_owned(), |size| size.to_string());
            let message = format!(
                "a server without ranges: expected at most {MOST_WITHOUT_RANGES} bytes, found {found}"
            );
            Err(Error::new(Code::LimitExceeded, message))
        }
    }
}

fn cut(mut bytes: Vec<u8>, range: &Range<u64>) -> Vec<u8> {
    let place = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).min(bytes.len());
    let (start, end) = (place(range.start), place(range.end));
    bytes.truncate(end);
    bytes.drain(..start);
    bytes
}
