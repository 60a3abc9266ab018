//! One opaque error with a stable code.

use std::borrow::Cow;
use std::fmt;

/// What went wrong, with a stable [`code`](Error::code) to switch on and a message for a person.
///
/// | code | meaning | retry? |
/// |---|---|---|
/// | `invalid_argument` | a call was made with a value that cannot be used | no |
/// | `invalid_json` | text that should be JSON is not | no |
/// | `invalid_model` | a value that should be a model is not an object, or has no usable id | no |
/// | `invalid_file` | a model file is damaged, or is not of its format | no |
/// | `limit_exceeded` | an input is larger than a named limit | no |
/// | `unauthorized` | the Hub refused the token, or wants one | no |
/// | `forbidden` | the token lacks the right | no |
/// | `gated_repo` | the files need accepted terms | no |
/// | `repo_not_found` | no such model, or a private one | no |
/// | `revision_not_found` | no such branch, tag or commit | no |
/// | `entry_not_found` | no such file | no |
/// | `disabled` | the Hub switched the repository off | no |
/// | `bad_request` | the Hub refused the query | no |
/// | `rate_limited` | too many requests | later |
/// | `hub_unavailable` | the Hub failed (5xx) | later |
/// | `aborted` | the caller aborted the call | as they like |
/// | `network` | no answer from the Hub: unreachable, cut off, or the request was aborted | later |
/// | `invalid_response` | the Hub answered something that is not what the route promises | perhaps |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Fault>);

/// Behind a pointer: what may fail is handed up through many functions, and each of them would move all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    code: Code,
    message: Cow<'static, str>,
    status: Option<u16>,
    retry_after: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    InvalidArgument,
    InvalidJson,
    InvalidModel,
    InvalidFile,
    LimitExceeded,
    Unauthorized,
    Forbidden,
    GatedRepo,
    RepoNotFound,
    RevisionNotFound,
    EntryNotFound,
    Disabled,
    BadRequest,
    RateLimited,
    HubUnavailable,
    #[cfg_attr(not(feature = "gloo"), expect(dead_code, reason = "only a driver sends requests"))]
    Network,
    #[cfg_attr(not(feature = "gloo"), expect(dead_code, reason = "only a driver aborts requests"))]
    Aborted,
    InvalidResponse,
}

/// The result of everything that can fail in this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Fault { code, message: message.into(), status: None, retry_after: None }))
    }

    pub(crate) fn http(code: Code, status: u16, message: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::new(code, message);
        error.0.status = Some(status);
        error
    }

    pub(crate) fn retry_in(mut self, seconds: Option<u32>) -> Self {
        self.0.retry_after = seconds;
        self
    }

    /// The stable name of this kind of error, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.0.code {
            Code::InvalidArgument => "invalid_argument",
            Code::InvalidJson => "invalid_json",
            Code::InvalidModel => "invalid_model",
            Code::InvalidFile => "invalid_file",
            Code::LimitExceeded => "limit_exceeded",
            Code::Unauthorized => "unauthorized",
            Code::Forbidden => "forbidden",
            Code::GatedRepo => "gated_repo",
            Code::RepoNotFound => "repo_not_found",
            Code::RevisionNotFound => "revision_not_found",
            Code::EntryNotFound => "entry_not_found",
            Code::Disabled => "disabled",
            Code::BadRequest => "bad_request",
            Code::RateLimited => "rate_limited",
            Code::HubUnavailable => "hub_unavailable",
            Code::Aborted => "aborted",
            Code::Network => "network",
            Code::InvalidResponse => "invalid_response",
        }
    }

    /// What went wrong, for a person.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The HTTP status that the Hub answered, for errors that come from an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Seconds after which the Hub asks to be asked again, where it said so; browsers cannot read it.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        self.0.retry_after
    }

    /// Whether the same call may succeed later without any change.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(self.0.code, Code::RateLimited | Code::HubUnavailable | Code::Network)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}
