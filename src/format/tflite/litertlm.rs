//! LiteRT-LM files: a header with a table of sections (litert-lm-builder 0.18.1 `litertlm_core.py`,
//! `litertlm_header_schema_py_generated.py`).

use super::llm_metadata;
use crate::error::Result;
use crate::format::draft::Draft;
use crate::format::flatbuffer::{Pieces, Read, Stop, Table};
use crate::format::{Reader, Step};
use crate::model::file_facts::{FileFacts, FileSection};
use std::ops::Range;

/// Where the header says where it ends, and where its tables start.
const HEADER_END: u64 = 24;
const HEADER_START: u64 = 32;

/// The types of sections, by number.
const SECTION_TYPES: [&str; 12] = [
    "NONE",
    "GenericBinaryData",
    "Deprecated",
    "TFLiteModel",
    "SP_Tokenizer",
    "LlmMetadataProto",
    "HF_Tokenizer_Zlib",
    "TFLiteWeights",
    "EmbeddingMetadataProto",
    "ExecutorMetadataProto",
    "TtsMetadataProto",
    "AsrMetadataProto",
];
const LLM_METADATA: u8 = 5;

/// The type of a value that is a text, among those of a key.
const TEXT: u8 = 9;

/// Sections of a file. Real ones have up to 20.
const MAX_SECTIONS: u32 = 1024;

/// Reads the header of a LiteRT-LM file: its sections, and what it says of its language model.
///
/// | problem | meaning |
/// |---|---|
/// | `invalid_section` | a section that ends before it starts, or starts in the header |
/// | `truncated` | a section that reaches past the end of the file |
/// | `long_metadata` | metadata of the language model that is too long to be read |
/// | `too_many_names` | more keys than are kept |
#[derive(Debug)]
pub struct LitertlmReader {
    pieces: Pieces,
}

impl LitertlmReader {
    /// A reader of a file of this size, where that is known.
    #[must_use]
    pub fn new(file_size: Option<u64>) -> Self {
        Self { pieces: Pieces::new("a LiteRT-LM file", file_size) }
    }

    /// Asks for this many bytes first: fewer where files are known to be small, or bytes to be dear.
    #[must_use]
    pub fn first_read(mut self, bytes: u64) -> Self {
        self.pieces.file.ask_first(bytes);
        self
    }
}

impl Reader for LitertlmReader {
    type Facts = FileFacts;

    fn start(&self) -> Range<u64> {
        self.pieces.file.asked.clone()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<FileFacts>> {
        self.pieces.push(bytes)?;
        match read(&self.pieces, self.pieces.file.end) {
            Ok(facts) => Ok(Step::Done(facts)),
            Err(Stop::Missing(from, count)) => self.pieces.ask(from, count).map(Step::Need),
            Err(Stop::Failed(error)) => Err(error),
        }
    }
}

fn read(file: &Pieces, file_size: Option<u64>) -> Read<FileFacts> {
    if file.bytes(0, 8)? != b"LITERTLM" {
        return Err(file.failed(0, "no magic LITERTLM"));
    }
    let mut draft = Draft::new("litertlm");
    let [major, minor, patch] = [file.u32(8)?, file.u32(12)?, file.u32(16)?];
    draft.facts.version = Some(format!("{major}.{minor}.{patch}"));
    draft.facts.header_bytes = file.u64(HEADER_END)?;
    let header = file.table(HEADER_START)?;
    if let Some(system) = header.table(0)? {
        keys(&system, &mut draft)?;
    }
    if let Some(sections) = header.table(1)? {
        let list = sections.list(0)?;
        let mut told = None;
        for at in 0..list.length.min(MAX_SECTIONS) {
            let metadata = section(&list.table(at)?, file_size, &mut draft)?;
            told = told.or(metadata);
        }
        if let Some(bytes) = told {
            metadata(file, bytes, &mut draft)?;
        }
    }
    Ok(draft.done())
}

/// The keys of the whole file that hold a text: its authors, ….
fn keys(system: &Table<'_>, draft: &mut Draft) -> Read<()> {
    let entries = system.list(0)?;
    for at in 0..entries.length {
        if let (key, Some(text)) = entry(&entries.table(at)?)? {
            draft.text(&key, &text);
        }
    }
    Ok(())
}

/// A key, and its value where that is a text.
fn entry(entry: &Table<'_>) -> Read<(String, Option<String>)> {
    let is_text = entry.u8(1)? == TEXT;
    let value = if is_text { entry.table(2)? } else { None };
    Ok((entry.text(0)?, value.map(|value| value.text(0)).transpose()?))
}

/// Tells of a section, and gives its bytes where those are metadata of the language model.
fn section(
    table: &Table<'_>,
    file_size: Option<u64>,
    draft: &mut Draft,
) -> Read<Option<Range<u64>>> {
    let mut metadata = None;
    let (offset, end, id) = (table.u64(1)?, table.u64(2)?, table.u8(3)?);
    if end < offset || offset < HEADER_START {
        let message = format!("a section from byte {offset} to {end}");
        draft.problem("invalid_section", message);
    } else if id == LLM_METADATA && end - offset > llm_metadata::MAX_BYTES {
        // Told as that wherever the file ends, which may be known or not.
        metadata = Some(offset..end);
    } else if let Some(size) = file_size.filter(|size| end > *size) {
        let message = format!("a section: expected it to end at byte {end}, found {size}");
        draft.problem("truncated", message);
    } else if id == LLM_METADATA && end > offset {
        metadata = Some(offset..end);
    }
    let known = SECTION_TYPES.get(usize::from(id));
    let section_type = known.map_or_else(|| format!("type {id}"), |name| (*name).to_owned());
    let (name, bytes) = (model_type(table)?, end.saturating_sub(offset));
    draft.facts.sections.push(FileSection { section_type, name, offset, bytes });
    Ok(metadata)
}

/// What a section is for: the entry `model_type` of its own keys.
fn model_type(section: &Table<'_>) -> Read<Option<String>> {
    let items = section.list(0)?;
    for at in 0..items.length {
        let (key, text) = entry(&items.table(at)?)?;
        if key == "model_type" {
            return Ok(text);
        }
    }
    Ok(None)
}

fn metadata(file: &Pieces, section: Range<u64>, draft: &mut Draft) -> Read<()> {
    let length = section.end - section.start;
    if length > llm_metadata::MAX_BYTES {
        draft.problem("long_metadata", format!("metadata of {length} bytes, which were not read"));
        return Ok(());
    }
    let bytes = file.bytes(section.start, length)?;
    llm_metadata::read(bytes, draft).map_err(Stop::Failed)
}
