//! `genai_config.json` of onnxruntime-genai, which [`genai_config`] reads.

use super::values::fill;
use crate::extract::genai_config;
use crate::model::Json;
use crate::model::config_facts::ConfigFacts;

pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    fill(&mut facts.genai, Some(genai_config::read(config)));
}
