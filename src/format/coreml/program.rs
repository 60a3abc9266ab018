//! The operations of a program, and the weights that stand in the file beside it.

use super::names::data_type;
use super::schema::{BLOB, CONSTANT, DIMENSION, TENSOR_TYPE, VALUE};
use crate::format::draft::{Draft, MAX_DIMENSIONS, size_of};
use crate::format::protobuf::Value;
use crate::model::quoted::quoted;

/// What the path of a weight file starts with: the folder of the model (coremltools
/// `converters/mil/backend/mil/load.py`).
const MODEL_FOLDER: &str = "@model_path/";

/// Bytes that describe a weight in the file, before its data (coremltools `mlmodel/src/MILBlob/Blob/StorageFormat.hpp`,
/// `blob_metadata`).
const BLOB_METADATA: u64 = 64;

/// A value as its fields come. One without a file stands in the program itself, and is no weight.
#[derive(Debug, Default)]
pub(super) struct Constant {
    data_type: u64,
    dims: Vec<i64>,
    path: Option<String>,
    offset: u64,
}

impl Constant {
    pub(super) fn begin(&mut self, message: u8) {
        match message {
            VALUE => *self = Self::default(),
            // One that is not said stays below nothing.
            DIMENSION if self.dims.len() < MAX_DIMENSIONS => self.dims.push(-1),
            BLOB => self.path = Some(String::new()),
            _ => {}
        }
    }

    pub(super) fn field(&mut self, message: u8, field: u32, value: Value<'_>) {
        match (message, field) {
            (TENSOR_TYPE, 1) => self.data_type = value.number(),
            (CONSTANT, _) => {
                if let Some(last) = self.dims.last_mut() {
                    *last = value.number().cast_signed();
                }
            }
            (BLOB, 1) => self.path = Some(value.text().into_owned()),
            (BLOB, _) => self.offset = value.number(),
            _ => {}
        }
    }

    /// The value is complete.
    pub(super) fn end(&mut self, draft: &mut Draft) {
        let Some(path) = self.path.take() else { return };
        let (name, bits) = data_type(self.data_type);
        let size = size_of(&self.dims, bits);
        if size.is_none() || bits == 0 {
            let message = format!("a weight in {}: {name} {:?}", quoted(&path), self.dims);
            draft.problem("invalid_shape", message);
        }
        let (elements, bytes) = size.unwrap_or_default();
        draft.tensor(&name, elements, bytes);
        let end = self.offset.saturating_add(BLOB_METADATA).saturating_add(bytes);
        draft.external(path.strip_prefix(MODEL_FOLDER).unwrap_or(&path), end);
    }
}
