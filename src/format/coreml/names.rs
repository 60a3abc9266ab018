//! Names that Core ML files hold as numbers.

/// The kinds of model, by the field of `Model` that holds one (coremltools 9.0 `mlmodel/format/Model.proto`).
const MODEL_TYPES: [(u32, &str); 36] = [
    (200, "pipelineClassifier"),
    (201, "pipelineRegressor"),
    (202, "pipeline"),
    (300, "glmRegressor"),
    (301, "supportVectorRegressor"),
    (302, "treeEnsembleRegressor"),
    (303, "neuralNetworkRegressor"),
    (304, "bayesianProbitRegressor"),
    (400, "glmClassifier"),
    (401, "supportVectorClassifier"),
    (402, "treeEnsembleClassifier"),
    (403, "neuralNetworkClassifier"),
    (404, "kNearestNeighborsClassifier"),
    (500, "neuralNetwork"),
    (501, "itemSimilarityRecommender"),
    (502, "mlProgram"),
    (555, "customModel"),
    (556, "linkedModel"),
    (560, "classConfidenceThresholding"),
    (600, "oneHotEncoder"),
    (601, "imputer"),
    (602, "featureVectorizer"),
    (603, "dictVectorizer"),
    (604, "scaler"),
    (606, "categoricalMapping"),
    (607, "normalizer"),
    (609, "arrayFeatureExtractor"),
    (610, "nonMaximumSuppression"),
    (900, "identity"),
    (2000, "textClassifier"),
    (2001, "wordTagger"),
    (2002, "visionFeaturePrint"),
    (2003, "soundAnalysisPreprocessing"),
    (2004, "gazetteer"),
    (2005, "wordEmbedding"),
    (2006, "audioFeaturePrint"),
];

/// The field of a model that runs in its own package.
const SERIALIZED_MODEL: u32 = 3000;

pub(super) fn model_type(field: u32) -> Option<&'static str> {
    if field == SERIALIZED_MODEL {
        return Some("serializedModel");
    }
    MODEL_TYPES.iter().find(|(known, _)| *known == field).map(|(_, name)| *name)
}

/// The systems that first read a specification version (coremltools 9.0 `mlmodel/format/Model.proto`).
const SYSTEMS: [&str; 10] = [
    "iOS 11, macOS 10.13",
    "iOS 11.2, macOS 10.13.2",
    "iOS 12, macOS 10.14",
    "iOS 13, macOS 10.15",
    "iOS 14, macOS 11",
    "iOS 15, macOS 12",
    "iOS 16, macOS 13",
    "iOS 17, macOS 14",
    "iOS 18, macOS 15",
    "iOS 26, macOS 26",
];

pub(super) fn minimum_system(version: u64) -> Option<&'static str> {
    SYSTEMS.get(usize::try_from(version.checked_sub(1)?).ok()?).copied()
}

/// The element types of a program: number, name, bits (coremltools 9.0 `mlmodel/format/MIL.proto`).
const DATA_TYPES: [(u64, &str, u64); 22] = [
    (1, "BOOL", 8),
    (2, "STRING", 0),
    (10, "FLOAT16", 16),
    (11, "FLOAT32", 32),
    (12, "FLOAT64", 64),
    (13, "BFLOAT16", 16),
    (21, "INT8", 8),
    (22, "INT16", 16),
    (23, "INT32", 32),
    (24, "INT64", 64),
    (25, "INT4", 4),
    (31, "UINT8", 8),
    (32, "UINT16", 16),
    (33, "UINT32", 32),
    (34, "UINT64", 64),
    (35, "UINT4", 4),
    (36, "UINT2", 2),
    (37, "UINT1", 1),
    (38, "UINT6", 6),
    (39, "UINT3", 3),
    (40, "FLOAT8E4M3FN", 8),
    (41, "FLOAT8E5M2", 8),
];

/// Name and bits of an element type of a program; bits are 0 where they are not known.
pub(super) fn data_type(id: u64) -> (String, u64) {
    let known = DATA_TYPES.iter().find(|(known, ..)| *known == id);
    known.map_or_else(|| (format!("type {id}"), 0), |(_, name, bits)| ((*name).to_owned(), *bits))
}

/// The element type of an array that goes in or out (coremltools 9.0 `mlmodel/format/FeatureTypes.proto`): its bits
/// stand in the low half, what they mean in the high one.
pub(super) fn array_type(id: u64) -> &'static str {
    match id {
        0x1_0020 => "FLOAT32",
        0x1_0040 => "DOUBLE",
        0x1_0010 => "FLOAT16",
        0x2_0020 => "INT32",
        0x2_0008 => "INT8",
        _ => "UNKNOWN",
    }
}
