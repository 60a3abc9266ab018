//! How fast the Hub may be asked: its rate limits, kept before it has to refuse.
//!
//! The Hub counts requests in fixed windows, 300 seconds long as a rule, apart for its API, its files and its
//! pages (`docs/hub/rate-limits.md` of huggingface/hub-docs). Every answer says what is left of a window, but to
//! browsers it does not: there we go by the smallest plan, at half its speed, since nobody tells when a window ends.

use super::Answer;

/// What is counted apart: each kind of request has a window of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bucket {
    /// `/api/…`.
    Api,
    /// Files: `/{id}/resolve/…`.
    Resolvers,
    /// Everything else, also on servers that are no Hub: nothing is assumed of it.
    Other,
}

impl Bucket {
    /// The bucket of a URL or a path, without what stands before the Hub's own paths.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let path = path.split('?').next().unwrap_or(path);
        if path.contains("/resolve/") || path.contains("/raw/") || path.contains("/resolve-cache/")
        {
            Self::Resolvers
        } else if path.contains("/api/") {
            Self::Api
        } else {
            Self::Other
        }
    }

    /// Requests a window of the smallest plan, without and with a token (September 2025).
    fn quota(self, authenticated: bool) -> f64 {
        match (self, authenticated) {
            (Self::Api, false) => 500.0,
            (Self::Api, true) => 1000.0,
            (Self::Resolvers, false) => 3000.0,
            (Self::Resolvers, true) => 5000.0,
            (Self::Other, _) => UNLIMITED,
        }
    }
}

/// Requests that may be on their way at once.
const ON_THEIR_WAY: f64 = 32.0;

/// More requests than anybody sends.
const UNLIMITED: f64 = 1e12;

/// The length of a window, until the Hub names another.
const WINDOW: f64 = 300_000.0;

/// A window as far as it is known. Times are milliseconds of any clock that goes forward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Requests a window.
    pub quota: f64,
    /// Length of the window.
    pub window: f64,
    /// Requests left of it.
    pub left: f64,
    /// When it ends; 0 before the first request.
    pub ends: f64,
    /// When the next request may be sent.
    pub next: f64,
}

impl Pace {
    /// What is assumed of a bucket before its first answer.
    #[must_use]
    pub fn assumed(bucket: Bucket, authenticated: bool) -> Self {
        // Half: two windows of ours may lie in one of the Hub's, whose beginning nobody knows.
        let quota = bucket.quota(authenticated) / 2.0;
        Self { quota, window: WINDOW, left: quota, ends: 0.0, next: 0.0 }
    }

    /// As numbers, for those who keep it elsewhere.
    #[must_use]
    pub fn numbers(self) -> [f64; 5] {
        [self.quota, self.window, self.left, self.ends, self.next]
    }

    /// Of its numbers.
    #[must_use]
    pub fn of([quota, window, left, ends, next]: [f64; 5]) -> Self {
        Self { quota, window, left, ends, next }
    }

    /// Takes a turn: 0 where a request may be sent now, which is then counted, else how long to wait before
    /// asking again.
    ///
    /// `share` of the window is used, 0 to 1: its first half at once, the rest evenly, so that others at the same
    /// address go on too, and many processes that share a window slow down together.
    pub fn turn(&mut self, now: f64, share: f64) -> f64 {
        if now >= self.ends {
            self.left = self.quota;
            self.ends = now + self.window;
        }
        let ours = (self.quota * share).max(1.0);
        let usable = self.left - (self.quota - ours);
        if usable < 1.0 {
            return (self.ends - now).max(1.0);
        }
        if now < self.next {
            return self.next - now;
        }
        self.left -= 1.0;
        if usable <= ours / 2.0 {
            self.next = now + (self.ends - now) / usable;
        }
        0.0
    }

    /// Learns from an answer what is left of the window. `readable` says whether all its headers can be read:
    /// a server that answers well and names no limit has none.
    pub fn heard(&mut self, now: f64, answer: &Answer, readable: bool) {
        let (limit, policy) = (answer.rate_limit.as_deref(), answer.rate_limit_policy.as_deref());
        let known =
            limit.and_then(|limit| field(limit, "r=")).zip(limit.and_then(|l| field(l, "t=")));
        if let Some((left, seconds)) = known {
            let before = *self;
            self.quota = policy.and_then(|policy| field(policy, "q=")).unwrap_or(self.quota);
            let window = policy.and_then(|policy| field(policy, "w=")).map(|w| w * 1000.0);
            self.window = window.unwrap_or(self.window).max(1000.0);
            // Whole seconds: the window is over when one more has passed.
            self.ends = now + (seconds + 1.0) * 1000.0;
            let known = (self.quota - before.quota).abs() < 1.0;
            let same = known && self.ends < before.ends + self.window / 2.0;
            // What is on its way is counted by us and not yet by the Hub; what others send, the other way round.
            self.left = if same { before.left.max(left - ON_THEIR_WAY).min(left) } else { left };
        }
        if known.is_none() && readable && answer.status < 400 {
            (self.quota, self.left) = (UNLIMITED, UNLIMITED);
        }
        if answer.status == 429 {
            let wait = answer.seconds().map_or(0.0, |seconds| f64::from(seconds) * 1000.0);
            self.next = self.next.max(now + wait);
        }
    }
}

/// The number of a field: `r=` of `"api";r=497;t=168`.
pub(super) fn field(header: &str, name: &str) -> Option<f64> {
    whole(header, name).map(f64::from)
}

