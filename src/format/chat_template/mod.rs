//! Chat templates: what each makes use of, wherever it stands.

mod words;

use words::{Word, words};

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
    /// It reads a list of documents to answer from.
    pub documents: bool,
    /// It tells parts of messages that are images or videos.
    pub vision: bool,
    /// It tells parts of messages that are audio.
    pub audio: bool,
    /// It reads reasoning in messages, or a switch for it.
    pub reasoning: bool,
    /// It tells messages of the system.
    pub system: bool,
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

    /// What is used, in words: `tools`, `tool_calls`, `documents`, `vision`, `audio`, `reasoning`, `system`.
    #[must_use]
    pub fn names(self) -> Vec<String> {
        let names = [
            ("tools", self.tools),
            ("tool_calls", self.tool_calls),
            ("documents", self.documents),
            ("vision", self.vision),
            ("audio", self.audio),
            ("reasoning", self.reasoning),
            ("system", self.system),
        ];
        names.into_iter().filter(|(_, used)| *used).map(|(name, _)| name.to_owned()).collect()
    }

    fn add_variable(&mut self, name: &str) {
        self.documents |= name == "documents";
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
        assert!(TemplateUses::of("{% for d in documents %}").documents);
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
}
