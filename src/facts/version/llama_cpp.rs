//! llama.cpp: numbered builds, then tags.

use super::semantic;

/// Builds are before all tags.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LlamaCpp {
    Build(u64),
    Tag(semver::Version),
}

impl LlamaCpp {
    /// `b9000`, `9000`; `v0.5.0`, `0.5.0`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let number = text.strip_prefix(['b', 'B']).unwrap_or(text);
        if number.bytes().all(|byte| byte.is_ascii_digit()) {
            return number.parse().ok().map(Self::Build);
        }
        semantic::parse(text).map(Self::Tag)
    }
}
