//! More context than the model was trained on: some runtimes refuse it, others warn.

use super::case::{Case, sure};
use super::report::{Effect, Note, Report, Words};
use crate::model::grouped::grouped;

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let metadata = &case.model.metadata;
    let Some(wanted) = case.target.options.context_length else { return };
    let (trained, grade) =
        (metadata.max_context_length, metadata.evidence.max_context_length.grade);
    if sure(grade) < 90 {
        let note = Note {
            code: "context_unknown",
            effect: Effect::Warns,
            field: "maxContextLength",
            fact: None,
            sure: 100,
        };
        return report.add(note, &|| {
            let message = "the model's context length is not stated".to_owned();
            Words(
                message,
                Some("give the model's config.json or GGUF facts as evidence".to_owned()),
            )
        });
    }
    if wanted <= trained {
        return;
    }
    // vLLM `config/model.py` `_get_and_verify_max_len`, SGLang `configs/model_config.py`: an error unless a variable allows it.
    let refuses = matches!(case.engine.runtime.id(), "vllm" | "sglang" | "tensorrt-llm" | "tgi");
    let (code, effect) = if refuses {
        ("context_too_long", Effect::Refuses)
    } else {
        ("context_beyond_training", Effect::Warns)
    };
    let note = Note { code, effect, field: "maxContextLength", fact: None, sure: sure(grade) };
    report.add(note, &|| {
        let message = format!(
            "{} tokens of context are asked for, and the model was trained with {}",
            grouped(wanted),
            grouped(trained)
        );
        Words(message, Some(format!("ask for at most {} tokens", grouped(trained))))
    });
}
