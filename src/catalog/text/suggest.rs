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
use crate::model::said::readable;
use std::borrow::Cow;

/// Most suggestions that are given at once.
pub const MOST_SUGGESTIONS: usize = 100;

/// Something to type on with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestion<'t> {
    /// `word`, `author`, `family`, `task` or `model`.
    pub kind: &'static str,
    /// The text, whole.
    pub text: Cow<'t, str>,
    /// How many models have it.
    pub count: u32,
    /// Their downloads.
    pub downloads: f32,
}

impl Suggestion<'_> {
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
    pub fn suggest<'t>(
        &'t mut self,
        table: &'t Table,
        prefix: &str,
        limit: usize,
    ) -> Vec<Suggestion<'t>> {
        let limit = limit.min(MOST_SUGGESTIONS);
        let needle = Needle::new(prefix.as_bytes());
        if needle.is_empty() || needle.len() > LONGEST_QUERY {
            return Vec::new();
        }
        let mut shared = words(self.tokens(table), &needle, limit);
        for field in FIELDS {
            names(table, field, &needle, &mut shared);
        }
        let mut models = models(table, &needle, limit);
        let few_shared = limit.saturating_sub(shared.len());
        models.truncate(limit.div_ceil(2).max(few_shared));
        let mut all = best(shared, limit - models.len());
        all.append(&mut models);
        best(all, limit)
    }
}

/// The most downloaded; equal ones by their texts, then by their kinds.
fn best(mut all: Vec<Suggestion<'_>>, limit: usize) -> Vec<Suggestion<'_>> {
    let compare = |one: usize, other: usize| {
        let key = |at: usize| all.get(at).map(|own| (own.text.as_ref(), own.kind));
        let downloads = |at: usize| all.get(at).map_or(0.0, |own| own.downloads);
        downloads(other).total_cmp(&downloads(one)).then_with(|| key(one).cmp(&key(other)))
    };
    let order = order(all.len(), &compare);
    let take = |at: u32| all.get_mut(at as usize).map(std::mem::take);
    order.into_iter().take(limit).filter_map(take).collect()
}

/// Words of names that begin with the needle.
fn words<'t>(tokens: &'t Tokens, needle: &Needle, limit: usize) -> Vec<Suggestion<'t>> {
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
        text: readable(tokens.word(*token)).into(),
        count: tokens.count(*token),
        downloads: tokens.downloads(*token),
    };
    greatest.places().iter().map(word).collect()
}

/// Adds the names of a field that begin with the needle.
fn names<'t>(
    table: &'t Table,
    field: NameField,
    needle: &Needle,
    suggestions: &mut Vec<Suggestion<'t>>,
) {
    let column = table.name(field);
    let mut wanted: Grades = vec![0; column.names.len()];
    let mut any = false;
    for (wanted, name) in wanted.iter_mut().zip(column.names.names()) {
        *wanted = u8::from(needle.begins(name.as_bytes()));
        any |= *wanted > 0;
    }
    if !any {
        return;
    }
    let mut sums = vec![(0_u32, 0.0_f32); column.names.len()];
    each_code(&column.codes, &wanted, &mut |row, _| {
        let code = column.codes.get(row).checked_sub(1);
        if let Some((count, sum)) = code.and_then(|code| sums.get_mut(code as usize)) {
            *count += 1;
            *sum += downloads(table, row);
        }
    });
    for (code, (count, downloads)) in (0..).zip(sums) {
        if count > 0 {
            let text = column.names.name(code).into();
            suggestions.push(Suggestion { kind: field.name(), text, count, downloads });
        }
    }
}

/// Models whose ids, or names, begin with the needle.
fn models(table: &Table, needle: &Needle, limit: usize) -> Vec<Suggestion<'static>> {
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
        text: table.id(*row).into(),
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
