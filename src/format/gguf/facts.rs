//! What the header of a GGUF file says.

use super::chat_template::{self, ChatTemplate};
use super::cursor::Layout;
use super::file_type::FileType;
use super::histogram::Histogram;
use super::kind::Kind;
use super::label::{self, Label};
use super::parser::Parser;
use super::placement;
use super::problem::{ProblemCode, Problems, quoted};
use super::split::Split;
use super::tensor::Tensor;
use super::value::{Entry, Value, Values};
use crate::model::order::order;

/// What the header of a GGUF file says, and what follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct GgufFacts {
    /// The version of the container: 1, 2 or 3.
    pub version: u32,
    /// Whether numbers stand with their highest byte first.
    pub big_endian: bool,
    /// What the file is.
    pub kind: Kind,
    /// The keys, in the order of the file.
    pub entries: Vec<Entry>,
    /// The tensors, in the order of the file.
    pub tensors: Vec<Tensor>,
    /// Bytes from the start of the file to the end of the last tensor info.
    pub header_bytes: u64,
    /// What tensors are aligned to.
    pub alignment: u64,
    /// Where the data section starts; where the header ends, if there are no tensors.
    pub data_offset: u64,
    /// The tensors by type.
    pub histogram: Histogram,
    /// The quantization label that follows from the tensors.
    pub label: Option<Label>,
    /// The label that `general.file_type` declares.
    pub file_type: Option<FileType>,
    /// Which part of a model this file is, where it was split.
    pub split: Option<Split>,
    /// The chat templates; the default one, if any, comes first.
    pub chat_templates: Vec<ChatTemplate>,
    /// What is wrong with the file, though it can be read.
    pub problems: Problems,
    pub(super) layout: Layout,
    /// Indices of entries by key; of equal keys the first comes first.
    by_key: Vec<u32>,
}

impl GgufFacts {
    pub(super) fn new(parser: Parser, file_size: Option<u64>) -> Self {
        let header_bytes = parser.position();
        let mut facts = Self {
            version: parser.header.version,
            big_endian: parser.header.layout.big_endian,
            layout: parser.header.layout,
            kind: Kind::Model,
            by_key: sorted(&parser.entries, |entry| &entry.key),
            entries: parser.entries,
            tensors: parser.tensors,
            problems: parser.problems,
            header_bytes,
            alignment: 0,
            data_offset: header_bytes,
            histogram: Histogram::default(),
            label: None,
            file_type: None,
            split: None,
            chat_templates: Vec::new(),
        };
        facts.derive();
        facts.check(file_size);
        facts
    }

    fn derive(&mut self) {
        self.alignment = placement::alignment(self).unwrap_or_else(|message| {
            self.problems.add(ProblemCode::InvalidAlignment, || message);
            placement::DEFAULT_ALIGNMENT
        });
        if !self.tensors.is_empty() {
            let padded = self.header_bytes.next_multiple_of(self.alignment);
            self.data_offset = padded;
        }
        self.histogram = Histogram::of(&self.tensors);
        self.label = label::of(&self.tensors);
        self.file_type = self.number("general.file_type").map(FileType);
        self.split = Split::of(self);
        self.kind = Kind::of(self);
        self.chat_templates = chat_template::read(&self.entries);
    }

    fn check(&mut self, file_size: Option<u64>) {
        let mut problems = std::mem::take(&mut self.problems);
        self.check_keys(&mut problems);
        self.check_names(&mut problems);
        self.check_architecture(&mut problems);
        if let Some(split) = &self.split {
            split.check(self.tensors.len(), &mut problems);
        }
        placement::check(self, file_size, &mut problems);
        self.problems = problems;
    }

    fn check_keys(&self, problems: &mut Problems) {
        let keys = self.by_key.iter().filter_map(|index| self.entry(*index));
        for key in repeated(keys.map(|entry| entry.key.as_str())) {
            problems.add(ProblemCode::DuplicateKey, || format!("key {} stands twice", quoted(key)));
        }
    }

    fn check_names(&self, problems: &mut Problems) {
        let order = sorted(&self.tensors, |tensor| &tensor.name);
        let names =
            order.iter().filter_map(|index| self.tensors.get(usize::try_from(*index).ok()?));
        for name in repeated(names.map(|tensor| tensor.name.as_str())) {
            let message = || format!("tensor {} stands twice", quoted(name));
            problems.add(ProblemCode::DuplicateTensor, message);
        }
    }

