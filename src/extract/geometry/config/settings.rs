//! What a config says, completed by what its class takes for granted.

use super::family::Family;
use super::words::{cut, words};
use crate::model::Json;
use std::borrow::Cow;

/// Under these keys a wrapper keeps the config of its language model.
const INNER: [&str; 12] = [
    "text_config",
    "llm_config",
    "llm_cfg",
    "language_config",
    "lm_config",
    "vlm_config",
    "thinker_config",
    "talker_config",
    "transformer_layer_config",
    "lfm",
    "decoder",
    "decoder_config",
];

/// Wrappers within wrappers: Qwen-Omni goes two deep.
const MAX_DEPTH: u32 = 4;

/// Keys of one object that are looked at: configs have up to 200, and what comes behind is none of a model's.
const MAX_KEYS: usize = 2048;

/// The longest list that has a number for each layer.
pub(super) const MAX_LIST: usize = 2048;

type Entries<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

/// A value of a key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// One for all layers.
    Number(u64),
    /// One for each layer.
    List(Vec<u64>),
}

impl Value {
    fn of(json: Json<'_>) -> Option<Self> {
        let short = || json.items().nth(MAX_LIST).is_none();
        json.count().map(Self::Number).or_else(|| json.counts().filter(|_| short()).map(Self::List))
    }
}

/// The config of a language model, and of what wraps it.
pub(super) struct Settings<'a> {
    own: Entries<'a>,
    /// Of the wrapper; empty where there is none.
    outer: Entries<'a>,
    /// What the class of the language model takes for granted.
    pub(super) family: Family,
}

impl<'a> Settings<'a> {
    /// None where this is no object.
    pub(super) fn of(config: Json<'a>) -> Option<Self> {
        let (mut text, mut wrapper) = (config, Json::MISSING);
        for _ in 0..MAX_DEPTH {
            let Some(inner) = inner(text) else { break };
            (wrapper, text) = (text, inner);
        }
        let mut settings =
            Self { own: entries(text), outer: entries(wrapper), family: Family::default() };
        settings.family = settings.family();
        text.is_object().then_some(settings)
    }

    /// The row of the model type; if that is a wrapper's, of what it wraps.
    fn family(&self) -> Family {
        let known = |name: Option<Cow<'_, str>>| Family::named(&name?);
        let own = known(self.model_type());
        let row = own.or_else(|| match self.model_type() {
            None => known(self.wrapper_type()),
            Some(_) => None,
        });
        let inner = row.and_then(Family::inner).and_then(Family::named);
        inner.or(row).unwrap_or_default()
    }

    /// The model type of the language model.
    pub(super) fn model_type(&self) -> Option<Cow<'a, str>> {
        in_entries(&self.own, "model_type")?.text().filter(|name| !name.is_empty())
    }

    /// The model type of what wraps it.
    pub(super) fn wrapper_type(&self) -> Option<Cow<'a, str>> {
        in_entries(&self.outer, "model_type")?.text().filter(|name| !name.is_empty())
    }

    /// The first class that is named, within before without.
    pub(super) fn class(&self) -> Option<Cow<'a, str>> {
        let first = |entries| in_entries(entries, "architectures")?.texts().next();
        first(&self.own).or_else(|| first(&self.outer))
    }

    /// What the config says under a key (or a path of keys), or else its wrapper.
    pub(super) fn json(&self, path: &str) -> Json<'a> {
        let own = in_entries(&self.own, path);
        own.or_else(|| in_entries(&self.outer, path)).unwrap_or_default()
    }

    /// What the config itself says, be it nothing (null).
    pub(super) fn own(&self, path: &str) -> Option<Json<'a>> {
        in_entries(&self.own, path)
    }

    /// The flag of a key, or its default.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        self.json(key).flag().or_else(|| self.family.flag(key))
    }

    /// The number of a key, or its default.
    pub(super) fn number(&self, key: &str) -> Option<u64> {
        match self.value(&[key])? {
            Value::Number(number) => Some(number),
            Value::List(_) => None,
        }
    }

    /// The value of the first of these keys that the config has; else the first default of the class; else what the
    /// wrapper has. A key that the config has as null has no default.
    pub(super) fn value(&self, keys: &[&str]) -> Option<Value> {
        let stated = |entries, key: &&str| Value::of(in_entries(entries, key)?);
        let unsaid = |key: &&&str| in_entries(&self.own, key).is_none();
        let open = || keys.iter().filter(unsaid);
        keys.iter()
            .find_map(|key| stated(&self.own, key))
            .or_else(|| open().find_map(|key| self.family.number(key)).map(Value::Number))
            .or_else(|| open().find_map(|key| stated(&self.outer, key)))
    }
}

/// The config inside a wrapper. `decoder` is one where nothing else could be: other models have other things by
/// that name.
fn inner(config: Json<'_>) -> Option<Json<'_>> {
    let whole = |config: Json<'_>| {
        let has = |key| !config.get(key).is_missing();
        has("num_hidden_layers") || has("d_model")
    };
    let mut found = INNER.into_iter().map(|key| (config.get(key), key));
    let (inner, _) = found.find(|(inner, key)| {
        let named = || !key.starts_with("decoder") && !inner.get("model_type").is_missing();
        inner.is_object()
            && (!whole(config) || whole(*inner) && !key.starts_with("decoder") || named())
    })?;
    Some(inner)
}

fn entries(object: Json<'_>) -> Entries<'_> {
    object.entries().take(MAX_KEYS).collect()
}

/// The value at a path; of equal keys the last, as JavaScript has it. A number in a path counts the elements of a list
/// or an object.
fn in_entries<'a>(entries: &Entries<'a>, path: &str) -> Option<Json<'a>> {
    let (key, rest) = cut(path, b'.');
    let (_, value) = entries.iter().rev().find(|(known, _)| known == key)?;
    let value =
        rest.into_iter().flat_map(|rest| words(rest, b'.')).fold(*value, |value, step| match step
            .parse()
        {
            Ok(index) if value.is_list() => value.items().nth(index).unwrap_or_default(),
            Ok(index) => value.entries().nth(index).map(|(_, value)| value).unwrap_or_default(),
            Err(_) => value.get(step),
        });
    (!value.bytes().is_empty()).then_some(value)
}
