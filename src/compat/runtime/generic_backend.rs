//! The generic backend of vLLM and SGLang: an architecture that they do not build themselves, but transformers does, at a
//! version that they allow, with attention that can be exchanged (vLLM `model_executor/models/registry.py`
//! `_try_resolve_transformers`, SGLang `srt/model_loader/utils.py`: `is_backend_compatible`).

use super::architecture::note;
use super::case::Case;
use super::fact::Fact;
use super::report::{Effect, Report, Words};
use super::task;
use super::transformers::Pinned;
use crate::facts::{Asked, Status};

/// Classes of the backend, by the tasks of transformers that each runs.
const BACKENDS: [(&str, &[&str]); 6] = [
    ("TransformersForCausalLM", &["causal-lm"]),
    ("TransformersForMultimodalLM", &["image-text-to-text", "multimodal-lm"]),
    ("TransformersMultiModalForCausalLM", &["image-text-to-text", "multimodal-lm"]),
    ("TransformersEmbeddingModel", &["base"]),
    ("TransformersModel", &["base"]),
    ("TransformersForSequenceClassification", &["sequence-classification"]),
];

/// Whether the generic backend runs the model; then it says so.
pub(super) fn takes(case: &Case<'_, '_>, fact: &Fact<'_>, report: &mut Report) -> bool {
    if case.engine.runtime.id() == "tgi" {
        return by_constraint(case, report);
    }
    let Some(Pinned { below, .. }) = &case.target.pinned else { return false };
    if has_encoder(case) {
        return false;
    }
    let Some((class, backend)) = class_and_backend(case, below) else { return false };
    // A class that was refused by name before: see the runtime's own list of what it removed.
    let sure = if fact.status == Status::NotYet { 80 } else { 90 } * case.name_sure() / 100;
    report.add(note("architecture_via_transformers", Effect::FallsBack, Some(&backend), sure), &|| {
        let message = format!(
            "{} does not build {class} itself; its generic backend runs it through transformers {}",
            case.engine(),
            below.version
        );
        Words(message, None)
    });
    true
}

/// The class as transformers has it, and the row of the backend that runs its task.
fn class_and_backend<'f>(case: &Case<'_, 'f>, below: &Asked<'f>) -> Option<(String, Fact<'f>)> {
    let classes = case.engine.runtime.table("architectures")?;
    let known = below.runtime.table("architectures")?;
    for class in &case.model.names.classes {
        let rows = known.find(class).filter(|row| below.status(*row) == Status::Supported);
        for row in rows {
            let (model_type, task) = (row.cell(1)?, row.cell(2)?);
            let backends = BACKENDS.iter().filter(|(_, tasks)| tasks.contains(&task));
            let mut rows = backends.flat_map(|(name, _)| classes.find(name));
            let backend = rows.find(|row| case.engine.status(*row) == Status::Supported);
            if let Some(backend) =
                backend.filter(|_| exchanges_attention(case, below, class, model_type))
            {
                return Some((
                    class.clone(),
                    Fact::of_row(&case.engine, backend, Status::Supported),
                ));
            }
        }
    }
    None
}

/// The backend runs no attention between an encoder and a decoder (vLLM `model_executor/models/transformers/base.py`). The
/// Hub's reduced configs do not say which models have it: those of transformers 5.23 whose config does.
fn has_encoder(case: &Case<'_, '_>) -> bool {
    const ENCODER_DECODERS: [&str; 20] = [
        "bart",
        "mbart",
        "t5",
        "mt5",
        "umt5",
        "longt5",
        "switch_transformers",
        "t5gemma",
        "t5gemma2",
        "pegasus",
        "pegasus_x",
        "bigbird_pegasus",
        "marian",
        "m2m_100",
        "nllb-moe",
        "led",
        "blenderbot",
        "blenderbot-small",
        "prophetnet",
        "plbart",
    ];
    let known = || {
        case.model.names.model_types.iter().any(|name| ENCODER_DECODERS.contains(&name.as_str()))
    };
    case.model.needs.encoder_decoder.unwrap_or_else(known)
}

/// Whether its attention can be exchanged: the model says so, or, for a vLLM that looks for itself, reads as if.
fn exchanges_attention(
    case: &Case<'_, '_>,
    below: &Asked<'_>,
    class: &str,
    model_type: &str,
) -> bool {
    let engine = &case.engine;
    let looks = engine.runtime.id() == "vllm"
        && engine.status_within(engine.runtime.bound(LOOKS_FOR_ITSELF), None) == Status::Supported;
    let lists =
        ["attention-backend", "attention-settable"].into_iter().take(if looks { 2 } else { 1 });
    let mut rows =
        lists.filter_map(|list| below.runtime.table(list)).flat_map(|list| list.find(model_type));
    let of_class = |cell: Option<&str>| cell.is_none_or(|name| name == class);
    rows.any(|row| of_class(row.cell(1)) && below.status(row) == Status::Supported)
        && !is_left_out(case, model_type)
}

/// The first vLLM that takes models which read as if they left attention to it.
const LOOKS_FOR_ITSELF: &str = "0.30.0";

/// What the backend takes and cannot run: `facts/written/overlays.tsv`.
fn is_left_out(case: &Case<'_, '_>, model_type: &str) -> bool {
    let mut rows = case.load.into_iter().flat_map(|load| &load.overlays);
    let wanted = (Some("transformers-backend"), Some(model_type), Some("remove"));
    rows.any(|row| (row.cell(1), row.cell(2), row.cell(3)) == wanted)
}

/// TGI serves anything that transformers has, not optimised.
fn by_constraint(case: &Case<'_, '_>, report: &mut Report) -> bool {
    let told = case.target.constraints.iter().find(|one| one.effect == "via-transformers");
    let Some(told) = told else { return false };
    // It serves models that write text, and no others.
    if case.model.metadata.task.as_deref().is_some_and(|task| !task::writes(task)) {
        return false;
    }
    report.add(
        note(
            "architecture_via_transformers",
            Effect::FallsBack,
            Some(&told.fact),
            case.name_sure(),
        ),
        &|| told.words(),
    );
    true
}
