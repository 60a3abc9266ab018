//! The facts of a model, from the fields of its messages as they come.

use super::data_type::data_type;
use super::schema::{
    DIMENSION, EXTERNAL, GRAPH, INPUT, MAP, METADATA, MODEL, NODE, OPSET, OPTIONAL, OUTPUT,
    SEQUENCE, SHAPE, TENSOR, TENSOR_TYPE,
};
use super::tensor::Tensor;
use crate::format::draft::{Draft, MAX_DIMENSIONS, dimension};
use crate::format::protobuf::{Messages, Value};
use crate::model::file_facts::Dimension;

/// Names of tensors that are remembered to tell inputs from tensors, which stand among the inputs of files of IR
/// version 3 and before. Files that old have some hundred.
const MAX_INITIALIZERS: usize = 4096;

/// What was found so far.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) draft: Draft,
    pub(super) has_graph: bool,
    /// Bytes of the file that are data of tensors.
    pub(super) raw_bytes: u64,
    ir_version: u64,
    initializers: Vec<String>,
    /// The node that is being read, the one whose attribute holds it, and so on: operator and domain.
    nodes: Vec<(String, String)>,
    tensor: Tensor,
    /// The input or output that is being read.
    name: String,
    element: String,
    shape: Option<Vec<Dimension>>,
    wrapper: Option<&'static str>,
    /// The entry that is being read: a domain and its version, or a key and its value.
    entry: (String, String, u64),
}

impl Model {
    pub(super) fn new() -> Self {
        Self {
            draft: Draft::new("onnx"),
            has_graph: false,
            raw_bytes: 0,
            ir_version: 0,
            initializers: Vec::new(),
            nodes: Vec::new(),
            tensor: Tensor::default(),
            name: String::new(),
            element: String::new(),
            shape: None,
            wrapper: None,
            entry: Default::default(),
        }
    }

    fn model_field(&mut self, field: u32, value: Value<'_>) {
        match field {
            1 => {
                self.ir_version = value.number();
                self.draft.facts.version = Some(value.number().to_string());
            }
            2 => self.draft.text("producer_name", &value.text()),
            3 => self.draft.text("producer_version", &value.text()),
            4 => self.draft.text("domain", &value.text()),
            5 => self.draft.number("model_version", value.number()),
            _ => {}
        }
    }

    fn end_node(&mut self) {
        let Some((operator, domain)) = self.nodes.pop() else { return };
        match domain.as_str() {
            "" | "ai.onnx" => self.draft.operator(&operator),
            domain => self.draft.operator(&format!("{domain}.{operator}")),
        }
    }

    fn end_tensor(&mut self) {
        self.tensor.tell(&mut self.draft);
        self.raw_bytes = self.raw_bytes.saturating_add(self.tensor.raw_bytes());
        if self.ir_version < 4 && self.initializers.len() < MAX_INITIALIZERS {
            self.initializers.push(std::mem::take(&mut self.tensor.name));
        }
    }

    fn end_value(&mut self, message: u8) {
        let element = match self.wrapper {
            Some(wrapper) => format!("{wrapper}({})", self.element),
            None => self.element.clone(),
        };
        let shape = self.shape.take();
        if message == INPUT {
            self.draft.input(&self.name, &element, shape);
        } else {
            self.draft.output(&self.name, &element, shape);
        }
    }

    fn dimension(&mut self, field: u32, value: Value<'_>) {
        let size = match field {
            1 => dimension(value.number().cast_signed()),
            _ => Dimension::Name(value.text().into_owned()),
        };
        if let Some(last) = self.shape.as_mut().and_then(|shape| shape.last_mut()) {
            *last = size;
        }
    }

    fn end_opset(&mut self) {
        let (domain, _, version) = std::mem::take(&mut self.entry);
        self.draft.opset(if domain.is_empty() { "ai.onnx" } else { &domain }, version);
    }

    /// Files of IR version 3 and before name their tensors among the inputs.
    pub(super) fn drop_initializers(&mut self) {
        if self.ir_version < 4 && !self.initializers.is_empty() {
            let tensors = std::mem::take(&mut self.initializers);
            let order = crate::model::order::order(tensors.len(), &|one, other| {
                tensors.get(one).cmp(&tensors.get(other))
            });
            let name = |index: &u32| tensors.get(*index as usize);
            let is_tensor = |own: &String| order.binary_search_by(|row| name(row).cmp(&Some(own)));
            self.draft.facts.inputs.retain(|input| is_tensor(&input.name).is_err());
        }
    }
}

impl Messages for Model {
    fn begin(&mut self, message: u8) {
        match message {
            GRAPH => self.has_graph = true,
            NODE => self.nodes.push(<(String, String)>::default()),
            TENSOR => self.tensor = Tensor::default(),
            INPUT | OUTPUT => {
                self.name.clear();
                self.element.clear();
                (self.shape, self.wrapper) = (None, None);
            }
            SEQUENCE => self.wrapper = self.wrapper.or(Some("seq")),
            OPTIONAL => self.wrapper = self.wrapper.or(Some("optional")),
            MAP => self.wrapper = self.wrapper.or(Some("map")),
            SHAPE => self.shape = Some(Vec::new()),
            DIMENSION => {
                let shape = self.shape.as_mut().filter(|shape| shape.len() < MAX_DIMENSIONS);
                if let Some(shape) = shape {
                    shape.push(Dimension::Name(String::new()));
                }
            }
            OPSET | METADATA => self.entry = Default::default(),
            _ => {}
        }
    }

    fn field(&mut self, message: u8, field: u32, value: Value<'_>) {
        match (message, field) {
            (MODEL, _) => self.model_field(field, value),
            (GRAPH, _) => self.draft.text("graph_name", &value.text()),
            (NODE, _) => {
                let text = value.text().into_owned();
                if let Some(node) = self.nodes.last_mut() {
                    if field == 4 { node.0 = text } else { node.1 = text }
                }
            }
            (TENSOR, _) => self.tensor.field(field, value),
            (EXTERNAL, _) => self.tensor.external_field(field, value),
            (OPSET | METADATA, 1) => self.entry.0 = value.text().into_owned(),
            (OPSET, _) => self.entry.2 = value.number(),
            (METADATA, _) => self.entry.1 = value.text().into_owned(),
            (INPUT | OUTPUT, _) => self.name = value.text().into_owned(),
            (TENSOR_TYPE, _) => self.element = data_type(value.number()).0,
            (DIMENSION, _) => self.dimension(field, value),
            _ => {}
        }
    }

    fn end(&mut self, message: u8) {
        match message {
            NODE => self.end_node(),
            TENSOR => self.end_tensor(),
            EXTERNAL => self.tensor.external_end(),
            OPSET => self.end_opset(),
            METADATA => {
                let (key, text, _) = std::mem::take(&mut self.entry);
                self.draft.text(&key, &text);
            }
            INPUT | OUTPUT => self.end_value(message),
            _ => {}
        }
    }

    fn stopped(&mut self, unread: u64) {
        self.nodes.clear();
        self.draft.stopped(unread, "nodes, tensors, inputs and outputs");
    }
}
