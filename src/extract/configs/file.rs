//! Which files are configs, and who reads them.

use super::{
    adapter, chat_template, embedding, genai, generation, mlc, model, pipeline, processor,
    quantization, tokenizer,
};
use crate::extract::genai_config;
use crate::model::Json;
use crate::model::config_facts::ConfigFacts;

/// A file that can be read.
#[derive(Clone, Copy)]
pub(super) struct ConfigFile {
    /// How telling it is: 0 most.
    pub(super) rank: usize,
    pub(super) reader: Reader,
}

/// How a file is read.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// It holds an object.
    Object(fn(Json<'_>, &mut ConfigFacts)),
    /// It holds a list.
    List(fn(Json<'_>, &mut ConfigFacts)),
    /// It is a template.
    Template,
}

use Reader::{List, Object, Template};

/// The files by name, the most telling first; chat templates stand in the order in which they count.
const FILES: [(&str, Reader); 20] = [
    ("config.json", Object(model::read)),
    ("model_index.json", Object(pipeline::read)),
    ("adapter_config.json", Object(adapter::read)),
    ("mlc-chat-config.json", Object(mlc::read)),
    (genai_config::FILE, Object(genai::read)),
    ("modules.json", List(embedding::read_modules)),
    ("hf_quant_config.json", Object(quantization::read)),
    ("quantize_config.json", Object(quantization::read_gptq)),
    ("quant_config.json", Object(quantization::read_awq)),
    ("generation_config.json", Object(generation::read)),
    ("chat_template.jinja", Template),
    ("chat_template.json", Object(chat_template::read_json)),
    ("tokenizer_config.json", Object(tokenizer::read)),
    ("preprocessor_config.json", Object(processor::read)),
    ("processor_config.json", Object(processor::read)),
    ("video_preprocessor_config.json", Object(processor::read)),
    ("config_sentence_transformers.json", Object(embedding::read)),
    ("sentence_bert_config.json", Object(embedding::read_transformer)),
    ("tensor-cache.json", Object(mlc::read_weights)),
    ("ndarray-cache.json", Object(mlc::read_weights)),
];

impl ConfigFile {
    pub(super) fn of(path: &str) -> Option<Self> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = folder.rsplit('/').next().unwrap_or(folder);
        let named = named(folder, name);
        let rank = FILES.iter().position(|(known, _)| *known == named)?;
        let (_, reader) = FILES.get(rank)?;
        let reader = if named == "config.json" { of_config(folder) } else { *reader };
        Some(Self { rank, reader })
    }
}

/// The name under which a file stands in the table.
fn named<'a>(folder: &str, name: &'a str) -> &'a str {
    if folder == chat_template::FOLDER && name.strip_suffix(".jinja").is_some() {
        return "chat_template.jinja";
    }
    // `sentence_roberta_config.json` and others, until all were named after bert.
    if name.starts_with("sentence_") && name.ends_with("_config.json") {
        return "sentence_bert_config.json";
    }
    name
}

/// `config.json` of a module of sentence-transformers is that module's.
fn of_config(folder: &str) -> Reader {
    Object(match module(folder) {
        Some("Pooling") => embedding::read_pooling,
        Some("Dense") => embedding::read_dense,
        _ => model::read,
    })
}

/// The class in the folder name of a module of sentence-transformers: `1_Pooling`.
pub(super) fn module(folder: &str) -> Option<&str> {
    let (number, class) = folder.split_once('_')?;
    let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    numbered.then_some(class)
}
