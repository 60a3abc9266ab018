//! The section of a LiteRT-LM file that says what its language model is (litert-lm-builder 0.18.1
//! `runtime/proto/llm_metadata_pb2.py`, `llm_model_type_pb2.py`).

use crate::error::Result;
use crate::format::draft::Draft;
use crate::format::protobuf::Act::{Enter, Keep, Measure};
use crate::format::protobuf::{Messages, Scanner, Schema, Value};
use crate::format::stream::Stream;

/// Bytes of the section. Chat templates make up most of its 1 to 50 kB.
pub(super) const MAX_BYTES: u64 = 1 << 20;

const METADATA: u8 = 0;
const MODEL_TYPE: u8 = 1;

const SCHEMA: &Schema = &[
    &[
        (5, Keep), // max_num_tokens
        (6, Enter(MODEL_TYPE)),
        (11, Keep), // supports_thinking
        (12, Keep), // supports_function_calling
        (14, Keep), // min_runtime_version
    ],
    &[(0, Measure)],
];

/// The kinds of language model, by their field.
const MODEL_TYPES: [(u32, &str); 11] = [
    (1, "generic_model"),
    (2, "gemma3n"),
    (3, "function_gemma"),
    (4, "gemma3"),
    (5, "qwen3"),
    (7, "qwen2p5"),
    (8, "gemma4"),
    (9, "fast_vlm"),
    (11, "lfm2"),
    (12, "minicpm5"),
    (13, "minicpmv4"),
];

/// Tells what the section says.
pub(super) fn read(section: &[u8], draft: &mut Draft) -> Result<()> {
    let stream = Stream::new("LiteRT-LM metadata", Some(section.len() as u64));
    let mut metadata = Metadata { draft };
    if !section.is_empty() {
        Scanner::new(stream, SCHEMA).feed(section, &mut metadata)?;
    }
    Ok(())
}

struct Metadata<'a> {
    draft: &'a mut Draft,
}

impl Messages for Metadata<'_> {
    fn begin(&mut self, _: u8) {}

    fn field(&mut self, message: u8, field: u32, value: Value<'_>) {
        let draft = &mut *self.draft;
        match (message, field) {
            (METADATA, 5) => draft.facts.context_length = Some(value.number()),
            (METADATA, 11) => draft.number("supports_thinking", value.number()),
            (METADATA, 12) => draft.number("supports_function_calling", value.number()),
            (METADATA, _) => draft.text("min_runtime_version", &value.text()),
            _ => {
                let known = MODEL_TYPES.iter().find(|(known, _)| *known == field);
                let name =
                    known.map_or_else(|| format!("type {field}"), |(_, name)| (*name).into());
                draft.facts.architecture = Some(name);
            }
        }
    }

    fn end(&mut self, _: u8) {}

    fn stopped(&mut self, _: u64) {}
}
