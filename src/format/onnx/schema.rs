//! The fields of an ONNX file that say something about it (onnx `onnx/onnx.proto`, IR version 14).

use crate::format::protobuf::Act::{Enter, Keep, Measure};
use crate::format::protobuf::Schema;

pub(super) const MODEL: u8 = 0;
pub(super) const GRAPH: u8 = 1;
/// A graph in an attribute: the body of an `If`, a `Loop`, a `Scan`.
pub(super) const SUBGRAPH: u8 = 2;
pub(super) const FUNCTION: u8 = 3;
pub(super) const NODE: u8 = 4;
pub(super) const ATTRIBUTE: u8 = 5;
pub(super) const TENSOR: u8 = 6;
pub(super) const SPARSE: u8 = 7;
/// Where the data of a tensor is, as key and value.
pub(super) const EXTERNAL: u8 = 8;
pub(super) const OPSET: u8 = 9;
pub(super) const METADATA: u8 = 10;
pub(super) const INPUT: u8 = 11;
pub(super) const OUTPUT: u8 = 12;
pub(super) const TYPE: u8 = 13;
pub(super) const TENSOR_TYPE: u8 = 14;
pub(super) const SHAPE: u8 = 15;
pub(super) const DIMENSION: u8 = 16;
pub(super) const SEQUENCE: u8 = 17;
pub(super) const OPTIONAL: u8 = 18;
pub(super) const MAP: u8 = 19;
pub(super) const TRAINING: u8 = 20;

/// Fields by message, in the order of the numbers above.
pub(super) const SCHEMA: &Schema = &[
    &[
        (1, Keep), // ir_version
        (2, Keep), // producer_name
        (3, Keep), // producer_version
        (4, Keep), // domain
        (5, Keep), // model_version
        (7, Enter(GRAPH)),
        (8, Enter(OPSET)),
        (14, Enter(METADATA)),
        (20, Enter(TRAINING)),
        (25, Enter(FUNCTION)),
    ],
    &[
        (1, Enter(NODE)),
        (2, Keep), // name
        (5, Enter(TENSOR)),
        (11, Enter(INPUT)),
        (12, Enter(OUTPUT)),
        (15, Enter(SPARSE)),
    ],
    &[(1, Enter(NODE)), (5, Enter(TENSOR)), (15, Enter(SPARSE))],
    &[(7, Enter(NODE)), (9, Enter(OPSET))],
    &[
        (4, Keep), // op_type
        (5, Enter(ATTRIBUTE)),
        (7, Keep), // domain
    ],
    &[
        (5, Enter(TENSOR)),
        (6, Enter(SUBGRAPH)),
        (10, Enter(TENSOR)),
        (11, Enter(SUBGRAPH)),
        (22, Enter(SPARSE)),
        (23, Enter(SPARSE)),
    ],
    &[
        (1, Keep),    // dims
        (2, Keep),    // data_type
        (6, Measure), // string_data
        (8, Keep),    // name
        (9, Measure), // raw_data
        (13, Enter(EXTERNAL)),
        (14, Keep), // data_location
    ],
    &[(1, Enter(TENSOR)), (2, Enter(TENSOR))],
    &[(1, Keep), (2, Keep)],
    &[(1, Keep), (2, Keep)],
    &[(1, Keep), (2, Keep)],
    &[(1, Keep), (2, Enter(TYPE))],
    &[(1, Keep), (2, Enter(TYPE))],
    &[
        (1, Enter(TENSOR_TYPE)),
        (4, Enter(SEQUENCE)),
        (5, Enter(MAP)),
        (8, Enter(TENSOR_TYPE)), // a sparse one
        (9, Enter(OPTIONAL)),
    ],
    &[(1, Keep), (2, Enter(SHAPE))],
    &[(1, Enter(DIMENSION))],
    &[(1, Keep), (2, Keep)],
    &[(1, Enter(TYPE))],
    &[(1, Enter(TYPE))],
    &[(2, Enter(TYPE))],
    &[(1, Enter(SUBGRAPH)), (2, Enter(SUBGRAPH))],
];
