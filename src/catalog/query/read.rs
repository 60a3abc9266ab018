//! Reads a query.

use super::asked::Asked;
use super::filters::Reader;
use super::value::Value;
use super::{Budget, FacetQuery, Key, Order, Page, Query, Subject, Where};
use crate::catalog::field::{Field, NumberField};
use crate::error::{Error, Result};
use crate::model::nearest::nearest;
use crate::model::quoted::quoted;
use crate::model::said::{decimal, listed, said};

/// Bytes of a text that is searched for: more than the longest id.
const LONGEST_TEXT: usize = 1024;

/// Rows of one page: what a person scrolls, and a caller asks again for more.
const MOST_ROWS: u32 = 10_000;

/// Facets of one query: all fields, some of them twice.
const MOST_FACETS: usize = 64;

/// Keys of an order.
const MOST_KEYS: usize = 8;

/// Values of one facet.
const MOST_VALUES: u32 = 10_000;

/// Bars of a histogram: they are numbered by bytes.
const MOST_BUCKETS: u32 = 250;

impl Query {
    /// Reads a query from JSON.
    ///
    /// Errors: `invalid_json`; `invalid_argument` with path, what was expected and found, and the nearest names;
    /// `limit_exceeded` for conditions too many or too deep.
    pub fn parse(json: &[u8]) -> Result<Self> {
        Self::read(&Value::parse(json)?)
    }

    /// Reads a query from the bytes of values, as `query/value.rs` has them.
    ///
    /// Errors: as those of [`Query::parse`].
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Self::read(&Value::decode(bytes)?)
    }

    fn read(value: &Value<'_>) -> Result<Self> {
        let query = Asked::whole("query", value);
        query.options(&["text", "where", "fit", "facets", "sort", "page", "group"])?;
        let text = query.key("text");
        let filters = query.key("where");
        let [fit, page, facets, sort] = ["fit", "page", "facets", "sort"].map(|key| query.key(key));
        let read = Self {
            text: short(&text)?,
            filters: if filters.is_missing() {
                Where::default()
            } else {
                Reader::default().read(&filters)?
            },
            fit: if fit.is_missing() { None } else { Some(Budget::read(&fit)?) },
            facets: few(&facets, MOST_FACETS, FacetQuery::read)?,
            sort: few(&sort, MOST_KEYS, Key::read)?,
            page: if page.is_missing() { Page::default() } else { Page::read(&page)? },
            group: query.key("group").word(&["base"])?.is_some(),
        };
        read.check(&query).map(Self::in_order)
    }

    /// Whoever asks how rows fit says what into.
    fn check(self, query: &Asked<'_>) -> Result<Self> {
        let [filters, facets, sort] = ["where", "facets", "sort"].map(|key| query.key(key));
        let facet = self.facets.iter().any(|facet| facet.subject == Subject::Fit);
        let asks = [
            (filters.key("fit"), self.filters.asks_for_fit()),
            (facets, facet),
            (sort, self.sort.contains(&Key::Fit)),
        ];
        match asks.iter().find(|(_, asks)| *asks && self.fit.is_none()) {
            Some((asked, _)) => {
                Err(asked.refused(&["expected query.fit with the memory there is, found none"]))
            }
            None => Ok(self),
        }
    }

    /// The usual order, where none was asked for.
    fn in_order(mut self) -> Self {
        if self.sort.is_empty() {
            self.sort.push(if self.text.is_empty() {
                Key::Number(NumberField::Downloads, Order::Descending)
            } else {
                Key::Relevance
            });
        }
        self
    }
}

fn short(asked: &Asked<'_>) -> Result<String> {
    let text = asked.text()?.unwrap_or_default();
    within(asked, text.len(), LONGEST_TEXT).map(|()| text.to_owned())
}

fn few<T>(asked: &Asked<'_>, most: usize, read: fn(&Asked<'_>) -> Result<T>) -> Result<Vec<T>> {
    within(asked, asked.items().count(), most)?;
    asked.list(read)
}

fn within(asked: &Asked<'_>, length: usize, most: usize) -> Result<()> {
    if length <= most {
        return Ok(());
    }
    let [length, most] = [length, most].map(|number| decimal(number as u64));
    Err(asked.limit(&said(&["a length of at most ", &most]), &length))
}

impl Page {
    fn read(asked: &Asked<'_>) -> Result<Self> {
        asked.options(&["limit", "offset", "after"])?;
        Ok(Self {
            limit: asked.key("limit").count(MOST_ROWS)?.unwrap_or(Self::default().limit),
            offset: asked.key("offset").count(u32::MAX)?.unwrap_or(0),
            after: asked.key("after").text()?.map(str::to_owned),
        })
    }
}

impl FacetQuery {
    /// The usual facet of a subject.
    #[must_use]
    pub const fn of(subject: Subject) -> Self {
        Self { subject, top: 10, by_name: false, search: String::new(), buckets: 20 }
    }

    fn read(asked: &Asked<'_>) -> Result<Self> {
        if !asked.is_object() {
            return subject(asked, "a field or an object", &[]).map(Self::of);
        }
        asked.options(&["field", "top", "order", "search", "buckets"])?;
        let usual = Self::of(subject(&asked.key("field"), "a field", &[])?);
        Ok(Self {
            top: asked.key("top").count(MOST_VALUES)?.unwrap_or(usual.top),
            by_name: asked.key("order").word(&["count", "name"])? == Some(1),
            search: asked.key("search").text()?.unwrap_or_default().to_owned(),
            buckets: asked.key("buckets").count(MOST_BUCKETS)?.unwrap_or(usual.buckets).max(1),
            ..usual
        })
    }
}

/// A text that must be there.
pub(super) fn needed<'v>(asked: &Asked<'v>, expected: &str) -> Result<&'v str> {
    asked.text().ok().flatten().ok_or_else(|| asked.wrong(expected))
}

fn subject(asked: &Asked<'_>, expected: &str, also: &[&'static str]) -> Result<Subject> {
    named(asked, needed(asked, expected)?, also)
}

/// What a name stands for; `also` are words that can stand in its place.
pub(super) fn named(asked: &Asked<'_>, name: &str, also: &[&'static str]) -> Result<Subject> {
    match Field::named(name) {
        Some(field) => Ok(Subject::Field(field)),
        None if name == "fit" => Ok(Subject::Fit),
        None => Err(unknown(asked, name, also)),
    }
}

fn unknown(asked: &Asked<'_>, name: &str, also: &[&'static str]) -> Error {
    let mut all: Vec<_> = Field::all().map(Field::name).collect();
    all.push("fit");
    all.extend(also);
    let near = nearest(all.iter().copied(), name, 3);
    let (which, names) = if near.is_empty() { ("known", all) } else { ("nearest", near) };
    let pieces = ["expected a field, found ", &quoted(name), "; ", which, " are ", &listed(&names)];
    asked.refused(&pieces)
}
