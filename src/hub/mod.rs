//! The Hub's protocol as values: requests to send, answers to read. Nothing here sends anything.

pub mod address;
pub mod answer;
mod encode;
pub mod file;
mod link;
pub mod list;
pub mod model;
pub mod pace;
pub mod page;
pub mod query;
pub mod retry;

pub use answer::Answer;
pub use page::{Row, Rows, SkippedRow};
pub use query::ListQuery;
