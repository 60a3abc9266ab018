//! The local Hub (tests/hub) as the tests see it: a client of it, and its control routes.

use gloo_net::http::{Method, RequestBuilder};
use hubfit::client::{Client, Page, Pages};
use wasm_bindgen::JsError;
use wasm_bindgen_test::console_log;

pub(crate) type Test<T = ()> = Result<T, JsError>;

pub(crate) struct Hub {
    pub(crate) url: &'static str,
}

/// One request, as the Hub logged it.
#[derive(serde::Deserialize)]
pub(crate) struct Logged {
    pub(crate) method: String,
    pub(crate) path: String,
    /// 0 where the connection was cut.
    pub(crate) status: u16,
    /// Whether a token came with it.
    pub(crate) authorized: bool,
}

impl Hub {
    /// The Hub that run.mjs started, cleared of earlier faults and of its log.
    pub(crate) async fn ready() -> Test<Option<Self>> {
        let Some(url) = option_env!("HUBFIT_HUB_URL") else {
            console_log!("skipped: no HUBFIT_HUB_URL at compile time; run node tests/wasm/run.mjs");
            return Ok(None);
        };
        let hub = Self { url };
        hub.control(Method::DELETE, "faults", None).await?;
        hub.control(Method::DELETE, "requests", None).await?;
        Ok(Some(hub))
    }

    /// Clears faults and the log once more.
    pub(crate) async fn ready_again(&self) -> Test {
        Self::ready().await.map(drop)
    }

    /// One that asks once.
    pub(crate) fn client(&self) -> Client {
        self.patient_client().retries(0).deadline(0)
    }

    /// One that asks again.
    pub(crate) fn patient_client(&self) -> Client {
        Client::new().hub_url(self.url)
    }

    /// Arms a fault (tests/hub/faults.ts) from its JSON.
    pub(crate) async fn fault(&self, json: &str) -> Test {
        self.control(Method::POST, "faults", Some(json)).await.map(drop)
    }

    /// Every request since the test began, as the Hub logged it.
    pub(crate) async fn requests(&self) -> Test<Vec<Logged>> {
        Ok(serde_json::from_slice(&self.control(Method::GET, "requests", None).await?)?)
    }

    async fn control(&self, method: Method, what: &str, body: Option<&str>) -> Test<Vec<u8>> {
        let request = RequestBuilder::new(&format!("{}/.local/{what}", self.url)).method(method);
        let request = match body {
            Some(body) => request.body(body)?,
            None => request.build()?,
        };
        let response = request.send().await?;
        if response.ok() {
            return Ok(response.binary().await?);
        }
        Err(JsError::new(&format!("{what}: the local Hub answered {}", response.status())))
    }
}

/// The next page, where there must be one.
pub(crate) async fn next(pages: &mut Pages) -> Test<Page> {
    pages.next().await?.ok_or_else(|| JsError::new("expected a page, found the listing's end"))
}

/// Code and status of a result that should be an error.
pub(crate) fn failure<T>(result: hubfit::Result<T>) -> Option<(&'static str, Option<u16>)> {
    result.err().map(|error| (error.code(), error.status()))
}
