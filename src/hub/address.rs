//! Where the Hub is and who asks: checked before anything is sent, and never repeated in a message.

use crate::error::{Code, Error, Result};

/// Scheme, host and path of a Hub, without a slash at the end: a path put after it stays there, and so does
/// the token.
///
/// ```
/// assert_eq!(hubfit::hub::address::base("HTTPS://hub.test/mirror/")?, "https://hub.test/mirror");
/// # Ok::<(), hubfit::Error>(())
/// ```
pub fn base(hub_url: &str) -> Result<String> {
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'@' | b'?' | b'#' | b'\\');
    let parts = hub_url.split_once("://").filter(|_| hub_url.bytes().all(plain));
    let known = parts.and_then(|(scheme, rest)| {
        let scheme =
            ["https", "http"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
        let rest = rest.trim_end_matches('/');
        (!rest.is_empty() && !rest.starts_with(['/', ':'])).then(|| format!("{scheme}://{rest}"))
    });
    // The address is not repeated: it may hold a password.
    let message = "hubUrl: expected http(s)://host, without a user, a query or a fragment";
    known.ok_or_else(|| Error::new(Code::InvalidArgument, message))
}

/// A token that can stand in a header.
pub fn check_token(token: &str) -> Result<()> {
    if token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    // The token is not repeated: it may be half a secret.
    let message = "accessToken: expected visible ASCII characters, found another";
    Err(Error::new(Code::InvalidArgument, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hubs() {
        for (url, expected) in [
            ("https://huggingface.co", "https://huggingface.co"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("https://host/path//", "https://host/path"),
        ] {
            assert_eq!(base(url).unwrap(), expected);
        }
    }

    #[test]
    fn other_text_is_refused_and_not_repeated() {
        for url in [
            "",
            "ftp://x",
            "http://",
            "http:///x",
            "http://:80",
            "https:// x",
            "https://h?secret=1",
            "https://h#secret",
            "https://user:secret@h",
            "secret",
            "https://h\\secret",
            "https://h/\nsecret",
        ] {
            let error = base(url).unwrap_err();
            assert_eq!(error.code(), "invalid_argument", "{url}");
            assert!(!error.to_string().contains("secret"), "{url}");
        }
        assert!(check_token("hf_abc").is_ok());
        assert!(check_token("hf_a\nb").is_err_and(|error| !error.to_string().contains("hf_a")));
    }
}
