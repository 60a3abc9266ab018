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

/// Asks for a path of the Hub.
pub(super) async fn send(client: &Client, path: &str) -> Result<Reply> {
    let hub = address::base(&client.hub_url)?;
    let url = format!("{hub}{path}");
    let token = client.token.as_deref().filter(|token| !token.is_empty());
    address::check_token(token.unwrap_or_default())?;
    let cancel = Cancel::with(client.signal.as_ref());
    let (response, body) =
        fetch(&url, token, &cancel).await.map_err(|error| no_answer(&hub, &error, &cancel))?;
    Ok(Reply { answer: read_answer(&response, url, token.is_some()), body })
}

async fn fetch(
    url: &str,
    token: Option<&str>,
    cancel: &Cancel,
) -> std::result::Result<(Response, Vec<u8>), gloo_net::Error> {
    let mut request = Request::get(url).abort_signal(cancel.signal().as_ref());
    if let Some(token) = token {
        request = request.header("authorization", &format!("Bearer {token}"));
    }
    let response = request.send().await?;
    let body = response.binary().await?;
    Ok((response, body))
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
