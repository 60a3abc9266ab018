//! What the Hub answered: turned into an error where it is one.
//!
//! The order of the checks is that of the Hub's Python client (`huggingface_hub` `utils/_http.py`).

use super::pace;
use crate::error::{Code, Error, Result};
use crate::model::Json;
use crate::model::arguments::Arguments;
use serde::Serialize;
use std::borrow::Cow;

/// Status and the headers that carry meaning, of an answer of the Hub.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The URL that was asked for.
    pub url: String,
    /// `Link`.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// `X-Error-Code`.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// `X-Error-Message`.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// `Retry-After`; browsers cannot read it.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<String>,
    /// `RateLimit`; browsers cannot read it.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<String>,
    /// `RateLimit-Policy`; browsers cannot read it.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit_policy: Option<String>,
    /// Whether an access token was sent.
    pub authenticated: bool,
}

impl Answer {
    /// Reads what a driver saw from its JSON.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let mut fields = Arguments::parse("answer", json)?;
        let status = fields.count("status")?.unwrap_or(0);
        let answer = Self {
            status: u16::try_from(status).unwrap_or(0),
            url: fields.text("url")?.unwrap_or_default(),
            link: fields.text("link")?,
            error_code: fields.text("errorCode")?,
            error_message: fields.text("errorMessage")?,
            retry_after: fields.text("retryAfter")?,
            rate_limit: fields.text("rateLimit")?,
            rate_limit_policy: fields.text("rateLimitPolicy")?,
            authenticated: fields.flag("authenticated")?,
        };
        fields.end().map(|()| answer)
    }

    /// The error that this answer is, if it is one.
    pub fn check(&self, body: &[u8]) -> Result<()> {
        if !(200..300).contains(&self.status) {
            return Err(self.error(body));
        }
        if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<') {
            return Err(self.fail(
                Code::InvalidResponse,
                "a page of HTML where JSON was expected: is this a Hub?",
            ));
        }
        Ok(())
    }

    /// The error of a body that is not what the route promises.
    pub(super) fn wrong(&self, error: &Error) -> Error {
        let advice = "ask again, and check that this is a Hub";
        let message = format!("the hub's answer: {error}; {advice} [{}]", self.place());
        Error::http(Code::InvalidResponse, self.status, message)
    }

    fn error(&self, body: &[u8]) -> Error {
        let said = self.said(body);
        self.error_as(self.code(&said), &said)
    }

    /// The error that this answer is, told by the route that knows what its status means.
    pub(super) fn error_as(&self, code: Code, said: &str) -> Error {
        let advice = self.advice(code);
        let said = if said.is_empty() { String::new() } else { format!(" ({said})") };
        self.fail(code, &format!("{}{said}; {advice}", self.status))
    }

    fn fail(&self, code: Code, what: &str) -> Error {
        let message = format!("the hub answered {what} [{}]", self.place());
        Error::http(code, self.status, message).retry_in(self.seconds())
    }

    /// The URL without its query, which may hold a search somebody would not want in a log.
    pub(super) fn place(&self) -> &str {
        self.url.split('?').next().unwrap_or(&self.url)
    }

    fn code(&self, said: &str) -> Code {
        if let Some(code) = self.named_code() {
            return code;
        }
        match self.status {
            403 if said == "Access to this resource is disabled." => Code::Disabled,
            // The Hub hides whether a repository exists from those who are not logged in.
            401 if !self.authenticated && self.url.contains("/models/") => Code::RepoNotFound,
            401 => Code::Unauthorized,
            403 => Code::Forbidden,
            404 if self.url.contains("/models/") => Code::RepoNotFound,
            404 => Code::InvalidResponse,
            429 => Code::RateLimited,
            400..=499 => Code::BadRequest,
            500..=599 => Code::HubUnavailable,
            _ => Code::InvalidResponse,
        }
    }

    /// What `X-Error-Code` names.
    pub(super) fn named_code(&self) -> Option<Code> {
        Some(match self.error_code.as_deref()? {
            "RevisionNotFound" => Code::RevisionNotFound,
            "EntryNotFound" => Code::EntryNotFound,
            "GatedRepo" => Code::GatedRepo,
            "RepoNotFound" => Code::RepoNotFound,
            _ => return None,
        })
    }

    fn advice(&self, code: Code) -> String {
        match code {
            Code::RepoNotFound if self.authenticated => {
                "check the id, and that your token may see it".to_owned()
            }
            Code::RepoNotFound => "check the id; a private model needs an access token".to_owned(),
            Code::Unauthorized => "check the access token".to_owned(),
            Code::Forbidden => "the access token lacks the right".to_owned(),
            Code::GatedRepo => {
                "ask for access on the model's page and pass an access token".to_owned()
            }
            Code::RevisionNotFound => "check the branch, tag or commit".to_owned(),
            Code::EntryNotFound => "check the file's path".to_owned(),
            Code::RateLimited => self.wait(),
            Code::HubUnavailable => "try again later".to_owned(),
            Code::BadRequest => "check the query".to_owned(),
            Code::InvalidResponse => "check that this is a Hub".to_owned(),
            _ => "nothing can be done about it from here".to_owned(),
        }
    }

    fn wait(&self) -> String {
        let token =
            if self.authenticated { "" } else { ", or pass an access token, which allows more" };
        match (self.seconds(), &self.retry_after) {
            (Some(seconds), _) => format!("try again in {seconds} s{token}"),
            (None, Some(date)) => format!("try again after {date}{token}"),
            (None, None) => format!("windows are 5 minutes long: try again then{token}"),
        }
    }

    /// `Retry-After: 30`, or the `t` of `RateLimit: "api";r=0;t=30`.
    pub(super) fn seconds(&self) -> Option<u32> {
        let after = self.retry_after.as_deref().and_then(|after| after.trim().parse().ok());
        // What is left of a window says nothing of a server that fails.
        let window = self.rate_limit.as_deref().filter(|_| self.status == 429);
        after.or_else(|| pace::whole(window?, "t="))
    }

    /// What the Hub says is wrong: the header, else the body's `error`.
    pub(super) fn said(&self, body: &[u8]) -> String {
        const LONGEST: usize = 300;
        let said = self.error_message.clone().or_else(|| error_text(body)).unwrap_or_default();
        said.chars().take(LONGEST).collect()
    }
}

/// `{"error": text}`, `{"error": [text]}` or `{"errors": [{"message": text}]}`.
fn error_text(body: &[u8]) -> Option<String> {
    let body = Json::parse("an error", body).ok()?;
    let [error, errors] = body.pick(["error", "errors"]);
    let listed = errors.items().next().unwrap_or_default().get("message");
    [error, listed].into_iter().find_map(|said| said.texts().next()).map(Cow::into_owned)
}
