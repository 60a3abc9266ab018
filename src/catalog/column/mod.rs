//! Columns: what all rows have in one field.

mod codes;
mod ids;
mod numbers;
mod sets;
mod sparse;

pub use codes::{Codes, NONE};
pub use ids::Ids;
pub use numbers::{ABSENT, Numbers, to_number, to_stored};
pub use sets::Sets;
