//! LoRA adapters on top of the model: the class must take them, and the rank must be one that the runtime has.

use super::case::Case;
use super::fact::Fact;
use super::report::{Effect, Note, Report, Words};
use crate::facts::Status;

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let Some(rank) = case.target.options.lora_rank else { return };
    class(case, report);
    let allowed = case.target.limits.iter().filter(|row| row.cell(1) == Some("lora-rank"));
    let most = allowed
        .filter_map(|row| Some((row.cell(2)?.parse::<u64>().ok()?, row)))
        .max_by_key(|(most, _)| *most);
    if let Some((most, row)) = most.filter(|(most, _)| rank > *most) {
        let fact = Fact::of_row(&case.target.asked, *row, Status::Supported);
        let note = Note {
            code: "lora_rank_too_high",
            effect: Effect::Refuses,
            field: "lora",
            fact: Some(&fact),
            sure: 100,
        };
        report.add(note, &|| {
            let message =
                format!("{} takes adapters up to rank {most}; this one has {rank}", case.runtime());
            Words(message, Some("merge the adapter into the model".to_owned()))
        });
    }
}

/// vLLM: classes that derive from `SupportsLoRA`.
fn class(case: &Case<'_, '_>, report: &mut Report) {
    let Some(table) = case.engine.runtime.table("lora") else { return };
    let classes = &case.model.names.classes;
    if classes.is_empty() || case.listed("lora", classes).is_some() {
        return;
    }
    let name = classes.first().cloned();
    let fact =
        Fact { asked: case.engine.clone(), table, row: None, name, status: Status::NotListed };
    let note = Note {
        code: "lora_unsupported",
        effect: Effect::Refuses,
        field: "lora",
        fact: Some(&fact),
        sure: case.name_sure(),
    };
    report.add(note, &|| {
        let message = format!("{} takes no adapters on top of this class", case.runtime());
        Words(message, Some("merge the adapter into the model".to_owned()))
    });
}
