//! What goes over the wire.

use super::Client;

/// What went over the wire, and what waits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Traffic {
    /// Requests sent.
    pub requests: u32,
    /// Bytes of bodies received.
    pub bytes: usize,
    /// Milliseconds until the next request may be sent; 0 when nothing waits.
    pub waiting: f64,
}

impl Traffic {
    /// The sum; of waits the last counts.
    pub(super) fn and(self, more: Self) -> Self {
        Self {
            requests: self.requests.saturating_add(more.requests),
            bytes: self.bytes.saturating_add(more.bytes),
            waiting: more.waiting,
        }
    }
}

impl Client {
    /// Tells of each request, each body and each wait.
    #[must_use]
    pub fn on_traffic(mut self, told: impl Fn(Traffic) + 'static) -> Self {
        self.on_traffic = Some(std::rc::Rc::new(told));
        self
    }

    pub(super) fn tell(&self, requests: u32, bytes: usize, waiting: f64) {
        if let Some(told) = &self.on_traffic {
            told(Traffic { requests, bytes, waiting });
        }
    }
}
