//! The facts of a graph in the making: counts by name, and what is wrong.

use crate::model::file_facts::{
    Dimension, ExternalFile, FileFacts, FileKey, FileProblem, GraphValue, KeyValue, OperatorCount,
    Opset, TypeTotal,
};
use crate::model::order::greatest_first;

/// Problems that are told; more are counted. More than a person reads.
const MAX_PROBLEMS: usize = 64;

/// Names that are counted apart: operators, types, files. ONNX has 200 operators, TFLite 210; a model that was saved
/// with one file per tensor has some hundred files.
const MAX_NAMES: usize = 4096;

/// Dimensions of a shape; more are left off. Real ones have up to 8.
pub(super) const MAX_DIMENSIONS: usize = 64;

/// Bytes of a name or a value that is kept; the rest is cut off. Chat templates in metadata have up to 40 kB, and
/// are not for comparing.
const MAX_TEXT: usize = 1024;

/// Facts that are being gathered.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) facts: FileFacts,
}

impl Draft {
    pub(super) fn new(format: &str) -> Self {
        let facts = FileFacts {
            format: format.to_owned(),
            kind: "model".to_owned(),
            ..FileFacts::default()
        };
        Self { facts }
    }

    /// One more operator of this name.
    pub(super) fn operator(&mut self, name: &str) {
        let new = |name| OperatorCount { name, count: 0 };
        match slot(&mut self.facts.operators, name, |row| &row.name, new) {
            Some(row) => row.count += 1,
            None => self.too_many("operators"),
        }
    }

    /// One more tensor of this type.
    pub(super) fn tensor(&mut self, data_type: &str, elements: u64, bytes: u64) {
        let new = |name| TypeTotal { name, tensors: 0, elements: 0, bytes: 0 };
        let Some(row) = slot(&mut self.facts.types, data_type, |row| &row.name, new) else {
            return self.too_many("types");
        };
        row.tensors += 1;
        row.elements = row.elements.saturating_add(elements);
        row.bytes = row.bytes.saturating_add(bytes);
    }

    /// One more tensor in another file that the model names, and where in it the tensor ends.
    pub(super) fn external(&mut self, path: &str, end: u64) {
        if !super::is_safe_path(path) {
            let path = crate::model::quoted::quoted(path);
            let message = format!("expected a file in the folder of the model, found {path}");
            return self.problem("unsafe_file_name", message);
        }
        self.beside(path, end);
    }

    /// One more tensor in another file, whose name the model has no say in.
    pub(super) fn beside(&mut self, path: &str, end: u64) {
        let new = |path| ExternalFile { path, tensors: 0, bytes: 0 };
        let Some(row) = slot(&mut self.facts.external_files, path, |row| &row.path, new) else {
            return self.too_many("files");
        };
        row.tensors += 1;
        row.bytes = row.bytes.max(end);
    }

    /// Told once: the rest of the file may well hold nothing else.
    fn too_many(&mut self, what: &str) {
        let message = format!("more than {MAX_NAMES} {what}: not all are told");
        if self.facts.problems.iter().any(|problem| problem.message == message) {
            self.facts.more_problems += 1;
        } else {
            self.problem("too_many_names", message);
        }
    }

    pub(super) fn opset(&mut self, domain: &str, version: u64) {
        let opset = Opset { domain: shortened(domain).to_owned(), version };
        if self.facts.opsets.len() < MAX_PROBLEMS && !self.facts.opsets.contains(&opset) {
            self.facts.opsets.push(opset);
        }
    }

    /// A key with a text, where the text says something.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.key(key, KeyValue::Text(shortened(text).to_owned()));
        }
    }

    pub(super) fn number(&mut self, key: &str, number: u64) {
        self.key(key, whole(number));
    }

    fn key(&mut self, key: &str, value: KeyValue) {
        if self.facts.keys.len() < MAX_NAMES {
            self.facts.keys.push(FileKey { key: shortened(key).to_owned(), value });
        } else {
            self.too_many("keys");
        }
    }

    pub(super) fn problem(&mut self, code: &str, message: String) {
        if self.facts.problems.len() < MAX_PROBLEMS {
            self.facts.problems.push(FileProblem { code: code.to_owned(), message });
        } else {
            self.facts.more_problems += 1;
        }
    }

    /// What was read is not all: a limit was met first. That is told before everything else.
    pub(super) fn stopped(&mut self, unread: u64, missing: &str) {
        let message = format!(
            "the scan stopped {unread} bytes early, at its limit: {missing} there are not told"
        );
        self.facts.problems.insert(0, FileProblem { code: "stopped_early".to_owned(), message });
    }

    pub(super) fn input(&mut self, name: &str, data_type: &str, shape: Option<Vec<Dimension>>) {
        if !add_value(&mut self.facts.inputs, name, data_type, shape) {
            self.too_many("inputs");
        }
    }

    pub(super) fn output(&mut self, name: &str, data_type: &str, shape: Option<Vec<Dimension>>) {
        if !add_value(&mut self.facts.outputs, name, data_type, shape) {
            self.too_many("outputs");
        }
    }

    /// The facts, with their sums.
    pub(super) fn done(mut self) -> FileFacts {
        let facts = &mut self.facts;
        facts.operators = greatest_first(&facts.operators, |row| row.count);
        facts.types = greatest_first(&facts.types, |row| row.bytes);
        let sum = |of: fn(&TypeTotal) -> u64| {
            facts.types.iter().fold(0_u64, |sum, row| sum.saturating_add(of(row)))
        };
        facts.tensor_count = sum(|row| row.tensors);
        facts.element_count = sum(|row| row.elements);
        facts.tensor_bytes = sum(|row| row.bytes);
        facts.bits_per_weight = bits_per_weight(facts.tensor_bytes, facts.element_count);
        self.facts
    }
}

