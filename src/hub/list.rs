//! Answers of `GET /api/models`, page after page.

use super::{Answer, Rows, link, page};
use crate::error::{Code, Error, Result};
use crate::model::ListingItem;

/// A page of a listing, read.
#[derive(Clone, Debug, Default)]
pub struct ListPage {
    /// Its rows.
    pub rows: Rows,
    /// Path and query of the next page, if there is one.
    pub next: Option<String>,
}

/// Reads the answer of the list route, with the rows that a test keeps.
///
/// A page that was cut off is an error: a listing that is short in silence would be taken for whole.
pub fn read(
    answer: &Answer,
    body: &[u8],
    keep: impl FnMut(&ListingItem<'_>) -> bool,
) -> Result<ListPage> {
    answer.check(body)?;
    let rows = page::select(body, keep).map_err(|error| answer.wrong(&error))?;
    if let Some(last) = rows.skipped.last().filter(|_| rows.damaged) {
        return Err(answer.wrong(&Error::new(Code::InvalidResponse, last.message.clone())));
    }
    // A page without rows ends a listing, whatever it says of a next one.
    let next = if rows.total == 0 { None } else { next_page(answer)? };
    Ok(ListPage { rows, next })
}

/// The next page's path and query, if there is one.
///
/// A `Link` may name any host; only its path is followed, on the host that was asked, so that a token never
/// travels elsewhere.
pub fn next_page(answer: &Answer) -> Result<Option<String>> {
    let Some(target) = answer.link.as_deref().and_then(link::next) else {
        return Ok(None);
    };
    let wrong = |found| {
        let message = format!("Link: expected a next page of /api/models, found {found}");
        Error::new(Code::InvalidResponse, message)
    };
    let path = target.find("/api/models?").and_then(|at| target.get(at..));
    let path = path.ok_or_else(|| wrong("another address"))?;
    if answer.url.ends_with(path) {
        return Err(wrong("the same page again"));
    }
    Ok(Some(path.to_owned()))
}
