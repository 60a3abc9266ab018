//! The runtime must build the architecture: its own list at the version says so.

use super::case::Case;
use super::fact::{Fact, written_status};
use super::generic_backend;
use super::report::{Effect, Note, Report, Words};
use crate::facts::{Row, Status, Table};
use crate::model::Grade;
use crate::model::quoted::quoted;

pub(super) fn check(case: &Case<'_, '_>, report: &mut Report) {
    let Some(load) = case.load else { return };
    let Some((list, namespace)) = load.list else {
        let note = note("architecture_not_asked", Effect::Supports, None, 60);
        return report.add(note, &|| {
            let message = format!(
                "{} has no list of architectures: any model in its format may load",
                case.runtime()
            );
            Words(message, None)
        });
    };
    let names = case.model.names.in_namespace(namespace, &case.model.metadata, &case.model.needs);
    if names.is_empty() {
        return unknown(case, namespace, report);
    }
    let found = if list == "support" {
        in_written(case, namespace, &names)
    } else {
        in_own(case, list, &names)
    };
    let Some(fact) = found else { return unknown(case, namespace, report) };
    answer(case, &fact, &names, report);
}

pub(super) fn note<'n, 'f>(
    code: &'n str,
    effect: Effect,
    fact: Option<&'n Fact<'f>>,
    sure: u32,
) -> Note<'n, 'f> {
    Note { code, effect, field: "architecture", fact, sure }
}

fn unknown(case: &Case<'_, '_>, namespace: &str, report: &mut Report) {
    report.add(note("architecture_unknown", Effect::Unknown, None, 0), &|| {
        let message =
            format!("nothing says the model's {namespace}, which {} goes by", case.runtime());
        Words(message, Some("give the model's config.json or GGUF facts as evidence".to_owned()))
    });
}

/// The best that the runtime's own list says of the names.
fn in_own<'f>(case: &Case<'_, 'f>, list: &str, names: &[String]) -> Option<Fact<'f>> {
    let table = case.engine.runtime.table(list)?;
    if let Some(fact) = corrected(case, list, names) {
        return Some(fact);
    }
    let rows = names.iter().flat_map(|name| table.find(name));
    let best = rows
        .map(|row| (row, case.engine.status(row)))
        .reduce(|one, other| if rank(table, other) > rank(table, one) { other } else { one });
    Some(match best {
        Some((row, status)) => Fact::of_row(&case.engine, row, status),
        None => missing(case, table, names),
    })
}

/// What a list has wrong is written down beside it.
fn corrected<'f>(case: &Case<'_, 'f>, list: &str, names: &[String]) -> Option<Fact<'f>> {
    let about = |row: &&Row<'f>| {
        row.cell(1) == Some(list) && names.iter().any(|name| row.cell(2) == Some(name))
    };
    let row = case.load?.overlays.iter().find(about)?;
    let status = match row.cell(3)? {
        "add" => Status::Supported,
        "remove" => Status::NotListed,
        _ => return None,
    };
    Some(Fact::of_row(&case.engine, *row, status))
}

/// The best that is written down of them.
fn in_written<'f>(case: &Case<'_, 'f>, namespace: &str, names: &[String]) -> Option<Fact<'f>> {
    let table = case.target.facts.written("support")?;
    let rows = table.find(case.engine.runtime.id()).filter(|row| row.cell(1) == Some(namespace));
    let mut rows = rows.filter(|row| names.iter().any(|name| row.cell(2) == Some(name)));
    let row = rows.next();
    Some(match row {
        Some(row) => Fact::of_row(&case.engine, row, written_status(&case.engine, row)),
        None => missing(case, table, names),
    })
}

fn missing<'f>(case: &Case<'_, 'f>, table: Table<'f>, names: &[String]) -> Fact<'f> {
    let known = case.engine.read.is_none_or(|read| read >= table.known_since());
    let status = if known { Status::NotListed } else { Status::Unknown };
    Fact { asked: case.engine.clone(), table, row: None, name: names.first().cloned(), status }
}

/// A row that has it counts most. A class may be listed for several tasks: what it was made for comes first, and what
/// another builds for the runtime, or takes beside a model only, last.
fn rank(table: Table<'_>, (row, status): (Row<'_>, Status)) -> u8 {
    let task = || table.column("task").and_then(|column| row.cell(column));
    match status {
        Status::Supported => match task() {
            Some("text-generation" | "multimodal" | "causal-lm") => 6,
            Some("speculative-decoding" | "transformers-supported") => 4,
            _ => 5,
        },
        Status::Unknown => 3,
        Status::Removed => 2,
        Status::NotYet | Status::NotListed => 1,
    }
}

fn answer(case: &Case<'_, '_>, fact: &Fact<'_>, names: &[String], report: &mut Report) {
    if fact.status == Status::Supported && (engine_is_known(case) || always(fact)) {
        return supported(case, fact, report);
    }
    if !engine_is_known(case) {
        return engine_unknown(case, report);
    }
    if generic_backend::takes(case, fact, report) {
        return;
    }
    // A class that a package of its own brings (vLLM `_OOT_SUPPORTED_MODELS`).
    if let Some(plugin) = case.listed("plugins", &case.model.names.classes) {
        let note = note("architecture_plugin", Effect::Refuses, Some(&plugin), case.name_sure());
        return report.add(note, &|| {
            let name = plugin.cell("plugin").unwrap_or_default();
            let message =
                format!("{} runs {} with the plugin {name} alone", case.engine(), shown(names));
            Words(message, Some(format!("install {name}")))
        });
    }
    let (code, effect) = match fact.status {
        // A guess never refuses: names lie.
        _ if is_guess(case) => ("architecture_guessed", Effect::Unknown),
        Status::NotYet => ("architecture_not_yet", Effect::Refuses),
        Status::Removed => ("architecture_removed", Effect::Refuses),
        Status::NotListed => return not_listed(case, fact, names, report),
        Status::Unknown | Status::Supported => ("architecture_changes_near", Effect::Unknown),
    };
    let words = || words(case, fact, code, &shown(names));
    report.add(note(code, effect, Some(fact), case.name_sure()), &words);
}

