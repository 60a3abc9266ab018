//! What a catalog answers.

use super::query::Class;
use crate::model::json::Writer;

/// The rows of a page, and how many there are of what.
#[derive(Clone, Debug, Default, PartialEq)]
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
    pub next: Option<String>,
}

/// How a row fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fits {
    /// `full`, `partial`, `no`, `unknown`.
    pub fit: &'static str,
    /// Bytes that it needs.
    pub need: Option<f64>,
}

impl Answer {
    /// Writes all but the rows, of which whoever asks wants more than their places: the entries of an object.
    pub fn write(&self, out: &mut Writer) {
        out.key("total").whole(self.total.into());
        out.key("facets").open(b'[');
        for facet in &self.facets {
            facet.write(out);
        }
        out.close(b']');
        out.key("partial").flag(self.partial);
        if let Some(next) = &self.next {
            out.key("next").text(next);
        }
    }
}

impl Fits {
    /// Writes the entries of an object.
    pub fn write(&self, out: &mut Writer) {
        out.key("fit").text(self.fit);
        if self.need.is_some() {
            out.key("need").number(self.need);
        }
    }

    pub(super) fn of(class: Class, need: Option<f64>) -> Self {
        Self { fit: class.name(), need }
    }
}

/// How many rows have what.
#[derive(Clone, Debug, PartialEq)]
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

impl Facet {
    /// Writes an object.
    pub fn write(&self, out: &mut Writer) {
        out.open(b'{');
        let none = match self {
            Self::Names { field, values, more, none } => {
                out.key("field").text(field);
                out.key("values").open(b'[');
                for value in values {
                    value.write(out);
                }
                out.close(b']');
                out.key("more").whole((*more).into());
                *none
            }
            Self::Numbers { field, min, max, buckets, none } => {
                out.key("field").text(field);
                out.key("min").number(*min);
                out.key("max").number(*max);
                out.key("buckets").open(b'[');
                for bucket in buckets {
                    bucket.write(out);
                }
                out.close(b']');
                *none
            }
        };
        out.key("none").whole(none.into());
        out.close(b'}');
    }
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its name.
    pub name: String,
    /// Rows that have it, and pass all but the facet's own filter.
    pub count: u32,
    /// Whether the facet's own filter asks for it.
    pub selected: bool,
}

impl Value {
    fn write(&self, out: &mut Writer) {
        out.open(b'{');
        out.key("name").text(&self.name);
        out.key("count").whole(self.count.into());
        if self.selected {
            out.key("selected").flag(true);
        }
        out.close(b'}');
    }
}

/// A bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// Its least number.
    pub from: f64,
    /// The least number of the next one; of the last one its greatest number.
    pub to: f64,
    /// Rows in it.
    pub count: u32,
}

impl Bucket {
    fn write(&self, out: &mut Writer) {
        out.open(b'{');
        out.key("from").number(Some(self.from));
        out.key("to").number(Some(self.to));
        out.key("count").whole(self.count.into());
        out.close(b'}');
    }
}

/// A group of rows under one base model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// How many of its rows pass.
    pub members: u32,
    /// The largest that fits; without a budget the largest there is.
    pub best: Option<u32>,
}
