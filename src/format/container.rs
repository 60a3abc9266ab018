//! Files that may be one of several things: a zip archive, pickles, or something with a header of its own.
//!
//! The first bytes tell. They hold the whole of a small file, the header of most others, and the first entry of an
//! archive, which is the pickle that PyTorch writes first; one more request then brings the directory.

use super::Step;
use super::held::Held;
use super::pickle::{Extent, PickleFacts, PickleMachine};
use super::zip::{Archive, Plan, ZipMachine, first_entry};
use crate::error::{Code, Error, Result};
use std::ops::Range;

/// What is read first.
pub(crate) const HEAD: u64 = 64 << 10;

/// How to go on behind the first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follow {
    /// As an archive.
    Archive,
    /// As pickles, from this byte on.
    Pickles(u64),
    /// Not at all.
    Enough,
}

/// How a format reads its files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// The format, for messages: `a PyTorch file`.
    pub(crate) what: &'static str,
    /// What follows from the first bytes.
    pub(crate) follow: fn(&[u8]) -> Result<Follow>,
    /// Which entries of an archive it reads.
    pub(crate) plan: Plan,
    /// Whether PyTorch loads its archives, with miniz, and not Python's `zipfile`. Then the pickle that stands first
    /// is read where nobody knows the size of the file.
    pub(crate) by_miniz: bool,
}

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Container {
    /// The first bytes.
    pub(crate) head: Vec<u8>,
    pub(crate) size: Option<u64>,
    pub(crate) archive: Option<Archive>,
    pub(crate) pickles: Option<PickleFacts>,
}

#[derive(Debug)]
enum State {
    Head,
    Archive(Box<ZipMachine>),
    Pickles(Box<PickleMachine>),
    Ended,
}

/// Reads such a file.
#[derive(Debug)]
pub(crate) struct ContainerMachine {
    manner: Manner,
    size: Option<u64>,
    head: Vec<u8>,
    state: State,
    asked: Range<u64>,
}

impl ContainerMachine {
    /// For a file of that many bytes, where its size is known.
    pub(crate) fn new(size: Option<u64>, manner: Manner) -> Self {
        let asked = 0..size.unwrap_or(HEAD).clamp(1, HEAD);
        Self { manner, size, head: Vec::new(), state: State::Head, asked }
    }

    pub(crate) fn start(&self) -> Range<u64> {
        self.asked.clone()
    }

    pub(crate) fn feed(&mut self, bytes: &[u8]) -> Result<Step<Container>> {
        let length = usize::try_from(self.asked.end - self.asked.start).unwrap_or(usize::MAX);
        let bytes = bytes.get(..length).unwrap_or(bytes);
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Head => self.begin(bytes),
            State::Archive(mut archive) => {
                let wanted = self.asked.end.min(self.size.unwrap_or(u64::MAX)) - self.asked.start;
                self.check_length(bytes, wanted)?;
                archive.add(self.asked.start, bytes);
                self.go_on_with_archive(*archive)
            }
            State::Pickles(mut pickles) => {
                pickles.push(bytes);
                let cut = (bytes.len() as u64) < self.asked.end - self.asked.start;
                Ok(self.go_on_with_pickles(*pickles, cut))
            }
            State::Ended => {
                let message = "the reader has ended; a new one reads the next file";
                Err(Error::new(Code::InvalidArgument, message))
            }
        }
    }

    fn check_length(&self, bytes: &[u8], wanted: u64) -> Result<()> {
        if bytes.len() as u64 >= wanted {
            return Ok(());
        }
        let end = self.asked.start + bytes.len() as u64;
        let size = self.size.unwrap_or_default();
        let message =
            format!("{}: expected {size} bytes, found its end at {end}", self.manner.what);
        Err(Error::new(Code::InvalidFile, message))
    }

    fn begin(&mut self, bytes: &[u8]) -> Result<Step<Container>> {
        let short = (bytes.len() as u64) < self.asked.end;
        if self.size.is_some_and(|size| size > bytes.len() as u64) {
            self.check_length(bytes, self.asked.end)?;
        } else if short {
            self.size = Some(bytes.len() as u64);
        }
        self.head = bytes.to_vec();
        match (self.manner.follow)(bytes)? {
            Follow::Enough => Ok(self.done(None, None)),
            Follow::Archive => self.begin_archive(bytes),
            Follow::Pickles(start) => {
                let extent = self.size.map_or(Extent::File, Extent::Until);
                Ok(self.begin_pickles(start, extent, bytes))
            }
        }
    }

    fn begin_archive(&mut self, bytes: &[u8]) -> Result<Step<Container>> {
        if let Some(size) = self.size {
            let mut held = Held::default();
            held.add(0, bytes);
            let Manner { plan, by_miniz, .. } = self.manner;
            return self.go_on_with_archive(ZipMachine::new((size, by_miniz), held, plan));
        }
        // Without its size, the directory cannot be found; the pickle that stands first can be read all the same.
        let first = first_entry(bytes).filter(|(name, _)| name.ends_with(b"/data.pkl"));
        if let Some((_, start)) = first.filter(|_| self.manner.by_miniz) {
            return Ok(self.begin_pickles(start, Extent::One, bytes));
        }
        let what = self.manner.what;
        let message = format!("{what}: expected its size, since archives are read from their end");
        Err(Error::new(Code::InvalidArgument, message))
    }

    fn begin_pickles(&mut self, start: u64, extent: Extent, head: &[u8]) -> Step<Container> {
        let mut pickles = PickleMachine::new(start, extent);
        pickles.push(super::bytes::part(head, start, u64::MAX));
        let cut = self.size.is_some_and(|size| size <= head.len() as u64);
        self.go_on_with_pickles(pickles, cut)
    }

    fn go_on_with_archive(&mut self, mut archive: ZipMachine) -> Result<Step<Container>> {
        Ok(match archive.advance()? {
            Step::Need(range) => self.ask(range, State::Archive(Box::new(archive))),
            Step::Done(archive) => self.done(Some(archive), None),
        })
    }

    fn go_on_with_pickles(&mut self, mut pickles: PickleMachine, cut: bool) -> Step<Container> {
        match pickles.wanted().filter(|_| !cut) {
            Some(range) => self.ask(range, State::Pickles(Box::new(pickles))),
            None => self.done(None, Some(pickles.finish())),
        }
    }

    fn ask(&mut self, range: Range<u64>, state: State) -> Step<Container> {
        self.state = state;
        self.asked = range.clone();
        Step::Need(range)
    }

    fn done(&mut self, archive: Option<Archive>, pickles: Option<PickleFacts>) -> Step<Container> {
        let head = std::mem::take(&mut self.head);
        Step::Done(Container { head, size: self.size, archive, pickles })
    }
}
