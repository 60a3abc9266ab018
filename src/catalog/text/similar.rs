//! Models like one: the cosine between what their names, tags, family, task and base model say, rare things weighing more.

use super::Text;
use super::grade::{WHOLE, in_texts};
use super::greatest::Greatest;
use super::logarithm::rarity;
use super::needle::Needle;
use super::tokens::{LONGEST_WORD, Tokens};
use super::words::words;
use crate::catalog::Table;
use crate::catalog::column::{Codes, Sets};
use crate::catalog::field::{NameField, NamesField};

/// Most models that are given at once.
const MOST_SIMILAR: usize = 1000;

/// Most words of a name that are compared.
const MOST_WORDS: usize = 32;

/// What rarer than this is says no more: a word that one model in 256 has.
const RAREST: f32 = 8.0;

/// Fields that are compared, and what each weighs beside a word of the name.
const FIELDS: [(NameField, f32); 3] =
    [(NameField::Family, 1.0), (NameField::Task, 0.8), (NameField::Library, 0.5)];

/// What a tag weighs.
const TAG: f32 = 0.7;

/// What it weighs that two have one base model, or one is the other's.
const KIN: f32 = 3.0;

/// What each thing weighs, squared, and the sums of that by row.
#[derive(Clone, Debug, Default)]
pub(super) struct Lengths {
    /// By row, squared.
    rows: Vec<f32>,
    /// By field, by code.
    fields: Vec<Vec<f32>>,
    tags: Vec<f32>,
    /// By the code of the base.
    kin: Vec<f32>,
}

impl Text {
    /// The models most like a row, with the cosine (0 to 1), the most alike first; equal ones by id.
    pub fn similar(&mut self, table: &Table, row: usize, limit: usize) -> Vec<(u32, f32)> {
        if row >= table.len() {
            return Vec::new();
        }
        self.tokens(table);
        let (Some(tokens), lengths) = (&self.tokens, &mut self.lengths) else { return Vec::new() };
        let lengths = lengths.get_or_insert_with(|| Lengths::of(table, tokens));
        let cosines = lengths.cosines(table, tokens, row);
        let cosine = |row: usize| cosines.get(row).copied().unwrap_or(0.0);
        let before = |one: usize, other: usize| {
            cosine(other).total_cmp(&cosine(one)).then_with(|| table.compare_ids(one, other))
        };
        let mut greatest = Greatest::new(limit.min(MOST_SIMILAR), &before);
        for (other, cosine) in cosines.iter().enumerate() {
            if *cosine > 0.0 && other != row {
                greatest.take(other);
            }
        }
        let place = |row: &usize| (u32::try_from(*row).unwrap_or(u32::MAX), cosine(*row));
        greatest.places().iter().map(place).collect()
    }
}

impl Lengths {
    fn of(table: &Table, tokens: &Tokens) -> Self {
        let all = table.len();
        let mut lengths = Self { rows: vec![0.0; all], ..Self::default() };
        for token in 0..tokens.len() {
            let weight = squared(1.0, tokens.count(token), all);
            tokens.each_row(token, &mut |row| add(&mut lengths.rows, row as usize, weight));
        }
        for (field, weight) in FIELDS {
            let column = table.name(field);
            let weights = code_weights(&column.codes, column.names.len(), weight, 0);
            add_codes(&mut lengths.rows, &column.codes, &weights);
            lengths.fields.push(weights);
        }
        lengths.kin = code_weights(&table.base, table.bases.len(), KIN, 1);
        add_codes(&mut lengths.rows, &table.base, &lengths.kin);
        let tags = table.set(NamesField::Tag);
        lengths.tags = tag_weights(&tags.codes, tags.names.len());
        let by_set = set_weights(&tags.codes, |tag| at(&lengths.tags, tag as usize));
        add_codes(&mut lengths.rows, tags.codes.numbers(), &by_set);
        lengths
    }

