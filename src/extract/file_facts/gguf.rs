//! A GGUF header as [`FileFacts`].

use crate::extract::geometry::{of_gguf, weights_of_gguf};
use crate::format::chat_template::TemplateUses;
use crate::format::gguf::{ChatTemplate, Entry, FileType, GgufFacts, Kind, TensorType, Value};
use crate::model::Geometry;
use crate::model::file_facts::{
    FileFacts, FileKey, FileProblem, KeyValue, SplitPart, TemplateFacts, TypeTotal,
};

pub(super) fn facts(facts: &GgufFacts) -> FileFacts {
    FileFacts {
        format: "gguf".to_owned(),
        version: Some(facts.version.to_string()),
        kind: kind(facts.kind).to_owned(),
        architecture: facts.architecture().map(str::to_owned),
        context_length: facts.arch_number("context_length"),
        header_bytes: facts.header_bytes,
        tensor_bytes: facts.tensor_bytes(),
        largest_tensor: facts.tensors.iter().filter_map(|tensor| tensor.bytes).max(),
        tensor_count: facts.tensors.len() as u64,
        element_count: facts.parameter_count(),
        bits_per_weight: facts.histogram.bits_per_weight(),
        types: types(facts),
        quantization: facts.label.map(|label| label.name.to_owned()),
        declared_quantization: facts.file_type.and_then(FileType::name).map(str::to_owned),
        split: facts.split.map(|split| SplitPart { number: split.number + 1, count: split.count }),
        geometry: geometry(facts),
        weights: (facts.kind == Kind::Model).then(|| weights_of_gguf(facts)),
        keys: facts.entries.iter().filter_map(key).collect(),
        chat_templates: facts.chat_templates.iter().map(template).collect(),
        problems: problems(facts),
        more_problems: facts.problems.left_off,
        ..FileFacts::default()
    }
}

/// Projectors, adapters and vocabularies have none.
fn geometry(facts: &GgufFacts) -> Option<Geometry> {
    (facts.kind == Kind::Model).then(|| of_gguf(facts).ok()).flatten()
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Model => "model",
        Kind::Projector => "projector",
        Kind::Adapter => "adapter",
        Kind::Imatrix => "imatrix",
        Kind::ControlVector => "control_vector",
        Kind::Vocabulary => "vocabulary",
    }
}

fn types(facts: &GgufFacts) -> Vec<TypeTotal> {
    let name = |of: TensorType| of.name().map_or_else(|| format!("type {}", of.0), str::to_owned);
    let total = |count: &crate::format::gguf::TypeCount| TypeTotal {
        name: name(count.tensor_type),
        tensors: count.tensors,
        elements: count.elements,
        bytes: count.bytes,
    };
    facts.histogram.types.iter().map(total).collect()
}

fn problems(facts: &GgufFacts) -> Vec<FileProblem> {
    let problem = |problem: &crate::format::gguf::Problem| FileProblem {
        code: problem.code.as_str().to_owned(),
        message: problem.message.clone(),
    };
    facts.problems.list.iter().map(problem).collect()
}

/// Templates are told by what they read: their texts are thousands of bytes that nobody compares.
fn key(entry: &Entry) -> Option<FileKey> {
    if entry.key.starts_with("tokenizer.chat_template") {
        return None;
    }
    let value = match &entry.value {
        Value::U64(number) => whole(i128::from(*number)),
        Value::I64(number) => whole(i128::from(*number)),
        Value::F64(number) => KeyValue::Number(*number),
        Value::Bool(flag) => KeyValue::Flag(*flag),
        Value::Text(text) => KeyValue::Text(text.clone()),
        Value::LongText(_) | Value::List(_) => return None,
    };
    Some(FileKey { key: entry.key.clone(), value })
}

#[expect(clippy::cast_precision_loss, reason = "what would lose precision is text")]
fn whole(number: i128) -> KeyValue {
    if number.unsigned_abs() <= 1 << 53 {
        return KeyValue::Number(number as f64);
    }
    KeyValue::Text(number.to_string())
}

fn template(template: &ChatTemplate) -> TemplateFacts {
    TemplateFacts { name: template.name.clone(), uses: template.uses.map(TemplateUses::names) }
}
