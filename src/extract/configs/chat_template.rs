//! Chat templates: `chat_template.jinja` and `additional_chat_templates/`, before `chat_template.json` (processors,
//! once), before `tokenizer_config.json` (transformers 5.23 `tokenization_utils_base.py`, `processing_utils.py`).
//!
//! The files are read in that order, and a weaker source only where no stronger one spoke.

use crate::format::chat_template::TemplateUses;
use crate::model::Json;
use crate::model::config_facts::ConfigFacts;
use crate::model::file_facts::TemplateFacts;

/// The folder of templates with names.
pub(super) const FOLDER: &str = "additional_chat_templates";

/// A file that is a template.
pub(super) fn read_file(path: &str, template: &[u8], facts: &mut ConfigFacts) {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let named = folder == FOLDER || folder.ends_with("/additional_chat_templates");
    let name = file.strip_suffix(".jinja").filter(|_| named);
    let template = String::from_utf8_lossy(template);
    add(name, &template, &mut facts.chat_templates);
}

/// `chat_template.json`.
pub(super) fn read_json(config: Json<'_>, facts: &mut ConfigFacts) {
    read_value(config.get("chat_template"), facts);
}

/// One template, or a list of named ones.
pub(super) fn read_value(value: Json<'_>, facts: &mut ConfigFacts) {
    if !facts.chat_templates.is_empty() {
        return;
    }
    if let Some(template) = value.text() {
        add(None, &template, &mut facts.chat_templates);
    }
    for entry in value.items() {
        let [name, template] = entry.pick(["name", "template"]);
        if let (Some(name), Some(template)) = (name.text(), template.text()) {
            add(Some(&name), &template, &mut facts.chat_templates);
        }
    }
}

/// More than anybody names; the default one is put before the others.
const MAX_TEMPLATES: usize = 64;

fn add(name: Option<&str>, template: &str, templates: &mut Vec<TemplateFacts>) {
    if templates.len() == MAX_TEMPLATES {
        return;
    }
    let name = name.filter(|name| *name != "default").map(str::to_owned);
    let place = if name.is_none() { 0 } else { templates.len() };
    let uses = Some(TemplateUses::of(template).names());
    templates.insert(place, TemplateFacts { name, uses });
}
