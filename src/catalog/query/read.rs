//! Reads a query from JSON.

use super::filters::Reader;
use super::{Budget, FacetQuery, Key, Order, Page, Query, Subject, Where};
use crate::catalog::field::{Field, NameField, NamesField, NumberField};
use crate::error::{Code, Error, Result};
use crate::model::Json;
use crate::model::arguments::{Arguments, wrong};
use crate::model::nearest::nearest;
use crate::model::quoted::quoted;

/// Bytes of a text that is searched for: more than the longest id.
const LONGEST_TEXT: usize = 1024;

/// Rows of one page: what a person scrolls, and a caller asks again for more.
const MOST_ROWS: u64 = 10_000;

/// Facets of one query: all fields, some of them twice.
const MOST_FACETS: usize = 64;

/// Keys of an order.
const MOST_KEYS: usize = 8;

/// Values of one facet.
const MOST_VALUES: u64 = 10_000;

/// Bars of a histogram: they are numbered by bytes.
const MOST_BUCKETS: u64 = 250;

impl Query {
    /// Reads a query.
    ///
    /// Errors: `invalid_argument` with path, what was expected and found, and the nearest names; `limit_exceeded` for
    /// conditions too many or too deep.
    pub fn parse(json: &[u8]) -> Result<Self> {
        let mut json = Arguments::parse("query", json)?;
        let text = json.text("text")?.unwrap_or_default();
        let filters = json
            .json("where")
            .map_or(Ok(Where::default()), |value| Reader::default().read("query.where", value))?;
        let query = Self {
            filters,
            fit: json.object("fit")?.map(Budget::read).transpose()?,
            facets: json.list("facets", FacetQuery::read)?.unwrap_or_default(),
            sort: keys(json.list("sort", Key::read)?.unwrap_or_default(), &text),
            page: json.object("page")?.map_or(Ok(Page::default()), Page::read)?,
            group: json.choice("group", &[("base", true)])?.unwrap_or(false),
            text,
        };
        json.end()?;
        query.check()
    }

    fn check(self) -> Result<Self> {
        let fits = |facet: &FacetQuery| facet.subject == Subject::Fit;
        let asks = [
            ("query.where.fit", self.filters.asks_for_fit()),
            ("query.facets: fit", self.facets.iter().any(fits)),
            ("query.sort: fit", self.sort.contains(&Key::Fit)),
        ];
        if let Some((path, _)) = asks.iter().find(|(_, asks)| *asks && self.fit.is_none()) {
            let message =
                format!("{path}: expected query.fit with the memory there is, found none");
            return Err(Error::new(Code::InvalidArgument, message));
        }
        let limits = [
            ("query.text", self.text.len(), LONGEST_TEXT),
            ("query.facets", self.facets.len(), MOST_FACETS),
            ("query.sort", self.sort.len(), MOST_KEYS),
        ];
        match limits.iter().find(|(_, found, most)| found > most) {
            Some((path, found, most)) => {
                let message = format!("{path}: expected a length of at most {most}, found {found}");
                Err(Error::new(Code::LimitExceeded, message))
            }
            None => Ok(self),
        }
    }
}

/// The order that was asked for, or the usual one.
fn keys(given: Vec<Key>, text: &str) -> Vec<Key> {
    match (given.is_empty(), text) {
        (false, _) => given,
        (true, "") => vec![Key::Number(NumberField::Downloads, Order::Descending)],
        (true, _) => vec![Key::Relevance],
    }
}

impl Page {
    fn read(mut json: Arguments<'_>) -> Result<Self> {
        let limit = at_most(&mut json, "query.page", "limit", MOST_ROWS)?;
        let offset = at_most(&mut json, "query.page", "offset", u64::from(u32::MAX))?;
        let page = Self {
            limit: limit.unwrap_or(Self::default().limit),
            offset: offset.unwrap_or(0),
            after: json.text("after")?,
        };
        json.end().map(|()| page)
    }
}

impl FacetQuery {
    /// The usual facet of a subject.
    #[must_use]
    pub const fn of(subject: Subject) -> Self {
        Self { subject, top: 10, by_name: false, search: String::new(), buckets: 20 }
    }

    fn read(path: &str, json: Json<'_>) -> Result<Self> {
        if !json.is_object() {
            let name = text(path, "a field or an object", json)?;
            return subject(path, &name, &[]).map(Self::of);
        }
        let mut arguments = Arguments::of(path.to_owned(), json)?;
        let at = format!("{path}.field");
        let name = text(&at, "a field", arguments.json("field").unwrap_or_default())?;
        let usual = Self::of(subject(&at, &name, &[])?);
        let facet = Self {
            top: at_most(&mut arguments, path, "top", MOST_VALUES)?.unwrap_or(usual.top),
            by_name: arguments.choice("order", &[("count", false), ("name", true)])? == Some(true),
            search: arguments.text("search")?.unwrap_or_default(),
            buckets: at_most(&mut arguments, path, "buckets", MOST_BUCKETS)?
                .unwrap_or(usual.buckets)
                .max(1),
            ..usual
        };
        arguments.end().map(|()| facet)
    }
}

/// A whole number up to a limit.
fn at_most(
    json: &mut Arguments<'_>,
    path: &str,
    key: &'static str,
    most: u64,
) -> Result<Option<usize>> {
    let count = json.count(key)?;
    if let Some(count) = count.filter(|count| *count > most) {
        let message = format!("{path}.{key}: expected at most {most}, found {count}");
        return Err(Error::new(Code::LimitExceeded, message));
    }
    Ok(count.and_then(|count| usize::try_from(count).ok()))
}

pub(super) fn text(path: &str, expected: &str, json: Json<'_>) -> Result<String> {
    json.text().map(Into::into).ok_or_else(|| wrong(path, expected, json))
}

/// What a name stands for; `also` are words that can stand in its place.
pub(super) fn subject(path: &str, name: &str, also: &[&'static str]) -> Result<Subject> {
    match Field::named(name) {
        Some(field) => Ok(Subject::Field(field)),
        None if name == "fit" => Ok(Subject::Fit),
        None => Err(unknown(path, name, also)),
    }
}

fn unknown(path: &str, name: &str, also: &[&'static str]) -> Error {
    let fields = NameField::ALL.iter().map(|field| field.name());
    let fields = fields.chain(NamesField::ALL.iter().map(|field| field.name()));
    let fields = fields.chain(NumberField::ALL.iter().map(|field| field.name()));
    let all: Vec<_> = fields.chain(["fit"]).chain(also.iter().copied()).collect();
    let near = nearest(all.iter().copied(), name, 3);
    let (which, names) = if near.is_empty() { ("known", all) } else { ("nearest", near) };
    let names = names.join(", ");
    let message = format!("{path}: expected a field, found {}; {which} are {names}", quoted(name));
    Error::new(Code::InvalidArgument, message)
}
