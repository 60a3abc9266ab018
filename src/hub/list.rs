//! Listing: `GET /api/models`, page after page.

use super::encode::percent;
use super::{Answer, Rows, link, page};
use crate::error::{Code, Error, Result};
use crate::model::ListingItem;
use crate::model::arguments::Arguments;
use serde::Serialize;

/// What to list. Filters narrow each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ListQuery {
    /// Part of the id, in any case.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// User or organisation, exact.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Tags that must all be there: library, language, `license:mit`, `dataset:x`, …
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<Vec<String>>,
    /// Task, exact: `text-generation`.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// Library; sent as a filter tag, since the list route ignores its own parameter.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub library: Option<String>,
    /// Order; `trending` where left out, always the greatest first.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// What each row holds. Left out: everything a check needs.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<String>>,
    /// Rows per page, 1 to 1,000; the client's business, not the caller's.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u64>,
}

/// Orders of a listing, by the words people use and by the Hub's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Sort {
    /// Trending score.
    Trending,
    /// The Hub's name of the same.
    TrendingScore,
    /// Downloads of the last 30 days.
    Popular,
    /// The Hub's name of the same.
    Downloads,
    /// Likes.
    Likes,
    /// Time of the last change.
    Recent,
    /// The Hub's name of the same.
    LastModified,
    /// Time of creation.
    CreatedAt,
    /// Number of parameters.
    #[serde(rename = "num_parameters")]
    NumParameters,
}

impl Sort {
    const WORDS: [(&str, Self); 9] = [
        ("trending", Self::Trending),
        ("popular", Self::Popular),
        ("likes", Self::Likes),
        ("recent", Self::Recent),
        ("createdAt", Self::CreatedAt),
        ("num_parameters", Self::NumParameters),
        ("trendingScore", Self::TrendingScore),
        ("downloads", Self::Downloads),
        ("lastModified", Self::LastModified),
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Trending | Self::TrendingScore => "trendingScore",
            Self::Popular | Self::Downloads => "downloads",
            Self::Likes => "likes",
            Self::Recent | Self::LastModified => "lastModified",
            Self::CreatedAt => "createdAt",
            Self::NumParameters => "num_parameters",
        }
    }
}

/// What a check needs of each row. `gguf` carries whole chat templates, but it is the only place where a
/// listing states a GGUF repository's architecture and context length.
const FIELDS: [&str; 14] = [
    "author",
    "config",
    "createdAt",
    "downloads",
    "gated",
    "gguf",
    "lastModified",
    "library_name",
    "likes",
    "pipeline_tag",
    "safetensors",
    "sha",
    "siblings",
    "tags",
];

/// The largest page that the Hub serves.
const MAX_PAGE_SIZE: u64 = 1000;

impl ListQuery {
    /// Reads a query from its JSON; the page size is the client's business.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let mut fields = Arguments::parse("options", json)?;
        let query = Self {
            search: fields.text("search")?,
            author: fields.text("author")?,
            filter: fields.texts("filter")?,
            task: fields.text("task")?,
            library: fields.text("library")?,
            sort: fields.choice("sort", &Sort::WORDS)?,
            fields: fields.texts("fields")?,
            page_size: None,
        };
        fields.end().map(|()| query)
    }

    /// Path and query of the first page.
    pub fn first_page(&self) -> Result<String> {
        let size = self.page_size.unwrap_or(100);
        if !(1..=MAX_PAGE_SIZE).contains(&size) {
            let message = format!("pageSize: expected 1 to {MAX_PAGE_SIZE}, found {size}");
            return Err(Error::new(Code::InvalidArgument, message));
        }
        let mut query = Vec::new();
        let mut put = |key: &str, value: &str| query.push(format!("{key}={}", percent(value)));
        put("limit", &size.to_string());
        let mut put_some = |key: &str, value: &Option<String>| {
            if let Some(value) = value {
                put(key, value);
            }
        };
        put_some("search", &self.search);
        put_some("author", &self.author);
        put_some("pipeline_tag", &self.task);
        put_some("filter", &self.library);
        self.filter.iter().flatten().for_each(|tag| put("filter", tag));
        if let Some(sort) = self.sort {
            put("sort", sort.key());
        }
        match &self.fields {
            Some(fields) => fields.iter().for_each(|field| put("expand", field)),
            None => FIELDS.into_iter().for_each(|field| put("expand", field)),
        }
        Ok(format!("/api/models?{}", query.join("&")))
    }
}

/// A page of a listing, read.
#[derive(Clone, Debug, Default)]
pub struct ListPage {
    /// Its rows.
    pub rows: Rows,
    /// Path and query of the next page, if there is one.
    pub next: Option<String>,
}

/// Reads the answer of the list route, with the rows that a test keeps.
///
/// A page that was cut off is an error: a listing that is short in silence would be taken for whole.
pub fn read(
    answer: &Answer,
    body: &[u8],
    keep: impl FnMut(&ListingItem<'_>) -> bool,
) -> Result<ListPage> {
    answer.check(body)?;
    let rows = page::select(body, keep).map_err(|error| answer.wrong(&error))?;
    if let Some(last) = rows.skipped.last().filter(|_| rows.damaged) {
        return Err(answer.wrong(&Error::new(Code::InvalidResponse, last.message.clone())));
    }
    // A page without rows ends a listing, whatever it says of a next one.
    let next = if rows.total == 0 { None } else { next_page(answer)? };
    Ok(ListPage { rows, next })
}

/// The next page's path and query, if there is one.
///
/// A `Link` may name any host; only its path is followed, on the host that was asked, so that a token never
/// travels elsewhere.
pub fn next_page(answer: &Answer) -> Result<Option<String>> {
    let Some(target) = answer.link.as_deref().and_then(link::next) else {
        return Ok(None);
    };
    let wrong = |found| {
        let message = format!("Link: expected a next page of /api/models, found {found}");
        Error::new(Code::InvalidResponse, message)
    };
    let path = target.find("/api/models?").and_then(|at| target.get(at..));
    let path = path.ok_or_else(|| wrong("another address"))?;
    if answer.url.ends_with(path) {
        return Err(wrong("the same page again"));
    }
    Ok(Some(path.to_owned()))
}
