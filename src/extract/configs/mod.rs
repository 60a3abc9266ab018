//! The small files around a model, as [`ConfigFacts`]: one file here per kind of file there.
//!
//! ```
//! use hubfit::extract::configs;
//!
//! let files = [("README.md", None), ("adapter_config.json", Some(800)), ("adapter_model.safetensors", None)];
//! assert_eq!(configs::wanted(&files), ["adapter_config.json"]);
//!
//! let facts = configs::read("adapter_config.json", br#"{ "peft_type": "LORA", "r": 16 }"#);
//! assert_eq!(facts.and_then(|facts| facts.adapter?.rank), Some(16));
//! ```

mod adapter;
mod chat_template;
mod ctranslate2;
mod embedding;
mod file;
mod genai;
mod generation;
mod mlc;
mod model;
mod pipeline;
mod processor;
mod quantization;
mod remote_code;
mod timm;
mod tokenizer;
mod values;
mod wanted;

pub use wanted::wanted;

use crate::model::Json;
use crate::model::config_facts::ConfigFacts;
use crate::model::file_facts::FileProblem;
use crate::model::order::order;
use crate::model::quoted::quoted;
use file::{ConfigFile, Reader};

/// What one file says; none where its name is not that of a config file.
///
/// A file that is no JSON, or holds another value than it should, is a problem with the code `invalid_json`.
#[must_use]
pub fn read(path: &str, text: &[u8]) -> Option<ConfigFacts> {
    let file = ConfigFile::of(path)?;
    let mut facts = ConfigFacts::default();
    read_into(&mut facts, path, file, text);
    Some(facts)
}

/// What several files of a repository say together, whatever order they come in: where two say the same thing, the
/// more telling one counts. Files with other names are passed over.
#[must_use]
pub fn read_all(files: &[(&str, &[u8])]) -> ConfigFacts {
    let known: Vec<_> = files
        .iter()
        .filter_map(|(path, text)| Some((ConfigFile::of(path)?, *path, *text)))
        .collect();
    let key =
        |index: usize| known.get(index).map(|(file, path, _)| (file.rank, depth(path), *path));
    let mut facts = ConfigFacts::default();
    for index in order(known.len(), &|one, other| key(one).cmp(&key(other))) {
        if let Some((file, path, text)) = known.get(index as usize) {
            read_into(&mut facts, path, *file, text);
        }
    }
    facts
}

fn depth(path: &str) -> usize {
    path.bytes().filter(|byte| *byte == b'/').count()
}

fn read_into(facts: &mut ConfigFacts, path: &str, file: ConfigFile, text: &[u8]) {
    let (read, expected, list) = match file.reader {
        Reader::Template => return chat_template::read_file(path, text, facts),
        Reader::Object(read) => (read, "an object", false),
        Reader::List(read) => (read, "a list", true),
    };
    match Json::parse(&quoted(path), text) {
        Ok(value) if value.is_list() == list && (list || value.is_object()) => read(value, facts),
        Ok(value) => {
            let message = format!("{}: expected {expected}, found {}", quoted(path), value.found());
            invalid(facts, message);
        }
        Err(error) => invalid(facts, error.to_string()),
    }
}

fn invalid(facts: &mut ConfigFacts, message: String) {
    facts.problems.push(FileProblem { code: "invalid_json".to_owned(), message });
}
