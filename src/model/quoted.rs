//! Names in messages.

/// A name in quotes, cut where it is too long for a message.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 100;
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    let mut quoted = String::from("\"");
    for char in text.get(..end).unwrap_or_default().chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if is_unseen(char) => {
                quoted.extend(char.escape_unicode());
            }
            _ => quoted.push(char),
        }
    }
    quoted.push('"');
    if end < text.len() {
        let more = (text.len() - end).to_string();
        quoted.extend([" and ", &more, " more bytes"]);
    }
    quoted
}

/// Whether a character would break the line, or change how what follows is shown. (What `{:?}` escapes needs tables of all that
/// cannot be printed: 3 kB of each module.)
fn is_unseen(char: char) -> bool {
    char.is_ascii_control()
        || matches!(
            char,
            '\u{80}'..='\u{9f}'
                | '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_megabyte_name_is_cut_in_messages() {
        assert!(quoted(&"é".repeat(1_000_000)).len() < 300);
    }

    #[test]
    fn names_stay_on_their_line() {
        assert_eq!(quoted("a \"b\"\\c\n\u{0}é\u{202e}"), r#""a \"b\"\\c\n\u{0}é\u{202e}""#);
    }
}
