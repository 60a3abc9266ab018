//! `config.json`, which several libraries write: each reads what is its own.

use super::{ctranslate2, quantization, remote_code, timm};
use crate::model::Json;
use crate::model::config_facts::ConfigFacts;

pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    quantization::read(config, facts);
    timm::read(config, facts);
    ctranslate2::read(config, facts);
    remote_code::read(config, facts);
}