fn engine_is_known(case: &Case<'_, '_>) -> bool {
    case.load.is_none_or(|load| load.engine_known)
}

/// Whether every release that was read has it: then it does not matter which one is inside.
fn always(fact: &Fact<'_>) -> bool {
    fact.row.and_then(Row::span).is_none_or(|span| span.since.at == 0 && span.until.is_none())
}

fn engine_unknown(case: &Case<'_, '_>, report: &mut Report) {
    report.add(note("engine_not_known", Effect::Unknown, None, 0), &|| {
        let (runtime, engine) = (case.runtime(), case.engine.runtime.title());
        let message = format!("which {engine} is inside {runtime} is not known");
        Words(message, Some(format!("ask about {engine} at the version that it carries")))
    });
}

fn words(case: &Case<'_, '_>, fact: &Fact<'_>, code: &str, name: &str) -> Words {
    let (engine, title) = (case.engine(), case.engine.runtime.title());
    match code {
        "architecture_guessed" => Words(
            format!("{engine} does not list {name}, which is guessed"),
            Some("give the model's config.json as evidence".to_owned()),
        ),
        "architecture_not_yet" => {
            let since = fact.changed();
            let advice = format!("use {title} {since} or newer");
            Words(format!("{engine} does not know {name} yet: {since} does"), Some(advice))
        }
        "architecture_removed" => {
            let until = fact.changed();
            let advice = format!("use a version of {title} before {until}, or another runtime");
            Words(format!("{engine} has {name} no more: it left with {until}"), Some(advice))
        }
        _ => Words(
            format!(
                "whether {engine} has {name} is not known: it changed between two versions that were read, or before the first"
            ),
            None,
        ),
    }
}

fn supported(case: &Case<'_, '_>, fact: &Fact<'_>, report: &mut Report) {
    let sure = case.name_sure();
    let name = fact
        .row
        .and_then(|row| row.cell(if fact.table.owner() == "written" { 2 } else { 0 }))
        .unwrap_or_default();
    let mut add = |code, effect, message: String, advice: Option<&str>| {
        report.add(note(code, effect, Some(fact), sure), &|| {
            Words(message.clone(), advice.map(str::to_owned))
        });
    };
    match fact.cell("kind").or(fact.cell("task")).or(fact.cell("level")) {
        Some("named") => add(
            "architecture_named_only",
            Effect::Refuses,
            format!("{} has a name for {name} and nothing that builds it", case.engine()),
            Some("look for another runtime"),
        ),
        Some("projector") => add(
            "architecture_is_projector",
            Effect::Refuses,
            format!("{name} is a projector: it goes beside a model (--mmproj)"),
            Some("load it together with the model it belongs to"),
        ),
        Some("speculative-decoding") => add(
            "architecture_is_draft",
            Effect::Refuses,
            format!("{} takes {name} as a draft beside a model, not alone", case.engine()),
            Some("load it as the speculative model of the one it was made for"),
        ),
        Some("transformers-supported" | "autodeploy") => add(
            "architecture_via_transformers",
            Effect::FallsBack,
            format!("{} runs {name} through its generic backend", case.engine()),
            None,
        ),
        _ => add(
            "architecture_supported",
            Effect::Supports,
            format!("{} builds {name}", case.engine()),
            None,
        ),
    }
}

/// Not listed is not refused where code of the model's own can be loaded, where pages say what there is, or where the list
/// is older than the version.
fn not_listed(case: &Case<'_, '_>, fact: &Fact<'_>, names: &[String], report: &mut Report) {
    let sure = case.name_sure();
    if case.runs("transformers") && case.model.needs.own_code == Some(true) {
        let note = note("architecture_own_code", Effect::Supports, Some(fact), 80);
        return report.add(note, &|| {
            Words(format!("{} runs the code that comes with the model", case.engine()), None)
        });
    }
    let documented = case.engine.runtime.confidence() == "documentation";
    let open = case.engine.is_newer() || case.engine.read.is_none() && documented;
    let (code, effect) = if open {
        ("architecture_not_known", Effect::Unknown)
    } else {
        ("architecture_not_listed", Effect::Refuses)
    };
    report.add(note(code, effect, Some(fact), sure), &|| {
        let note = case.engine.note().unwrap_or_default();
        let message = format!("{} is not among what {} lists", shown(names), case.engine());
        let message = if note.is_empty() { message } else { [&message, " (", &note, ")"].concat() };
        Words(
            message,
            Some("look for another runtime, or for a newer version of this one".to_owned()),
        )
    });
}

fn is_guess(case: &Case<'_, '_>) -> bool {
    matches!(case.model.names.grade, Grade::Guessed | Grade::Assumed | Grade::Unknown)
}

fn shown(names: &[String]) -> String {
    let first = names.first().map_or("", String::as_str);
    quoted(first).trim_matches('"').to_owned()
}
