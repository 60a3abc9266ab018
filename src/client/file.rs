//! What a model file says of itself, read by ranges.

use super::Client;
use super::request::Opened;
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

impl Source<'_> {
    /// The bytes of a range, fewer where the file ends.
    async fn read(&mut self, range: Range<u64>) -> Result<Vec<u8>> {
        let head = self.head.len() as u64;
        if head > 0 && (range.end <= head || self.size == Some(head)) {
            return Ok(cut(self.head.clone(), &range));
        }
        let (client, url) = (self.client, self.url.clone());
        client.persist(&url, async || self.read_once(&range).await).await
    }

    async fn read_once(&mut self, range: &Range<u64>) -> Result<Vec<u8>> {
        let header = format!("bytes={}-{}", range.start, range.end.saturating_sub(1));
        let hub = address::base(&self.client.hub_url)?;
        let mut opened = Opened::get(self.client, &hub, self.url.clone(), Some(&header)).await?;
        let part = file::part(&opened.answer, range.end)?;
        let headers = opened.response.headers();
        let (of_range, length) = (headers.get("content-range"), headers.get("content-length"));
        let size = file::whole_size(&opened.answer, of_range.as_deref(), length.as_deref());
        self.size = self.size.or(size);
        match part {
            Part::Nothing => Ok(Vec::new()),
            Part::Range => Ok(cut(opened.body().await?, &(0..range.end - range.start))),
            Part::Whole => {
                self.check_whole()?;
                Ok(cut(opened.body().await?, range))
            }
        }
    }

    /// gloo-net receives a body as a whole: one that is too long, or does not say how long it is, is left.
    fn check_whole(&self) -> Result<()> {
        match self.size {
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
}

fn cut(mut bytes: Vec<u8>, range: &Range<u64>) -> Vec<u8> {
    let place = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).min(bytes.len());
    let (start, end) = (place(range.start), place(range.end));
    bytes.truncate(end);
    bytes.drain(..start);
    bytes
}
