//! The runtime must load the variant's format.

use super::case::{Case, sure};
use super::fact::{Fact, written_status};
use super::report::{Effect, Note, Report, Words};
use crate::facts::Status;

pub(super) fn check<'f>(case: &Case<'_, 'f>, report: &mut Report) {
    let Some(variant) = case.variant else { return unknown(case, report) };
    let sure = sure(case.model.metadata.evidence.format.grade);
    let add =
        |report: &mut Report, code, effect, fact: Option<&Fact<'f>>, words: &dyn Fn() -> Words| {
            report.add(Note { code, effect, field: "format", fact, sure }, words);
        };
    let format = &variant.format;
    let Some(load) = case.load else { return refuse(case, report, sure) };
    if load.fact.status == Status::Unknown {
        add(report, "format_changes_near", Effect::Unknown, Some(&load.fact), &|| {
            let message = format!(
                "whether {} loads {format} changed between two versions that were read",
                case.runtime()
            );
            Words(message, None)
        });
    } else if load.dequantises {
        add(report, "format_dequantised", Effect::Dequantises, Some(&load.fact), &|| {
            let message = format!(
                "{} unpacks {format} when it loads: memory as of the model that is not quantized",
                case.runtime()
            );
            Words(
                message,
                Some("take the original safetensors, or llama.cpp for this file".to_owned()),
            )
        });
    } else {
        add(report, "format_supported", Effect::Supports, Some(&load.fact), &|| {
            Words(format!("{} loads {format}", case.runtime()), None)
        });
    }
}

fn unknown(case: &Case<'_, '_>, report: &mut Report) {
    let note = Note {
        code: "format_unknown",
        effect: Effect::Unknown,
        field: "format",
        fact: None,
        sure: 0,
    };
    report.add(note, &|| match &case.target.options.variant {
        Some(wanted) if !case.model.metadata.variants.is_empty() => {
            let message = format!("the model has no variant {wanted}");
            let labels = case.model.metadata.quantizations.join(", ");
            Words(
                message,
                Some(format!(
                    "choose one of: {}, {labels}",
                    case.model.metadata.formats.join(", ")
                )),
            )
        }
        _ => {
            let message = "no weight files are listed, so the format is not known".to_owned();
            Words(message, Some("give the model's file list as evidence".to_owned()))
        }
    });
}

/// It never did, does no more, or not yet.
fn refuse(case: &Case<'_, '_>, report: &mut Report, sure: u32) {
    let asked = &case.target.asked;
    let row = case.target.written("loads").find(|row| row.cell(1) == Some(case.format()));
    let fact = row.map(|row| Fact::of_row(asked, row, written_status(asked, row)));
    let code = match fact.as_ref().map(|fact| fact.status) {
        Some(Status::Removed) => "format_removed",
        Some(Status::NotYet) => "format_not_yet",
        _ => "format_unsupported",
    };
    // That no row has a format is known as well as the rows are: they are written by hand, each with its source.
    let sure = if fact.is_some() { sure } else { sure * 95 / 100 };
    let note = Note { code, effect: Effect::Refuses, field: "format", fact: fact.as_ref(), sure };
    report.add(note, &|| {
        let has = case.model.metadata.formats.join(", ");
        let changed = fact.as_ref().map_or("", Fact::changed);
        let what = match code {
            "format_removed" => {
                format!("{} loads {} no more since {}", case.runtime(), case.format(), changed)
            }
            "format_not_yet" => {
                format!("{} does not load {} yet: {} does", case.runtime(), case.format(), changed)
            }
            _ => format!("{} does not load {has}", case.runtime()),
        };
        Words(what, Some(advice(case)))
    });
}

/// What the knowledge base says to do about it, else which formats there should be.
fn advice(case: &Case<'_, '_>) -> String {
    let told = case.target.constraints.iter().find_map(|one| one.advice(case.format()));
    let formats: Vec<_> = case.target.loads.iter().map(|load| load.format).collect();
    told.map_or_else(|| format!("look for a conversion to {}", formats.join(" or ")), str::to_owned)
}
