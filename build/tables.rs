//! Reads `facts/`: `sources.toml`, the lock files, the tables that are generated and those that are written.
//!
//! A runtime owns the tables of its folder and a table of its releases; `written` owns those of `facts/written/`;
//! the table of runtimes has no owner. `tables/aliases.tsv` is left out: it is joined from the tables.

use crate::pack::{Bound, Span, Table};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// All tables: that of the runtimes, those of each runtime in the order of `sources.toml`, the written ones.
pub(crate) fn read(facts: &Path) -> Result<Vec<Table>> {
    let sources: toml::Table = text_of(&facts.join("sources.toml"))?.parse()?;
    let mut tables = vec![table_of_runtimes(&sources)];
    for (id, source) in &sources {
        let own = runtime(facts, id, source);
        tables.extend(own.map_err(|error| format!("facts of {id}: {error}"))?);
    }
    for file in tsv_files(&facts.join("written"))? {
        let mut table = read_table(&file, "written", &[])?;
        if table.name == SOURCES {
            leave_out(&mut table);
        }
        tables.push(table);
    }
    Ok(tables)
}

/// What the ids mean that the rows of the other tables cite: for people who read `facts/`.
const SOURCES: &str = "sources";

/// Names a table without its rows.
fn leave_out(table: &mut Table) {
    let (owner, name) = (std::mem::take(&mut table.owner), std::mem::take(&mut table.name));
    *table = Table { owner, name, left_out: true, ..Table::default() };
}

/// Other values of a column than those are one, `other`.
fn keep_values(table: &mut Table, column: &str, values: &toml::Value) {
    let kept: Vec<&str> =
        values.as_array().into_iter().flatten().filter_map(toml::Value::as_str).collect();
    let Some(place) = table.columns.iter().position(|name| name == column) else { return };
    for cell in table.rows.iter_mut().filter_map(|row| row.get_mut(place)) {
        if !kept.contains(&cell.as_str()) {
            "other".clone_into(cell);
        }
    }
}

/// Keeps some columns. Rows that are one without the others are held where any of them is.
fn keep_columns(table: &mut Table, columns: &toml::Value) -> Result<()> {
    let names = columns.as_array().into_iter().flatten().filter_map(toml::Value::as_str);
    let names: Vec<String> = names.map(str::to_owned).collect();
    let place = |name: &String| table.columns.iter().position(|column| column == name);
    let places: Option<Vec<usize>> = names.iter().map(place).collect();
    let places = places.filter(|places| !places.is_empty());
    let places = places.ok_or_else(|| format!("packed: {} has other columns", table.name))?;
    let mut held: BTreeMap<Vec<String>, Vec<Span>> = BTreeMap::new();
    for (row, span) in table.rows.iter().zip(table.spans.iter().flatten()) {
        let row = places.iter().filter_map(|&place| row.get(place).cloned()).collect();
        held.entry(row).or_default().push(*span);
    }
    let rows = held
        .into_iter()
        .flat_map(|(row, spans)| joined(spans).into_iter().map(move |span| (row.clone(), span)));
    let (rows, spans) = rows.unzip();
    (table.columns, table.rows, table.spans) = (names, rows, Some(spans));
    Ok(())
}

/// Spans that touch or overlap as one, in order.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| span.since.at);
    let mut all: Vec<Span> = Vec::new();
    for span in spans {
        match all.last_mut() {
            Some(last) if last.until.is_none_or(|until| span.since.at <= until.at) => {
                let longer = |until: Bound| span.until.is_none_or(|other| until.at < other.at);
                if last.until.is_some_and(longer) {
                    last.until = span.until;
                }
            }
            _ => all.push(span),
        }
    }
    all
}

fn table_of_runtimes(sources: &toml::Table) -> Table {
    let keys = ["title", "scheme", "confidence", "complete", "version_of"];
    let cell = |source: &toml::Value, key: &str| match source.get(key) {
        Some(toml::Value::String(text)) => text.clone(),
        Some(toml::Value::Boolean(flag)) => flag.to_string(),
        _ => "-".to_owned(),
    };
    let row = |(id, source): (&String, &toml::Value)| {
        std::iter::once(id.clone()).chain(keys.map(|key| cell(source, key))).collect()
    };
    Table {
        name: "runtimes".to_owned(),
        source: "facts/sources.toml".to_owned(),
        columns: std::iter::once("id").chain(keys).map(str::to_owned).collect(),
        rows: sources.iter().map(row).collect(),
        ..Table::default()
    }
}

