//! Many models in columns, opened from a snapshot: filtered, counted, sorted and searched within one frame.
//!
//! A [`Table`] is made of fixed-width columns: what has names holds codes of a [`Dictionary`](dictionary::Dictionary),
//! what has several of them a set of bits, what is a number a `u32` that orders as the number does. Rows come in through a
//! [`Builder`] or from a snapshot, and go out again only for the page somebody looks at.

pub mod answer;
mod bits;
pub mod column;
pub mod dictionary;
pub mod engine;
mod facet;
pub mod field;
mod filter;
mod find;
mod fit;
mod group;
pub mod matches;
mod page;
pub mod query;
pub mod row;
pub mod snapshot;
mod sort;
pub mod table;
pub mod task;
pub mod text;

pub use answer::{Answer, Bucket, Facet, Fits, Group, Value};
pub use bits::Bits;
pub use engine::Engine;
pub use field::Field;
pub use matches::Matches;
pub use query::Query;
pub use row::Row;
pub use table::{Builder, Table};
pub use text::Text;
