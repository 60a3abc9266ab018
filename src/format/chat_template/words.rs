//! The words of a Jinja template: names and texts inside its statements, in one pass.

/// A word inside `{{ … }}` or `{% … %}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word<'a> {
    /// A name that stands by itself.
    Variable(&'a str),
    /// A name behind a dot.
    Field(&'a str),
    /// A text in quotes, as it is written.
    Text(&'a str),
}

/// All words of a template.
pub(super) fn words(template: &str) -> Words<'_> {
    Words { rest: template, inside: false, after_dot: false }
}

pub(super) struct Words<'a> {
    rest: &'a str,
    inside: bool,
    after_dot: bool,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            if !self.inside {
                self.enter()?;
            }
            if self.rest.is_empty() {
                return None;
            }
            if let Some(word) = self.word() {
                return Some(word);
            }
        }
    }
}

impl<'a> Words<'a> {
    /// Goes to the start of the next statement, over comments. `None` where there is none.
    fn enter(&mut self) -> Option<()> {
        loop {
            let (_, rest) = self.rest.split_once('{')?;
            self.rest = rest;
            match rest.as_bytes().first()? {
                b'#' => self.rest = rest.split_once("#}")?.1,
                b'{' | b'%' => break,
                _ => {}
            }
        }
        self.take(1);
        self.inside = true;
        Some(())
    }

    /// Takes one word, or one sign, which is none.
    fn word(&mut self) -> Option<Word<'a>> {
        match self.rest.as_bytes() {
            [quote @ (b'\'' | b'"'), ..] => return Some(self.quoted(*quote)),
            [b'}' | b'%', b'}', ..] => {
                self.inside = false;
                self.take(2);
            }
            [b'.', ..] => {
                self.take(1);
                self.after_dot = true;
                return None;
            }
            [b' ' | b'\n' | b'\t' | b'\r', ..] => {
                self.take(1);
                return None;
            }
            _ => return self.name(),
        }
        self.after_dot = false;
        None
    }

    fn quoted(&mut self, quote: u8) -> Word<'a> {
        self.take(1);
        let bytes = self.rest.as_bytes();
        let mut escaped = false;
        let end = bytes.iter().position(|byte| {
            let ends = *byte == quote && !escaped;
            escaped = *byte == b'\\' && !escaped;
            ends
        });
        let text = self.take(end.unwrap_or(bytes.len()));
        self.take(1);
        self.after_dot = false;
        Word::Text(text)
    }

    fn name(&mut self) -> Option<Word<'a>> {
        let sign = |c: char| !(c.is_alphanumeric() || c == '_');
        let name = self.take(self.rest.find(sign).unwrap_or(self.rest.len()));
        let after_dot = std::mem::take(&mut self.after_dot);
        if name.is_empty() {
            self.take(self.rest.chars().next().map_or(0, char::len_utf8));
            return None;
        }
        Some(if after_dot { Word::Field(name) } else { Word::Variable(name) })
    }

    fn take(&mut self, count: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::Word::{Field, Text, Variable};
    use super::*;

    #[test]
    fn names_fields_and_texts() {
        let found: Vec<_> = words("a {% if x.y == 'b\\'c' -%} d {# e #}{{ f | g }}").collect();
        assert_eq!(
            found,
            [
                Variable("if"),
                Variable("x"),
                Field("y"),
                Text("b\\'c"),
                Variable("f"),
                Variable("g")
            ]
        );
    }

    #[test]
    fn what_is_left_open_ends() {
        for text in ["{{ 'abc", "{% x", "{# y", "{", "{{", "{{ é.ü §", "{{ x }"] {
            assert!(words(text).count() < 4, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_an_end(text in "[{}%#'\"\\\\a. é]{0,60}") {
            proptest::prop_assert!(words(&text).count() <= text.len());
        }
    }
}
