//! Columns: what all rows have in one field.

mod alike;
mod codes;
mod ids;
mod numbers;
mod sets;
mod span;
mod sparse;

pub use codes::{Codes, NONE};
pub use ids::Ids;
pub use numbers::{ABSENT, Numbers, to_number, to_stored};
pub use sets::Sets;
pub(in crate::catalog) use sets::set_of;
pub(in crate::catalog) use span::Span;
