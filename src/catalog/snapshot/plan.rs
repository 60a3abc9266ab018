//! How each column is told best: found by trying on catalogs that look like the Hub.
//!
//! Readers take it from the shard, so that this can change without a new version of the format.

use super::column::{Guess, How};
use super::writing::Writing;
use crate::catalog::field::{NameField, NamesField, NumberField};

/// The field of the names of models. It has no column.
pub(super) const IDS: u8 = 0;
/// The field of base models.
pub(super) const BASE: u8 = 1;

/// A field with one name, as sections call it. These numbers stand for ever, so fields are only ever added at the end.
pub(super) const fn name(field: NameField) -> u8 {
    0x10 + field as u8
}

/// A field with several names.
pub(super) const fn names(field: NamesField) -> u8 {
    0x20 + field as u8
}

/// A field with a number.
pub(super) const fn number(field: NumberField) -> u8 {
    0x40 + field as u8
}

const AUTHOR: u8 = name(NameField::Author);
const FAMILY: u8 = name(NameField::Family);
const TASK: u8 = name(NameField::Task);
const LIBRARY: u8 = name(NameField::Library);
const LICENSE: u8 = name(NameField::License);
const FORMAT: u8 = names(NamesField::Format);
const QUANTIZATION: u8 = names(NamesField::Quantization);
const PARAMETERS: u8 = number(NumberField::Parameters);
const SMALLEST: u8 = number(NumberField::SmallestSize);
const RECOMMENDED: u8 = number(NumberField::RecommendedSize);
const FIXED: u8 = number(NumberField::FixedMemory);
const CREATED: u8 = number(NumberField::Created);

const fn by(guess: Guess, by: [u8; 2], writing: Writing) -> How {
    How { guess, by, less: 0, writing }
}

const fn alike(one: u8, other: u8) -> How {
    by(Guess::Alike, [one, other], Writing::Listed)
}

const fn known(one: u8, other: u8) -> How {
    by(Guess::Known, [one, other], Writing::Listed)
}

const TOLD: How = by(Guess::Nothing, [0, 0], Writing::Steps);
const RARE: How = by(Guess::None, [0, 0], Writing::Listed);

/// All columns in the order in which they are told, and how.
pub(super) const PLAN: [(u8, How); 32] = [
    (AUTHOR, by(Guess::Previous, [0, 0], Writing::Fresh)),
    (BASE, by(Guess::Known, [0, 0], Writing::Fresh)),
    (FAMILY, known(BASE, 0)),
    (TASK, known(BASE, 0)),
    (LIBRARY, known(0, 0)),
    (LICENSE, TOLD),
    (name(NameField::LicenseClass), alike(LICENSE, 0)),
    (name(NameField::Gated), RARE),
    (name(NameField::Relation), alike(BASE, 0)),
    (FORMAT, known(LIBRARY, 0)),
    (QUANTIZATION, known(FORMAT, 0)),
    (names(NamesField::Language), known(BASE, 0)),
    (names(NamesField::Runtime), alike(FAMILY, FORMAT)),
    (names(NamesField::Provider), RARE),
    (names(NamesField::Tag), by(Guess::Nothing, [0, 0], Writing::FreshAbove)),
    (names(NamesField::Input), alike(TASK, 0)),
    (names(NamesField::Output), alike(TASK, 0)),
    (PARAMETERS, known(BASE, 0)),
    (number(NumberField::ActiveParameters), by(Guess::Same, [PARAMETERS, 0], Writing::Listed)),
    (SMALLEST, How { less: PARAMETERS, ..alike(PARAMETERS, QUANTIZATION) }),
    (RECOMMENDED, by(Guess::Same, [SMALLEST, 0], Writing::Listed)),
    (number(NumberField::LargestSize), by(Guess::Same, [RECOMMENDED, 0], Writing::Listed)),
    (number(NumberField::Context), alike(FAMILY, 0)),
    (number(NumberField::Downloads), TOLD),
    (number(NumberField::Likes), by(Guess::None, [0, 0], Writing::Steps)),
    (number(NumberField::Trending), RARE),
    (CREATED, by(Guess::Previous, [0, 0], Writing::Steps)),
    (number(NumberField::Updated), How { less: CREATED, ..TOLD }),
    (number(NumberField::Score), RARE),
    (FIXED, alike(SMALLEST, FAMILY)),
    (number(NumberField::HostMemory), alike(SMALLEST, FAMILY)),
    (number(NumberField::TokenMemory), alike(FIXED, 0)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_told_once() {
        let all = [BASE].into_iter();
        let all = all.chain(NameField::ALL.iter().map(|field| name(*field)));
        let all = all.chain(NamesField::ALL.iter().map(|field| names(*field)));
        let mut all: Vec<u8> =
            all.chain(NumberField::ALL.iter().map(|field| number(*field))).collect();
        let mut told: Vec<u8> = PLAN.iter().map(|(field, _)| *field).collect();
        all.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, all);
    }

    #[test]
    fn no_column_leans_on_a_later_one() {
        for (at, (field, how)) in PLAN.iter().enumerate() {
            let before: Vec<u8> = PLAN.iter().take(at).map(|(field, _)| *field).collect();
            let leans = [how.by.as_slice(), &[how.less]].concat();
            assert!(leans.iter().all(|by| *by == 0 || before.contains(by)), "{field}");
        }
    }
}
