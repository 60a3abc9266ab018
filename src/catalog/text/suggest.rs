//! What somebody may be typing: words, authors, families, tasks and whole ids, the most downloaded first.

use super::Text;
use super::fields::{Grades, each_code};
use super::grade::{PART, in_texts};
use super::greatest::Greatest;
use super::logarithm::small;
use super::needle::Needle;
use super::terms::LONGEST_QUERY;
use super::tokens::Tokens;
use crate::catalog::Table;
use crate::catalog::column::ABSENT;
use crate::catalog::field::{NameField, NumberField};
use crate::model::json::Writer;
use crate::model::order::order;

/// Most suggestions that are given at once.
pub const MOST_SUGGESTIONS: usize = 100;

/// Something to type on with.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// `word`, `author`, `family`, `task` or `model`.
    pub kind: &'static str,
    /// The text, whole.
    pub text: String,
    /// How many models have it.
    pub count: u32,
    /// Their downloads.
    pub downloads: f32,
}

impl Suggestion {
    /// Writes an object.
    pub fn write(&self, out: &mut Writer) {
        out.open(b'{');
        out.key("kind").text(self.kind);
        out.key("text").text(&self.text);
        out.key("count").whole(self.count.into());
        out.key("downloads").number(Some(self.downloads.into()));
        out.close(b'}');
    }
}

/// Fields whose names are suggested.
const FIELDS: [NameField; 3] = [NameField::Author, NameField::Family, NameField::Task];

impl Text {
    /// What begins with a text, the most downloaded first: half of it models, where there are so many.
    pub fn suggest(&mut self, table: &Table, prefix: &str, limit: usize) -> Vec<Suggestion> {
        let limit = limit.min(MOST_SUGGESTIONS);
        let needle = Needle::new(prefix.as_bytes());
        if needle.is_empty() || needle.len() > LONGEST_QUERY {
            return Vec::new();
        }
        let mut shared = words(self.tokens(table), &needle, limit);
        for field in FIELDS {
            shared.extend(names(table, field, &needle, limit));
        }
        let shared = best(&shared, limit);
        let models = models(table, &needle, limit);
        let enough = limit.div_ceil(2);
        let of_models = models.len().min(enough.max(limit - shared.len().min(limit)));
        let of_shared = limit - of_models;
        let all = shared.into_iter().take(of_shared).chain(models.into_iter().take(of_models));
        best(&all.collect::<Vec<_>>(), limit)
    }
}

/// The most downloaded; equal ones by their texts, then by their kinds.
fn best(all: &[Suggestion], limit: usize) -> Vec<Suggestion> {
    let compare = |one: usize, other: usize| {
        let key = |at: usize| all.get(at).map(|own| (own.text.as_str(), own.kind));
        let downloads = |at: usize| all.get(at).map_or(0.0, |own| own.downloads);
        downloads(other).total_cmp(&downloads(one)).then_with(|| key(one).cmp(&key(other)))
    };
    let order = order(all.len(), &compare);
    order.into_iter().take(limit).filter_map(|at| all.get(at as usize).cloned()).collect()
}

/// Words of names that begin with the needle.
fn words(tokens: &Tokens, needle: &Needle, limit: usize) -> Vec<Suggestion> {
    let before = |one: usize, other: usize| {
        let downloads = tokens.downloads(other).total_cmp(&tokens.downloads(one));
        downloads.then_with(|| tokens.word(one).cmp(tokens.word(other)))
    };
    let mut greatest = Greatest::new(limit, &before);
    in_texts(tokens.text(), tokens.ends(), needle, &mut |token, grade| {
        if grade > PART && needle.begins(tokens.word(token)) {
            greatest.take(token);
        }
    });
    let word = |token: &usize| Suggestion {
        kind: "word",
        text: String::from_utf8_lossy(tokens.word(*token)).into_owned(),
        count: tokens.count(*token),
        downloads: tokens.downloads(*token),
    };
    greatest.places().iter().map(word).collect()
}

/// Names of a field that begin with the needle.
fn names(table: &Table, field: NameField, needle: &Needle, limit: usize) -> Vec<Suggestion> {
    let column = table.name(field);
    let mut wanted: Grades = vec![0; column.names.len()];
    let mut any = false;
    for (wanted, name) in wanted.iter_mut().zip(column.names.names()) {
        *wanted = u8::from(needle.begins(name.as_bytes()));
        any |= *wanted > 0;
    }
    if !any {
        return Vec::new();
    }
    let mut sums = vec![(0_u32, 0.0_f32); column.names.len()];
    each_code(&column.codes, &wanted, &mut |row, _| {
        let code = column.codes.get(row).checked_sub(1);
        if let Some((count, sum)) = code.and_then(|code| sums.get_mut(code as usize)) {
            *count += 1;
            *sum += downloads(table, row);
        }
    });
    let found = (0..).zip(sums).filter(|(_, (count, _))| *count > 0);
    let suggestion = |(code, (count, downloads))| Suggestion {
        kind: field.name(),
        text: column.names.name(code).to_owned(),
        count,
        downloads,
    };
    best(&found.map(suggestion).collect::<Vec<_>>(), limit)
}

/// Models whose ids, or names, begin with the needle.
fn models(table: &Table, needle: &Needle, limit: usize) -> Vec<Suggestion> {
    let before = |one: usize, other: usize| {
        let downloads = downloads(table, other).total_cmp(&downloads(table, one));
        downloads.then_with(|| table.compare_ids(one, other))
    };
    let mut greatest = Greatest::new(limit, &before);
    if needle.bytes().contains(&b'/') {
        let mut grades = vec![0; table.len()];
        super::fields::grade_slash(table, needle, &mut grades);
        let rows = grades.iter().enumerate().filter(|(_, grade)| **grade > 0);
        rows.filter(|(row, _)| needle.begins(table.id(*row).as_bytes()))
            .for_each(|(row, _)| greatest.take(row));
    } else {
        let ids = &table.ids;
        in_texts(ids.text(), ids.ends(), needle, &mut |row, grade| {
            if grade > PART && needle.begins(ids.name(row)) {
                greatest.take(row);
            }
        });
    }
    let model = |row: &usize| Suggestion {
        kind: "model",
        text: table.id(*row),
        count: 1,
        downloads: downloads(table, *row),
    };
    greatest.places().iter().map(model).collect()
}

/// The downloads of a row, 0 where they are not known.
pub(super) fn downloads(table: &Table, row: usize) -> f32 {
    match table.number(NumberField::Downloads).get(row) {
        ABSENT => 0.0,
        number => small(number),
    }
}