/// The same as it is written.
pub(super) fn whole(header: &str, name: &str) -> Option<u32> {
    let first = header.split(',').next().unwrap_or(header);
    first.split(';').find_map(|field| field.trim().strip_prefix(name)?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(left: u32, seconds: u32, quota: u32) -> Answer {
        Answer {
            status: 200,
            rate_limit: Some(format!(r#""api";r={left};t={seconds}"#)),
            rate_limit_policy: Some(format!(r#""fixed window";"api";q={quota};w=300"#)),
            ..Answer::default()
        }
    }

    #[test]
    fn buckets() {
        for (path, bucket) in [
            ("/api/models?search=/resolve/", Bucket::Api),
            ("/a/b/resolve/main/config.json", Bucket::Resolvers),
            ("/api/resolve-cache/models/a/b/0/c", Bucket::Resolvers),
            ("/models", Bucket::Other),
        ] {
            assert_eq!(Bucket::of(path), bucket, "{path}");
        }
    }

    /// Asks as fast as it may a Hub with a window of its own; gives when each request was sent.
    fn ask(requests: usize, share: f64, tell: bool, phase: f64) -> Vec<f64> {
        let mut pace = Pace::assumed(Bucket::Api, false);
        let (mut now, mut sent) = (1_000_000.0, Vec::new());
        let (mut left, mut ends) = (500_u32, now + phase);
        while sent.len() < requests {
            let wait = pace.turn(now, share);
            now += wait;
            if wait > 0.0 {
                continue;
            }
            if now >= ends {
                (left, ends) =
                    (500, ends + 300_000.0 * ((now - ends) / 300_000.0).floor() + 300_000.0);
            }
            assert!(left > 0, "refused after {} requests", sent.len());
            left -= 1;
            sent.push(now);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds")]
            let seconds = ((ends - now) / 1000.0).ceil() as u32;
            if tell {
                pace.heard(now, &answer(left, seconds, 500), true);
            }
        }
        sent
    }

    #[test]
    fn is_never_refused_wherever_the_window_begins() {
        for phase in [1.0, 1000.0, 77_777.0, 150_000.0, 299_000.0] {
            for (share, tell) in [(0.9, true), (1.0, true), (0.5, true), (0.9, false), (1.0, false)]
            {
                let sent = ask(1500, share, tell, phase);
                let quota = if tell { 500.0 } else { 250.0 };
                let windows = (1500.0 / (quota * share)).ceil() + 1.0;
                let took = sent[1499] - sent[0];
                assert!(took <= windows * 301_000.0, "{share} {tell} {phase}: {took}");
            }
        }
    }

    #[test]
    fn few_requests_wait_for_nothing() {
        let sent = ask(100, 0.9, true, 150_000.0);
        assert_eq!(sent.first(), sent.last());
    }

    #[test]
    fn a_server_without_limits_has_none() {
        let mut pace = Pace::assumed(Bucket::Api, false);
        pace.heard(0.0, &Answer { status: 200, ..Answer::default() }, true);
        assert!((0..10_000).all(|_| pace.turn(0.0, 0.9) <= 0.0));
        let mut blind = Pace::assumed(Bucket::Api, false);
        blind.heard(0.0, &Answer { status: 200, ..Answer::default() }, false);
        assert!((0..1000).any(|_| blind.turn(0.0, 0.9) > 0.0));
        assert!(Pace::assumed(Bucket::Other, false).turn(0.0, 0.9) <= 0.0);
    }

    #[test]
    fn a_refusal_is_waited_out() {
        let mut pace = Pace::assumed(Bucket::Api, false);
        assert!(pace.turn(0.0, 0.9) <= 0.0);
        pace.heard(10.0, &Answer { status: 429, ..answer(0, 40, 500) }, true);
        assert!((pace.turn(20.0, 0.9) - 40_990.0).abs() < 1.0);
        assert!(pace.turn(41_020.0, 0.9) <= 0.0);
        let after = Answer { status: 429, retry_after: Some("7".to_owned()), ..Answer::default() };
        pace.heard(50_000.0, &after, true);
        assert!((pace.turn(50_000.0, 0.9) - 7000.0).abs() < 1.0);
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_headers_say_a_turn_comes(
            limits in proptest::collection::vec(("[a-z\";=,0-9 ]{0,30}", 0_u32.., 0_u32.., 0_u32.., 0_u32..400_000), 0..20),
            share in 0.01_f64..=1.0,
        ) {
            let mut pace = Pace::assumed(Bucket::Api, false);
            let mut now = 0.0;
            for (noise, r, t, q, after) in limits {
                let heard = Answer {
                    status: if r % 3 == 0 { 429 } else { 200 },
                    rate_limit: Some(format!("{noise};r={r};t={t}")),
                    rate_limit_policy: Some(format!("{noise};q={q};w={r}")),
                    retry_after: (q % 2 == 0).then(|| t.to_string()),
                    ..Answer::default()
                };
                pace.heard(now, &heard, t % 2 == 0);
                let mut waits = 0;
                loop {
                    let wait = pace.turn(now, share);
                    proptest::prop_assert!(wait.is_finite() && wait >= 0.0, "{wait} {pace:?}");
                    if wait <= 0.0 {
                        break;
                    }
                    now += wait;
                    waits += 1;
                    proptest::prop_assert!(waits < 5, "{pace:?}");
                }
                now += f64::from(after);
            }
        }
    }
}
