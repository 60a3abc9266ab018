//! Cancelling a request: when the caller's signal is raised, and when nobody waits for the answer any more.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AbortController, AbortSignal};

/// Cancels its request when dropped.
///
/// The request gets a signal of its own, since a caller's signal may be raised with any value as the reason,
/// and gloo-net accepts an `Error` only.
pub(super) struct Cancel {
    controller: Option<AbortController>,
    link: Option<Link>,
}

/// The caller's signal, and what listens to it.
struct Link {
    signal: AbortSignal,
    listener: Closure<dyn Fn()>,
}

impl Cancel {
    pub(super) fn with(signal: Option<&AbortSignal>) -> Self {
        // A host without it cannot cancel, but can fetch.
        let controller = AbortController::new().ok();
        let link = signal.zip(controller.as_ref()).map(|(signal, own)| Link::new(signal, own));
        Self { controller, link }
    }

    /// The signal for the request.
    pub(super) fn signal(&self) -> Option<AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }

    /// Whether the caller's signal was raised.
    pub(super) fn requested(&self) -> bool {
        self.link.as_ref().is_some_and(|link| link.signal.aborted())
    }
}

impl Link {
    fn new(signal: &AbortSignal, controller: &AbortController) -> Self {
        if signal.aborted() {
            controller.abort();
        }
        let controller = controller.clone();
        let listener = Closure::<dyn Fn()>::new(move || controller.abort());
        let function = listener.as_ref().unchecked_ref();
        // Fails only for a callback that is no function.
        let _ = signal.add_event_listener_with_callback("abort", function);
        Self { signal: signal.clone(), listener }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        let function = self.listener.as_ref().unchecked_ref();
        let _ = self.signal.remove_event_listener_with_callback("abort", function);
    }
}

impl Drop for Cancel {
    fn drop(&mut self) {
        // Once the answer is read, this changes nothing.
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}
