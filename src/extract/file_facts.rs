//! What the readers found in a header, as [`FileFacts`].

use crate::format::gguf::{ChatTemplate, Entry, FileType, GgufFacts, Kind, TensorType, Value};
use crate::format::safetensors::SafetensorsFacts;
use crate::model::file_facts::{
    FileFacts, FileKey, FileProblem, KeyValue, SplitPart, TemplateFacts, TypeTotal,
};
use crate::model::order::greatest_first;

/// A GGUF header.
#[must_use]
pub fn of_gguf(facts: &GgufFacts) -> FileFacts {
    FileFacts {
        format: "gguf".to_owned(),
        kind: kind(facts.kind).to_owned(),
        architecture: facts.architecture().map(str::to_owned),
        context_length: facts.arch_number("context_length"),
        header_bytes: facts.header_bytes,
        tensor_bytes: facts.tensor_bytes(),
        tensor_count: facts.tensors.len() as u64,
        element_count: facts.parameter_count(),
        bits_per_weight: facts.histogram.bits_per_weight(),
        types: types(facts),
        quantization: facts.label.map(|label| label.name.to_owned()),
        declared_quantization: facts.file_type.and_then(FileType::name).map(str::to_owned),
        split: facts.split.map(|split| SplitPart { number: split.number + 1, count: split.count }),
        keys: facts.entries.iter().filter_map(key).collect(),
        chat_templates: facts.chat_templates.iter().map(template).collect(),
        problems: problems(facts),
        more_problems: facts.problems.left_off,
    }
}

/// A safetensors header.
#[must_use]
pub fn of_safetensors(facts: &SafetensorsFacts) -> FileFacts {
    let problem = |problem: &crate::format::safetensors::Problem| FileProblem {
        code: problem.code.to_owned(),
        message: problem.message.clone(),
    };
    let types: Vec<_> = facts
        .totals
        .iter()
        .map(|total| TypeTotal {
            name: total.dtype.name().to_owned(),
            tensors: total.tensors,
            elements: total.elements,
            bytes: total.bytes,
        })
        .collect();
    let types = greatest_first(&types, |total| total.bytes);
    let elements = types.iter().fold(0_u64, |sum, total| sum.saturating_add(total.elements));
    let key = |(key, value): (&String, &String)| FileKey {
        key: key.clone(),
        value: KeyValue::Text(value.clone()),
    };
    FileFacts {
        format: "safetensors".to_owned(),
        kind: "model".to_owned(),
        header_bytes: facts.header_bytes,
        tensor_bytes: types.iter().fold(0, |sum, total| sum.saturating_add(total.bytes)),
        tensor_count: facts.tensors.len() as u64,
        element_count: elements,
        bits_per_weight: bits(facts.data_bytes, elements),
        types,
        keys: facts.metadata.iter().map(key).collect(),
        problems: facts.problems.iter().map(problem).collect(),
        more_problems: facts.more_problems as u64,
        ..FileFacts::default()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a ratio that is shown with two digits")]
fn bits(bytes: u64, elements: u64) -> Option<f64> {
    (elements > 0).then(|| bytes as f64 * 8.0 / elements as f64)
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
    let words = template.uses.map(|uses| {
        let words = [
            ("tools", uses.tools),
            ("tool_calls", uses.tool_calls),
            ("vision", uses.vision),
            ("audio", uses.audio),
            ("reasoning", uses.reasoning),
            ("system", uses.system),
        ];
        words.into_iter().filter(|(_, used)| *used).map(|(word, _)| word.to_owned()).collect()
    });
    TemplateFacts { name: template.name.clone(), uses: words }
}
