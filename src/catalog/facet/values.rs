//! Which values of a facet are answered, and in which order.

use super::histogram::Histogram;
use super::{Counted, Counters};
use crate::catalog::Table;
use crate::catalog::answer::{Bucket, Facet, Value};
use crate::catalog::bits::Bits;
use crate::catalog::dictionary::Dictionary;
use crate::catalog::field::{Field, NumberField};
use crate::catalog::fit::Fit;
use crate::catalog::query::{Class, Condition, FacetQuery, Where};
use crate::model::order::order;
use std::cmp::Ordering;

/// The answer of a facet that was counted.
pub(in crate::catalog) fn answer(
    counters: &Counters,
    table: &Table,
    facet: &FacetQuery,
    field: Field,
    filters: &Where,
) -> Facet {
    let known = counters.last(Counted::of(field, facet.buckets));
    let (counts, by_name, histogram) = known
        .map_or((&[][..], &[][..], None), |(known, histogram)| {
            (known.counts.as_slice(), known.names.as_slice(), histogram)
        });
    let (none, counts) = counts.split_first().map_or((0, counts), |(none, rest)| (*none, rest));
    let (names, counts) = match field {
        Field::Number(field) => return bars(field, histogram, counts, none),
        Field::Name(field) => (&table.name(field).names, counts),
        Field::Names(field) => (&table.set(field).names, by_name),
    };
    let ticked = match filters.of(facet.subject) {
        Some(Condition::Names(_, wanted)) => {
            wanted.any.iter().chain(&wanted.all).filter_map(|name| names.code(name)).collect()
        }
        _ => Vec::new(),
    };
    let (values, more) = Values { names, counts, facet, ticked }.answer();
    Facet::Names { field: field.name(), values, more, none }
}

fn bars(field: NumberField, histogram: Option<&Histogram>, counts: &[u32], none: u32) -> Facet {
    let bounds = histogram.and_then(Histogram::bounds);
    let bars = histogram.into_iter().flat_map(Histogram::bars).zip(counts);
    Facet::Numbers {
        field: field.name(),
        min: bounds.map(|(min, _)| min),
        max: bounds.map(|(_, max)| max),
        buckets: bars.map(|((from, to), count)| Bucket { from, to, count: *count }).collect(),
        none,
    }
}

/// The answer of the facet of how rows fit: all classes, the best first.
pub(in crate::catalog) fn fit_answer(fit: &Fit, rows: &Bits, filters: &Where) -> Facet {
    let ticked = match filters.of(crate::catalog::query::Subject::Fit) {
        Some(Condition::Fit(classes)) => classes.as_slice(),
        _ => &[],
    };
    let value = |class: Class| Value {
        name: class.name().to_owned(),
        count: fit.rows(class).count_both(rows),
        selected: ticked.contains(&class),
    };
    Facet::Names { field: "fit", values: Class::ALL.map(value).to_vec(), more: 0, none: 0 }
}

/// The values of a facet of names.
struct Values<'a> {
    names: &'a Dictionary,
    counts: &'a [u32],
    facet: &'a FacetQuery,
    ticked: Vec<u32>,
}

impl Values<'_> {
    /// The first values, the ticked ones that are not among them, and how many others there are.
    fn answer(&self) -> (Vec<Value>, u32) {
        let found = self.found();
        let mut shown = self.first(&found);
        let mut rest = Vec::new();
        for code in &self.ticked {
            // Somebody may ask for one name twice.
            if !shown.contains(code) && !rest.contains(code) {
                rest.push(*code);
            }
        }
        shown.extend(self.sorted(&rest));
        let more = found.iter().filter(|code| !shown.contains(code)).count();
        let values = shown.into_iter().map(|code| self.value(code)).collect();
        (values, u32::try_from(more).unwrap_or(u32::MAX))
    }

    fn value(&self, code: u32) -> Value {
        let selected = self.ticked.contains(&code);
        Value { name: self.names.name(code).to_owned(), count: self.count(code), selected }
    }

    fn count(&self, code: u32) -> u32 {
        self.counts.get(code as usize).copied().unwrap_or(0)
    }

    /// The codes that some row has, and whose names are searched for.
    fn found(&self) -> Vec<u32> {
        let search = self.facet.search.to_ascii_lowercase();
        let counted = (0..).zip(self.counts).filter(|(_, count)| **count > 0);
        let codes = counted.map(|(code, _)| code);
        codes.filter(|code| contains(self.names.name(*code), &search)).collect()
    }

    /// The first ones of the order; sorted in portions, so that of many names only the first are ever compared with each other.
    fn first(&self, found: &[u32]) -> Vec<u32> {
        let top = self.facet.top;
        let mut first: Vec<u32> = Vec::new();
        let mut worst = None;
        for code in found {
            if worst.is_some_and(|worst| self.compare(*code, worst).is_ge()) {
                continue;
            }
            first.push(*code);
            if first.len() >= 2 * top + 64 {
                first = self.sorted(&first);
                first.truncate(top);
                worst = first.last().copied();
            }
        }
        first = self.sorted(&first);
        first.truncate(top);
        first
    }

    fn sorted(&self, codes: &[u32]) -> Vec<u32> {
        let at = |place: usize| codes.get(place).copied().unwrap_or(0);
        let places = order(codes.len(), &|one, other| self.compare(at(one), at(other)));
        places.into_iter().map(|place| at(place as usize)).collect()
    }

    fn compare(&self, one: u32, other: u32) -> Ordering {
        let by_name = || self.names.name(one).as_bytes().cmp(self.names.name(other).as_bytes());
        if self.facet.by_name {
            return by_name();
        }
        self.count(other).cmp(&self.count(one)).then_with(by_name)
    }
}

/// Whether a name contains a text in small letters, whatever its own case.
fn contains(name: &str, small: &str) -> bool {
    let (name, small) = (name.as_bytes(), small.as_bytes());
    small.is_empty() || name.windows(small.len()).any(|part| part.eq_ignore_ascii_case(small))
}
