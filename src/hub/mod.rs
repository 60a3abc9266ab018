//! The Hub's protocol as values: requests to send, answers to read. Nothing here sends anything.

pub mod address;
pub mod answer;
mod encode;
pub mod file;
mod link;
pub mod list;
pub mod model;
pub mod page;

pub use answer::Answer;
pub use list::ListQuery;
pub use page::{Row, Rows, SkippedRow};
