//! `config.json` of a model converted for `CTranslate2` (4.x `specs/model_spec.py`, `specs/whisper_spec.py`).

use super::values::text;
use crate::model::Json;
use crate::model::config_facts::{CTranslate2Facts, ConfigFacts};

/// Reads a `config.json` that is `CTranslate2`'s: it names no model type, and keys that only its converters write.
pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    let [model_type, architectures, heads, languages, source_bos, decoder_start] = config.pick([
        "model_type",
        "architectures",
        "alignment_heads",
        "lang_ids",
        "add_source_bos",
        "decoder_start_token",
    ]);
    let [bos, eos, unk, epsilon, layers] = config.pick([
        "bos_token",
        "eos_token",
        "unk_token",
        "layer_norm_epsilon",
        "num_hidden_layers",
    ]);
    if !model_type.is_missing() || !architectures.is_missing() || !layers.is_missing() {
        return;
    }
    let kind = if !heads.is_missing() || !languages.is_missing() {
        "whisper"
    } else if !source_bos.is_missing() || !decoder_start.is_missing() {
        "sequence_to_sequence"
    } else if bos.text().is_some() && unk.text().is_some() {
        "language_model"
    } else if unk.text().is_some() && !epsilon.is_missing() {
        "encoder"
    } else {
        return;
    };
    facts.ctranslate2.get_or_insert(CTranslate2Facts {
        kind: kind.to_owned(),
        bos_token: text(bos),
        eos_token: text(eos),
        unk_token: text(unk),
    });
}
