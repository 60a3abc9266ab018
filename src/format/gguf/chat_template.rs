//! Chat templates: which there are, and what each makes use of.

use super::template_words::{Word, words};
use super::value::{Entry, Value};

/// One chat template of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatTemplate {
    /// Its name: `tool_use`, `rag`; none for the default one.
    pub name: Option<String>,
    /// What it makes use of; none where it is too long to be looked into.
    pub uses: Option<TemplateUses>,
}

/// What a chat template makes use of, by the words in its statements.
///
/// This says what a template looks at, not what a model is good at. A template that gets what it needs some
/// other way is not seen to use it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent")]
pub struct TemplateUses {
    /// It reads a list of tools.
    pub tools: bool,
    /// It reads calls of tools in messages.
    pub tool_calls: bool,
    /// It tells parts of messages that are images or videos.
    pub vision: bool,
    /// It tells parts of messages that are audio.
    pub audio: bool,
    /// It reads reasoning in messages, or a switch for it.
    pub reasoning: bool,
    /// It tells messages of the system.
    pub system: bool,
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

impl TemplateUses {
    /// Looks at the words of a template.
    #[must_use]
    pub fn of(template: &str) -> Self {
        let mut uses = Self::default();
        let mut refuses_system = false;
        for word in words(template) {
            match word {
                Word::Variable(name) => uses.add_variable(name),
                Word::Field(name) => uses.add_field(name),
                Word::Text(text) => {
                    uses.add_text(text);
                    // Gemma's templates look for such messages in order to refuse them.
                    refuses_system |= text.eq_ignore_ascii_case("system role not supported");
                }
            }
        }
        uses.system &= !refuses_system;
        uses
    }

    fn add_variable(&mut self, name: &str) {
        self.tools |= matches!(
            name,
            "tools"
                | "custom_tools"
                | "builtin_tools"
                | "available_tools"
                | "functions"
                | "xml_tools"
        );
        self.reasoning |= matches!(
            name,
            "enable_thinking"
                | "thinking"
                | "thinking_budget"
                | "thinking_mode"
                | "reasoning_effort"
                | "keep_past_thinking"
                | "preserve_thinking"
                | "clear_thinking"
        );
    }

    fn add_field(&mut self, name: &str) {
        self.tool_calls |= name == "tool_calls";
        self.reasoning |= matches!(name, "reasoning_content" | "reasoning" | "thinking");
    }

    /// Fields are also written as texts: `message['tool_calls']`.
    fn add_text(&mut self, text: &str) {
        self.vision |=
            matches!(text, "image" | "image_url" | "input_image" | "video" | "video_url");
        self.audio |= matches!(text, "audio" | "audio_url" | "input_audio");
        self.system |= text == "system";
        self.tool_calls |= text == "tool_calls";
        self.reasoning |= matches!(text, "reasoning_content" | "thinking" | "reasoning")
            || text.contains("</think>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_templates_use() {
        let plain =
            TemplateUses::of("tools {# tools #} {{ bos_token }}{{ message.content }} 'system'");
        assert_eq!(plain, TemplateUses::default());
        let uses = TemplateUses::of(
            "{%- if tools %}{{ x }}{% endif %}{% if m['role'] == 'system' %}{% endif %}\
             {% if part.type == \"image\" %}{% endif %}{{ m.reasoning_content }}{{ m.tool_calls }}",
        );
        assert!(uses.tools && uses.system && uses.vision && uses.reasoning && uses.tool_calls);
        assert!(!uses.audio);
    }

    #[test]
    fn to_refuse_is_not_to_use() {
        let template = "{% if m[0]['role'] == 'system' %}\
                        {{ raise_exception('System role not supported') }}{% endif %}";
        assert!(!TemplateUses::of(template).system);
    }

    #[test]
    fn fields_are_no_variables() {
        assert!(!TemplateUses::of("{{ message.tools }}").tools);
        assert!(TemplateUses::of("{{ message . thinking }}").reasoning);
    }

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
