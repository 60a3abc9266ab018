//! One request and its answer. What the answer means is the business of [`hub`](crate::hub).

use super::Client;
use super::cancel::Cancel;
use crate::error::{Code, Error, Result};
use crate::hub::Answer;
use gloo_net::http::{Request, Response};
use web_sys::Url;

/// A good answer of the Hub.
pub(super) struct Reply {
    pub(super) answer: Answer,
    pub(super) body: Vec<u8>,
}

/// Asks for a path of the Hub; anything but a good answer is an error.
pub(super) async fn send(client: &Client, path: &str) -> Result<Reply> {
    let hub = base(&client.hub_url)?;
    let url = format!("{hub}{path}");
    let token = client.token.as_deref().map(checked_token).transpose()?;
    let cancel = Cancel::with(client.signal.as_ref());
    let (response, body) =
        fetch(&url, token, &cancel).await.map_err(|error| no_answer(&hub, &error, &cancel))?;
    let answer = read_answer(&response, url, token.is_some());
    answer.check(&body)?;
    Ok(Reply { answer, body })
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

/// Origin and path of the Hub, without a slash at the end: a path put after it stays on that origin, and so
/// does the token.
fn base(hub_url: &str) -> Result<String> {
    let url = Url::new(hub_url).ok().filter(is_plain).ok_or_else(|| {
        let found = crate::model::quoted::quoted(hub_url);
        let message = format!("hub_url: expected http(s)://host, found {found}");
        Error::new(Code::InvalidArgument, message)
    })?;
    let path = url.pathname();
    Ok(format!("{}{}", url.origin(), path.trim_end_matches('/')))
}

fn is_plain(url: &Url) -> bool {
    matches!(url.protocol().as_str(), "http:" | "https:")
        && url.username().is_empty()
        && url.password().is_empty()
}

/// A token that can stand in a header. The message does not repeat what was found: it may be half a secret.
fn checked_token(token: &str) -> Result<&str> {
    if token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(token);
    }
    let message = "access_token: expected visible ASCII characters, found another";
    Err(Error::new(Code::InvalidArgument, message))
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
