//! What `GET /api/models` is asked for.

use super::encode::percent;
use super::model::check_id;
use crate::error::{Code, Error, Result};
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
    /// Tags that must all be there: a library, a language, `license:mit`, `arxiv:…`, words of the author's own.
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
    /// Language, as its code: `en`.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Licence: `apache-2.0`.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// A dataset that the model was trained on: `org/name`.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dataset: Option<String>,
    /// The model that it was made from: `org/name`.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_model: Option<String>,
    /// How it was made from `baseModel`; in any way where left out.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_model_relation: Option<Relation>,
    /// Whether its files need accepted terms.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gated: Option<bool>,
    /// Inference providers of which one at least serves it; `all` for any.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inference_providers: Option<Vec<String>>,
    /// Whether an inference provider has it loaded.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warm: Option<bool>,
    /// Applications of which one at least can run it, as the Hub judges: `llama.cpp`, `vllm`, `ollama`, ….
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apps: Option<Vec<String>>,
    /// Parameters at least; models whose parameters nobody counted are left out.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_parameters: Option<u64>,
    /// Parameters at most; models whose parameters nobody counted are left out.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_parameters: Option<u64>,
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

/// How a model was made from another, as the Hub tells models apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Relation {
    /// Weights that are put beside it: `LoRA`.
    Adapter,
    /// Trained on.
    Finetune,
    /// Mixed with others.
    Merge,
    /// Made smaller.
    Quantized,
}

impl Relation {
    const WORDS: [(&str, Self); 4] = [
        ("adapter", Self::Adapter),
        ("finetune", Self::Finetune),
        ("merge", Self::Merge),
        ("quantized", Self::Quantized),
    ];

    fn key(self) -> &'static str {
        let word = Self::WORDS.iter().find(|(_, relation)| *relation == self);
        word.map_or("", |(word, _)| word)
    }
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
    /// Likes of the last 7 days.
    Likes7d,
    /// Likes of the last 30 days.
    Likes30d,
    /// Time of the last change.
    Recent,
    /// The Hub's name of the same.
    LastModified,
    /// Time of creation; of all orders the one that does not move while it is read.
    CreatedAt,
    /// Number of parameters.
    #[serde(rename = "num_parameters")]
    NumParameters,
    /// Bytes of the weights, as the Hub counts them.
    MainSize,
    /// Name.
    Id,
}

impl Sort {
    const WORDS: [(&str, Self); 13] = [
        ("trending", Self::Trending),
        ("popular", Self::Popular),
        ("likes", Self::Likes),
        ("recent", Self::Recent),
        ("createdAt", Self::CreatedAt),
        ("num_parameters", Self::NumParameters),
        ("mainSize", Self::MainSize),
        ("likes7d", Self::Likes7d),
        ("likes30d", Self::Likes30d),
        ("id", Self::Id),
        ("trendingScore", Self::TrendingScore),
        ("downloads", Self::Downloads),
        ("lastModified", Self::LastModified),
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Trending | Self::TrendingScore => "trendingScore",
            Self::Popular | Self::Downloads => "downloads",
            Self::Likes => "likes",
            Self::Likes7d => "likes7d",
            Self::Likes30d => "likes30d",
            Self::Recent | Self::LastModified => "lastModified",
            Self::CreatedAt => "createdAt",
            Self::NumParameters => "num_parameters",
            Self::MainSize => "mainSize",
            Self::Id => "id",
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
            language: fields.text("language")?,
            license: fields.text("license")?,
            dataset: fields.text("dataset")?,
            base_model: fields.text("baseModel")?,
            base_model_relation: fields.choice("baseModelRelation", &Relation::WORDS)?,
            gated: fields.given_flag("gated")?,
            inference_providers: fields.texts("inferenceProviders")?,
            warm: fields.given_flag("warm")?,
            apps: fields.texts("apps")?,
            min_parameters: fields.count("minParameters")?,
            max_parameters: fields.count("maxParameters")?,
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
        let mut query = vec![("limit", size.to_string())];
        self.put_names(&mut query);
        self.put_tags(&mut query)?;
        self.put_figures(&mut query)?;
        if let Some(sort) = self.sort {
            query.push(("sort", sort.key().to_owned()));
        }
        match &self.fields {
            Some(fields) => put_all(&mut query, "expand", fields)?,
            None => query.extend(FIELDS.map(|field| ("expand", field.to_owned()))),
        }
        let query: Vec<_> =
            query.iter().map(|(key, value)| [key, "=", &percent(value)].concat()).collect();
        Ok(["/api/models?", &query.join("&")].concat())
    }

    fn put_names(&self, query: &mut Parameters) {
        for (key, value) in
            [("search", &self.search), ("author", &self.author), ("pipeline_tag", &self.task)]
        {
            query.extend(value.clone().map(|value| (key, value)));
        }
    }

