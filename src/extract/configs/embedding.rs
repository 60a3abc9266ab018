//! sentence-transformers: which modules there are, and what each makes of a text
//! (sentence-transformers 5 `SentenceTransformer.py`, `models/Pooling.py`, `models/Dense.py`).

use super::values::{fill, text};
use crate::model::Json;
use crate::model::config_facts::{ConfigFacts, EmbeddingFacts, EmbeddingModule, Prompt};

/// `modules.json`.
pub(super) fn read_modules(list: Json<'_>, facts: &mut ConfigFacts) {
    let module = |entry: Json<'_>| {
        let [path, kind] = entry.pick(["path", "type"]);
        let kind = kind.text()?;
        let class = kind.rsplit('.').next().unwrap_or(&kind).to_owned();
        Some(EmbeddingModule { path: path.text().unwrap_or_default().into_owned(), class })
    };
    of(facts).modules = list.items().filter_map(module).collect();
}

/// `config_sentence_transformers.json`.
pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    let [kind, prompts, default_prompt, similarity] =
        config.pick(["model_type", "prompts", "default_prompt_name", "similarity_fn_name"]);
    let embedding = of(facts);
    fill(&mut embedding.model_type, text(kind));
    fill(&mut embedding.default_prompt, text(default_prompt));
    fill(&mut embedding.similarity, text(similarity));
    let prompts = prompts.entries().filter_map(|(name, prompt)| {
        Some(Prompt { name: name.into_owned(), text: prompt.text()?.into_owned() })
    });
    embedding.prompts = prompts.collect();
}

/// `sentence_bert_config.json`, and its like of older versions.
pub(super) fn read_transformer(config: Json<'_>, facts: &mut ConfigFacts) {
    let [length, lower_case] = config.pick(["max_seq_length", "do_lower_case"]);
    let embedding = of(facts);
    fill(&mut embedding.max_length, length.count());
    fill(&mut embedding.lower_case, lower_case.flag());
}

/// `1_Pooling/config.json`: a flag for each mode, or its name.
pub(super) fn read_pooling(config: Json<'_>, facts: &mut ConfigFacts) {
    const MODES: [(&str, &str); 6] = [
        ("pooling_mode_cls_token", "cls"),
        ("pooling_mode_mean_tokens", "mean"),
        ("pooling_mode_max_tokens", "max"),
        ("pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len"),
        ("pooling_mode_weightedmean_tokens", "weightedmean"),
        ("pooling_mode_lasttoken", "lasttoken"),
    ];
    let [dimensions, new_dimensions, mode] =
        config.pick(["word_embedding_dimension", "embedding_dimension", "pooling_mode"]);
    let flags = MODES.iter().zip(config.pick(MODES.map(|(key, _)| key)));
    let set = flags.filter(|(_, flag)| flag.flag() == Some(true));
    let named = mode.texts().map(std::borrow::Cow::into_owned);
    let modes: Vec<_> = named.chain(set.map(|((_, name), _)| (*name).to_owned())).collect();
    let embedding = of(facts);
    let dimensions = dimensions.count().or(new_dimensions.count());
    fill(&mut embedding.token_dimensions, dimensions);
    // Vectors of several modes are joined.
    let joined = dimensions.and_then(|one| one.checked_mul(modes.len().max(1) as u64));
    fill(&mut embedding.dimensions, joined);
    embedding.pooling = modes;
}

/// `2_Dense/config.json`: what it makes of the dimensions; the last one counts.
pub(super) fn read_dense(config: Json<'_>, facts: &mut ConfigFacts) {
    if let Some(dimensions) = config.get("out_features").count() {
        of(facts).dimensions = Some(dimensions);
    }
}

fn of(facts: &mut ConfigFacts) -> &mut EmbeddingFacts {
    facts.embedding.get_or_insert_default()
}