/// The row of a name, in a list that is sorted by name: searching it needs no hash that a file could defeat.
fn slot<'list, T>(
    list: &'list mut Vec<T>,
    name: &str,
    name_of: fn(&T) -> &String,
    new: fn(String) -> T,
) -> Option<&'list mut T> {
    let name = shortened(name);
    let at = match list.binary_search_by(|row| name_of(row).as_str().cmp(name)) {
        Ok(at) => at,
        Err(at) if list.len() < MAX_NAMES => {
            list.insert(at, new(name.to_owned()));
            at
        }
        Err(_) => return None,
    };
    list.get_mut(at)
}

fn add_value(
    values: &mut Vec<GraphValue>,
    name: &str,
    data_type: &str,
    shape: Option<Vec<Dimension>>,
) -> bool {
    let room = values.len() < MAX_NAMES;
    if room {
        let (name, data_type) = (shortened(name).to_owned(), data_type.to_owned());
        values.push(GraphValue { name, data_type, shape });
    }
    room
}

/// The start of a long text.
fn shortened(text: &str) -> &str {
    let end = (0..=MAX_TEXT.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "what would lose precision is text")]
fn whole(number: u64) -> KeyValue {
    if number <= 1 << 53 {
        return KeyValue::Number(number as f64);
    }
    KeyValue::Text(number.to_string())
}

#[expect(clippy::cast_precision_loss, reason = "a ratio that is shown with two digits")]
fn bits_per_weight(bytes: u64, elements: u64) -> Option<f64> {
    (elements > 0).then(|| bytes as f64 * 8.0 / elements as f64)
}

/// A dimension of so many elements; one below nothing is as long as a call makes it.
#[expect(clippy::cast_precision_loss, reason = "no dimension has 2^53 elements")]
pub(super) fn dimension(size: i64) -> Dimension {
    if size < 0 { Dimension::Name(String::new()) } else { Dimension::Size(size as f64) }
}

/// The elements of a shape, and the bytes that they take, packed without gaps. `None` where a dimension is below
/// nothing, or there are more than 64 bits count.
pub(super) fn size_of(dims: &[i64], bits: u64) -> Option<(u64, u64)> {
    let elements = dims
        .iter()
        .try_fold(1_u64, |product, &dim| product.checked_mul(u64::try_from(dim).ok()?))?;
    let bytes = (u128::from(elements) * u128::from(bits)).div_ceil(8);
    Some((elements, u64::try_from(bytes).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beyond_the_limit_are_counted_as_problems() {
        let mut draft = Draft::new("test");
        for name in 0..MAX_NAMES + 100 {
            draft.operator(&name.to_string());
        }
        draft.operator("7");
        let facts = draft.done();
        assert_eq!((facts.operators.len(), facts.problems.len()), (MAX_NAMES, 1));
        assert_eq!(facts.more_problems, 99);
        assert_eq!((facts.operators[0].name.as_str(), facts.operators[0].count), ("7", 2));
    }

    #[test]
    fn sizes_that_no_tensor_has() {
        assert_eq!(size_of(&[], 32), Some((1, 4)));
        assert_eq!(size_of(&[3, 5], 4), Some((15, 8)));
        assert_eq!(size_of(&[0, i64::MAX, i64::MAX], 8), Some((0, 0)));
        assert_eq!(size_of(&[-1, 4], 8), None);
        assert_eq!(size_of(&[1 << 32, 1 << 32], 8), None);
        assert_eq!(size_of(&[i64::MAX], 64), None);
    }
}
