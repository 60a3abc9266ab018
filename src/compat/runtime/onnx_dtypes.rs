//! transformers.js takes the dtypes that it has a suffix for; before 3.0 there were two, by the option `quantized`.

use super::case::Case;
use super::fact::Fact;
use super::report::{Effect, Note, Report, Words};
use crate::facts::Status;

/// What `quantized: false` and `quantized: true` loaded (transformers.js 2.17 `src/models.js`).
const OF_OLD: [&str; 2] = ["fp32", "q8"];

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let Some(label) = case.label().filter(|_| case.format() == "onnx") else { return };
    let Some(support) = case.engine.support("dtypes", label) else { return };
    if OF_OLD.contains(&label) || support.status != Status::NotYet {
        return;
    }
    let Some(fact) = Fact::of_support(&case.engine, &support) else { return };
    let code = "dtype_not_yet";
    let note =
        Note { code, effect: Effect::Refuses, field: "quantization", fact: Some(&fact), sure: 100 };
    report.add(note, &|| {
        let message = format!("{} does not know the dtype {label} yet", case.engine());
        Words(message, Some("use a newer version, or the variants q8 and fp32".to_owned()))
    });
}