    fn check_architecture(&self, problems: &mut Problems) {
        let first = self.split.is_none_or(|split| split.number == 0);
        let needed = !matches!(self.kind, Kind::Imatrix);
        if needed && first && self.architecture().is_none() {
            let message = || "there is no text `general.architecture`".to_owned();
            problems.add(ProblemCode::MissingArchitecture, message);
        }
    }

    fn entry(&self, index: u32) -> Option<&Entry> {
        self.entries.get(usize::try_from(index).ok()?)
    }

    /// The value of a key; of equal keys the first.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&Value> {
        let key_of = |index: &u32| self.entry(*index).map(|entry| entry.key.as_str());
        let first = self.by_key.partition_point(|index| key_of(index) < Some(key));
        let entry = self.entry(*self.by_key.get(first)?)?;
        (entry.key == key).then_some(&entry.value)
    }

    /// A number that is whole and not negative.
    #[must_use]
    pub fn number(&self, key: &str) -> Option<u64> {
        whole(self.value(key)?)
    }

    /// A number of any kind.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "whoever wants it exact asks for `number`")]
    pub fn float(&self, key: &str) -> Option<f64> {
        match self.value(key)? {
            Value::F64(number) => Some(*number),
            Value::U64(number) => Some(*number as f64),
            Value::I64(number) => Some(*number as f64),
            _ => None,
        }
    }

    /// A list of numbers that are whole and not negative; `None` where one is not, and where the list was too
    /// long to be decoded.
    #[must_use]
    pub fn numbers(&self, key: &str) -> Option<Vec<u64>> {
        let Value::List(list) = self.value(key)? else { return None };
        match list.values.as_ref()? {
            Values::U64(numbers) => Some(numbers.clone()),
            Values::I64(numbers) => {
                numbers.iter().map(|number| u64::try_from(*number).ok()).collect()
            }
            Values::F64(_) | Values::Bool(_) => None,
        }
    }

    /// A list of flags.
    #[must_use]
    pub fn flags(&self, key: &str) -> Option<&[bool]> {
        let Value::List(list) = self.value(key)? else { return None };
        let Some(Values::Bool(flags)) = &list.values else { return None };
        Some(flags)
    }

    /// A text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        let Value::Text(text) = self.value(key)? else { return None };
        Some(text)
    }

    /// A flag.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<bool> {
        let Value::Bool(flag) = self.value(key)? else { return None };
        Some(*flag)
    }

    /// The architecture: `llama`, `qwen3moe`, `clip`, ….
    #[must_use]
    pub fn architecture(&self) -> Option<&str> {
        self.text("general.architecture")
    }

    /// The key of the architecture with this name: `llama.context_length` for `context_length`.
    #[must_use]
    pub fn arch_key(&self, name: &str) -> Option<String> {
        self.architecture().map(|architecture| format!("{architecture}.{name}"))
    }

    /// The value of a key of the architecture.
    #[must_use]
    pub fn arch_value(&self, name: &str) -> Option<&Value> {
        self.value(&self.arch_key(name)?)
    }

    /// A number of the architecture: `arch_number("context_length")`.
    #[must_use]
    pub fn arch_number(&self, name: &str) -> Option<u64> {
        self.number(&self.arch_key(name)?)
    }

    /// A list of numbers of the architecture.
    #[must_use]
    pub fn arch_numbers(&self, name: &str) -> Option<Vec<u64>> {
        self.numbers(&self.arch_key(name)?)
    }

    /// Elements of all tensors. In a file of a split model, only of those in this file.
    #[must_use]
    pub fn parameter_count(&self) -> u64 {
        self.histogram.elements
    }

    /// Bytes of all tensors, without what aligns them, and without those whose size is not known.
    #[must_use]
    pub fn tensor_bytes(&self) -> u64 {
        self.histogram.bytes
    }
}

fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::U64(number) => Some(*number),
        Value::I64(number) => u64::try_from(*number).ok(),
        _ => None,
    }
}

/// Indices in the order of what they stand for. Sorting needs no hash that a file could be made to defeat.
fn sorted<T>(items: &[T], name: impl Fn(&T) -> &String) -> Vec<u32> {
    let name = |index: usize| items.get(index).map(&name);
    order(items.len(), &|one, other| name(one).cmp(&name(other)))
}

/// The names that stand again right behind themselves.
fn repeated<'a>(names: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    let mut last = None;
    names.filter(move |name| last.replace(*name) == Some(*name))
}
