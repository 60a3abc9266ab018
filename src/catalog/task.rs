//! What goes into a task and what comes out, in the words of data: `text`, `image`, `audio`, `video`, ...
//!
//! The tasks are the Hub's pipeline tags (huggingface.js `packages/tasks/src/pipelines.ts`); the types are those of the
//! tasks' own pages (`packages/tasks/src/tasks/*/data.ts`), with what a page draws as a chart called by what it is:
//! `label` (classes with scores), `box`, `mask`, `embedding`, `score`.

use std::str::SplitWhitespace;

/// Task, inputs, outputs; types are separated by spaces.
const TASKS: &[(&str, &str, &str)] = &[
    ("any-to-any", "text image audio video", "text image audio"),
    ("audio-classification", "audio", "label"),
    ("audio-text-to-text", "audio text", "text"),
    ("audio-to-audio", "audio", "audio"),
    ("automatic-speech-recognition", "audio", "text"),
    ("depth-estimation", "image", "depth"),
    ("document-question-answering", "document text", "text"),
    ("feature-extraction", "text", "embedding"),
    ("fill-mask", "text", "text"),
    ("graph-ml", "graph", "label"),
    ("image-classification", "image", "label"),
    ("image-feature-extraction", "image", "embedding"),
    ("image-segmentation", "image", "mask"),
    ("image-text-to-image", "image text", "image"),
    ("image-text-to-text", "image text", "text"),
    ("image-text-to-video", "image text", "video"),
    ("image-to-3d", "image", "3d"),
    ("image-to-image", "image", "image"),
    ("image-to-text", "image", "text"),
    ("image-to-video", "image", "video"),
    ("keypoint-detection", "image", "keypoint"),
    ("mask-generation", "image", "mask"),
    ("multiple-choice", "text", "label"),
    ("object-detection", "image", "box"),
    ("question-answering", "text", "text"),
    ("reinforcement-learning", "observation", "action"),
    ("robotics", "image text observation", "action"),
    ("sentence-similarity", "text", "embedding"),
    ("summarization", "text", "text"),
    ("table-question-answering", "table text", "text"),
    ("table-to-text", "table", "text"),
    ("tabular-classification", "table", "label"),
    ("tabular-regression", "table", "score"),
    ("tabular-to-text", "table", "text"),
    ("text-classification", "text", "label"),
    ("text-generation", "text", "text"),
    ("text-ranking", "text", "score"),
    ("text-retrieval", "text", "embedding"),
    ("text-to-3d", "text", "3d"),
    ("text-to-audio", "text", "audio"),
    ("text-to-image", "text", "image"),
    ("text-to-speech", "text", "audio"),
    ("text-to-video", "text", "video"),
    ("text2text-generation", "text", "text"),
    ("time-series-forecasting", "series", "series"),
    ("token-classification", "text", "label"),
    ("translation", "text", "text"),
    ("unconditional-image-generation", "", "image"),
    ("video-classification", "video", "label"),
    ("video-text-to-text", "video text", "text"),
    ("video-to-video", "video", "video"),
    ("visual-document-retrieval", "document text", "embedding"),
    ("visual-question-answering", "image text", "text"),
    ("voice-activity-detection", "audio", "label"),
    ("zero-shot-classification", "text", "label"),
    ("zero-shot-image-classification", "image text", "label"),
    ("zero-shot-object-detection", "image text", "box"),
];

/// What goes into a task, and what comes out; nothing for a task that is not known.
#[must_use]
pub fn types(task: &str) -> [SplitWhitespace<'static>; 2] {
    let found = TASKS.iter().find(|(name, ..)| *name == task);
    let (inputs, outputs) = found.map_or(("", ""), |(_, inputs, outputs)| (inputs, outputs));
    [inputs, outputs].map(str::split_whitespace)
}
