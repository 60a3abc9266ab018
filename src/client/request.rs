//! One request and its answer. What the answer means is the business of [`hub`](crate::hub).

use super::Client;
use super::cancel::Cancel;
use crate::error::{Code, Error, Result};
use crate::hub::{Answer, address};
use gloo_net::http::{Request, Response};

/// An answer of the Hub, good or bad.
pub(super) struct Reply {
    pub(super) answer: Answer,
    pub(super) body: Vec<u8>,
}

/// Asks for a path of the Hub; `read` tells whether the answer is an error or was cut short.
pub(super) async fn ask<T>(
    client: &Client,
    path: &str,
    read: impl Fn(Reply) -> Result<T>,
) -> Result<T> {
    let hub = address::base(&client.hub_url)?;
    let url = format!("{hub}{path}");
    let request = async || {
        let mut opened = Opened::get(client, &hub, url.clone(), None).await?;
        let body = opened.body().await?;
        read(Reply { body, answer: opened.answer })
    };
    client.persist(&url, request).await
}

/// An answer whose body was not received yet.
pub(super) struct Opened {
    pub(super) answer: Answer,
    pub(super) response: Response,
    hub: String,
    cancel: Cancel,
}

impl Opened {
    /// Sends a request to a URL below `hub`, which gets the token.
    pub(super) async fn get(
        client: &Client,
        hub: &str,
        url: String,
        range: Option<&str>,
    ) -> Result<Self> {
        let token = client.token.as_deref().filter(|token| !token.is_empty());
        address::check_token(token.unwrap_or_default())?;
        let cancel = Cancel::with(client.signal.as_ref());
        let mut request = Request::get(&url).abort_signal(cancel.signal().as_ref());
        if let Some(token) = token {
            request = request.header("authorization", &format!("Bearer {token}"));
        }
        if let Some(range) = range {
            request = request.header("range", range);
        }
        let response = request.send().await.map_err(|error| no_answer(hub, &error, &cancel))?;
        let answer = read_answer(&response, url, token.is_some());
        client.hear(&answer);
        Ok(Self { answer, response, hub: hub.to_owned(), cancel })
    }

    /// Receives the body. What is left out is cancelled when this is dropped.
    pub(super) async fn body(&mut self) -> Result<Vec<u8>> {
        let body = self.response.binary().await;
        body.map_err(|error| no_answer(&self.hub, &error, &self.cancel))
    }
}

fn read_answer(response: &Response, url: String, authenticated: bool) -> Answer {
    let headers = response.headers();
    Answer {
        status: response.status(),
        url,
        link: headers.get("link"),
        error_code: headers.get("x-error-code"),
        error_message: headers.get("x-error-message"),
        retry_after: headers.get("retry-after"),
        rate_limit: headers.get("ratelimit"),
        rate_limit_policy: headers.get("ratelimit-policy"),
        authenticated,
    }
}

fn no_answer(hub: &str, error: &gloo_net::Error, cancel: &Cancel) -> Error {
    if cancel.requested() {
        return Error::new(Code::Aborted, format!("the request to {hub} was aborted"));
    }
    let reason = match error {
        gloo_net::Error::JsError(error) => &error.message,
        gloo_net::Error::GlooError(reason) => reason,
    };
    Error::new(Code::Network, format!("no answer from {hub}: {reason}"))
}
