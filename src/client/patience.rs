//! Waiting: for a turn that the Hub's rate limits allow, and before another try.

use super::Client;
use crate::error::{Code, Error, Result};
use crate::hub::pace::{Bucket, Pace};
use crate::hub::{Answer, retry};
use js_sys::{Date, Function, Math, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

/// How long a client waits, and how often it asks again.
#[derive(Clone, Debug)]
pub(super) struct Patience {
    /// Share of the Hub's rate limit.
    pub(super) budget: f64,
    /// Tries after the first, where the Hub failed.
    pub(super) retries: u32,
    /// Milliseconds for a request with all its tries, and for a turn.
    pub(super) deadline: f64,
    /// What is known of the Hub's rate limits; clones of a client share it.
    paces: Rc<RefCell<Vec<(Bucket, Pace)>>>,
}

impl Default for Patience {
    fn default() -> Self {
        Self { budget: 0.9, retries: 4, deadline: 360_000.0, paces: Rc::default() }
    }
}

impl Client {
    /// Does a request when its turn has come, and again where that may help.
    pub(super) async fn persist<T>(
        &self,
        url: &str,
        mut request: impl AsyncFnMut() -> Result<T>,
    ) -> Result<T> {
        self.take_turn(url).await?;
        let start = Date::now();
        let (mut failures, mut faults) = (0, 0);
        loop {
            let error = match request().await {
                Ok(done) => return Ok(done),
                Err(error) => error,
            };
            failures += 1;
            faults += u32::from(error.code() != "rate_limited");
            let wait = status(&error)
                .filter(|_| faults <= self.patience.retries)
                .and_then(|status| {
                    retry::wait(status, error.retry_after(), failures, Math::random())
                })
                .filter(|wait| Date::now() + wait - start <= self.patience.deadline);
            let Some(wait) = wait else { return Err(error) };
            self.sleep(wait).await?;
            self.take_turn(url).await?;
        }
    }

    /// Learns from an answer what is left of the Hub's rate limit.
    pub(super) fn hear(&self, answer: &Answer) {
        // Browsers hide the limits across origins: that none is named says nothing.
        self.with_pace(&answer.url, |pace| pace.heard(Date::now(), answer, false));
    }

    async fn take_turn(&self, url: &str) -> Result<()> {
        loop {
            let wait = self.with_pace(url, |pace| pace.turn(Date::now(), self.patience.budget));
            if wait <= 0.0 {
                return Ok(());
            }
            if wait > self.patience.deadline {
                let message = "the hub's rate limit is used up, for longer than the deadline";
                return Err(Error::new(Code::RateLimited, message));
            }
            self.sleep(wait).await?;
        }
    }

    fn with_pace<T>(&self, url: &str, step: impl FnOnce(&mut Pace) -> T) -> T {
        let bucket = Bucket::of(url);
        let mut paces = self.patience.paces.borrow_mut();
        if let Some((_, pace)) = paces.iter_mut().find(|(known, _)| *known == bucket) {
            return step(pace);
        }
        let mut pace = Pace::assumed(bucket, self.token.is_some());
        let done = step(&mut pace);
        paces.push((bucket, pace));
        done
    }

    /// Waits so many milliseconds, or until the caller's signal is raised.
    async fn sleep(&self, milliseconds: f64) -> Result<()> {
        // Short steps: a signal that is raised meanwhile is seen soon.
        const STEP: f64 = 200.0;
        let end = Date::now() + milliseconds;
        self.tell(0, 0, milliseconds);
        loop {
            if self.signal.as_ref().is_some_and(web_sys::AbortSignal::aborted) {
                return Err(Error::new(Code::Aborted, "aborted while waiting for the hub"));
            }
            let left = end - Date::now();
            if left <= 0.0 {
                self.tell(0, 0, 0.0);
                return Ok(());
            }
            timeout(left.min(STEP)).await;
        }
    }
}

/// 0 where no whole answer came: a page that is cut short says nothing of the Hub.
fn status(error: &Error) -> Option<u16> {
    match (error.code(), error.status()) {
        ("network", _) => Some(0),
        ("invalid_response", Some(status)) if status < 400 => Some(0),
        (_, status) => status,
    }
}

async fn timeout(milliseconds: f64) {
    let mut start = |resolve: Function, _: Function| {
        let global = js_sys::global();
        let set = Reflect::get(&global, &JsValue::from_str("setTimeout"));
        let set = set.ok().and_then(|set| set.dyn_into::<Function>().ok());
        // A host without timers does not wait.
        let set = set.and_then(|set| set.call2(&global, &resolve, &milliseconds.into()).ok());
        if set.is_none() {
            let _ = resolve.call0(&global);
        }
    };
    let _ = Promise::new(&mut start).await;
}
