//! The facts of a graph, from its elements as they come.

use super::xml::Tag;
use crate::format::draft::{Draft, MAX_DIMENSIONS, dimension, size_of};
use crate::model::file_facts::Dimension;
use crate::model::quoted::quoted;

/// Where the layers of the graph itself stand: in `net`, in `layers`. Those of bodies stand deeper.
const LAYER: usize = 2;

/// Constants that are told apart by where they stand; layers may share one. Language models have some thousand.
const MAX_CONSTANTS: usize = 16_384;

/// What was found so far.
#[derive(Debug)]
pub(super) struct Ir {
    pub(super) draft: Draft,
    /// Elements that are open.
    pub(super) depth: usize,
    layer: Layer,
    /// Offsets that were counted, in order.
    counted: Vec<u64>,
    /// Whether the notes on the whole graph are being read.
    in_notes: bool,
    /// The name of the note, and how long it was at each element above.
    note: String,
    above: Vec<usize>,
}

/// The layer that is being read.
#[derive(Debug, Default)]
struct Layer {
    kind: String,
    name: String,
    depth: usize,
    /// The port of a result.
    precision: String,
    shape: Vec<i64>,
    in_dim: bool,
}

impl Ir {
    pub(super) fn new() -> Self {
        Self {
            draft: Draft::new("openvino"),
            depth: 0,
            layer: Layer::default(),
            counted: Vec::new(),
            in_notes: false,
            note: String::new(),
            above: Vec::new(),
        }
    }

    /// An element starts. An error says what was found instead of the root.
    pub(super) fn open(&mut self, tag: &Tag<'_>) -> Result<(), &'static str> {
        match (self.depth, tag.name) {
            (0, b"net") => {
                self.draft.facts.version = Some(tag.get("version").into_owned());
                self.draft.text("name", &tag.get("name"));
            }
            (0, _) => return Err("another root than <net>"),
            (1, b"rt_info") => self.in_notes = true,
            _ if self.in_notes => self.note(tag),
            (_, b"layer") => self.layer(tag),
            (_, b"data") => self.data(tag),
            (_, b"port") if self.is_result() => self.layer.precision = tag.get("precision").into(),
            (_, b"dim") if self.is_result() => self.layer.in_dim = true,
            _ => {}
        }
        self.depth += 1;
        if tag.is_closed {
            self.close();
        }
        Ok(())
    }

    /// An element ends.
    pub(super) fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.layer.in_dim = false;
        if self.in_notes {
            self.note.truncate(self.above.pop().unwrap_or(0));
            self.in_notes = self.depth > 1;
        } else if self.depth == LAYER && self.is_result() {
            let shape = self.layer.shape.drain(..).map(dimension).collect();
            self.draft.output(&self.layer.name, &self.layer.precision, Some(shape));
            self.layer.kind.clear();
        }
    }

    pub(super) fn text(&mut self, text: &[u8]) {
        if self.layer.in_dim && self.layer.shape.len() < MAX_DIMENSIONS {
            let number = std::str::from_utf8(text).ok().and_then(|text| text.trim().parse().ok());
            self.layer.shape.push(number.unwrap_or(-1));
        }
    }

    /// Whether the layer being read is what the graph gives.
    fn is_result(&self) -> bool {
        self.layer.kind == "Result" && self.layer.depth == LAYER
    }

    fn layer(&mut self, tag: &Tag<'_>) {
        let (kind, version) = (tag.get("type"), tag.get("version"));
        match version.strip_prefix("opset") {
            Some(number) => {
                self.opset(number.parse().unwrap_or(0));
                self.draft.operator(&kind);
            }
            None if version.is_empty() => self.draft.operator(&kind),
            None => self.draft.operator(&format!("{version}.{kind}")),
        }
        let output = tag.get("output_names");
        let name = if output.is_empty() { tag.get("name") } else { output };
        self.layer = Layer {
            kind: kind.into_owned(),
            name: name.into_owned(),
            depth: self.depth,
            ..Layer::default()
        };
    }

