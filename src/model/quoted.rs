//! Names in messages.

/// A name in quotes, cut where it is too long for a message.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 100;
    match text.char_indices().nth(LONGEST).and_then(|(end, _)| text.get(..end)) {
        Some(start) => format!("{start:?} and {} more bytes", text.len() - start.len()),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_megabyte_name_is_cut_in_messages() {
        assert!(quoted(&"é".repeat(1_000_000)).len() < 300);
    }
}
