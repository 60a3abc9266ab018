//! Files must be there: all shards of a split model.

use super::case::Case;
use super::report::{Effect, Note, Report, Words};

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let missing = &case.model.needs.missing_files;
    if missing.is_empty() || case.variant.is_none() {
        return;
    }
    // Several variants: which of them lacks a shard is told by the grouping of files.
    let alone = case.model.metadata.variants.len() == 1;
    let effect = if alone { Effect::Refuses } else { Effect::Warns };
    report.add(
        Note { code: "shards_missing", effect, field: "siblings", fact: None, sure: 95 },
        &|| {
            let message = format!("some parts of {} are missing", missing.join(", "));
            Words(message, Some("look at another revision, or ask the author".to_owned()))
        },
    );
}
