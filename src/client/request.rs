//! One request and its answer. What the answer means is the business of [`hub`](crate::hub).

use super::Client;
use super::cache::{self, CachedAnswer};
use super::cancel::Cancel;
use crate::error::{Code, Error, Result};
use crate::hub::{Answer, address};
use gloo_net::http::{Request, Response};
use web_sys::ResponseType;

/// An answer of the Hub, good or bad.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    pub(super) answer: Answer,
    pub(super) content_range: Option<String>,
    pub(super) content_length: Option<String>,
    pub(super) body: Vec<u8>,
    etag: Option<String>,
    cross_origin: bool,
}

/// What is asked: an address below a Hub, whose token it gets, and which bytes of it.
pub(super) struct Question<'q> {
    pub(super) hub: &'q str,
    pub(super) url: &'q str,
    pub(super) range: Option<&'q str>,
}

/// Asks for a path of the Hub; `read` tells whether the answer is an error or was cut short.
pub(super) async fn ask<T>(
    client: &Client,
    path: &str,
    read: impl Fn(Reply) -> Result<T>,
) -> Result<T> {
    let hub = address::base(&client.hub_url)?;
    let url = format!("{hub}{path}");
    answer(client, &Question { hub: &hub, url: &url, range: None }, |_| Ok(()), read).await
}

/// Gets an answer from the cache or from the Hub. `accept` looks at it before its body is received, `read` after; what
/// either refuses is not kept.
pub(super) async fn answer<T>(
    client: &Client,
    question: &Question<'_>,
    accept: impl Fn(&Reply) -> Result<()>,
    read: impl Fn(Reply) -> Result<T>,
) -> Result<T> {
    let key = cache::key(question.url, question.range, client.token.as_deref());
    let kept = match &client.cache {
        Some(cache) => cache.get(&key).await.map(|kept| question.kept(client, kept)),
        None => None,
    };
    if let Some(kept) = kept.as_ref().filter(|_| cache::is_immutable(question.url)) {
        return read(kept.clone());
    }
    let etag =
        kept.as_ref().filter(|kept| !kept.cross_origin).and_then(|kept| kept.etag.as_deref());
    let request = async || {
        let mut opened = Opened::get(client, question, etag).await?;
        if let Some(kept) = kept.as_ref().filter(|_| opened.reply.answer.status == 304) {
            return read(kept.clone());
        }
        accept(&opened.reply)?;
        opened.receive(client).await?;
        let keep = client.cache.as_ref().map(|cache| (cache, opened.reply.to_keep()));
        let done = read(opened.reply)?;
        if let Some((cache, answer)) = keep {
            cache.put(&key, answer).await;
        }
        Ok(done)
    };
    client.persist(question.url, request).await
}

impl Question<'_> {
    /// What is kept, as if it had just come.
    fn kept(&self, client: &Client, kept: CachedAnswer) -> Reply {
        let answer = Answer {
            status: kept.status,
            url: self.url.to_owned(),
            link: kept.link,
            authenticated: client.token.is_some(),
            ..Answer::default()
        };
        let (content_range, etag) = (kept.content_range, kept.etag);
        let cross_origin = kept.cross_origin;
        Reply { answer, content_range, content_length: None, body: kept.body, etag, cross_origin }
    }
}

impl Reply {
    fn of(response: &Response, url: String, authenticated: bool) -> Self {
        let headers = response.headers();
        let get = |name| headers.get(name);
        let answer = Answer {
            status: response.status(),
            url,
            link: get("link"),
            error_code: get("x-error-code"),
            error_message: get("x-error-message"),
            retry_after: get("retry-after"),
            rate_limit: get("ratelimit"),
            rate_limit_policy: get("ratelimit-policy"),
            authenticated,
        };
        Self {
            answer,
            content_range: get("content-range"),
            content_length: get("content-length"),
            body: Vec::new(),
            etag: get("etag"),
            cross_origin: response.type_() == ResponseType::Cors,
        }
    }

    fn to_keep(&self) -> CachedAnswer {
        CachedAnswer {
            status: self.answer.status,
            etag: self.etag.clone(),
            link: self.answer.link.clone(),
            content_range: self.content_range.clone(),
            cross_origin: self.cross_origin,
            body: self.body.clone(),
        }
    }
}

/// An answer whose body was not received yet.
struct Opened<'q> {
    reply: Reply,
    response: Response,
    hub: &'q str,
    cancel: Cancel,
}

impl<'q> Opened<'q> {
    /// Sends the request; where the answer with this `ETag` is still the one, none with a body comes.
    async fn get(client: &Client, question: &Question<'q>, etag: Option<&str>) -> Result<Self> {
        let Question { hub, url, range } = *question;
        let token = client.token.as_deref();
        address::check_token(token.unwrap_or_default())?;
        let cancel = Cancel::with(client.signal.as_ref());
        let bearer = token.map(|token| format!("Bearer {token}"));
        let headers =
            [("authorization", bearer.as_deref()), ("range", range), ("if-none-match", etag)];
        let mut request = Request::get(url).abort_signal(cancel.signal().as_ref());
        for (name, value) in headers {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        client.tell(1, 0, 0.0);
        let response = request.send().await.map_err(|error| no_answer(hub, &error, &cancel))?;
        let reply = Reply::of(&response, url.to_owned(), token.is_some());
        client.hear(&reply.answer);
        Ok(Self { reply, response, hub, cancel })
    }

    /// Receives the body. What is left out is cancelled when this is dropped.
    async fn receive(&mut self, client: &Client) -> Result<()> {
        let body = self.response.binary().await;
        self.reply.body = body.map_err(|error| no_answer(self.hub, &error, &self.cancel))?;
        client.tell(0, self.reply.body.len(), 0.0);
        Ok(())
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
