//! Writes tables as the bytes that `src/facts/pack.rs` reads, where the format is described.

use std::collections::{BTreeMap, BTreeSet};

/// A table of names. Rows keep their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// The runtime whose table it is; empty where it belongs to none.
    pub(crate) owner: String,
    pub(crate) name: String,
    /// What its rows are about: `support`, `quantization`, ...
    pub(crate) role: String,
    /// Where its rows are from.
    pub(crate) source: String,
    /// Place of the first release for which the table is known.
    pub(crate) first: u32,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    /// For each row, where it has been held; none where the table has no versions.
    pub(crate) spans: Option<Vec<Span>>,
    /// Whether it is named only, without its rows.
    pub(crate) left_out: bool,
}

/// Half open, by place in the owner's table of releases.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) since: Bound,
    pub(crate) until: Option<Bound>,
}

/// A release at which something changed; sampled where the change may have come before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound {
    pub(crate) at: u32,
    pub(crate) sampled: bool,
}

/// All tables as bytes: always the same bytes for the same tables.
pub(crate) fn pack(tables: &[Table]) -> Vec<u8> {
    let names: BTreeSet<&str> = tables.iter().flat_map(texts).collect();
    let places: BTreeMap<&str, u32> = names.iter().copied().zip(0..).collect();
    let mut body = Vec::new();
    write_names(&names, &mut body);
    write_count(tables.len(), &mut body);
    let place = |name: &str| places.get(name).copied().unwrap_or(0);
    for table in tables {
        write_head(table, &place, &mut body);
    }
    for table in tables {
        for column in 0..table.columns.len() {
            let cells = table.rows.iter().map(|row| row.get(column).map_or(0, |cell| place(cell)));
            write_column(&cells.collect::<Vec<_>>(), &mut body);
        }
    }
    write_spans(tables, &place, &|span| number(span.since), &mut body);
    let until = |span: &Span| span.until.map_or(0, |bound| number(bound) + 2);
    write_spans(tables, &place, &until, &mut body);
    let mut bytes = b"hubfit facts".to_vec();
    bytes.push(2);
    bytes.extend(checksum(&body).to_le_bytes());
    bytes.extend(body);
    bytes
}

fn texts(table: &Table) -> impl Iterator<Item = &str> {
    let head = [&table.owner, &table.name, &table.role, &table.source];
    head.into_iter().chain(&table.columns).chain(table.rows.iter().flatten()).map(String::as_str)
}

/// Endings that many names have, then how many bytes each name shares with the one before it, all in one piece, then
/// the rest of each. A control character stands for an ending.
fn write_names(names: &BTreeSet<&str>, out: &mut Vec<u8>) {
    let endings = endings(names);
    write_count(endings.len(), out);
    for ending in &endings {
        out.extend(ending.bytes().chain([b'\n']));
    }
    write_count(names.len(), out);
    let mut rests = Vec::new();
    let mut before = Vec::new();
    for name in names {
        let coded = coded(name, &endings);
        let same = before.iter().zip(&coded).take(255).take_while(|(a, b)| a == b).count();
        out.push(u8::try_from(same).unwrap_or(0));
        rests.extend(coded.iter().skip(same));
        rests.push(b'\n');
        before = coded;
    }
    out.extend(rests);
}

/// The control characters, without the one that ends a name.
fn controls() -> impl Iterator<Item = u8> {
    (1..32).filter(|&sign| sign != b'\n')
}

/// A name, its longest ending as one character.
fn coded(name: &str, endings: &[&str]) -> Vec<u8> {
    let known = endings.iter().zip(controls()).filter_map(|(ending, sign)| {
        let start = name.strip_suffix(ending).filter(|start| !start.is_empty())?;
        Some((start, sign))
    });
    match known.min_by_key(|(start, _)| start.len()) {
        Some((start, sign)) => start.bytes().chain([sign]).collect(),
        None => name.bytes().collect(),
    }
}

/// The endings that most names have, as many as there are control characters: `ForCausalLM`, `_vision`.
fn endings<'n>(names: &BTreeSet<&'n str>) -> Vec<&'n str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for ending in names.iter().flat_map(|name| endings_of(name)) {
        *counts.entry(ending).or_default() += 1;
    }
    let mut chosen = Vec::new();
    for _ in controls() {
        let Some((&best, &count)) = counts.iter().max_by_key(|(_, count)| **count) else { break };
        counts.remove(best);
        // Those names are done.
        for (_, left) in counts.iter_mut().filter(|(ending, _)| best.ends_with(**ending)) {
            *left = left.saturating_sub(count);
        }
        chosen.push(best);
    }
    chosen
}

