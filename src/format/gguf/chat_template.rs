//! Chat templates: which a file holds.

use super::value::{Entry, Value};
use crate::format::chat_template::TemplateUses;

/// One chat template of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatTemplate {
    /// Its name: `tool_use`, `rag`; none for the default one.
    pub name: Option<String>,
    /// What it makes use of; none where it is too long to be looked into.
    pub uses: Option<TemplateUses>,
}

const KEY: &str = "tokenizer.chat_template";

/// The chat templates, the default one first.
pub(super) fn read(entries: &[Entry]) -> Vec<ChatTemplate> {
    let mut templates: Vec<_> = entries.iter().filter_map(template).collect();
    // A file has one or two: the default one goes first, the others stay as they stand.
    if let Some(default) = templates.iter().position(|template| template.name.is_none()) {
        templates.swap(0, default);
    }
    templates
}

fn template(entry: &Entry) -> Option<ChatTemplate> {
    let rest = entry.key.strip_prefix(KEY)?;
    let name = if rest.is_empty() { None } else { Some(rest.strip_prefix('.')?.to_owned()) };
    let uses = match &entry.value {
        Value::Text(text) => Some(TemplateUses::of(text)),
        Value::LongText(_) => None,
        _ => return None,
    };
    Some(ChatTemplate { name, uses })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_further_templates() {
        let entry = |key: &str| Entry {
            key: key.to_owned(),
            value_type: super::super::value::ValueType::Text,
            value: Value::Text("{{ tools }}".to_owned()),
        };
        let keys = ["tokenizer.chat_template.tool_use", "tokenizer.chat_templates", KEY];
        let read = read(&keys.map(entry));
        let names: Vec<_> = read.iter().map(|template| template.name.as_deref()).collect();
        assert_eq!(names, [None, Some("tool_use")]);
    }
}
