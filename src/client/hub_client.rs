//! The client: where the Hub is, who asks, and the calls.

use super::pages::{Pages, Place};
use super::patience::Patience;
use super::{Cache, Model, Traffic, request};
use crate::WorkerProfile;
use crate::error::{Code, Error, Result};
use crate::hub::{ListQuery, model};
use std::fmt;
use std::rc::Rc;
use web_sys::AbortSignal;

const DEFAULT_HUB: &str = "https://huggingface.co";

/// The Hub serves at most this many rows a page.
const LARGEST_PAGE: usize = 1000;

/// Rows a page when searching for compatible models: soon there, yet a good part of what is wanted.
const SEARCH_PAGE: usize = 200;

/// A client of one Hub.
///
/// ```no_run
/// use hubfit::client::Client;
///
/// let client = Client::new().hub_url("https://hub.example").access_token("hf_…");
/// let pages = client.pages(hubfit::hub::ListQuery::default());
/// ```
#[derive(Clone)]
pub struct Client {
    pub(super) hub_url: String,
    pub(super) token: Option<String>,
    pub(super) signal: Option<AbortSignal>,
    pub(super) patience: Patience,
    pub(super) cache: Option<Rc<dyn Cache>>,
    pub(super) on_traffic: Option<Rc<dyn Fn(Traffic)>>,
}

impl Default for Client {
    fn default() -> Self {
        Self {
            hub_url: DEFAULT_HUB.to_owned(),
            token: None,
            signal: None,
            patience: Patience::default(),
            cache: None,
            on_traffic: None,
        }
    }
}

/// Without the access token.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("hub_url", &self.hub_url).finish_non_exhaustive()
    }
}

impl Client {
    /// A client of <https://huggingface.co>, without a token.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Another Hub, or a proxy of one: `https://hub.example`, with or without a path before the Hub's own.
    ///
    /// An address that is not `http(s)://…`, or that holds a password, is an `invalid_argument` of every call.
    #[must_use]
    pub fn hub_url(mut self, url: impl Into<String>) -> Self {
        self.hub_url = url.into();
        self
    }