    /// By row: the cosine of the angle to a row.
    fn cosines(&self, table: &Table, tokens: &Tokens, row: usize) -> Vec<f32> {
        let mut shared = vec![0.0; table.len()];
        share_words(&mut shared, tokens, table.ids.name(row));
        for ((field, _), weights) in FIELDS.iter().zip(&self.fields) {
            let codes = &table.name(*field).codes;
            share_code(&mut shared, codes, codes.get(row), weights);
        }
        let tags = &table.set(NamesField::Tag).codes;
        let own = tags.get(row);
        let by_set = set_weights(tags, |tag| {
            if own.binary_search(&tag).is_ok() { at(&self.tags, tag as usize) } else { 0.0 }
        });
        add_codes(&mut shared, tags.numbers(), &by_set);
        let (base, id) = (table.base.get(row), table.id(row));
        let own = table.bases.code(&id).map_or(0, |code| code + 1);
        share_code(&mut shared, &table.base, base, &self.kin);
        share_code(&mut shared, &table.base, own, &self.kin);
        let length = at(&self.rows, row) + at_code(&self.kin, own);
        let parent = base.checked_sub(1).and_then(|code| find(table, table.bases.name(code)));
        let more = at_code(&self.kin, base);
        if let Some(parent) = parent {
            add(&mut shared, parent, more);
        }
        let cosine = |(other, shared): (usize, &f32)| {
            let more = if Some(other) == parent { more } else { 0.0 };
            let lengths = length * (at(&self.rows, other) + more);
            if *shared > 0.0 { (shared / lengths.sqrt()).min(1.0) } else { 0.0 }
        };
        shared.iter().enumerate().map(cosine).collect()
    }
}

/// What something weighs that `some` rows have, squared.
fn squared(weight: f32, some: u32, all: usize) -> f32 {
    let weight = weight * rarity(u64::from(some), all as u64).min(RAREST);
    weight * weight
}

fn at(weights: &[f32], place: usize) -> f32 {
    weights.get(place).copied().unwrap_or(0.0)
}

/// By a code as columns have it: its place plus one.
fn at_code(weights: &[f32], code: u32) -> f32 {
    code.checked_sub(1).map_or(0.0, |code| at(weights, code as usize))
}

fn add(sums: &mut [f32], place: usize, more: f32) {
    if let Some(sum) = sums.get_mut(place) {
        *sum += more;
    }
}

/// By code: what its rows, and `more` beside them, make it weigh.
fn code_weights(codes: &Codes, names: usize, weight: f32, more: u32) -> Vec<f32> {
    let mut counts = vec![0_u32; names];
    for row in 0..codes.len() {
        let count = codes.get(row).checked_sub(1).and_then(|code| counts.get_mut(code as usize));
        if let Some(count) = count {
            *count += 1;
        }
    }
    counts.iter().map(|count| squared(weight, count.saturating_add(more), codes.len())).collect()
}

fn tag_weights(tags: &Sets, names: usize) -> Vec<f32> {
    let counts = tags.uses(names);
    counts.iter().map(|count| squared(TAG, *count, tags.len())).collect()
}

/// Adds what each row's code weighs.
fn add_codes(sums: &mut [f32], codes: &Codes, weights: &[f32]) {
    for (row, sum) in sums.iter_mut().enumerate() {
        *sum += at_code(weights, codes.get(row));
    }
}

/// Adds what a code weighs to all rows that have it.
fn share_code(shared: &mut [f32], codes: &Codes, code: u32, weights: &[f32]) {
    let weight = at_code(weights, code);
    if weight > 0.0 {
        for (row, sum) in shared.iter_mut().enumerate() {
            if codes.get(row) == code {
                *sum += weight;
            }
        }
    }
}

/// Adds what the words of a name weigh to all rows that have them.
fn share_words(shared: &mut [f32], tokens: &Tokens, name: &[u8]) {
    let all = shared.len();
    let mut known: Vec<usize> = Vec::new();
    for word in words(name).take(MOST_WORDS) {
        let needle = Needle::new(word.get(..LONGEST_WORD).unwrap_or(word));
        let mut token = None;
        in_texts(tokens.text(), tokens.ends(), &needle, &mut |place, grade| {
            if grade == WHOLE {
                token = Some(place);
            }
        });
        let Some(token) = token.filter(|token| !known.contains(token)) else { continue };
        known.push(token);
        let weight = squared(1.0, tokens.count(token), all);
        tokens.each_row(token, &mut |row| add(shared, row as usize, weight));
    }
}

/// What all codes of each set weigh together.
fn set_weights(sets: &Sets, weight: impl Fn(u32) -> f32) -> Vec<f32> {
    sets.all().map(|codes| codes.iter().map(|code| weight(*code)).sum()).collect()
}

/// The row of an id.
fn find(table: &Table, id: &str) -> Option<usize> {
    let (author, name) = id.split_once('/').unwrap_or(("", id));
    let authors = table.name(NameField::Author);
    let author = match author {
        "" => 0,
        author => authors.names.code(author)? + 1,
    };
    (0..table.len())
        .find(|row| authors.codes.get(*row) == author && table.ids.name(*row) == name.as_bytes())
}
