//! Many models in columns, opened from a snapshot: filtered, counted, sorted and searched within one frame.
//!
//! A [`Table`] is made of fixed-width columns: what has names holds codes of a [`Dictionary`](dictionary::Dictionary),
//! what has several of them a set of bits, what is a number a `u32` that orders as the number does. Rows come in through a
//! [`Builder`] or from a snapshot, and go out again only for the page somebody looks at.

pub mod column;
pub mod dictionary;
pub mod field;
pub mod row;
pub mod snapshot;
pub mod table;

pub use field::Field;
pub use row::Row;
pub use table::{Builder, Table};