/// The releases of a runtime that were read, and its tables in the order of their names.
fn runtime(facts: &Path, id: &str, source: &toml::Value) -> Result<Vec<Table>> {
    let releases = read_lock(&facts.join("locks").join(format!("{id}.lock")))?;
    let versions: Vec<_> = releases.rows.iter().filter_map(|row| row.first()).cloned().collect();
    let mut tables = vec![Table { owner: id.to_owned(), ..releases }];
    for file in tsv_files(&facts.join("tables").join(id))? {
        let mut table = read_table(&file, id, &versions)?;
        let settings = source.get("tables").and_then(|tables| tables.get(&table.name));
        let setting = |key| settings.and_then(|table| table.get(key)?.as_str());
        table.first = if setting("unknown_before").is_some() { first(&table) } else { 0 };
        setting("role").unwrap_or("-").clone_into(&mut table.role);
        let setting = |key| settings.and_then(|table| table.get(key));
        for (column, values) in
            setting("packed_values").and_then(toml::Value::as_table).into_iter().flatten()
        {
            keep_values(&mut table, column, values);
        }
        match setting("packed") {
            Some(toml::Value::Boolean(false)) => leave_out(&mut table),
            Some(columns) => keep_columns(&mut table, columns)?,
            None => {}
        }
        tables.push(table);
    }
    Ok(tables)
}

/// The first release at which a table has rows.
fn first(table: &Table) -> u32 {
    table.spans.iter().flatten().map(|span| span.since.at).min().unwrap_or(0)
}

/// What was read of a lock file, one release for each version; nothing where there is no lock.
fn read_lock(file: &Path) -> Result<Table> {
    let columns = ["version", "package", "release", "month"];
    let mut rows: Vec<Vec<String>> = Vec::new();
    let text = if file.exists() { text_of(file)? } else { String::new() };
    let (_, lines) = head_and_rows(&text);
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[version, package, release, _, _, sha256, date] = cells.as_slice() else {
            return Err(format!("{}: expected 7 cells, found {line:?}", file.display()).into());
        };
        let known = rows.iter().any(|row| row.first().is_some_and(|held| held == version));
        if sha256 != "-" && !known {
            let release = if release == version { "-" } else { release };
            // The month tells how old a release is; the day of each would take a kilobyte.
            let month = date.get(..7).unwrap_or("-");
            rows.push([version, package, release, month].map(str::to_owned).to_vec());
        }
    }
    Ok(Table {
        name: "releases".to_owned(),
        source: "facts/locks".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
        ..Table::default()
    })
}

/// One table. Its last two columns may be `since` and `until`.
fn read_table(file: &Path, owner: &str, versions: &[String]) -> Result<Table> {
    let text = text_of(file)?;
    let (head, lines) = head_and_rows(&text);
    let mut columns: Vec<String> = head.split('\t').map(str::to_owned).collect();
    let spanned = columns.ends_with(&["since".to_owned(), "until".to_owned()]);
    let width = columns.len();
    columns.truncate(if spanned { width - 2 } else { width });
    let mut table = Table {
        owner: owner.to_owned(),
        name: stem(file).to_owned(),
        source: source_of(&text),
        spans: spanned.then(Vec::new),
        columns,
        ..Table::default()
    };
    for line in lines {
        let mut cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let wrong = |what: &str| format!("{}: {what} in {line:?}", file.display());
        let odd = |cell: &String| cell.is_empty() || cell.chars().any(char::is_control);
        if cells.len() != width || cells.iter().any(odd) {
            return Err(wrong(&format!("expected {width} cells of text")).into());
        }
        if let Some(spans) = &mut table.spans {
            let bounds = cells.split_off(width - 2);
            spans.push(span(&bounds, versions).ok_or_else(|| wrong("a version was not read"))?);
        }
        table.rows.push(cells);
    }
    Ok(table)
}

/// `since` and `until`: a version, `~` before it where it was sampled, `-` where it is open.
fn span(bounds: &[String], versions: &[String]) -> Option<Span> {
    let [since, until] = bounds else { return None };
    let bound = |text: &str| {
        let version = text.strip_prefix('~').unwrap_or(text);
        let at = versions.iter().position(|known| known == version)?;
        Some(Bound { at: u32::try_from(at).ok()?, sampled: version.len() < text.len() })
    };
    let open = until == "-";
    let until = bound(until);
    (open || until.is_some()).then_some(Span { since: bound(since)?, until })
}

/// The line of column names, and the rows; comments are left out.
fn head_and_rows(text: &str) -> (&str, impl Iterator<Item = &str>) {
    let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    (lines.next().unwrap_or_default(), lines)
}

/// What the comment `# source: …` says: path and symbol, without what explains them (after a semicolon, in brackets).
fn source_of(text: &str) -> String {
    let comments = text.lines().take_while(|line| line.starts_with('#'));
    let mut sources = comments.filter_map(|line| line.strip_prefix("# source")?.split_once(": "));
    let source = sources.next().map_or("-", |(_, source)| source);
    let place = source.split("; ").next().unwrap_or(source);
    let outside = place.split(" (").enumerate().map(|(at, part)| match part.split_once(')') {
        Some((_, rest)) if at > 0 => rest,
        _ => part,
    });
    outside.collect()
}

/// The tables of a folder, by name; none where there is no folder.
fn tsv_files(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files = paths.collect::<Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "tsv"));
    files.sort();
    Ok(files)
}

fn stem(file: &Path) -> &str {
    file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
}

fn text_of(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()).into())
}
