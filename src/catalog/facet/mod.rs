//! How many rows have what: exact counts over the rows that pass all filters but a facet's own.
//!
//! Counts over some rows follow from those over other rows: what came is added, what went is taken away. So a facet is counted from
//! the nearest of three sets whose counts are known: no rows, all rows, or the rows of the last query. That more than half of the
//! rows pass, or that one filter moved a little, needs no code of its own.

mod count;
mod histogram;
mod list;
mod values;

use super::Table;
use super::bits::Bits;
use super::field::{Field, NameField, NamesField, NumberField};
use count::{Column, Counts};
use histogram::Histogram;
use list::{List, WORDS};
use std::rc::Rc;

pub(super) use values::{answer, fit_answer};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Name(NameField),
    Names(NamesField),
    Number(NumberField, usize),
}

impl Counted {
    pub(super) const fn of(field: Field, buckets: usize) -> Self {
        match field {
            Field::Name(field) => Self::Name(field),
            Field::Names(field) => Self::Names(field),
            Field::Number(field) => Self::Number(field, buckets),
        }
    }
}

/// Counts over some rows.
#[derive(Clone, Debug)]
struct Known {
    rows: Rc<Bits>,
    counts: Rc<Vec<u32>>,
}

/// What is known of a facet: its first count is of rows without a value. Of several names a row, sets are counted.
#[derive(Debug)]
struct Counter {
    counted: Counted,
    histogram: Option<Histogram>,
    /// Over all rows, and over those of the last query.
    known: [Option<Known>; 2],
}

/// All facets that were counted.
#[derive(Debug, Default)]
pub(super) struct Counters(Vec<Counter>);

/// Facets that are remembered, unless one query has more: all fields, and some numbers in several bars.
const MOST_COUNTERS: usize = 48;

/// A facet that is being counted.
struct Job {
    counter: usize,
    rows: Rc<Bits>,
    /// From where it is counted; none: from no rows.
    base: Option<Known>,
    counts: Counts,
}

impl Counters {
    /// Counts facets, each over its rows; `present` are all rows that are not removed.
    pub(super) fn count(
        &mut self,
        table: &Table,
        present: &Rc<Bits>,
        wanted: &[(Counted, Rc<Bits>)],
    ) {
        if self.0.len() + wanted.len() > MOST_COUNTERS {
            self.0.clear();
        }
        let fresh: Vec<_> =
            wanted.iter().filter(|(counted, _)| self.prepare(table, *counted)).collect();
        let all: Vec<_> = fresh.iter().map(|(counted, _)| (*counted, Rc::clone(present))).collect();
        self.run(table, &all, 0);
        self.run(table, wanted, 1);
    }

    /// What was counted last: of codes in their order, the first of rows without a value.
    fn counts(&self, counted: Counted) -> Option<(&[u32], Option<&Histogram>)> {
        let found = self.0.iter().find(|other| other.counted == counted)?;
        let [_, last] = &found.known;
        Some((last.as_ref()?.counts.as_slice(), found.histogram.as_ref()))
    }

    /// Makes a counter where there is none yet.
    fn prepare(&mut self, table: &Table, counted: Counted) -> bool {
        if self.0.iter().any(|counter| counter.counted == counted) {
            return false;
        }
        let histogram = match counted {
            Counted::Number(field, bars) => Some(Histogram::of(table.number(field), field, bars)),
            _ => None,
        };
        self.0.push(Counter { counted, histogram, known: [None, None] });
        true
    }

    fn run(&mut self, table: &Table, wanted: &[(Counted, Rc<Bits>)], slot: usize) {
        let mut jobs: Vec<Job> = Vec::with_capacity(wanted.len());
        for (counted, rows) in wanted {
            let place = self.0.iter().position(|counter| counter.counted == *counted);
            let again = jobs.iter().any(|job| Some(job.counter) == place);
            if let Some((counter, own)) = place.and_then(|place| Some((place, self.0.get(place)?)))
                && !again
            {
                let base = own.nearest(rows);
                let counts = Counts::new(own.column(table), own.codes(table));
                jobs.push(Job { counter, rows: Rc::clone(rows), base, counts });
            }
        }
        self.visit(table, &mut jobs);
        for job in jobs {
            self.settle(table, job, slot);
        }
    }

