//! The Hub client for Rust front ends, on [gloo-net](https://docs.rs/gloo-net).
//!
//! It sends what [`hub`](crate::hub) says is to be sent and hands back what `hub` makes of the answer; nothing
//! here knows the Hub's protocol. It runs wherever there is a global `fetch`: in browsers, in their workers, in
//! Node 20 and newer. Its futures run on the host's own event loop, and dropping one cancels its request.
//!
//! ```no_run
//! use hubfit::WorkerProfile;
//! use hubfit::client::Client;
//! use hubfit::hub::ListQuery;
//!
//! # async fn example() -> hubfit::Result<()> {
//! let query = ListQuery { search: Some("qwen".to_owned()), ..ListQuery::default() };
//! let worker = WorkerProfile::reference();
//! for model in Client::new().list_compatible(query, &worker, 10, 1000).await? {
//!     let verdict = hubfit::check_model_compatibility(&model.item()?, &worker);
//!     assert!(verdict.compatible, "{}", model.id());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Limits and failures
//!
//! A client keeps the Hub's rate limits before it is refused, and asks again after 408, 429, 500, 502, 503, 504 and
//! where no whole answer came: see [`Client::budget`], [`Client::retries`] and [`Client::deadline`].
//!
//! # Errors
//!
//! Every error is a [`hubfit::Error`](crate::Error). `network` means that no answer came: the Hub cannot be
//! reached, or the connection broke; `aborted`, that the caller's own [`AbortSignal`](web_sys::AbortSignal) was
//! raised. An answer that is an error has its HTTP status in
//! [`status`](crate::Error::status); browsers do not show `Retry-After`, so there the wait is a guess.

mod cache;
mod cancel;
mod complete;
mod file;
mod hub_client;
mod in_parallel;
mod listed;
mod pages;
mod patience;
mod request;
mod traffic;

pub use cache::{Cache, CacheFuture, CachedAnswer, MemoryCache};
pub use complete::{CompleteOptions, CompletedModel, Detail, Progress};
pub use hub_client::Client;
pub use listed::Model;
pub use pages::{Page, Pages};
pub use traffic::Traffic;
