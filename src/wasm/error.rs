//! Errors as JavaScript sees them: an `Error` with `code` and, from an answer of the Hub, `status` and `retryAfter`.

use js_sys::Reflect;

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
pub(super) fn thrown(error: crate::Error) -> js_sys::Error {
    let thrown = js_sys::Error::new(&error.to_string());
    // Setting a property of a fresh error cannot fail.
    let _ = Reflect::set(&thrown, &"code".into(), &error.code().into());
    if let Some(status) = error.status() {
        let _ = Reflect::set(&thrown, &"status".into(), &status.into());
    }
    if let Some(seconds) = error.retry_after() {
        let _ = Reflect::set(&thrown, &"retryAfter".into(), &seconds.into());
    }
    thrown
}

/// A value of ours that cannot be encoded: a fault of this crate, since every one can.
pub(super) fn broken(error: impl std::fmt::Display) -> js_sys::Error {
    js_sys::Error::new(&error.to_string())
}
