//! The names that were probably meant.

use crate::model::order::greatest_first;

/// Longer names are compared by their start: the cost grows with the square.
const LONGEST: usize = 64;

/// The names nearest to a text, best first, at most `most`; none where all are far from it.
pub(crate) fn nearest<'n>(
    names: impl Iterator<Item = &'n str>,
    text: &str,
    most: usize,
) -> Vec<&'n str> {
    let text: Vec<u8> = letters(text).collect();
    let near = |name: &'n str| {
        let longer = text.len().max(name.len().min(LONGEST));
        let apart = distance(&text, name);
        (apart * 2 < longer).then(|| ((longer - apart) * 100 / longer, name))
    };
    let near: Vec<_> = names.filter_map(near).collect();
    let near = greatest_first(&near, |(likeness, _)| *likeness as u64);
    near.into_iter().take(most).map(|(_, name)| name).collect()
}

fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().take(LONGEST).map(|byte| byte.to_ascii_lowercase())
}

/// How many letters must be put in, left out or exchanged to make one text the other.
fn distance(text: &[u8], name: &str) -> usize {
    let mut row: Vec<usize> = (0..=text.len()).collect();
    for letter in letters(name) {
        let mut diagonal = 0;
        let mut left = usize::MAX - 1;
        for (at, cell) in row.iter_mut().enumerate() {
            let other = at.checked_sub(1).and_then(|at| text.get(at));
            let exchanged =
                if at == 0 { usize::MAX } else { diagonal + usize::from(other != Some(&letter)) };
            diagonal = *cell;
            *cell = exchanged.min(*cell + 1).min(left + 1);
            left = *cell;
        }
    }
    row.last().copied().unwrap_or_default()
}