    /// Counts all jobs in one pass over the rows; jobs over the same rows share the lists.
    fn visit(&self, table: &Table, jobs: &mut [Job]) {
        let mut list = List::new();
        let mut open: Vec<&mut Job> = jobs.iter_mut().collect();
        while let Some(first) = open.first() {
            let (rows, base) = (Rc::clone(&first.rows), first.base.clone());
            let same = |job: &&mut Job| {
                Rc::ptr_eq(&job.rows, &rows) && same_rows(job.base.as_ref(), base.as_ref())
            };
            let (mut group, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(same);
            open = rest;
            let base = base.map(|base| base.rows);
            for block in 0..rows.words().len().div_ceil(WORDS) {
                let new = block_of(&rows, block);
                let old = base.as_ref().map_or(&[] as &[u64], |base| block_of(base, block));
                let old = || old.iter().copied().chain(std::iter::repeat(0));
                list.fill(new.iter().zip(old()).map(|(new, old)| new & !old));
                self.add(table, &mut group, block, &list, 1);
                list.fill(new.iter().zip(old()).map(|(new, old)| old & !new));
                self.add(table, &mut group, block, &list, u32::MAX);
            }
        }
    }

    fn add(&self, table: &Table, group: &mut [&mut Job], block: usize, list: &List, one: u32) {
        if list.is_empty() {
            return;
        }
        for job in group {
            if let Some(counter) = self.0.get(job.counter) {
                job.counts.count(counter.column(table), block, list, one);
            }
        }
    }

    /// Keeps what a job counted.
    fn settle(&mut self, table: &Table, job: Job, slot: usize) {
        let Some(counter) = self.0.get_mut(job.counter) else { return };
        let counts = counter.counts(table, &job);
        let known = Known { rows: job.rows, counts };
        if let Some(place) = counter.known.get_mut(slot) {
            *place = Some(known);
        }
    }
}

fn same_rows(one: Option<&Known>, other: Option<&Known>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Rc::ptr_eq(&one.rows, &other.rows),
        (None, None) => true,
        _ => false,
    }
}

fn block_of(bits: &Bits, block: usize) -> &[u64] {
    let rest = bits.words().get(block * WORDS..).unwrap_or_default();
    rest.get(..WORDS).unwrap_or(rest)
}

impl Counter {
    /// What is known of the rows that are nearest to these; none where that is no rows at all.
    fn nearest(&self, rows: &Rc<Bits>) -> Option<Known> {
        let known = self.known.iter().flatten().filter(|known| known.rows.rows() == rows.rows());
        let apart = |known: &&Known| {
            if Rc::ptr_eq(&known.rows, rows) { 0 } else { known.rows.apart(rows) }
        };
        let nearest = known.min_by_key(apart)?;
        (apart(&nearest) < rows.count()).then(|| nearest.clone())
    }

    /// What a job counted.
    fn counts(&self, table: &Table, job: &Job) -> Rc<Vec<u32>> {
        if let Some(base) = job.base.as_ref().filter(|base| *base.rows == *job.rows) {
            return Rc::clone(&base.counts);
        }
        let base = job.base.as_ref().map(|base| base.counts.to_vec());
        let mut counts = base.unwrap_or_else(|| vec![0; self.codes(table)]);
        job.counts.add_to(&mut counts);
        Rc::new(counts)
    }

    fn column<'a>(&'a self, table: &'a Table) -> Column<'a> {
        match self.counted {
            Counted::Name(field) => Column::of(&table.name(field).codes),
            Counted::Names(field) => Column::of(table.set(field).codes.numbers()),
            Counted::Number(..) => {
                Column::U8(self.histogram.as_ref().map_or(&[], |histogram| &histogram.codes))
            }
        }
    }

    /// How many codes there are, with that of no value.
    fn codes(&self, table: &Table) -> usize {
        1 + match self.counted {
            Counted::Name(field) => table.name(field).names.len(),
            Counted::Names(field) => table.set(field).codes.count() as usize,
            Counted::Number(..) => {
                self.histogram.as_ref().map_or(0, |histogram| histogram.starts.len())
            }
        }
    }
}
