//! What a model asks of a runtime: from its listing, its `config.json`, and the headers that were read.

mod config;
mod files;
mod headers;

pub(crate) use config::named as dtype_named;

use crate::format::chat_template::TemplateUses;
use crate::model::Json;
use crate::model::needs::{Needs, Template};
use std::borrow::Cow;

/// Reads what a listing item asks, and what is known beyond it: see
/// [`ExtraEvidence`](crate::model::listing::ExtraEvidence) for the keys of the latter.
#[must_use]
pub fn read(model: Json<'_>, evidence: Json<'_>) -> Needs {
    let [config, gguf, siblings, tags, library, card] =
        model.pick(["config", "gguf", "siblings", "tags", "library_name", "cardData"]);
    let [more_config, more_gguf, more_siblings, headers, templates] =
        evidence.pick(["config", "gguf", "siblings", "files", "chatTemplates"]);
    let mut needs = Needs {
        library: library.text().map(Cow::into_owned),
        license: license(tags, card),
        ..Needs::default()
    };
    config::read(better(more_config, config), &mut needs);
    // The whole config.json has no tokenizer inside; the Hub's reduced one has.
    fill_template(&mut needs, config.at("tokenizer_config.chat_template"));
    fill_template(&mut needs, config.get("chat_template_jinja"));
    headers::template(templates, &mut needs);
    headers::read(headers, &mut needs);
    let gguf = better(more_gguf, gguf);
    fill_template(&mut needs, gguf.get("chat_template"));
    let architecture = gguf.get("architecture").text().map(Cow::into_owned);
    needs.gguf_architecture = needs.gguf_architecture.take().or(architecture);
    files::read(better(more_siblings, siblings), &mut needs);
    let own_code = tags.texts().any(|tag| tag == "custom_code");
    needs.own_code = needs.own_code.or(own_code.then_some(true));
    needs
}

fn better<'a>(more: Json<'a>, own: Json<'a>) -> Json<'a> {
    if more.is_missing() { own } else { more }
}

/// The author's word in the card, else the tag that the Hub makes of it.
fn license(tags: Json<'_>, card: Json<'_>) -> Option<String> {
    let stated = card.get("license").text().map(Cow::into_owned);
    stated.or_else(|| tags.texts().find_map(|tag| Some(tag.strip_prefix("license:")?.to_owned())))
}

/// A template as text, or several by name, of which the default one counts.
fn fill_template(needs: &mut Needs, template: Json<'_>) {
    let named = || {
        let default = template.items().find(|one| one.get("name").is("default"));
        default.and_then(|one| one.get("template").text())
    };
    if let Some(text) = template.text().or_else(named)
        && needs.template.is_none()
    {
        needs.template = Some(Template { tools: Some(TemplateUses::of(&text).tools) });
    }
}
