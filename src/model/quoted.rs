//! Names in messages.

use super::said::{decimal, said};

/// A name in quotes, cut where it is too long for a message.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 100;
    let mut quoted = String::from("\"");
    let mut rest = text.chars();
    for char in rest.by_ref().take(LONGEST) {
        push(&mut quoted, char);
    }
    quoted.push('"');
    let more = rest.as_str().len();
    if more > 0 {
        quoted.push_str(&said(&[" and ", &decimal(more as u64), " more bytes"]));
    }
    quoted
}

fn push(quoted: &mut String, char: char) {
    match char {
        '\n' => quoted.push_str("\\n"),
        '\r' => quoted.push_str("\\r"),
        '\t' => quoted.push_str("\\t"),
        _ if is_unseen(char) => {
            quoted.push_str("\\u{");
            push_hex(quoted, char.into());
            quoted.push('}');
        }
        _ => {
            if matches!(char, '"' | '\\') {
                quoted.push('\\');
            }
            quoted.push(char);
        }
    }
}

fn push_hex(quoted: &mut String, number: u32) {
    if number >= 16 {
        push_hex(quoted, number / 16);
    }
    quoted.push(char::from_digit(number % 16, 16).unwrap_or('0'));
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
