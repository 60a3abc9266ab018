//! The state machine.

use super::facts::PytorchFacts;
use super::{other, plan};
use crate::error::Result;
use crate::format::container::{ContainerMachine, Follow, Manner};
use crate::format::{Reader, Step};
use std::ops::Range;

/// How its files are read.
pub(crate) const MANNER: Manner =
    Manner { what: "a PyTorch file", follow, plan: plan::plan, by_miniz: true };

/// Reads what a PyTorch file says of itself, in two requests as a rule: its start and its end.
///
/// ```
/// use hubfit::format::{Reader, Step, pytorch::PytorchReader};
///
/// let file = b"\x80\x02}q\x00.";
/// let mut reader = PytorchReader::new(Some(file.len() as u64));
/// let Step::Done(facts) = reader.feed(file)? else { unreachable!() };
/// assert_eq!(facts.imports.list(), []);
/// # Ok::<(), hubfit::Error>(())
/// ```
#[derive(Debug)]
pub struct PytorchReader(ContainerMachine);

impl PytorchReader {
    /// For a file of that many bytes, where its size is known. Without it, only the pickle that stands first in an
    /// archive is read.
    #[must_use]
    pub fn new(size: Option<u64>) -> Self {
        Self(ContainerMachine::new(size, MANNER))
    }
}

/// A zip archive says so; pickles of old protocols start with any opcode.
fn follow(head: &[u8]) -> Result<Follow> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Follow::Archive);
    }
    other::refuse("a PyTorch file", head)?;
    Ok(Follow::Pickles(0))
}

impl Reader for PytorchReader {
    type Facts = PytorchFacts;

    fn start(&self) -> Range<u64> {
        self.0.start()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<PytorchFacts>> {
        Ok(match self.0.feed(bytes)? {
            Step::Need(range) => Step::Need(range),
            Step::Done(container) => Step::Done(PytorchFacts::new(container)?),
        })
    }
}
