//! Files of a repository, and of any other place: `GET /{id}/resolve/{revision}/{path}`, read by ranges.

use super::Answer;
use super::encode::percent;
use super::model::check_id;
use crate::error::{Code, Error, Result};

/// A server without ranges sends the whole file: reading goes on up to here, since most headers end sooner, and
/// is given up beyond. Four times the longest header seen (a vocabulary of 256,000 tokens, 12 MB).
pub const MOST_WITHOUT_RANGES: u64 = 48 << 20;

/// Path of a file at a branch, tag or commit.
pub fn path(id: &str, revision: &str, file: &str) -> Result<String> {
    check_id(id)?;
    if file.split('/').any(|part| matches!(part, "" | "." | "..")) {
        let found = crate::model::quoted::quoted(file);
        let message = format!("file: expected a path inside the repository, found {found}");
        return Err(Error::new(Code::InvalidArgument, message));
    }
    let segments: Vec<String> = file.split('/').map(percent).collect();
    Ok(format!("/{id}/resolve/{}/{}", percent(revision), segments.join("/")))
}

/// What the body of an answer to a ranged read holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The range that was asked for.
    Range,
    /// The file from its start: the server has no ranges.
    Whole,
    /// Nothing: the range starts at or after the end of the file.
    Nothing,
}

/// What an answer to a read up to byte `end` holds, or the error that it is.
pub fn part(answer: &Answer, end: u64) -> Result<Part> {
    match answer.status {
        206 => Ok(Part::Range),
        416 => Ok(Part::Nothing),
        200..=299 if end <= MOST_WITHOUT_RANGES => Ok(Part::Whole),
        200..=299 => {
            let place = answer.place();
            let message = format!(
                "{place}: the server has no ranges, and byte {end} is wanted; at most {MOST_WITHOUT_RANGES} are read"
            );
            Err(Error::http(Code::LimitExceeded, answer.status, message))
        }
        status => {
            let code = answer.named_code().unwrap_or_else(|| of_status(status));
            Err(answer.error_as(code, &answer.said(b"")))
        }
    }
}

fn of_status(status: u16) -> Code {
    match status {
        401 => Code::Unauthorized,
        403 => Code::Forbidden,
        404 => Code::EntryNotFound,
        429 => Code::RateLimited,
        500..=599 => Code::HubUnavailable,
        _ => Code::InvalidResponse,
    }
}

/// Bytes of the whole file: behind the slash of `bytes 0-99/1234`, or the length of a whole answer.
#[must_use]
pub fn whole_size(
    answer: &Answer,
    content_range: Option<&str>,
    length: Option<&str>,
) -> Option<u64> {
    let total = content_range.and_then(|range| range.rsplit_once('/')).map(|(_, total)| total);
    let length = length.filter(|_| answer.status == 200);
    total.or(length)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16) -> Answer {
        Answer {
            status,
            url: "https://hub.test/a/b/resolve/main/c?x=1".to_owned(),
            ..Answer::default()
        }
    }

    #[test]
    fn files_become_paths() {
        let path = |revision, file| path("a/b", revision, file).ok();
        assert_eq!(
            path("refs/pr/1", "onnx/model q4.onnx").as_deref(),
            Some("/a/b/resolve/refs%2Fpr%2F1/onnx/model%20q4.onnx")
        );
        for file in ["", "../x", "a//b", "/x", "a/./b"] {
            assert_eq!(path("main", file), None, "{file}");
        }
    }

    #[test]
    fn answers_to_a_ranged_read() {
        assert_eq!(part(&answer(206), u64::MAX).ok(), Some(Part::Range));
        assert_eq!(part(&answer(416), 9).ok(), Some(Part::Nothing));
        assert_eq!(part(&answer(200), 9).ok(), Some(Part::Whole));
        for (status, end, code) in [
            (200, MOST_WITHOUT_RANGES + 1, "limit_exceeded"),
            (404, 9, "entry_not_found"),
            (401, 9, "unauthorized"),
            (503, 9, "hub_unavailable"),
            (302, 9, "invalid_response"),
        ] {
            let error = part(&answer(status), end).unwrap_err();
            assert_eq!(error.code(), code);
            assert!(error.to_string().contains("/c") && !error.to_string().contains("x=1"));
        }
        let gated = Answer { error_code: Some("GatedRepo".to_owned()), ..answer(403) };
        assert_eq!(part(&gated, 9).unwrap_err().code(), "gated_repo");
    }

    #[test]
    fn sizes() {
        let size = |status, range, length| whole_size(&answer(status), range, length);
        assert_eq!(size(206, Some("bytes 0-99/1234"), Some("100")), Some(1234));
        assert_eq!(size(416, Some("bytes */1234"), None), Some(1234));
        assert_eq!(size(206, Some("bytes 0-99/*"), Some("100")), None);
        assert_eq!(size(200, None, Some("77")), Some(77));
        assert_eq!(size(206, None, Some("100")), None);
    }
}
