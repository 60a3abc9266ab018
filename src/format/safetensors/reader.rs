//! The state machine: the first bytes, then, where the header is longer, its rest.

use super::facts::totals;
use super::{SafetensorsFacts, header, layout};
use crate::error::{Code, Error, Result};
use crate::format::{Reader, Step};
use std::ops::Range;

/// What is read first.
///
/// The header of a model of 8 billion parameters has 34 kB, that of 70 billion in one file 86 kB, so that one
/// request is enough for most files; 4-bit bitsandbytes (173 kB) and shards of many small experts (500 kB) need
/// two. The Hub's own clients read as much first (`huggingface_hub` `src/huggingface_hub/hf_api.py`, hf-mem).
pub const FIRST_BYTES: u64 = 100_000;

/// The longest header that is read: the format's own limit (safetensors `safetensors/src/tensor.rs`), against
/// headers that are parsed for minutes. The largest real ones are under 30 MB.
pub const MAX_HEADER_BYTES: u64 = 100_000_000;

/// The length field: a little-endian `u64` before the header.
const LENGTH_BYTES: u64 = 8;

/// Reads the header of a safetensors file, in one request or two.
///
/// ```
/// use hubfit::format::{Reader, Step, safetensors::SafetensorsReader};
///
/// let header = br#"{"w":{"dtype":"F16","shape":[2,3],"data_offsets":[0,12]}}"#;
/// let mut file = (header.len() as u64).to_le_bytes().to_vec();
/// file.extend_from_slice(header);
/// let mut reader = SafetensorsReader::new();
/// assert_eq!(reader.start(), 0..100_000);
/// let Step::Done(facts) = reader.feed(&file)? else { unreachable!() };
/// assert_eq!(facts.tensors.find("w").map(|w| w.shape.to_vec()), Some(vec![2, 3]));
/// # Ok::<(), hubfit::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct SafetensorsReader {
    file_size: Option<u64>,
    first: Option<u64>,
    /// What was read of a header that did not end in the first bytes, and where it ends in the file.
    begun: Option<(Vec<u8>, u64)>,
}

impl SafetensorsReader {
    /// For a file of unknown size.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// For a file of this many bytes: offsets past its end, and bytes that belong to no tensor, are reported.
    #[must_use]
    pub fn with_file_size(bytes: u64) -> Self {
        Self { file_size: Some(bytes), ..Self::default() }
    }

    /// Reads this many bytes first, where something is known of the header; at least the length field.
    #[must_use]
    pub fn first_bytes(self, bytes: u64) -> Self {
        Self { first: Some(bytes.max(LENGTH_BYTES)), ..self }
    }

    /// What was asked for at first.
    fn first(&self) -> u64 {
        let first = self.first.unwrap_or(FIRST_BYTES);
        self.file_size.map_or(first, |size| first.min(size.max(LENGTH_BYTES)))
    }

    fn begin(&mut self, bytes: &[u8]) -> Result<Step<SafetensorsFacts>> {
        let first = self.first();
        let bytes = take(bytes, first);
        let end = header_end(bytes, self.file_size)?;
        if end <= bytes.len() as u64 {
            return self.finish(take(bytes, end));
        }
        if (bytes.len() as u64) < first {
            return Err(cut_short(bytes.len() as u64, end));
        }
        self.begun = Some((bytes.to_vec(), end));
        Ok(Step::Need(first..end))
    }

    fn go_on(&self, mut begun: Vec<u8>, end: u64, rest: &[u8]) -> Result<Step<SafetensorsFacts>> {
        begun.extend_from_slice(take(rest, end - begun.len() as u64));
        if (begun.len() as u64) < end {
            return Err(cut_short(begun.len() as u64, end));
        }
        self.finish(&begun)
    }

    /// Reads what the whole header says.
    fn finish(&self, bytes: &[u8]) -> Result<Step<SafetensorsFacts>> {
        let json = bytes.get(8..).unwrap_or_default();
        let space = leading_space(json)?;
        let (header, mut problems) = header::read(json)?;
        if space > 0 {
            let message = || format!("expected the header to start with {{, found {space} spaces");
            problems.add("leading_space", "", message);
        }
        let header_bytes = bytes.len() as u64;
        let data = self.file_size.map(|size| size.saturating_sub(header_bytes));
        let data_bytes = layout::check(&header.tensors, data, &mut problems);
        Ok(Step::Done(SafetensorsFacts {
            totals: totals(&header.tensors),
            metadata: header.metadata,
            tensors: header.tensors,
            header_bytes,
            data_bytes,
            problems: problems.list,
            more_problems: problems.more,
        }))
    }
}

impl Reader for SafetensorsReader {
    type Facts = SafetensorsFacts;

    fn start(&self) -> Range<u64> {
        0..self.first()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<SafetensorsFacts>> {
        match self.begun.take() {
            None => self.begin(bytes),
            Some((begun, end)) => self.go_on(begun, end, bytes),
        }
    }
}

/// The first bytes, as many as there are: a server that ignores the range sends the whole file.
fn take(bytes: &[u8], count: u64) -> &[u8] {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    bytes.get(..count).unwrap_or(bytes)
}

/// Where the header ends in the file.
fn header_end(bytes: &[u8], file_size: Option<u64>) -> Result<u64> {
    let Some(length) = bytes.first_chunk::<8>() else {
        let message = format!("a safetensors file: expected 8 bytes, found {}", bytes.len());
        return Err(invalid(message));
    };
    // Of "version https://git-lfs.github.com/spec/v1" eight bytes are enough: as a length they are out of reach.
    if length == b"version " {
        return Err(invalid(
            "a safetensors file: expected weights, found a Git LFS pointer to them",
        ));
    }
    let length = u64::from_le_bytes(*length);
    if length > MAX_HEADER_BYTES {
        let message = format!(
            "a safetensors header: expected at most {MAX_HEADER_BYTES} bytes, found a length of {length}"
        );
        return Err(Error::new(Code::LimitExceeded, message));
    }
    let end = LENGTH_BYTES + length;
    match file_size.filter(|&size| end > size) {
        Some(size) => Err(cut_short(size, end)),
        None => Ok(end),
    }
}

/// The format says that the header starts with `{`; its own library takes spaces before it.
fn leading_space(json: &[u8]) -> Result<usize> {
    let space = json.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    match json.get(space) {
        Some(b'{') => Ok(space),
        _ => Err(invalid("a safetensors header: expected it to start with {")),
    }
}

fn cut_short(found: u64, wanted: u64) -> Error {
    invalid(format!(
        "a safetensors header: expected it to end at byte {wanted}, found the end of the file at {found}"
    ))
}

fn invalid(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(Code::InvalidFile, message)
}
