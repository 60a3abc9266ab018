//! `tokenizer_config.json` (transformers 5.23 `tokenization_utils_base.py`).

use super::values::{fill, text};
use super::{chat_template, remote_code};
use crate::model::Json;
use crate::model::config_facts::{ConfigFacts, SpecialToken, TokenizerFacts};

pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    let [class, length, starts, ends, template] = config.pick([
        "tokenizer_class",
        "model_max_length",
        "add_bos_token",
        "add_eos_token",
        "chat_template",
    ]);
    let tokenizer = TokenizerFacts {
        class: text(class),
        // No limit is written as 1e30, in digits: no count.
        max_length: length.count(),
        add_bos_token: starts.flag(),
        add_eos_token: ends.flag(),
        special_tokens: special_tokens(config),
    };
    fill(&mut facts.tokenizer, Some(tokenizer));
    chat_template::read_value(template, facts);
    remote_code::read(config, facts);
}

fn special_tokens(config: Json<'_>) -> Vec<SpecialToken> {
    let keys = [
        "bos_token",
        "eos_token",
        "unk_token",
        "pad_token",
        "sep_token",
        "cls_token",
        "mask_token",
    ];
    let tokens = keys.into_iter().zip(config.pick(keys));
    let token = |(key, value): (&str, Json<'_>)| {
        // A token with settings is an object.
        let text = text(value).or_else(|| text(value.get("content")))?;
        Some(SpecialToken { role: key.trim_end_matches("_token").to_owned(), text })
    };
    tokens.filter_map(token).collect()
}
