//! What is tried again, and when.

/// The longest wait that we choose ourselves, in milliseconds.
const LONGEST: f64 = 60_000.0;

/// Milliseconds before a request that failed is sent again; none where another try would change nothing.
///
/// `status` is 0 where no whole answer came; `asked` is what the Hub asks us to wait, in seconds; `failures` says
/// how often this request has failed, 1 the first time; `random` is a fresh number from 0 to 1, so that those
/// who were refused together do not come back together.
#[must_use]
pub fn wait(status: u16, asked: Option<u32>, failures: u32, random: f64) -> Option<f64> {
    let first = match status {
        0 | 408 | 500 | 502 | 503 | 504 => 500.0,
        // Browsers cannot read how long: windows last minutes.
        429 => 2000.0,
        _ => return None,
    };
    if let Some(seconds) = asked {
        return Some(f64::from(seconds) * 1000.0 + 1000.0 * random);
    }
    let doubled = f64::from(1_u32 << failures.saturating_sub(1).min(20));
    Some((first * doubled).min(LONGEST) * (0.5 + random / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milliseconds(status: u16, asked: Option<u32>, failures: u32) -> Option<u32> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
        wait(status, asked, failures, 1.0).map(|wait| wait as u32)
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        for status in [0, 408, 429, 500, 502, 503, 504] {
            assert!(wait(status, None, 1, 0.5).is_some(), "{status}");
        }
        for status in [200, 304, 400, 401, 403, 404, 409, 416, 451, 501, 505, 599] {
            assert_eq!(wait(status, Some(1), 1, 0.5), None, "{status}");
        }
    }

    #[test]
    fn waits_double_up_to_a_minute() {
        assert_eq!(milliseconds(503, None, 1), Some(500));
        assert_eq!(milliseconds(503, None, 4), Some(4000));
        assert_eq!(milliseconds(429, None, 2), Some(4000));
        assert_eq!(milliseconds(429, None, u32::MAX), Some(60_000));
    }

    #[test]
    fn a_wait_that_is_asked_for_is_kept() {
        assert_eq!(milliseconds(429, Some(30), 9), Some(31_000));
        assert!(wait(503, Some(30), 1, 0.0).is_some_and(|wait| wait >= 30_000.0));
    }
}
