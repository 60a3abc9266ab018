//! What somebody asks of a catalog.

mod asked;
mod filters;
mod fit;
mod read;
mod sort;
mod value;

use super::field::{Field, NameField, NumberField};

pub use fit::Class;

/// A question: which rows, in which order, and how many have what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// What rows are searched for; empty for all.
    pub text: String,
    /// What rows must fulfil.
    pub filters: Where,
    /// The memory there is.
    pub fit: Option<Budget>,
    /// What is counted.
    pub facets: Vec<FacetQuery>,
    /// In which order rows come; ties by author, then name.
    pub sort: Vec<Key>,
    /// Which of them are answered.
    pub page: Page,
    /// Whether rows are grouped under their base models.
    pub group: bool,
}

impl Query {
    /// Whether the order asks how well rows match the text.
    #[must_use]
    pub fn by_relevance(&self) -> bool {
        self.sort.contains(&Key::Relevance)
    }
}

/// Conditions that must all be fulfilled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Where(pub Vec<Condition>);

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Which names a row has.
    Names(Field, Names),
    /// Between which numbers its own is.
    Numbers(NumberField, Range),
    /// How it fits: any of these classes.
    Fit(Vec<Class>),
    /// All of them.
    And(Vec<Where>),
    /// At least one of them.
    Or(Vec<Where>),
    /// Not that.
    Not(Where),
}

/// Which names a row has. An empty list asks for nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// At least one of these.
    pub any: Vec<String>,
    /// All of these.
    pub all: Vec<String>,
    /// None of these.
    pub none: Vec<String>,
    /// Whether it has a name at all.
    pub known: Option<bool>,
}

/// Between which numbers a row's own is, both included. A row without a number is in no range.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// At least.
    pub min: Option<f64>,
    /// At most.
    pub max: Option<f64>,
    /// Whether there is a number at all.
    pub known: Option<bool>,
}

/// The memory there is, and what a model shall do with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// Bytes of the memory where models run at full speed.
    pub gpu: f64,
    /// Bytes of memory beside it, for what does not fit.
    pub ram: f64,
    /// Tokens of context.
    pub context: f64,
    /// The share of a cache of 16 bits that the cache takes: 0.5 with 8 bits.
    pub cache_factor: f64,
    /// The runtime that must load it.
    pub runtime: Option<String>,
}

/// What a facet, or a key of the order, is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A field.
    Field(Field),
    /// How rows fit.
    Fit,
}

impl Subject {
    /// The name in queries.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Field(field) => field.name(),
            Self::Fit => "fit",
        }
    }
}

/// A facet that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetQuery {
    /// Of what.
    pub subject: Subject,
    /// Most values that are answered.
    pub top: usize,
    /// Whether values come in order of the alphabet; else the most frequent first.
    pub by_name: bool,
    /// What a value's name must contain, whatever the case; empty for all.
    pub search: String,
    /// How many bars a histogram has.
    pub buckets: usize,
}

/// A key of the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The best match first.
    Relevance,
    /// What fits best first: of what fits whole the largest, then of what fits in part, then what does not.
    Fit,
    /// A number.
    Number(NumberField, Order),
    /// A name, by its bytes.
    Name(NameField, Order),
}

/// Which end comes first; rows without a value come last either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The least first.
    Ascending,
    /// The greatest first.
    Descending,
}

/// Which of the rows are answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Most rows.
    pub limit: usize,
    /// How many are left out before.
    pub offset: usize,
    /// The cursor that an answer gave: rows after it.
    pub after: Option<String>,
}

impl Default for Page {
    fn default() -> Self {
        Self { limit: 20, offset: 0, after: None }
    }
}
