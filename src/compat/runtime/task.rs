//! What the model is wanted for must be what it was made for: an embedding model does not chat.

use super::case::Case;
use super::report::{Effect, Note, Report, Words};
use crate::model::target::Use;

/// Tasks of the Hub whose models write text.
const WRITES: [&str; 8] = [
    "text-generation",
    "image-text-to-text",
    "any-to-any",
    "audio-text-to-text",
    "video-text-to-text",
    "visual-question-answering",
    "text2text-generation",
    "conversational",
];

/// Tasks of the Hub whose models make vectors.
const EMBEDS: [&str; 3] = ["feature-extraction", "sentence-similarity", "image-feature-extraction"];

/// Tasks of the Hub whose models see.
const SEES: [&str; 5] = [
    "image-text-to-text",
    "any-to-any",
    "video-text-to-text",
    "visual-question-answering",
    "image-to-text",
];

/// Whether models of a task write text.
pub(super) fn writes(task: &str) -> bool {
    WRITES.contains(&task)
}

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let task = case.model.metadata.task.as_deref();
    for wanted in &case.target.options.uses {
        let fits = match (wanted, task) {
            (_, None) => None,
            (Use::Chat, Some(task)) => Some(WRITES.contains(&task)),
            (Use::Embeddings, Some(task)) => Some(EMBEDS.contains(&task) || task == "text-ranking"),
            (Use::Vision, Some(task)) => Some(SEES.contains(&task)),
            (Use::Tools, Some(_)) => template(case),
        };
        let fits = if *wanted == Use::Tools { template(case) } else { fits };
        say(case, *wanted, fits, report);
    }
}

/// A template that reads tools.
fn template(case: &Case<'_, '_>) -> Option<bool> {
    case.model.needs.template?.tools
}

fn say(case: &Case<'_, '_>, wanted: Use, fits: Option<bool>, report: &mut Report) {
    let (code, effect) = match fits {
        Some(true) => return,
        Some(false) if wanted == Use::Tools => ("tools_unsupported", Effect::Refuses),
        Some(false) => ("task_differs", Effect::Refuses),
        None => ("task_unknown", Effect::Warns),
    };
    report.add(Note { code, effect, field: "task", fact: None, sure: 90 }, &|| {
        let task = case.model.metadata.task.as_deref().unwrap_or("an unknown task");
        match (wanted, fits) {
            (Use::Tools, Some(_)) => Words(
                "the model's chat template reads no tools".to_owned(),
                Some(
                    "choose a model whose template does, or describe tools in the prompt"
                        .to_owned(),
                ),
            ),
            (_, None) => {
                Words(format!("nothing says whether the model is made for {}", wanted.name()), None)
            }
            _ => Words(format!("the model is made for {task}, not for {}", wanted.name()), None),
        }
    });
}