/// The parts of a name from where a word begins to its end.
fn endings_of(name: &str) -> impl Iterator<Item = &str> {
    let begins = |at: usize| {
        let sign = |at: usize| name.as_bytes().get(at).copied().unwrap_or_default();
        let begins = sign(at).is_ascii_uppercase() || matches!(sign(at), b'_' | b'-');
        begins && !sign(at - 1).is_ascii_uppercase()
    };
    let last = if name.contains(' ') { 0 } else { name.len().saturating_sub(3) };
    (1..last).filter(move |&at| begins(at)).filter_map(|at| name.get(at..))
}

fn write_head(table: &Table, place: &dyn Fn(&str) -> u32, out: &mut Vec<u8>) {
    for name in [&table.owner, &table.name, &table.role, &table.source] {
        write_number(place(name), out);
    }
    write_number(table.first, out);
    out.push(if table.left_out { 2 } else { u8::from(table.spans.is_some()) });
    write_count(table.columns.len(), out);
    table.columns.iter().for_each(|name| write_number(place(name), out));
    write_count(table.rows.len(), out);
}

fn number(bound: Bound) -> u32 {
    bound.at * 2 + u32::from(bound.sampled)
}

/// The distinct values; then for each row its place among them, plain or as steps from row to row: whichever takes
/// fewer kinds of bytes, which is what a compressor likes.
fn write_column(values: &[u32], out: &mut Vec<u8>) {
    let places = write_distinct(values, out);
    let places: Vec<u32> = values.iter().filter_map(|value| places.get(value).copied()).collect();
    let (plain, steps) = (in_bytes(&places), in_bytes(&steps(&places)));
    let kinds = |bytes: &[u8]| bytes.iter().collect::<BTreeSet<_>>().len();
    let stepwise = kinds(&steps) < kinds(&plain);
    out.push(u8::from(stepwise));
    out.extend(if stepwise { steps } else { plain });
}

/// The distinct values, ascending, each less the one before; returns the place of each.
fn write_distinct(values: &[u32], out: &mut Vec<u8>) -> BTreeMap<u32, u32> {
    let distinct: BTreeSet<u32> = values.iter().copied().collect();
    write_count(distinct.len(), out);
    let mut before = 0;
    for &value in &distinct {
        write_number(value - before, out);
        before = value;
    }
    distinct.into_iter().zip(0..).collect()
}

/// One bound of all rows: nothing to say (0) where it is that of an earlier row about the same name, in any of the
/// owner's tables, or of the row before; else its place among the distinct values.
fn write_spans(
    tables: &[Table],
    place: &dyn Fn(&str) -> u32,
    value: &dyn Fn(&Span) -> u32,
    out: &mut Vec<u8>,
) {
    let (mut owner, mut known) = ("", BTreeMap::new());
    for table in tables {
        let Some(spans) = &table.spans else { continue };
        if owner != table.owner {
            (owner, known) = (&table.owner, BTreeMap::new());
        }
        let values: Vec<u32> = spans.iter().map(value).collect();
        let places = write_distinct(&values, out);
        let mut before = 0;
        for (row, &value) in table.rows.iter().zip(&values) {
            let names = || row.iter().take(2).map(|cell| place(cell));
            let expected = names().find_map(|name| known.get(&name).copied()).unwrap_or(before);
            let said = if value == expected { None } else { places.get(&value) };
            write_number(said.map_or(0, |place| place + 1), out);
            known.extend(names().map(|name| (name, value)));
            before = value;
        }
    }
}

/// Zigzag: 0, -1, 1, -2, 2 are 0, 1, 2, 3, 4.
fn steps(places: &[u32]) -> Vec<u32> {
    let before = std::iter::once(0).chain(places.iter().copied());
    let step = |(&place, before): (&u32, u32)| match place.checked_sub(before) {
        Some(up) => up * 2,
        None => (before - place) * 2 - 1,
    };
    places.iter().zip(before).map(step).collect()
}

fn in_bytes(numbers: &[u32]) -> Vec<u8> {
    let mut out = Vec::new();
    for &number in numbers {
        write_number(number, &mut out);
    }
    out
}

fn write_count(count: usize, out: &mut Vec<u8>) {
    write_number(u32::try_from(count).unwrap_or(u32::MAX), out);
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn write_number(mut number: u32, out: &mut Vec<u8>) {
    while number > 127 {
        out.push(number.to_le_bytes()[0] | 128);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// FNV-1a, 64 bits.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
