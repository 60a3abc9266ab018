//! Code that comes with a model runs only where it is allowed to.

use super::case::Case;
use super::report::{Effect, Note, Report, Words};

/// Runtimes that can run it.
const RUNS_CODE: [&str; 6] = ["transformers", "vllm", "sglang", "tgi", "mlx-lm", "diffusers"];

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let asks = case.model.needs.own_code == Some(true)
        && matches!(case.format(), "safetensors" | "pytorch");
    if !asks || !RUNS_CODE.contains(&case.engine.runtime.id()) {
        return;
    }
    let allowed = case.target.options.remote_code;
    let (code, effect) = match allowed {
        Some(true) => return,
        Some(false) => ("remote_code_refused", Effect::Refuses),
        None => ("remote_code", Effect::Warns),
    };
    report.add(Note { code, effect, field: "remoteCode", fact: None, sure: 90 }, &|| {
        let message = "the model brings code of its own, which loading it would run".to_owned();
        let advice = "read the code, pin its revision, and pass --trust-remote-code".to_owned();
        Words(message, Some(advice))
    });
}
