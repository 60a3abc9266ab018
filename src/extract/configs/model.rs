//! `config.json`, which several libraries write: each reads what is its own.

use super::values::{text, texts};
use super::{ctranslate2, quantization, remote_code, timm};
use crate::model::Json;
use crate::model::config_facts::{ConfigFacts, ModelConfigFacts, ModelPart};

pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    if facts.model.is_none() {
        facts.model = of_transformers(config);
    }
    quantization::read(config, facts);
    timm::read(config, facts);
    ctranslate2::read(config, facts);
    remote_code::read(config, facts);
}

/// None where it names neither a type nor a class.
fn of_transformers(config: Json<'_>) -> Option<ModelConfigFacts> {
    let [kind, classes, version] =
        config.pick(["model_type", "architectures", "transformers_version"]);
    let (model_type, architectures) = (text(kind), texts(classes));
    if model_type.is_none() && architectures.is_empty() {
        return None;
    }
    let mut facts = ModelConfigFacts {
        model_type,
        architectures,
        transformers_version: text(version),
        ..ModelConfigFacts::default()
    };
    read_model(config, &mut facts);
    read_parts(config, "", MAX_DEPTH, &mut facts);
    Some(facts)
}

/// What a part says where the whole does not.
fn read_model(config: Json<'_>, facts: &mut ModelConfigFacts) {
    let [dtype, torch_dtype] = config.pick(["dtype", "torch_dtype"]);
    let context = config.pick([
        "max_position_embeddings",
        "n_positions",
        "max_seq_len",
        "seq_length",
        "n_ctx",
        "context_length",
    ]);
    let tokens = context.into_iter().find_map(|tokens| tokens.count().filter(|tokens| *tokens > 0));
    facts.dtype = facts.dtype.take().or_else(|| text(dtype)).or_else(|| text(torch_dtype));
    facts.context_length = facts.context_length.or(tokens);
}

/// Where the configs of models inside a model stand, those of language first (transformers 5.23
/// `models/*/configuration_*.py`; `auto_map` repositories of `InternVL`, `DeepSeek-VL`, `MiniCPM`, `Ovis`).
const PARTS: [(&str, &str); 22] = [
    ("text_config", "language"),
    ("llm_config", "language"),
    ("language_config", "language"),
    ("llm_cfg", "language"),
    ("lm_config", "language"),
    ("thinker_config", "language"),
    ("decoder", "language"),
    ("vision_config", "vision"),
    ("vision_cfg", "vision"),
    ("vit_config", "vision"),
    ("visual_config", "vision"),
    ("vision_tower_cfg", "vision"),
    ("encoder", "encoder"),
    ("audio_config", "audio"),
    ("audio_encoder_config", "audio"),
    ("speech_config", "audio"),
    ("sound_config", "audio"),
    ("talker_config", "speech"),
    ("token2wav_config", "speech"),
    ("tts_config", "speech"),
    ("projector_config", "projector"),
    ("draft_config", "draft"),
];

/// Parts within parts: Qwen-Omni has a thinker that has a language model.
const MAX_DEPTH: u32 = 2;

fn read_parts(config: Json<'_>, path: &str, depth: u32, facts: &mut ModelConfigFacts) {
    for ((key, kind), part) in PARTS.iter().zip(config.pick(PARTS.map(|(key, _)| key))) {
        if depth == 0 || !part.is_object() {
            continue;
        }
        let key = if path.is_empty() { (*key).to_owned() } else { format!("{path}.{key}") };
        if *kind == "language" {
            read_model(part, facts);
        }
        read_parts(part, &key, depth - 1, facts);
        let model_type = text(part.get("model_type"));
        facts.parts.push(ModelPart { key, kind: (*kind).to_owned(), model_type });
    }
}
