//! Which bytes of an archive to ask for.

use super::entry::{Archive, Content};
use super::limits::MAX_CONTENTS;
use super::{checks, directory, end, local};
use crate::error::Result;
use crate::format::container::{ContainerMachine, Follow, Manner};
use crate::format::held::{Held, Stop};
use crate::format::{Reader, Step};
use std::ops::Range;

/// An entry to read, and how many bytes of its content at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) entry: usize,
    pub(crate) most: u64,
    /// Whether it is not worth a request: it is read where its bytes are there anyway.
    pub(crate) by_the_way: bool,
}

/// The entries to read next, seen what was read so far; none when there is enough.
pub(crate) type Plan = fn(&Archive) -> Vec<Wanted>;

/// Reads an archive as a plan says.
#[derive(Debug)]
pub(crate) struct ZipMachine {
    held: Held,
    size: u64,
    by_miniz: bool,
    plan: Plan,
    archive: Option<Archive>,
    wanted: Vec<Wanted>,
    next: usize,
}

impl ZipMachine {
    /// For a file of that many bytes that miniz loads or not, of which some bytes are there.
    pub(crate) fn new((size, by_miniz): (u64, bool), held: Held, plan: Plan) -> Self {
        Self { held, size, by_miniz, plan, archive: None, wanted: Vec::new(), next: 0 }
    }

    /// Takes more bytes.
    pub(crate) fn add(&mut self, start: u64, bytes: &[u8]) {
        self.held.add(start, bytes);
    }

    /// Goes on as far as the bytes reach.
    pub(crate) fn advance(&mut self) -> Result<Step<Archive>> {
        match self.attempt() {
            Ok(archive) => Ok(Step::Done(archive)),
            Err(Stop::Missing(range)) => Ok(Step::Need(range)),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    fn attempt(&mut self) -> std::result::Result<Archive, Stop> {
        let mut archive = match self.archive.take() {
            Some(archive) => archive,
            None => self.open()?,
        };
        loop {
            if let Err(stop) = self.read_wanted(&mut archive) {
                self.archive = Some(archive);
                return Err(stop);
            }
            self.wanted = (self.plan)(&archive);
            self.wanted.truncate(MAX_CONTENTS.saturating_sub(archive.contents.len()));
            self.next = 0;
            if self.wanted.is_empty() {
                return Ok(archive);
            }
        }
    }

    fn open(&mut self) -> std::result::Result<Archive, Stop> {
        let mut archive = Archive::default();
        let end = end::locate(&self.held, (self.size, self.by_miniz), &mut archive.problems)?;
        let bytes = self.held.need(end.directory.clone())?;
        archive.entries = directory::entries(bytes, &end, &mut archive.problems)?;
        archive.directory = end.directory;
        checks::check(&mut archive);
        Ok(archive)
    }

    fn read_wanted(&mut self, archive: &mut Archive) -> std::result::Result<(), Stop> {
        while let Some(wanted) = self.wanted.get(self.next) {
            let Archive { entries, contents, problems, .. } = &mut *archive;
            if let Some(entry) = entries.get(wanted.entry) {
                let limits = (wanted.most, self.size);
                let read = local::content(&self.held, (wanted.entry, entry), limits, problems);
                contents.push(match read {
                    Err(Stop::Missing(_)) if wanted.by_the_way => Content::none(wanted.entry),
                    read => read?,
                });
            }
            self.next += 1;
        }
        Ok(())
    }
}

/// How archives are read that are nothing more.
pub(crate) const MANNER: Manner = Manner {
    what: "a zip archive",
    follow: |_| Ok(Follow::Archive),
    plan: |_| Vec::new(),
    by_miniz: false,
};

/// Lists the entries of an archive, in two requests as a rule: its start and its end.
///
/// ```
/// use hubfit::format::{Reader, Step, zip::ZipReader};
///
/// let file = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
/// let mut reader = ZipReader::new(Some(file.len() as u64));
/// let Step::Done(archive) = reader.feed(file)? else { unreachable!() };
/// assert_eq!(archive.entries, []);
/// # Ok::<(), hubfit::Error>(())
/// ```
#[derive(Debug)]
pub struct ZipReader(ContainerMachine);

impl ZipReader {
    /// For a file of that many bytes: an archive is read from its end, so that a size must be known of all but small
    /// ones.
    #[must_use]
    pub fn new(size: Option<u64>) -> Self {
        Self(ContainerMachine::new(size, MANNER))
    }
}

impl Reader for ZipReader {
    type Facts = Archive;

    fn start(&self) -> Range<u64> {
        self.0.start()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<Archive>> {
        Ok(match self.0.feed(bytes)? {
            Step::Need(range) => Step::Need(range),
            Step::Done(container) => Step::Done(container.archive.unwrap_or_default()),
        })
    }
}