    /// Each layer names the set that it comes from; a newer one holds the older ones, so the newest counts.
    fn opset(&mut self, version: u64) {
        match self.draft.facts.opsets.first_mut() {
            Some(opset) => opset.version = opset.version.max(version),
            None => self.draft.opset("opset", version),
        }
    }

    /// What a layer is made of.
    fn data(&mut self, tag: &Tag<'_>) {
        let element = tag.get("element_type");
        let shape = tag.get("shape");
        match self.layer.kind.as_str() {
            "Const" => self.constant(tag, &element, &shape),
            "Parameter" if self.layer.depth == LAYER => {
                self.draft.input(&self.layer.name, &element, dimensions(&shape));
            }
            _ => {}
        }
    }

    fn constant(&mut self, tag: &Tag<'_>, element: &str, shape: &str) {
        let (offset, bytes) = (tag.number("offset"), tag.number("size"));
        if let Err(at) = self.counted.binary_search(&offset) {
            if self.counted.len() < MAX_CONSTANTS {
                self.counted.insert(at, offset);
            }
        } else {
            return;
        }
        let numbers = |part: &str| part.trim().parse().unwrap_or(-1);
        let parts = shape.split(',').filter(|part| !part.is_empty());
        let dims: Vec<i64> = parts.take(MAX_DIMENSIONS).map(numbers).collect();
        let bits = bits(element);
        let size = size_of(&dims, bits);
        if size.is_none_or(|(_, computed)| bits > 0 && computed != bytes) {
            let name = quoted(&self.layer.name);
            let message = format!("constant {name}: {bytes} bytes of {element}, shape {dims:?}");
            self.draft.problem("size_mismatch", message);
        }
        self.draft.tensor(element, size.map_or(0, |(elements, _)| elements), bytes);
        self.draft.beside("*.bin", offset.saturating_add(bytes));
    }

    /// A note on the whole graph: how it was converted, how its weights were compressed.
    fn note(&mut self, tag: &Tag<'_>) {
        self.above.push(self.note.len());
        if !self.note.is_empty() {
            self.note.push('.');
        }
        self.note.push_str(&String::from_utf8_lossy(tag.name));
        self.draft.text(&self.note, &tag.get("value"));
    }
}

/// The bits in the name of an element type: `f16`, `u4`, `nf4`, `f8e4m3`. A text has no size of its own.
fn bits(element: &str) -> u64 {
    if element == "boolean" {
        return 8;
    }
    let digits = element.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let end = digits.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// `?,1..512,64`: dimensions that a call gives have no number. `...` says not even how many there are.
fn dimensions(shape: &str) -> Option<Vec<Dimension>> {
    if shape == "..." {
        return None;
    }
    let dimension_of = |part: &str| match part.trim() {
        "?" => dimension(-1),
        part => part.parse().map_or_else(|_| Dimension::Name(part.to_owned()), dimension),
    };
    let parts = shape.split(',').filter(|part| !part.is_empty());
    Some(parts.take(MAX_DIMENSIONS).map(dimension_of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_of_element_types() {
        for (name, expected) in
            [("f16", 16), ("bf16", 16), ("nf4", 4), ("u1", 1), ("f8e4m3", 8), ("f4e2m1", 4)]
        {
            assert_eq!(bits(name), expected, "{name}");
        }
        assert_eq!((bits("boolean"), bits("string"), bits("")), (8, 0, 0));
    }

    #[test]
    fn dimensions_that_a_call_gives() {
        let shape = dimensions("?,1..512,64").unwrap();
        let name = |name: &str| Dimension::Name(name.to_owned());
        assert_eq!(shape, [name(""), name("1..512"), Dimension::Size(64.0)]);
        assert_eq!((dimensions("..."), dimensions("")), (None, Some(vec![])));
    }
}
