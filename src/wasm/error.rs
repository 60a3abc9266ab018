//! Errors as JavaScript sees them: an `Error` with `code` and, from an answer of the Hub, `status` and `retryAfter`.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// An `Error` of JavaScript.
    #[derive(Debug)]
    pub type Error;

    #[wasm_bindgen(constructor)]
    fn new(message: &str) -> Error;

    #[wasm_bindgen(method, setter)]
    fn set_code(this: &Error, code: &str);

    #[wasm_bindgen(method, setter)]
    fn set_status(this: &Error, status: u16);

    #[wasm_bindgen(method, setter, js_name = "retryAfter")]
    fn set_retry_after(this: &Error, seconds: u32);
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
pub(super) fn thrown(error: crate::Error) -> Error {
    let thrown = Error::new(error.message());
    thrown.set_code(error.code());
    if let Some(status) = error.status() {
        thrown.set_status(status);
    }
    if let Some(seconds) = error.retry_after() {
        thrown.set_retry_after(seconds);
    }
    thrown
}

/// A value of ours that cannot be encoded: a fault of this crate, since every one can.
#[cfg(feature = "wasm")]
pub(super) fn broken(error: impl std::fmt::Display) -> Error {
    Error::new(&error.to_string())
}
