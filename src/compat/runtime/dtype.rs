//! The type that weights are computed in must be one of the device's.

use super::case::Case;
use super::fact::Fact;
use super::report::{Effect, Note, Report, Words};
use crate::extract::needs::dtype_named;

/// vLLM and its like compute in the model's own type unless they are told another.
pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    if !matches!(case.format(), "safetensors" | "pytorch") {
        return;
    }
    let asked = case.target.options.dtype.as_deref().and_then(dtype_named);
    if asked.or(case.model.needs.dtype) == Some("bf16") {
        bfloat16(case, asked.is_some(), report);
    }
    if asked == Some("f16") {
        float16(case, report);
    }
}

/// Below 8.0 there is no bfloat16 (vLLM `platforms/cuda.py` `check_if_supports_dtype`); where nobody asked for it the
/// runtime takes float16 itself.
fn bfloat16(case: &Case<'_, '_>, asked: bool, report: &mut Report) {
    let told = case
        .target
        .constraints
        .iter()
        .find(|one| one.id == "vllm-bf16" && one.applies(case, false));
    let Some(told) = told else { return };
    let refused = refused_in_float16(case);
    let effect = if asked { Effect::Refuses } else { Effect::FallsBack };
    let note = Note {
        code: "bfloat16_unsupported",
        effect,
        field: "dtype",
        fact: Some(&told.fact),
        sure: 100,
    };
    report.add(note, &|| match (asked, refused.is_some()) {
        (true, _) => told.words(),
        (false, false) => {
            let message = format!("{} computes in float16 here: this device has no bfloat16", case.engine());
            Words(message, None)
        }
        (false, true) => {
            let message = format!(
                "{} computes in float32 here, with twice the memory: this device has no bfloat16, and float16 is refused for this family",
                case.engine()
            );
            Words(message, None)
        }
    });
}

fn float16(case: &Case<'_, '_>, report: &mut Report) {
    let Some(fact) = refused_in_float16(case) else { return };
    let note = Note {
        code: "float16_refused",
        effect: Effect::Refuses,
        field: "dtype",
        fact: Some(&fact),
        sure: 100,
    };
    report.add(note, &|| {
        let message = format!(
            "{} refuses float16 for this family, which is numerically unstable in it",
            case.engine()
        );
        Words(message, Some("use bfloat16 or float32".to_owned()))
    });
}

fn refused_in_float16<'f>(case: &Case<'_, 'f>) -> Option<Fact<'f>> {
    case.listed("float16-refused", &case.model.names.model_types)
}