    /// What the Hub knows as tags; several narrow each other.
    fn put_tags(&self, query: &mut Parameters) -> Result<()> {
        for (kind, value) in [
            ("", &self.library),
            ("", &self.language),
            ("license:", &self.license),
            ("dataset:", &self.dataset),
        ] {
            query.extend(value.as_ref().map(|value| ("filter", [kind, value].concat())));
        }
        match (&self.base_model, self.base_model_relation) {
            (Some(id), relation) => {
                check_id(id)?;
                let (kind, colon) = relation.map_or(("", ""), |relation| (relation.key(), ":"));
                query.push(("filter", ["base_model:", kind, colon, id].concat()));
            }
            (None, Some(_)) => {
                let message = "baseModelRelation: expected a baseModel beside it, found none";
                return Err(Error::new(Code::InvalidArgument, message));
            }
            (None, None) => {}
        }
        put_all(query, "filter", self.filter.as_deref().unwrap_or_default())
    }

    fn put_figures(&self, query: &mut Parameters) -> Result<()> {
        query.extend(self.gated.map(|gated| ("gated", gated.to_string())));
        if let Some(providers) = &self.inference_providers {
            query.push(("inference_provider", providers.join(",")));
        }
        if self.warm == Some(true) {
            query.push(("inference", "warm".to_owned()));
        }
        put_all(query, "apps", self.apps.as_deref().unwrap_or_default())?;
        let bound =
            |side: &str, count: Option<u64>| count.map(|count| [side, &amount(count)].concat());
        let bounds = [bound("min:", self.min_parameters), bound("max:", self.max_parameters)];
        let bounds: Vec<_> = bounds.into_iter().flatten().collect();
        if !bounds.is_empty() {
            query.push(("num_parameters", bounds.join(",")));
        }
        Ok(())
    }
}

type Parameters = Vec<(&'static str, String)>;

/// More of one parameter than this is a mistake, and would make an address that no server takes.
const MOST_VALUES: usize = 100;

fn put_all(query: &mut Parameters, key: &'static str, values: &[String]) -> Result<()> {
    if values.len() > MOST_VALUES {
        let message = format!("{key}: expected at most {MOST_VALUES}, found {}", values.len());
        return Err(Error::new(Code::LimitExceeded, message));
    }
    query.extend(values.iter().map(|value| (key, value.clone())));
    Ok(())
}

/// As the Hub's own pages write it where that is exact: `6B`, `1500M`.
fn amount(count: u64) -> String {
    let units = [(1_000_000_000, "B"), (1_000_000, "M"), (1000, "K")];
    let unit = units.into_iter().find(|(unit, _)| count > 0 && count.is_multiple_of(*unit));
    let (unit, suffix) = unit.unwrap_or((1, ""));
    [&(count / unit).to_string(), suffix].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(json: &str) -> Result<String> {
        let query = ListQuery::from_json(json.as_bytes())?;
        ListQuery { page_size: Some(10), fields: Some(Vec::new()), ..query }.first_page()
    }

    #[test]
    fn every_filter_has_its_parameter() {
        for (json, parameters) in [
            (
                r#"{"search":"a b","author":"x","task":"fill-mask"}"#,
                "search=a%20b&author=x&pipeline_tag=fill-mask",
            ),
            (r#"{"library":"gguf","filter":["en","x"]}"#, "filter=gguf&filter=en&filter=x"),
            (
                r#"{"language":"id","license":"mit","dataset":"a/b"}"#,
                "filter=id&filter=license%3Amit&filter=dataset%3Aa%2Fb",
            ),
            (r#"{"baseModel":"a/b"}"#, "filter=base_model%3Aa%2Fb"),
            (
                r#"{"baseModel":"a/b","baseModelRelation":"quantized"}"#,
                "filter=base_model%3Aquantized%3Aa%2Fb",
            ),
            (r#"{"gated":false}"#, "gated=false"),
            (
                r#"{"inferenceProviders":["a","b"],"warm":true}"#,
                "inference_provider=a%2Cb&inference=warm",
            ),
            (r#"{"apps":["vllm","llama.cpp"]}"#, "apps=vllm&apps=llama.cpp"),
            (
                r#"{"minParameters":6000000000,"maxParameters":128000000000}"#,
                "num_parameters=min%3A6B%2Cmax%3A128B",
            ),
            (
                r#"{"minParameters":0,"maxParameters":1500000}"#,
                "num_parameters=min%3A0%2Cmax%3A1500K",
            ),
            (r#"{"minParameters":1}"#, "num_parameters=min%3A1"),
            (r#"{"sort":"likes30d"}"#, "sort=likes30d"),
            (r#"{"sort":"mainSize"}"#, "sort=mainSize"),
            (r#"{"sort":"id"}"#, "sort=id"),
        ] {
            assert_eq!(path(json).unwrap(), format!("/api/models?limit=10&{parameters}"));
        }
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for json in [
            r#"{"baseModelRelation":"merge"}"#,
            r#"{"baseModel":"../x"}"#,
            r#"{"baseModelRelation":"child","baseModel":"a/b"}"#,
            r#"{"sort":"random"}"#,
            r#"{"gated":"auto"}"#,
            r#"{"minParameters":-1}"#,
            r#"{"licence":"mit"}"#,
        ] {
            assert_eq!(path(json).unwrap_err().code(), "invalid_argument", "{json}");
        }
    }
}
