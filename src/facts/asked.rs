//! A runtime at a version, as it was asked for.

use super::knowledge::Facts;
use super::runtime::{Release, Runtime};
use crate::error::{Code, Error, Result};
use crate::model::quoted::quoted;
use std::rc::Rc;

/// A runtime at a version, and what was read near it.
#[derive(Clone)]
pub struct Asked<'f> {
    /// The runtime.
    pub runtime: Runtime<'f>,
    /// The version that was asked for; the newest that was read where none was named; empty where none was read.
    pub version: Rc<str>,
    /// The newest release that was read and is not newer; none where the version is older than all.
    pub read: Option<usize>,
    /// Whether that release is the version itself.
    pub exact: bool,
}

impl Facts {
    /// The runtime and version of a text: `vllm@0.33.0`, `vllm` (its newest release that was read),
    /// `llama.cpp@b9000`.
    ///
    /// Errors: `invalid_argument` for an unknown runtime, with the nearest names, and for a text that is no version
    /// of it.
    pub fn find_runtime(&self, text: &str) -> Result<Asked<'_>> {
        // `@huggingface/transformers` is a name.
        let parts = text.rsplit_once('@').filter(|(name, _)| !name.trim().is_empty());
        let (name, version) = parts.unwrap_or((text, ""));
        self.runtime(name)?.at(version)
    }
}

impl<'f> Runtime<'f> {
    /// The runtime at a version, the newest that was read where it is empty.
    ///
    /// Errors: `invalid_argument` for what is no version.
    pub fn at(self, version: &str) -> Result<Asked<'f>> {
        let version = version.trim();
        let last = self.release_count().checked_sub(1);
        if version.is_empty() {
            let newest = last.and_then(|last| self.release(last));
            let version = newest.map_or("", |release| release.version).into();
            return Ok(Asked { runtime: self, version, read: last, exact: last.is_some() });
        }
        let scheme = self.scheme();
        // `0.33.0+cu128` is a build of 0.33.0.
        let release = version.split_once('+').map_or(version, |(release, _)| release);
        // node-llama-cpp@3.22.1 carries llama.cpp v0.5.0.
        let carried = self.releases().find(|one| one.release == release && one.version != release);
        let (version, release) =
            carried.map_or((version, release), |one| (one.version, one.version));
        let Some(wanted) = scheme.parse(release) else {
            let (id, like) = (self.id(), last.and_then(|last| self.release(last)));
            let like = like.map_or("1.0.0", |release| release.version);
            let message =
                format!("{id}: expected a version such as {like}, found {}", quoted(version));
            return Err(Error::new(Code::InvalidArgument, message));
        };
        let not_newer = |release: &Release<'_>| {
            scheme.parse(release.version).is_some_and(|known| known <= wanted)
        };
        let read = self.releases().take_while(not_newer).count().checked_sub(1);
        let nearest = read.and_then(|place| self.release(place));
        let exact = nearest.is_some_and(|release| scheme.parse(release.version) == Some(wanted));
        Ok(Asked { runtime: self, version: version.into(), read, exact })
    }
}

impl<'f> Asked<'f> {
    /// The release that answers: the version itself, or the newest one before it that was read.
    #[must_use]
    pub fn release(&self) -> Option<Release<'f>> {
        self.runtime.release(self.read?)
    }

    /// Whether it is newer than all that was read.
    #[must_use]
    pub fn is_newer(&self) -> bool {
        !self.exact && self.read.is_some_and(|read| read + 1 == self.runtime.release_count())
    }

    /// 0 for a release that was read, 1 for one between two of them, or beside the newest or the oldest.
    #[must_use]
    pub fn distance(&self) -> u32 {
        u32::from(!self.exact)
    }

    /// What a reader must know of an answer about this version.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let (id, version) = (self.runtime.id(), &self.version);
        let newest = self.runtime.release_count().checked_sub(1);
        let (first, newest) = (self.runtime.release(0)?, self.runtime.release(newest?)?);
        match self.read {
            None => Some(format!(
                "{id} {version} is older than the first release read, {}",
                first.version
            )),
            Some(_) if self.is_newer() => Some(format!(
                "{id} {version} is newer than the newest release read, {}, which answers for it",
                newest.version
            )),
            Some(_) if self.exact => None,
            Some(read) => {
                let (before, after) =
                    (self.runtime.release(read)?, self.runtime.release(read + 1)?);
                let (before, after) = (before.version, after.version);
                Some(format!("{id} {version} was not read; it lies between {before} and {after}"))
            }
        }
    }
}
