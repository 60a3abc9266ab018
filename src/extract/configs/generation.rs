//! `generation_config.json`: how a model generates where nobody asks otherwise
//! (transformers 5.23 `generation/configuration_utils.py`).

use super::values::counts;
use crate::model::Json;
use crate::model::config_facts::{ConfigFacts, GenerationDefaults};

pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    let [do_sample, temperature, top_k, top_p, min_p, repetition_penalty] =
        config.pick(["do_sample", "temperature", "top_k", "top_p", "min_p", "repetition_penalty"]);
    let [max_length, max_new_tokens, bos, eos, pad] = config.pick([
        "max_length",
        "max_new_tokens",
        "bos_token_id",
        "eos_token_id",
        "pad_token_id",
    ]);
    facts.generation.get_or_insert(GenerationDefaults {
        do_sample: do_sample.flag(),
        temperature: temperature.number(),
        top_k: top_k.count(),
        top_p: top_p.number(),
        min_p: min_p.number(),
        repetition_penalty: repetition_penalty.number(),
        max_length: max_length.count(),
        max_new_tokens: max_new_tokens.count(),
        bos_token_id: bos.count(),
        eos_token_ids: counts(eos),
        pad_token_id: pad.count(),
    });
}
