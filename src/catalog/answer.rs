//! What a catalog answers.

use super::query::Class;
use serde::Serialize;

/// The rows of a page, and how many there are of what.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Answer {
    /// How many rows pass; with `group`, how many groups.
    pub total: u32,
    /// The rows of the page, by their places in the table; with `group`, one for each group.
    pub rows: Vec<u32>,
    /// In the order in which they were asked for.
    pub facets: Vec<Facet>,
    /// How each row of the page fits, where a budget was given.
    pub fits: Vec<Fits>,
    /// By row of the page, with `group`.
    pub groups: Vec<Group>,
    /// Whether rows may be missing, since not all of a snapshot is there.
    pub partial: bool,
    /// For the next page; none after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// How a row fits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Fits {
    /// `full`, `partial`, `no`, `unknown`.
    pub fit: &'static str,
    /// Bytes that it needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<f64>,
}

impl Fits {
    pub(super) fn of(class: Class, need: Option<f64>) -> Self {
        Self { fit: class.name(), need }
    }
}

/// How many rows have what.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Facet {
    /// Names.
    Names {
        /// The field, or `fit`.
        field: &'static str,
        /// The first values, then ticked ones that are not among them.
        values: Vec<Value>,
        /// How many further values some row has.
        more: u32,
        /// Rows without a value.
        none: u32,
    },
    /// Numbers.
    Numbers {
        /// The field.
        field: &'static str,
        /// The least number of the whole table.
        min: Option<f64>,
        /// The greatest one.
        max: Option<f64>,
        /// Bars, from the least to the greatest.
        buckets: Vec<Bucket>,
        /// Rows without a number.
        none: u32,
    },
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Value {
    /// Its name.
    pub name: String,
    /// Rows that have it, and pass all but the facet's own filter.
    pub count: u32,
    /// Whether the facet's own filter asks for it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub selected: bool,
}

/// A bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bucket {
    /// Its least number.
    pub from: f64,
    /// The least number of the next one; of the last one its greatest number.
    pub to: f64,
    /// Rows in it.
    pub count: u32,
}

/// A group of rows under one base model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// How many of its rows pass.
    pub members: u32,
    /// The largest that fits; without a budget the largest there is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<u32>,
}
