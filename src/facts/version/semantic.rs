//! Semantic versions: <https://semver.org>, ranges as npm writes them.

use semver::{Version, VersionReq};

/// The longest that npm allows.
const LONGEST: usize = 256;

/// `4.3.1`, `v4.3.1`; of `4.3` and `4` the missing parts are 0.
pub(super) fn parse(text: &str) -> Option<Version> {
    if text.len() > LONGEST {
        return None;
    }
    let text = text.strip_prefix(['v', 'V', '=']).unwrap_or(text);
    let end = text.find(['-', '+']).unwrap_or(text.len());
    let missing = match text.get(..end)?.matches('.').count() {
        0 => ".0.0",
        1 => ".0",
        _ => return Version::parse(text).ok(),
    };
    let (numbers, rest) = text.split_at_checked(end)?;
    Version::parse(&[numbers, missing, rest].concat()).ok()
}

/// One alternative of a range: comparators between spaces, or `1.2 - 2.3`. A version alone is that version.
pub(super) fn parse_range(text: &str) -> Option<VersionReq> {
    let mut out = String::new();
    let mut upper = "";
    for word in text.get(..text.len().min(LONGEST))?.split([' ', ',', '\t']) {
        let word = word.trim_start_matches('v');
        match word {
            "" => continue,
            "-" => {
                let start = out.rfind(',').map_or(0, |comma| comma + 1);
                let lower = out.split_off(start);
                out.push_str(">=");
                out.push_str(lower.trim_start_matches('='));
                upper = "<=";
                continue;
            }
            _ => {}
        }
        let waits = out.ends_with(['<', '>', '=', '^', '~']);
        if !out.is_empty() && !waits {
            out.push(',');
        }
        if word.starts_with(|sign: char| sign.is_ascii_digit()) && !waits {
            // npm means this version, a crate would mean those compatible with it.
            out.push_str(if upper.is_empty() { "=" } else { upper });
        }
        upper = "";
        out.push_str(word);
    }
    let range = if out.is_empty() { "*" } else { &out };
    if upper.is_empty() { VersionReq::parse(range).ok() } else { None }
}
