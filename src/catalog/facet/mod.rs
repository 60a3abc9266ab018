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
use super::column::Sets;
use super::field::{Field, NameField, NamesField, NumberField};
use super::table::Names;
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
    /// By code, the first of rows without a value; of several names a row, by set.
    counts: Rc<Vec<u32>>,
    /// Of several names a row: by name.
    names: Rc<Vec<u32>>,
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
    /// Which of what is known is the nearest; none: no rows.
    nearest: Option<usize>,
    /// From where it is counted.
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

    /// What was counted last.
    fn last(&self, counted: Counted) -> Option<(&Known, Option<&Histogram>)> {
        let found = self.0.iter().find(|other| other.counted == counted)?;
        let [_, last] = &found.known;
        Some((last.as_ref()?, found.histogram.as_ref()))
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
                let same = jobs.iter().find(|job| {
                    Rc::ptr_eq(&job.rows, rows)
                        && self.0.get(job.counter).is_some_and(|other| own.knows_same_rows(other))
                });
                let nearest = same.map_or_else(|| own.nearest(rows), |job| job.nearest);
                let base = nearest.and_then(|place| own.known.get(place)?.clone());
                let counts = Counts::new(own.column(table), own.codes(table));
                jobs.push(Job { counter, rows: Rc::clone(rows), nearest, base, counts });
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
        let known = counter.counted(table, job);
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
    /// Whether another one knows the counts over the same rows.
    fn knows_same_rows(&self, other: &Self) -> bool {
        let pairs = self.known.iter().zip(&other.known);
        pairs.into_iter().all(|(one, other)| same_rows(one.as_ref(), other.as_ref()))
    }

    /// Which rows of those that are known are nearest to these; none where that is no rows at all.
    fn nearest(&self, rows: &Rc<Bits>) -> Option<usize> {
        let apart = |known: &Option<Known>| {
            let known = known.as_ref().filter(|known| known.rows.rows() == rows.rows())?;
            Some(if Rc::ptr_eq(&known.rows, rows) { 0 } else { known.rows.apart(rows) })
        };
        let [all, last] = self.known.each_ref().map(|known| apart(known).unwrap_or(u32::MAX));
        (all.min(last) < rows.count()).then_some(usize::from(last < all))
    }

    /// What a job counted.
    fn counted(&self, table: &Table, Job { rows, counts: more, base, .. }: Job) -> Known {
        let before = base.as_ref().map_or(&[][..], |known| &known.counts);
        let mut counts = before.to_vec();
        counts.resize(self.codes(table), 0);
        more.add_to(&mut counts);
        let mut names = base.as_ref().map_or_else(Vec::new, |known| known.names.to_vec());
        if let Counted::Names(field) = self.counted {
            add_sets(table.set(field), before, &counts, &mut names);
        }
        Known { rows, counts: Rc::new(counts), names: Rc::new(names) }
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

/// Brings the counts of names from those of sets that were to those that are: few sets differ where few rows do.
fn add_sets(column: &Names<Sets>, before: &[u32], after: &[u32], names: &mut Vec<u32>) {
    names.resize(column.names.len(), 0);
    for (number, after) in (0..).zip(after) {
        let more = after.wrapping_sub(before.get(number as usize).copied().unwrap_or(0));
        if more != 0 {
            for code in column.codes.set(number) {
                if let Some(sum) = names.get_mut(*code as usize) {
                    *sum = sum.wrapping_add(more);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::column::Codes;
    use proptest::prelude::*;

    const COUNTED: [Counted; 3] = [
        Counted::Name(NameField::Task),
        Counted::Name(NameField::Family),
        Counted::Names(NamesField::Language),
    ];

    /// A table of three columns: names of a byte, names of two, and sets.
    fn table(task: &[u32], family: &[u32], sets: &[u32]) -> Table {
        let mut table = Table::default();
        let columns = [(NameField::Task, task), (NameField::Family, family)];
        for (field, codes) in columns {
            let column = &mut table.names[field.index()];
            column.codes = Codes::of(codes);
            (0..1000).for_each(|code| _ = column.names.push(&code.to_string()));
        }
        let column = &mut table.sets[NamesField::Language.index()];
        column.codes = Sets::of(sets.iter().map(|set| (set % 7..set % 11).collect()));
        (0..10).for_each(|code| _ = column.names.push(&code.to_string()));
        table
    }

    /// By code: how many rows have it, one row after the other.
    fn plain(table: &Table, counted: Counted, rows: &Bits) -> Vec<u32> {
        let mut counts = vec![0; 1001];
        for row in rows.iter().map(|row| row as usize) {
            match counted {
                Counted::Name(field) => counts[table.name(field).codes.get(row) as usize] += 1,
                Counted::Names(field) => {
                    table
                        .set(field)
                        .codes
                        .get(row)
                        .iter()
                        .for_each(|code| counts[*code as usize] += 1);
                }
                Counted::Number(..) => {}
            }
        }
        counts
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        /// Over several blocks of rows, whichever passed before: all, few, or nearly the same.
        #[test]
        fn counts_are_those_of_a_plain_loop(
            length in 1..80_000_u32, mix in any::<u32>(),
            steps in prop::collection::vec((1..5000_u32, 0..3_u32, any::<bool>()), 1..6),
        ) {
            let column = |most: u32| -> Vec<u32> {
                (0..length).map(|row| (row ^ mix).wrapping_mul(0x9e37_79b9) >> 8).map(|code| code % most).collect()
            };
            let table = table(&column(20), &column(900), &column(77));
            let present = Rc::new(Bits::all(length as usize));
            let mut counters = Counters::default();
            let mut rows = Bits::none(length as usize);
            for (apart, first, other) in steps {
                let some: Vec<u32> = (first..length).step_by(apart as usize).collect();
                let some = Bits::of_rows(length as usize, &some);
                if other { rows.or(&some) } else { rows.and_not(&some) }
                let passing = Rc::new(rows.clone());
                let wanted = COUNTED.map(|counted| (counted, Rc::clone(&passing)));
                counters.count(&table, &present, &wanted);
                for counted in COUNTED {
                    let (known, _) = counters.last(counted).unwrap();
                    let counts = if known.names.is_empty() { &known.counts } else { &known.names };
                    let plain = plain(&table, counted, &rows);
                    prop_assert_eq!(counts.as_slice(), &plain[..counts.len()]);
                    prop_assert_eq!(plain[counts.len()..].iter().sum::<u32>(), 0);
                }
            }
        }
    }
}
