//! The meaning of a query, row by row over strings: slow, and plainly what is meant.

use hubfit::catalog::field::{NameField, NamesField};
use hubfit::catalog::text::terms;
use hubfit::catalog::{Row, Table};

/// The rows that a query matches, ascending.
pub(crate) fn search(table: &Table, query: &str) -> Vec<u32> {
    let rows: Vec<Row> = (0..table.len()).map(|row| table.row(row)).collect();
    let mut passes = vec![true; rows.len()];
    for term in terms(query) {
        let needle = String::from_utf8_lossy(term.needle.bytes()).into_owned();
        // A query cut or lower-cased stays UTF-8.
        assert_eq!(needle.as_bytes(), term.needle.bytes());
        let mut has: Vec<bool> = rows.iter().map(|row| has(row, &needle)).collect();
        let plain = !term.excluded && !term.quoted && words(&needle) == [needle.clone()];
        let most = match needle.len() {
            4..=7 => 1,
            8..=32 => 2,
            _ => 0,
        };
        if plain && most > 0 && has.iter().filter(|has| **has).count() < 20 {
            for (has, row) in has.iter_mut().zip(&rows) {
                *has |=
                    spoken(row).iter().any(|word| meant(needle.as_bytes(), word.as_bytes(), most));
            }
        }
        for (passes, has) in passes.iter_mut().zip(has) {
            *passes &= has != term.excluded;
        }
    }
    (0_u32..).zip(passes).filter(|(_, passes)| *passes).map(|(row, _)| row).collect()
}

/// The places where a text has a needle in lower case, whose spaces stand for any separator.
pub(crate) fn places(text: &str, needle: &str) -> Vec<usize> {
    let windows = text.as_bytes().windows(needle.len().max(1)).enumerate();
    windows
        .filter(|(_, window)| {
            window.iter().zip(needle.as_bytes()).all(|(byte, wanted)| {
                byte.to_ascii_lowercase() == *wanted || *wanted == b' ' && b"-_. ".contains(byte)
            })
        })
        .map(|(at, _)| at)
        .collect()
}

fn has(row: &Row, needle: &str) -> bool {
    let (author, name) = row.author_and_name();
    let slash = needle.split_once('/').is_some_and(|(left, right)| {
        !author.is_empty()
            && author.to_ascii_lowercase().ends_with(left)
            && places(name, right).first().is_some_and(|at| *at == 0) | right.is_empty()
    });
    let begins = |text: &String| {
        let starts = starts(text);
        let whole = |at: usize| at == 0 && text.len() == needle.len();
        places(text, needle).into_iter().any(|at| starts.contains(&at) || whole(at))
    };
    slash
        || !places(author, needle).is_empty()
        || !places(name, needle).is_empty()
        || shared(row).iter().any(begins)
}

fn shared(row: &Row) -> Vec<String> {
    let one = [NameField::Family, NameField::Task, NameField::Library];
    let several = [NamesField::Format, NamesField::Tag];
    let mut shared: Vec<String> =
        one.iter().filter_map(|field| row.name[field.index()].clone()).collect();
    shared.extend(several.iter().flat_map(|field| row.names[field.index()].clone()));
    shared
}

/// All words of a row.
fn spoken(row: &Row) -> Vec<String> {
    let (author, name) = row.author_and_name();
    let mut texts = shared(row);
    texts.extend([author.to_owned(), name.to_owned()]);
    texts.iter().flat_map(|text| words(text)).collect()
}

/// A text with what is between its words made a space each byte, so that places stay.
fn spaced(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let inside = |at: usize| match bytes[at] {
        b'.' => at > 0 && digit(at - 1) && digit(at + 1),
        byte => byte.is_ascii_alphanumeric() || byte >= 0x80,
    };
    (0..bytes.len())
        .map(|at| if inside(at) { bytes[at].to_ascii_lowercase() } else { b' ' })
        .collect()
}

fn words(text: &str) -> Vec<String> {
    let spaced = String::from_utf8(spaced(text)).unwrap();
    spaced.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn starts(text: &str) -> Vec<usize> {
    let spaced = spaced(text);
    (0..spaced.len())
        .filter(|at| spaced[*at] != b' ' && (*at == 0 || spaced[*at - 1] == b' '))
        .collect()
}

/// Whether a term is a word, or its beginning, with at most so many typos.
fn meant(term: &[u8], word: &[u8], most: usize) -> bool {
    (0..=word.len()).any(|end| distance(term, &word[..end]) <= most)
}

/// Letters missing, too many, wrong, and neighbours swapped (optimal string alignment).
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut d = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            if i == 0 || j == 0 {
                d[i][j] = i + j;
                continue;
            }
            let cost = usize::from(one[i - 1] != other[j - 1]);
            d[i][j] = (d[i - 1][j] + 1).min(d[i][j - 1] + 1).min(d[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                d[i][j] = d[i][j].min(d[i - 2][j - 2] + 1);
            }
        }
    }
    d[one.len()][other.len()]
}

/// How many rows have what is suggested, and their downloads.
pub(crate) fn uses(table: &Table, kind: &str, text: &str) -> (u32, f64) {
    let rows = (0..table.len()).map(|row| table.row(row));
    let found: Vec<Row> =
        rows.filter(|row| suggested(row).contains(&(kind, text.to_owned()))).collect();
    let downloads = found.iter().filter_map(|row| row.number[6]).sum::<f64>();
    (u32::try_from(found.len()).unwrap(), downloads)
}

/// How many suggestions there are.
pub(crate) fn suggestions(table: &Table, prefix: &str) -> usize {
    let prefix = prefix.to_ascii_lowercase();
    let rows = (0..table.len()).map(|row| table.row(row));
    let mut all: Vec<(&str, String)> = rows.flat_map(|row| suggested(&row)).collect();
    all.retain(|(kind, text)| {
        let text = text.to_ascii_lowercase();
        let name = text.split_once('/').map_or(text.as_str(), |(_, name)| name);
        if *kind == "model" && !prefix.contains('/') {
            name.starts_with(&prefix)
        } else {
            text.starts_with(&prefix)
        }
    });
    all.sort();
    all.dedup();
    all.len()
}

fn suggested(row: &Row) -> Vec<(&'static str, String)> {
    let (_, name) = row.author_and_name();
    let mut all: Vec<_> = words(name).into_iter().map(|word| ("word", word)).collect();
    let names = [("author", 0), ("family", 1), ("task", 2)];
    all.extend(names.iter().filter_map(|(kind, field)| Some((*kind, row.name[*field].clone()?))));
    all.push(("model", row.id.clone()));
    all
}
