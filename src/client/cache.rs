//! Answers that are kept, so that nothing is asked for twice.

use std::cell::RefCell;
use std::future::{Future, ready};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;

/// What a cache does takes its time where it keeps answers on a disk or in a browser's storage.
pub type CacheFuture<'c, T> = Pin<Box<dyn Future<Output = T> + 'c>>;

/// An answer that is kept: a body with the headers that carry meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CachedAnswer {
    /// HTTP status.
    pub status: u16,
    /// `ETag`: the Hub is asked whether it is still the one.
    pub etag: Option<String>,
    /// `Link`.
    pub link: Option<String>,
    /// `Content-Range`.
    pub content_range: Option<String>,
    /// Whether it came across origins: browsers would ask first whether they may send its `ETag`.
    pub cross_origin: bool,
    /// The body.
    pub body: Vec<u8>,
}

/// Where answers are kept. A key is the address with the range that was asked for and, where a token was sent, a digest of
/// it: what one may see, another may not. What cannot be kept or found is asked for.
pub trait Cache {
    /// What was kept under a key.
    fn get<'c>(&'c self, key: &'c str) -> CacheFuture<'c, Option<CachedAnswer>>;
    /// Keeps an answer.
    fn put<'c>(&'c self, key: &'c str, answer: CachedAnswer) -> CacheFuture<'c, ()>;
}

/// Bytes of bodies that a [`MemoryCache`] keeps where nothing else is said, as the one for JavaScript does.
const MOST_BYTES: usize = 64_000_000;

/// Keeps answers in memory; beyond its size, what was used longest ago goes first.
#[derive(Debug)]
pub struct MemoryCache {
    most: usize,
    /// The one that was used last stands last.
    kept: RefCell<Vec<(String, CachedAnswer)>>,
}

impl Default for MemoryCache {
    fn default() -> Self {
        Self::of_bytes(MOST_BYTES)
    }
}

impl MemoryCache {
    /// One that keeps bodies of so many bytes in all.
    #[must_use]
    pub fn of_bytes(most: usize) -> Self {
        Self { most, kept: RefCell::default() }
    }

    fn take(&self, key: &str) -> Option<CachedAnswer> {
        let mut kept = self.kept.borrow_mut();
        let at = kept.iter().position(|(known, _)| known == key)?;
        Some(kept.remove(at).1)
    }

    fn add(&self, key: &str, answer: CachedAnswer) {
        let mut kept = self.kept.borrow_mut();
        kept.push((key.to_owned(), answer));
        let mut bytes: usize = kept.iter().map(|(_, answer)| answer.body.len()).sum();
        while bytes > self.most && !kept.is_empty() {
            bytes -= kept.remove(0).1.body.len();
        }
    }
}

impl Cache for MemoryCache {
    fn get<'c>(&'c self, key: &'c str) -> CacheFuture<'c, Option<CachedAnswer>> {
        let found = self.take(key);
        if let Some(answer) = &found {
            self.add(key, answer.clone());
        }
        Box::pin(ready(found))
    }

    fn put<'c>(&'c self, key: &'c str, answer: CachedAnswer) -> CacheFuture<'c, ()> {
        self.take(key);
        self.add(key, answer);
        Box::pin(ready(()))
    }
}

/// What an answer is kept under.
pub(super) fn key(url: &str, range: Option<&str>, token: Option<&str>) -> String {
    let digest = token.map(|token| {
        let mut hasher = DefaultHasher::new();
        token.hash(&mut hasher);
        format!(" as {:016x}", hasher.finish())
    });
    [url, range.map_or("", |_| " "), range.unwrap_or_default(), &digest.unwrap_or_default()]
        .concat()
}

/// Letters of a commit's name.
const COMMIT: usize = 40;

/// Whether an address names a commit, whose files never change.
pub(super) fn is_immutable(url: &str) -> bool {
    let named = ["/resolve/", "/revision/"].iter().find_map(|route| url.split_once(route));
    named.is_some_and(|(_, after)| {
        let name = after.split(['/', '?']).next().unwrap_or_default();
        name.len() == COMMIT && name.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}
