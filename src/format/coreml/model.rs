//! The facts of a model, from the fields of its messages as they come.

use super::names::{array_type, minimum_system, model_type};
use super::program::Constant;
use super::schema::{
    ARRAY, CLASSIFIER, FEATURE_TYPE, FUNCTION, FUNCTION_DESCRIPTION, IMAGE, INPUT, METADATA, MODEL,
    OPERATION, OUTPUT, PART, PIPELINE, PROGRAM, REGRESSOR, USER_DEFINED, VALUE,
};
use crate::format::draft::{Draft, dimension};
use crate::format::protobuf::{Messages, Value};

/// What was found so far.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) draft: Draft,
    /// Whether it said what it is.
    pub(super) has_type: bool,
    constant: Constant,
    /// The function whose inputs and outputs follow, where there are several.
    function: String,
    /// The input or output that is being read.
    name: String,
    element: &'static str,
    shape: Vec<i64>,
    /// The entry of the metadata that is being read.
    key: String,
}

impl Model {
    pub(super) fn new() -> Self {
        Self {
            draft: Draft::new("coreml"),
            has_type: false,
            constant: Constant::default(),
            function: String::new(),
            name: String::new(),
            element: "",
            shape: Vec::new(),
            key: String::new(),
        }
    }

    /// The model is of this type, or a part of it is.
    fn model_type(&mut self, name: &str) {
        let key = if self.has_type { "part_type" } else { "model_type" };
        self.has_type = true;
        self.draft.text(key, name);
    }

    fn version(&mut self, version: u64) {
        self.draft.facts.version = Some(version.to_string());
        if let Some(system) = minimum_system(version) {
            self.draft.text("minimum_system", system);
        } else {
            let message = format!("expected specification version 1 to 10, found {version}");
            self.draft.problem("unknown_version", message);
        }
    }

    fn metadata(&mut self, field: u32, value: Value<'_>) {
        let key = match field {
            1 => "short_description",
            2 => "version_string",
            3 => "author",
            _ => "license",
        };
        self.draft.text(key, &value.text());
    }

    fn feature_type(&mut self, field: u32) {
        self.element = match field {
            1 => "INT64",
            2 => "DOUBLE",
            3 => "STRING",
            6 => "DICTIONARY",
            _ => "SEQUENCE",
        };
    }

    fn image(&mut self, field: u32, value: Value<'_>) {
        match field {
            // An image is told as height and width, as arrays are.
            1 => self.shape.push(value.number().cast_signed()),
            2 => self.shape.insert(0, value.number().cast_signed()),
            _ => {
                self.element = match value.number() {
                    10 => "IMAGE(GRAYSCALE)",
                    20 => "IMAGE(RGB)",
                    30 => "IMAGE(BGR)",
                    40 => "IMAGE(GRAYSCALE_FLOAT16)",
                    _ => "IMAGE",
                }
            }
        }
    }

    fn end_feature(&mut self, message: u8) {
        let name = match self.function.as_str() {
            "" => self.name.clone(),
            function => format!("{function}/{}", self.name),
        };
        let shape = self.shape.drain(..).map(dimension).collect();
        if message == INPUT {
            self.draft.input(&name, self.element, Some(shape));
        } else {
            self.draft.output(&name, self.element, Some(shape));
        }
    }

    /// `CoreML7` is version 7 of the operators.
    fn opset(&mut self, text: &str) {
        let domain = text.trim_end_matches(|sign: char| sign.is_ascii_digit());
        let version = text.strip_prefix(domain).and_then(|digits| digits.parse().ok());
        self.draft.opset(domain, version.unwrap_or(0));
    }
}

impl Messages for Model {
    fn begin(&mut self, message: u8) {
        match message {
            PROGRAM => self.model_type("mlProgram"),
            CLASSIFIER => self.model_type("pipelineClassifier"),
            REGRESSOR => self.model_type("pipelineRegressor"),
            PIPELINE if !self.has_type => self.model_type("pipeline"),
            INPUT | OUTPUT => {
                self.name.clear();
                self.shape.clear();
                self.element = "UNKNOWN";
            }
            IMAGE => self.element = "IMAGE",
            _ => self.constant.begin(message),
        }
    }

    fn field(&mut self, message: u8, field: u32, value: Value<'_>) {
        match (message, field) {
            (MODEL, 1) => self.version(value.number()),
            (MODEL | PART, _) => {
                if let Some(name) = model_type(field) {
                    self.model_type(name);
                }
            }
            (METADATA, _) => self.metadata(field, value),
            (USER_DEFINED, 1) => self.key = value.text().into_owned(),
            (USER_DEFINED, _) => {
                let key = std::mem::take(&mut self.key);
                self.draft.text(&key, &value.text());
            }
            (FUNCTION_DESCRIPTION, _) => self.function = value.text().into_owned(),
            (INPUT | OUTPUT, _) => self.name = value.text().into_owned(),
            (FEATURE_TYPE, _) => self.feature_type(field),
            (IMAGE, _) => self.image(field, value),
            (ARRAY, 1) => value.push_to(&mut self.shape),
            (ARRAY, _) => self.element = array_type(value.number()),
            (FUNCTION, _) => self.opset(&value.text()),
            (OPERATION, _) => self.draft.operator(&value.text()),
            _ => self.constant.field(message, field, value),
        }
    }

    fn end(&mut self, message: u8) {
        match message {
            INPUT | OUTPUT => self.end_feature(message),
            VALUE => self.constant.end(&mut self.draft),
            FUNCTION_DESCRIPTION => self.function.clear(),
            _ => {}
        }
    }

    fn stopped(&mut self, unread: u64) {
        self.draft.stopped(unread, "operations and weights");
    }
}
