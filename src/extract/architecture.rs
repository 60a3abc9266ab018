//! Architecture: from `config.json`, else the GGUF header, else tags, else the name.

use super::known::{bare, registry_name};
use super::{Reading, name};
use crate::model::listing::{Config, ListingItem};
use crate::model::quoted::quoted;
use crate::model::{Field, Grade, Text};
use std::borrow::Cow;

/// The families whose registry names share a prefix: `qwen` for `qwen2`, `qwen3_moe`, `qwen2_5_vl`.
/// They are the five of the reference worker (design document 003).
pub(crate) const FAMILIES: [&str; 5] = ["llama", "mistral", "phi", "qwen", "gemma"];

/// An exact registry name, or nothing known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Architecture<'a>(Option<Cow<'a, str>>);

impl Architecture<'_> {
    pub(crate) fn exact(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The family, else the exact name, else `unknown`.
    pub(crate) fn family(&self) -> &str {
        self.exact().map_or("unknown", family)
    }
}

/// The family a registry name belongs to, else the registry's own spelling of it (GGUF writes `gpt-oss` for
/// `gpt_oss`), else the name itself.
pub(crate) fn family(name: &str) -> &str {
    let lower = name.get(..8).unwrap_or(name).to_ascii_lowercase();
    let family = FAMILIES.into_iter().find(|family| lower.starts_with(family));
    family.or_else(|| registry_name(name)).unwrap_or(name)
}

pub(crate) fn read<'a>(item: &'a ListingItem<'_>) -> Reading<Architecture<'a>> {
    from_config(item)
        .or_else(|| from_gguf(item))
        .or_else(|| from_tags(item))
        .or_else(|| from_name(item))
        .unwrap_or_else(|| Reading::new(Architecture::default(), "none", Grade::Unknown))
}

/// The first class that `config.architectures` names.
pub(crate) fn class<'a>(item: &ListingItem<'a>) -> Option<Text<'a>> {
    class_of(item.config.valid()?)
}

fn class_of<'a>(config: &Config<'a>) -> Option<Text<'a>> {
    config.architectures.iter().next().filter(|class| !class.is_empty())
}

fn found<'a>(
    name: impl Into<Cow<'a, str>>,
    source: &'static str,
    grade: Grade,
) -> Reading<Architecture<'a>> {
    Reading::new(Architecture(Some(name.into())), source, grade)
}

fn from_config<'a>(item: &'a ListingItem<'_>) -> Option<Reading<Architecture<'a>>> {
    let config = item.config.valid()?;
    if let Some(name) = text(&config.model_type) {
        return Some(found(name, "config.model_type", Grade::Stated));
    }
    let class = class_of(config)?;
    let stem = stem(&class);
    let name = registry_name(stem).map_or_else(|| Cow::Owned(bare(stem)), Cow::Borrowed);
    Some(found(name, "config.architectures", Grade::Stated))
}

fn text<'a>(field: &'a Field<Text<'_>>) -> Option<&'a str> {
    field.valid().map(AsRef::as_ref).filter(|text: &&str| !text.is_empty())
}

/// `LlamaForCausalLM` and `GPT2LMHeadModel` without what says which head the class has.
pub(crate) fn stem(class: &str) -> &str {
    const HEADS: [&str; 5] = ["For", "LMHead", "PreTrainedModel", "MultiModel", "Model"];
    let end = HEADS.into_iter().filter_map(|head| class.find(head)).filter(|&at| at > 0).min();
    end.and_then(|end| class.get(..end)).unwrap_or(class)
}

fn from_gguf<'a>(item: &'a ListingItem<'_>) -> Option<Reading<Architecture<'a>>> {
    let name = text(&item.model_gguf()?.architecture)?;
    Some(found(name, "gguf.architecture", Grade::Stated))
}

fn from_tags<'a>(item: &'a ListingItem<'_>) -> Option<Reading<Architecture<'a>>> {
    // `base_model:…`, `dataset:…` and their like name other repositories.
    let plain = || item.tag_list().filter(|tag| !tag.contains(':'));
    let registered = plain().find_map(|tag| registry_name(&tag));
    let name = registered.or_else(|| plain().find_map(|tag| name::versioned_family(&tag)));
    Some(found(name?, "tags", Grade::Derived))
}

fn from_name<'a>(item: &'a ListingItem<'_>) -> Option<Reading<Architecture<'a>>> {
    let id = item.name()?;
    let guess = name::architecture(id)?;
    let detail = format!("the name {}", quoted(id));
    Some(found(guess, "id", Grade::Guessed).detail(detail))
}
