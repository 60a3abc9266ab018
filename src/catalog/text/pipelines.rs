//! Chains of tasks, each fed by what the one before gives: from speech to text to an image, for example.

use super::matrix::{COMMON, each_pair};
use super::suggest::downloads;
use crate::catalog::Table;
use crate::catalog::field::{NameField, NamesField};
use crate::model::json::Writer;
use crate::model::order::order;
use std::cmp::Reverse;

/// Most tasks in a chain.
const MOST_STEPS: usize = 3;

/// Most chains that are given.
const MOST_PIPELINES: usize = 100;

/// Tasks beyond the so many most common ones make no chains: the Hub has some 60.
const MOST_TASKS: usize = 256;

/// Most chains that are looked at; those of the most common kinds come first.
const MOST_TRIED: usize = 10_000;

/// Most kinds of steps, of the most models, that are tried.
const MOST_KINDS: usize = 128;

/// One step of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'t> {
    /// The task.
    pub task: &'t str,
    /// What goes in.
    pub input: &'t str,
    /// What comes out.
    pub output: &'t str,
    /// How many models do this.
    pub count: u32,
    /// The most downloaded of them.
    pub model: String,
}

/// A chain of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline<'t> {
    /// One to three steps.
    pub steps: Vec<Step<'t>>,
}

impl Pipeline<'_> {
    /// Writes an object.
    pub fn write(&self, out: &mut Writer) {
        out.open(b'{');
        out.key("steps").open(b'[');
        for step in &self.steps {
            out.open(b'{');
            let Step { task, input, output, count, model } = step;
            let texts = [("task", *task), ("input", input), ("output", output), ("model", model)];
            for (key, text) in texts {
                out.key(key).text(text);
            }
            out.key("count").whole((*count).into());
            out.close(b'}');
        }
        out.close(b']');
        out.close(b'}');
    }
}

/// What the models of one task, that of the best of them, do to one type: by codes.
#[derive(Clone, Copy, Debug)]
struct Kind {
    input: usize,
    output: usize,
    count: u32,
    /// The most downloaded row.
    best: usize,
}

/// A chain. Its order is that of answers: the shortest first, then those whose rarest step has the most models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Chain {
    length: usize,
    rarest: Reverse<u32>,
    /// By step: the place of its kind.
    kinds: [usize; MOST_STEPS],
}

impl Chain {
    const NONE: Self = Self { length: 0, rarest: Reverse(u32::MAX), kinds: [0; MOST_STEPS] };

    fn steps<'k>(&self, kinds: &'k [Kind]) -> impl Iterator<Item = &'k Kind> {
        self.kinds.into_iter().take(self.length).filter_map(|place| kinds.get(place))
    }

    fn and(mut self, place: usize, kind: &Kind) -> Self {
        if let Some(last) = self.kinds.get_mut(self.length) {
            *last = place;
            self.length += 1;
        }
        self.rarest = self.rarest.max(Reverse(kind.count));
        self
    }
}

/// The chains from one type to another, the shortest first, then those whose rarest step has the most models.
///
/// No chain comes to a type twice. Names of types that no row has give none.
#[must_use]
pub fn pipelines<'t>(table: &'t Table, from: &str, to: &str) -> Vec<Pipeline<'t>> {
    let outputs = &table.set(NamesField::Output).names;
    let (Some(start), Some(goal)) =
        (table.set(NamesField::Input).names.code(from), outputs.code(to))
    else {
        return Vec::new();
    };
    let kinds = kinds(table);
    let fed = feeds(table);
    let mut chains = Vec::new();
    let mut open = vec![Chain::NONE];
    for _ in 0..MOST_STEPS {
        let mut longer = Vec::new();
        for chain in &open {
            if chains.len() < MOST_TRIED && longer.len() < MOST_TRIED {
                let ends = (start as usize, goal as usize);
                extend(*chain, ends, &kinds, &fed, &mut longer, &mut chains);
            }
        }
        open = longer;
    }
    let order = order(chains.len(), &|one, other| chains.get(one).cmp(&chains.get(other)));
    let first = order.into_iter().take(MOST_PIPELINES);
    let chains = first.filter_map(|place| chains.get(place as usize));
    chains.map(|chain| named(table, chain.steps(&kinds))).collect()
}

/// Chains with one more step: into `ended` where it gives the goal, into `longer` where it gives something new.
fn extend(
    chain: Chain,
    (start, goal): (usize, usize),
    kinds: &[Kind],
    fed: &[Option<usize>],
    longer: &mut Vec<Chain>,
    ended: &mut Vec<Chain>,
) {
    let feeds = |output: usize| fed.get(output).copied().flatten();
    let input = chain.steps(kinds).last().map_or(Some(start), |last| feeds(last.output));
    for (place, kind) in kinds.iter().enumerate().filter(|(_, kind)| Some(kind.input) == input) {
        let again = chain.steps(kinds).any(|own| own.output == kind.output);
        if kind.output == goal {
            ended.push(chain.and(place, kind));
        } else if !again && feeds(kind.output) != Some(start) {
            longer.push(chain.and(place, kind));
        }
    }
}

/// By code of an output: the code of the input with the same name.
fn feeds(table: &Table) -> Vec<Option<usize>> {
    let inputs = &table.set(NamesField::Input).names;
    let outputs = table.set(NamesField::Output).names.names().take(COMMON);
    outputs.map(|name| inputs.code(name).map(|code| code as usize)).collect()
}

/// What the tasks do, those of the most models first.
fn kinds(table: &Table) -> Vec<Kind> {
    let tasks = table.name(NameField::Task);
    let mut kinds: Vec<Kind> = Vec::new();
    // By task, input and output: the place of its kind, plus one.
    let mut places = vec![0_u32; tasks.names.len().min(MOST_TASKS) * COMMON * COMMON];
    each_pair(table, &mut |row, input, output| {
        let Some(task) = tasks.codes.get(row).checked_sub(1).map(|task| task as usize) else {
            return;
        };
        let Some(place) = places.get_mut((task * COMMON + input) * COMMON + output) else {
            return;
        };
        if *place == 0 {
            kinds.push(Kind { input, output, count: 0, best: row });
            *place = u32::try_from(kinds.len()).unwrap_or(0);
        }
        if let Some(kind) = place.checked_sub(1).and_then(|place| kinds.get_mut(place as usize)) {
            kind.count += 1;
            kind.best = more_popular(table, row, kind.best);
        }
    });
    let count = |place: usize| kinds.get(place).map_or(0, |kind| kind.count);
    let order = order(kinds.len(), &|one, other| count(other).cmp(&count(one)));
    let kept = order.into_iter().take(MOST_KINDS);
    kept.filter_map(|place| kinds.get(place as usize).copied()).collect()
}

/// The more downloaded of two rows, or the first by id.
fn more_popular(table: &Table, one: usize, other: usize) -> usize {
    let by_downloads = downloads(table, one).total_cmp(&downloads(table, other));
    if by_downloads.then_with(|| table.compare_ids(other, one)).is_gt() { one } else { other }
}

fn named<'t, 'k>(table: &'t Table, kinds: impl Iterator<Item = &'k Kind>) -> Pipeline<'t> {
    let name = |field: NamesField, code: usize| {
        table.set(field).names.name(u32::try_from(code).unwrap_or(u32::MAX))
    };
    let step = |kind: &Kind| Step {
        task: table.name(NameField::Task).of(kind.best).unwrap_or(""),
        input: name(NamesField::Input, kind.input),
        output: name(NamesField::Output, kind.output),
        count: kind.count,
        model: table.id(kind.best),
    };
    Pipeline { steps: kinds.map(step).collect() }
}
