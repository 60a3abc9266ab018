//! `adapter_config.json` of PEFT (0.21 `tuners/lora/config.py`).

use super::values::{text, texts};
use crate::model::Json;
use crate::model::config_facts::{AdapterFacts, ConfigFacts};

pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    let [peft_type, base_model, task_type, rank, alpha, modules, saved] = config.pick([
        "peft_type",
        "base_model_name_or_path",
        "task_type",
        "r",
        "lora_alpha",
        "target_modules",
        "modules_to_save",
    ]);
    let [dora, rslora, ranks, alphas] =
        config.pick(["use_dora", "use_rslora", "rank_pattern", "alpha_pattern"]);
    let differs = |pattern: Json<'_>| pattern.entries().next().is_some();
    facts.adapter.get_or_insert(AdapterFacts {
        peft_type: text(peft_type),
        base_model: text(base_model),
        task_type: text(task_type),
        rank: rank.count(),
        alpha: alpha.number(),
        target_modules: texts(modules),
        modules_to_save: texts(saved),
        dora: dora.flag() == Some(true),
        rslora: rslora.flag() == Some(true),
        mixed_ranks: differs(ranks) || differs(alphas),
    });
}