    /// An access token, for more requests and for private models; empty text means none.
    ///
    /// It is sent to the Hub's own origin and to no other, whatever the Hub's answers name as the next page.
    /// A token that cannot stand in a header is an `invalid_argument` of every call.
    #[must_use]
    pub fn access_token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into()).filter(|token| !token.is_empty());
        self
    }

    /// A signal that ends every call of this client with an `aborted` error once it is raised.
    ///
    /// Where nobody else is to cancel, dropping a call's future is enough.
    #[must_use]
    pub fn abort_signal(mut self, signal: AbortSignal) -> Self {
        self.signal = Some(signal);
        self
    }

    /// Where answers are kept: what is asked again is asked for with its `ETag`, the files of a commit not at all.
    #[must_use]
    pub fn cache(mut self, cache: impl Cache + 'static) -> Self {
        self.cache = Some(Rc::new(cache));
        self
    }

    /// The share of the Hub's rate limit that is used, up to 1; 0.9 unless it is set. Clones of a client share it.
    #[must_use]
    pub fn budget(mut self, share: f64) -> Self {
        self.patience.budget = share.clamp(0.01, 1.0);
        self
    }

    /// How often a request is sent again where the Hub failed or no whole answer came; 4 unless it is set.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.patience.retries = retries;
        self
    }

    /// Seconds for a request with all its repetitions, and for its turn; 360 unless it is set, a little more than
    /// a window of the Hub's rate limits.
    #[must_use]
    pub fn deadline(mut self, seconds: u32) -> Self {
        self.patience.deadline = f64::from(seconds) * 1000.0;
        self
    }

    /// Lists models, up to `limit`, asking for as many pages as that takes.
    ///
    /// Rows that cannot be read are left out; [`pages`](Self::pages) names them. Errors are those of
    /// [`Pages::next`], and `invalid_argument` for a limit of 0.
    ///
    /// ```no_run
    /// # async fn example() -> hubfit::Result<()> {
    /// use hubfit::client::Client;
    /// use hubfit::hub::ListQuery;
    ///
    /// let query = ListQuery { author: Some("google".to_owned()), ..ListQuery::default() };
    /// let models = Client::new().list(query, 50).await?;
    /// assert!(models.len() <= 50);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list(&self, query: ListQuery, limit: usize) -> Result<Vec<Model>> {
        at_least_one("limit", limit)?;
        let mut pages = self.pages(sized(query, limit.min(LARGEST_PAGE)));
        let mut models = Vec::new();
        while models.len() < limit
            && let Some(page) = pages.next().await?
        {
            models.extend(page.models);
        }
        models.truncate(limit);
        Ok(models)
    }

    /// Lists models that are compatible with a worker, up to `limit`.
    ///
    /// It asks for pages until there are enough, the listing ends, or `max_scanned` rows were seen: the page on
    /// which that happens is the last. Errors are those of [`Pages::next`], and `invalid_argument` for a limit
    /// of 0.
    ///
    /// ```no_run
    /// # async fn example() -> hubfit::Result<()> {
    /// # use hubfit::{WorkerProfile, client::Client, hub::ListQuery};
    /// let worker = WorkerProfile::reference();
    /// let models = Client::new().list_compatible(ListQuery::default(), &worker, 20, 1000).await?;
    /// assert!(models.len() <= 20);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list_compatible(
        &self,
        query: ListQuery,
        worker: &WorkerProfile,
        limit: usize,
        max_scanned: usize,
    ) -> Result<Vec<Model>> {
        at_least_one("limit", limit)?;
        at_least_one("max_scanned", max_scanned)?;
        let mut pages = self.pages(sized(query, max_scanned.min(SEARCH_PAGE)));
        let mut models = Vec::new();
        let mut scanned = 0;
        while models.len() < limit
            && scanned < max_scanned
            && let Some(page) = pages.next_compatible(worker).await?
        {
            scanned += page.scanned;
            models.extend(page.models);
        }
        models.truncate(limit);
        Ok(models)
    }

    /// A listing page by page; nothing is asked for until [`Pages::next`] is called.
    pub fn pages(&self, query: ListQuery) -> Pages {
        Pages::new(self.clone(), Place::Start(Box::new(query)))
    }

    /// Goes on with a listing from [`Page::next`](super::Page::next), in this visit or in a later one.
    ///
    /// Errors: `invalid_argument` for text that is no such place.
    ///
    /// ```no_run
    /// # async fn example(kept: &str) -> hubfit::Result<()> {
    /// let mut pages = hubfit::client::Client::new().resume(kept)?;
    /// while let Some(page) = pages.next().await? {
    ///     assert!(page.models.len() <= page.scanned);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn resume(&self, next: &str) -> Result<Pages> {
        if next.starts_with("/api/models?") {
            return Ok(Pages::new(self.clone(), Place::At(next.to_owned())));
        }
        let found = crate::model::quoted::quoted(next);
        let message = format!("next: expected the place of a listing's next page, found {found}");
        Err(Error::new(Code::InvalidArgument, message))
    }

    /// One model with its file sizes, at a branch, tag or commit, or at its default branch.
    ///
    /// Errors: `invalid_argument` for an id or revision that cannot exist, `repo_not_found`,
    /// `revision_not_found`, `gated_repo`, `disabled`, `network`, `rate_limited`, `hub_unavailable`, and
    /// `invalid_response` for an answer that is no model.
    ///
    /// ```no_run
    /// # async fn example() -> hubfit::Result<()> {
    /// let model = hubfit::client::Client::new().get("Qwen/Qwen3-8B", Some("main")).await?;
    /// let sizes: u64 = model.item()?.files().filter_map(|(_, size)| size).sum();
    /// assert!(sizes > 0);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn get(&self, id: &str, revision: Option<&str>) -> Result<Model> {
        let path = model::path(id, revision)?;
        request::ask(self, &path, Model::read).await
    }
}

/// The caller's page size outranks ours.
fn sized(query: ListQuery, rows: usize) -> ListQuery {
    ListQuery { page_size: query.page_size.or(Some(rows as u64)), ..query }
}

fn at_least_one(what: &str, count: usize) -> Result<()> {
    if count > 0 {
        return Ok(());
    }
    let message = format!("{what}: expected a whole number of at least 1, found 0");
    Err(Error::new(Code::InvalidArgument, message))
}
