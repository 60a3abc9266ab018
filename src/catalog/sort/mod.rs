//! The order of rows, and the page of it that is asked for.
//!
//! Where many rows pass, a permutation of the whole table (sorted once for its keys) is walked until the page is full. Where few do, or
//! where the order is that of a search, the best of those that pass are picked out.

mod column;
mod permutation;
mod pick;
mod ranks;

pub(super) use column::{Columns, Given};
pub(super) use permutation::Orders;
pub(super) use pick::Best;
pub(super) use ranks::Ranks;
