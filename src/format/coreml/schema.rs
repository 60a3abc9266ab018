//! The fields of a Core ML file that say something about it (coremltools 9.0 `mlmodel/format/*.proto`).

use crate::format::protobuf::Act::{Enter, Keep, Measure};
use crate::format::protobuf::Schema;

pub(super) const MODEL: u8 = 0;
/// A model in a pipeline.
pub(super) const PART: u8 = 1;
/// What a classifier wraps around its pipeline.
pub(super) const CLASSIFIER: u8 = 2;
pub(super) const PIPELINE: u8 = 3;
pub(super) const DESCRIPTION: u8 = 4;
/// One of several functions, with inputs and outputs of its own.
pub(super) const FUNCTION_DESCRIPTION: u8 = 5;
pub(super) const INPUT: u8 = 6;
pub(super) const OUTPUT: u8 = 7;
pub(super) const FEATURE_TYPE: u8 = 8;
pub(super) const IMAGE: u8 = 9;
pub(super) const ARRAY: u8 = 10;
pub(super) const STATE: u8 = 11;
pub(super) const METADATA: u8 = 12;
pub(super) const USER_DEFINED: u8 = 13;
pub(super) const PROGRAM: u8 = 14;
pub(super) const FUNCTION_ENTRY: u8 = 15;
pub(super) const FUNCTION: u8 = 16;
pub(super) const BLOCK_ENTRY: u8 = 17;
pub(super) const BLOCK: u8 = 18;
pub(super) const OPERATION: u8 = 19;
pub(super) const INPUT_ENTRY: u8 = 20;
pub(super) const ARGUMENT: u8 = 21;
pub(super) const BINDING: u8 = 22;
pub(super) const ATTRIBUTE: u8 = 23;
pub(super) const VALUE: u8 = 24;
pub(super) const VALUE_TYPE: u8 = 25;
pub(super) const TENSOR_TYPE: u8 = 26;
pub(super) const DIMENSION: u8 = 27;
pub(super) const CONSTANT: u8 = 28;
pub(super) const BLOB: u8 = 29;
/// What a regressor wraps around its pipeline.
pub(super) const REGRESSOR: u8 = 30;

/// Fields by message, in the order of the numbers above.
pub(super) const SCHEMA: &Schema = &[
    &[
        (1, Keep), // specificationVersion
        (2, Enter(DESCRIPTION)),
        (200, Enter(CLASSIFIER)),
        (201, Enter(REGRESSOR)),
        (202, Enter(PIPELINE)),
        (502, Enter(PROGRAM)),
        (0, Measure), // every other type of model
    ],
    &[(502, Enter(PROGRAM)), (0, Measure)],
    &[(1, Enter(PIPELINE))],
    &[(1, Enter(PART))],
    &[
        (1, Enter(INPUT)),
        (10, Enter(OUTPUT)),
        (20, Enter(FUNCTION_DESCRIPTION)),
        (100, Enter(METADATA)),
    ],
    &[(1, Keep), (2, Enter(INPUT)), (3, Enter(OUTPUT))],
    &[(1, Keep), (3, Enter(FEATURE_TYPE))],
    &[(1, Keep), (3, Enter(FEATURE_TYPE))],
    &[
        (1, Measure), // int64
        (2, Measure), // double
        (3, Measure), // string
        (4, Enter(IMAGE)),
        (5, Enter(ARRAY)),
        (6, Measure), // dictionary
        (7, Measure), // sequence
        (8, Enter(STATE)),
    ],
    &[(1, Keep), (2, Keep), (3, Keep)], // width, height, colour space
    &[(1, Keep), (2, Keep)],            // shape, element type
    &[(1, Enter(ARRAY))],
    &[
        (1, Keep), // shortDescription
        (2, Keep), // versionString
        (3, Keep), // author
        (4, Keep), // license
        (100, Enter(USER_DEFINED)),
    ],
    &[(1, Keep), (2, Keep)],
    &[(2, Enter(FUNCTION_ENTRY))],
    &[(2, Enter(FUNCTION))],
    &[
        (2, Keep), // opset
        (3, Enter(BLOCK_ENTRY)),
    ],
    &[(2, Enter(BLOCK))],
    &[(3, Enter(OPERATION))],
    &[
        (1, Keep), // type
        (2, Enter(INPUT_ENTRY)),
        (4, Enter(BLOCK)),
        (5, Enter(ATTRIBUTE)),
    ],
    &[(2, Enter(ARGUMENT))],
    &[(1, Enter(BINDING))],
    &[(2, Enter(VALUE))],
    &[(2, Enter(VALUE))],
    &[(2, Enter(VALUE_TYPE)), (5, Enter(BLOB))],
    &[(1, Enter(TENSOR_TYPE))],
    &[(1, Keep), (3, Enter(DIMENSION))],
    &[(1, Enter(CONSTANT))],
    &[(1, Keep)],
    &[(1, Keep), (2, Keep)],
    &[(1, Enter(PIPELINE))],
];
