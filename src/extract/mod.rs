//! Evidence merged into [`ModelMetadata`]: one field per file, each answer with where it is from.

pub(crate) mod architecture;
pub mod configs;
pub(crate) mod conflicts;
pub(crate) mod context;
pub mod file_facts;
pub(crate) mod format;
pub mod genai_config;
pub mod geometry;
pub(crate) mod known;
pub(crate) mod name;
pub mod needs;
mod parameters;
pub(crate) mod quantization;
pub(crate) mod sidecar;
mod size;
pub mod transformers_js;
pub mod variants;

use crate::model::listing::{Gated, ListingItem};
use crate::model::metadata::MetadataEvidence;
use crate::model::{Evidence, Grade, ModelMetadata};

/// What a reader of one field found.
pub(crate) struct Reading<T> {
    pub(crate) value: T,
    pub(crate) source: &'static str,
    pub(crate) grade: Grade,
    pub(crate) detail: Option<String>,
}

impl<T> Reading<T> {
    fn new(value: T, source: &'static str, grade: Grade) -> Self {
        Self { value, source, grade, detail: None }
    }

    fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    fn evidence(self) -> Evidence {
        // Where nothing was found, nothing is the source.
        let source = if self.grade == Grade::Unknown { "none" } else { self.source };
        let evidence = Evidence::new(source, self.grade);
        match self.detail {
            Some(detail) => evidence.detail(detail),
            None => evidence,
        }
    }
}

/// Everything a listing item says, as metadata.
#[must_use]
pub fn metadata(item: &ListingItem<'_>) -> ModelMetadata {
    let architecture = architecture::read(item);
    let formats = format::read(item);
    let labels = quantization::read(item, &formats.value);
    let parameters = parameters::read(item);
    let size = size::read(item);
    let context = context::read(item);
    ModelMetadata {
        id: item.name().unwrap_or_default().to_owned(),
        architecture: architecture.value.family().to_owned(),
        model_type: architecture.value.exact().map(str::to_owned),
        architecture_class: architecture::class(item).map(|class| class.to_string()),
        format: formats.value.first().copied().unwrap_or("unknown").to_owned(),
        formats: formats.value.iter().map(|&name| name.to_owned()).collect(),
        quantization: labels.value.usual(),
        quantizations: labels.value.all(),
        variants: labels.value.variants(),
        parameters: parameters.value.words(),
        parameter_count: parameters.value.total,
        active_parameter_count: parameters.value.active,
        size_bytes: size.value,
        max_context_length: context.value,
        task: item.pipeline_tag.valid().map(|task| task.to_string()),
        adapter_of: format::adapter_of(item),
        gated: gated(item),
        findings: conflicts::read(item),
        problems: item.problems(),
        evidence: MetadataEvidence {
            architecture: architecture.evidence(),
            format: formats.evidence(),
            quantization: labels.evidence(),
            parameters: parameters.evidence(),
            size_bytes: size.evidence(),
            max_context_length: context.evidence(),
        },
    }
}

fn gated(item: &ListingItem<'_>) -> Option<String> {
    match item.gated.valid()? {
        Gated::No => None,
        Gated::Auto => Some("auto".to_owned()),
        Gated::Manual => Some("manual".to_owned()),
    }
}
