//! Text cut at a mark. The module grows by half a kilobyte for each way that the standard library cuts in.

/// What stands before the first mark (an ASCII character), and behind it; nothing where there is no mark.
#[inline(never)]
pub(super) fn cut(text: &str, mark: u8) -> (&str, Option<&str>) {
    let at = text.bytes().position(|byte| byte == mark);
    let cut = at.and_then(|at| Some((text.get(..at)?, text.get(at + 1..))));
    cut.unwrap_or((text, None))
}

/// The parts of a text between marks.
pub(super) fn words(text: &str, mark: u8) -> Words<'_> {
    Words { rest: Some(text), mark }
}

pub(super) struct Words<'a> {
    rest: Option<&'a str>,
    mark: u8,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let (word, rest) = cut(self.rest?, self.mark);
        self.rest = rest;
        Some(word)
    }
}

/// The lines of a table that say something.
pub(super) fn lines(table: &str) -> impl Iterator<Item = &str> {
    words(table, b'\n').filter(|line| !line.starts_with('#') && !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_what_the_standard_library_cuts(text in "[a, é]{0,12}") {
            prop_assert!(words(&text, b',').eq(text.split(',')));
            prop_assert_eq!(cut(&text, b' '), text.split_once(' ').map_or((&*text, None), |(a, b)| (a, Some(b))));
        }
    }
}
