//! A listing, page by page.

use super::{Client, Model, listed, request};
use crate::error::Result;
use crate::hub::{ListQuery, SkippedRow};
use crate::{ListingItem, WorkerProfile, compat};

/// One page of a listing.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page {
    /// The rows, in order; of [`Pages::next_compatible`] the compatible ones.
    pub models: Vec<Model>,
    /// Rows that could not be read, with why: one bad row never sinks its page. A page that was cut off ends
    /// in one of them, with the code `invalid_response`.
    pub skipped: Vec<SkippedRow>,
    /// How many rows the page has, also those left out.
    pub scanned: usize,
    /// Where the next page is: path and query, for [`Client::resume`]. None on the last page.
    pub next: Option<String>,
}

/// Asks for page after page, each only when it is wanted.
///
/// After an error the same page is asked for again: a caller may wait and go on.
#[derive(Clone, Debug)]
#[must_use = "nothing is asked for until `next` is called"]
pub struct Pages {
    client: Client,
    place: Place,
}

/// Where a listing stands.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Start(Box<ListQuery>),
    At(String),
    End,
}

impl Pages {
    pub(super) fn new(client: Client, place: Place) -> Self {
        Self { client, place }
    }

    /// The next page, or none after the last.
    ///
    /// Errors: `invalid_argument` for a query that cannot be sent, `network`, and whatever the Hub answers:
    /// `bad_request`, `unauthorized`, `rate_limited`, `hub_unavailable`, `invalid_response`.
    ///
    /// ```no_run
    /// # async fn example() -> hubfit::Result<()> {
    /// use hubfit::client::Client;
    /// use hubfit::hub::ListQuery;
    ///
    /// let mut pages = Client::new().pages(ListQuery::default());
    /// while let Some(page) = pages.next().await? {
    ///     for model in &page.models {
    ///         if model.id().starts_with("Qwen/") {
    ///             return Ok(());
    ///         }
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next(&mut self) -> Result<Option<Page>> {
        self.next_where(|_| true).await
    }

    /// The next page with the models that are compatible with a worker, or none after the last.
    ///
    /// The others are neither copied nor kept; errors are those of [`next`](Self::next).
    ///
    /// ```no_run
    /// # async fn example() -> hubfit::Result<()> {
    /// # use hubfit::{WorkerProfile, client::Client, hub::ListQuery};
    /// let worker = WorkerProfile::reference();
    /// let mut pages = Client::new().pages(ListQuery::default());
    /// if let Some(page) = pages.next_compatible(&worker).await? {
    ///     assert!(page.models.len() <= page.scanned);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next_compatible(&mut self, worker: &WorkerProfile) -> Result<Option<Page>> {
        self.next_where(|item| compat::accepts(item, worker)).await
    }

    async fn next_where(
        &mut self,
        keep: impl Fn(&ListingItem<'_>) -> bool,
    ) -> Result<Option<Page>> {
        let path = match &self.place {
            Place::Start(query) => query.first_page()?,
            Place::At(path) => path.clone(),
            Place::End => return Ok(None),
        };
        let read = |reply| listed::select(&reply, &keep);
        let (models, page) = request::ask(&self.client, &path, read).await?;
        let (rows, next) = (page.rows, page.next);
        self.place = next.clone().map_or(Place::End, Place::At);
        Ok(Some(Page { models, skipped: rows.skipped, scanned: rows.total, next }))
    }
}
