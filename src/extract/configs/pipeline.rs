//! `model_index.json` of diffusers: the parts of a pipeline (diffusers `pipelines/pipeline_utils.py`).

use super::values::text;
use crate::model::Json;
use crate::model::config_facts::{ConfigFacts, PipelineComponent, PipelineFacts};

pub(super) fn read(index: Json<'_>, facts: &mut ConfigFacts) {
    let [class, version] = index.pick(["_class_name", "_diffusers_version"]);
    let mut pipeline =
        PipelineFacts { class: text(class), version: text(version), ..PipelineFacts::default() };
    for (name, value) in index.entries() {
        let mut parts = value.items();
        let (Some(library), Some(class), None) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let name = name.into_owned();
        match (text(library), text(class)) {
            (Some(library), Some(class)) => {
                pipeline.components.push(PipelineComponent { name, library, class });
            }
            _ => pipeline.disabled.push(name),
        }
    }
    facts.pipeline.get_or_insert(pipeline);
}
