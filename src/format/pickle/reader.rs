//! Pickles that stand one behind another, read from pieces of a file.

use super::facts::{PickleFacts, is_magic};
use super::limits::MAX_PICKLES;
use super::machine::{Machine, Pause};
use super::value::Value;
use std::ops::Range;

/// What is read first, and again behind bytes that were passed over.
const CHUNK: u64 = 64 << 10;

/// The most that is read at once.
const MAX_CHUNK: u64 = 8 << 20;

/// What is read of a file in all. Pickles of models are smaller; what they carry in long texts is passed over.
const MAX_BYTES: u64 = 64 << 20;

/// How often it is asked for more: each text that is passed over costs a request.
const MAX_REQUESTS: u32 = 64;

/// The pickles of a PyTorch file before 1.6: magic number, protocol, system, object, keys of storages. Their data
/// follow.
const LEGACY_PICKLES: usize = 5;

/// Which bytes behind the pickle belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All up to here.
    Until(u64),
    /// Nobody knows: it ends with the file, whose size is not known.
    File,
    /// None: one pickle, then something else.
    One,
}

/// Reads pickles.
#[derive(Debug)]
pub(crate) struct PickleMachine {
    machine: Machine,
    /// Where the pickles start in the file.
    start: u64,
    /// Where the bytes stand that come next.
    position: u64,
    /// Bytes that were read and not used: the start of an opcode.
    carry: Vec<u8>,
    skip: u64,
    extent: Extent,
    results: Vec<Value>,
    /// Where the last whole pickle ended.
    end: u64,
    fetched: u64,
    requests: u32,
    /// Whether something else follows a pickle.
    trailing: bool,
    done: bool,
}

impl PickleMachine {
    /// For pickles that start at a place of the file.
    pub(crate) fn new(start: u64, extent: Extent) -> Self {
        Self {
            machine: Machine::at(start),
            start,
            position: start,
            carry: Vec::new(),
            skip: 0,
            extent,
            results: Vec::new(),
            end: start,
            fetched: 0,
            requests: 0,
            trailing: false,
            done: false,
        }
    }

    /// All pickles in bytes.
    pub(crate) fn read(bytes: &[u8]) -> PickleFacts {
        let mut machine = Self::new(0, Extent::Until(bytes.len() as u64));
        machine.push(bytes);
        machine.finish()
    }

    /// Takes the next bytes of the file.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.fetched += bytes.len() as u64;
        let skipped = self.skip.min(bytes.len() as u64);
        self.skip -= skipped;
        self.position += bytes.len() as u64;
        self.carry.extend_from_slice(crate::format::bytes::part(bytes, skipped, u64::MAX));
        let carry = std::mem::take(&mut self.carry);
        let mut at = 0;
        while !self.done && self.skip == 0 {
            let rest = carry.get(at..).unwrap_or_default();
            let (taken, pause) = self.machine.run(rest);
            at += taken;
            if !self.handle(pause, carry.len(), &mut at) {
                break;
            }
        }
        self.carry = carry.get(at..).unwrap_or_default().to_vec();
        let ends = match self.extent {
            Extent::Until(end) => self.position + self.skip >= end,
            Extent::File => bytes.is_empty(),
            Extent::One => false,
        };
        self.done |= ends;
    }

    /// Whether it can go on.
    fn handle(&mut self, pause: Pause, length: usize, at: &mut usize) -> bool {
        match pause {
            Pause::Bytes => return false,
            Pause::Broken(expected) => {
                self.done = true;
                self.trailing = !self.results.is_empty();
                if self.machine.place > self.end || !self.trailing {
                    let place = self.machine.place;
                    self.machine.problems.add_at("broken_pickle", place, expected);
                }
            }
            Pause::Skip(count) => {
                let here = count.min((length - *at) as u64);
                *at += usize::try_from(here).unwrap_or_default();
                self.skip = count - here;
            }
            Pause::Stop => {
                let result = self.machine.result();
                self.results.push(result);
                self.end = self.machine.place;
                let most = if self.is_legacy() { LEGACY_PICKLES } else { MAX_PICKLES };
                self.done = self.extent == Extent::One || self.results.len() >= most;
            }
        }
        !self.done
    }

    /// The bytes that it wants next; none when it has enough.
    pub(crate) fn wanted(&mut self) -> Option<Range<u64>> {
        if self.done {
            return None;
        }
        if self.fetched >= MAX_BYTES || self.requests >= MAX_REQUESTS {
            let what = "the pickle goes on, and is not read any further";
            self.machine.problems.add_at("large_pickle", self.position, what);
            return None;
        }
        // What follows a text that was passed over may be the end of the pickle.
        let chunk = if self.skip > 0 { CHUNK } else { self.fetched.clamp(CHUNK, MAX_CHUNK) };
        self.position += std::mem::take(&mut self.skip);
        self.requests += 1;
        let end = self.position.saturating_add(chunk);
        Some(match self.extent {
            Extent::Until(whole) => self.position..end.min(whole),
            Extent::File | Extent::One => self.position..end,
        })
    }

    fn is_legacy(&self) -> bool {
        self.results.first().is_some_and(|&first| is_magic(&self.machine.heap, first))
    }

    /// What was found.
    pub(crate) fn finish(mut self) -> PickleFacts {
        let (count, legacy) = (self.results.len(), self.is_legacy());
        let (place, end) = (self.machine.place, self.end);
        let problems = &mut self.machine.problems;
        if count > 1 && !legacy {
            let counts = (1, "pickle, not one behind another", count as u64);
            problems.add_count("several_pickles", "", counts);
        }
        let whole = count >= if legacy { LEGACY_PICKLES } else { 1 };
        if whole && (self.trailing || place > end) {
            problems.add_at("trailing_bytes", end, "other bytes follow the end of the pickle");
        }
        if !whole && !problems.has("broken_pickle") && !problems.has("large_pickle") {
            problems.add_at(
                "truncated_pickle",
                place,
                "expected more of the pickle, found its end",
            );
        }
        PickleFacts::new(self.machine, end - self.start, &self.results)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A tensor of three numbers, a call, and the start of a second pickle.
    const PICKLES: &[u8] = b"\x80\x02}q\0X\x01\0\0\0wctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\n\
        FloatStorage\nX\x01\0\0\x000X\x03\0\0\0cpuK\x03tQK\0K\x03\x85K\x01\x85tRsX\x01\0\0\0vcos\nsystem\nS'l\\x73'\n\x85Rs.\x80\x04(N";

    proptest! {
        #[test]
        fn any_split_reads_the_same(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
            splits in prop::collection::vec(1_usize..60, 1..20),
        ) {
            let mut bytes = PICKLES.to_vec();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let whole = PickleMachine::read(&bytes);
            let mut machine = PickleMachine::new(0, Extent::Until(bytes.len() as u64));
            let mut rest = &bytes[..];
            for split in splits.into_iter().cycle() {
                let (piece, behind) = rest.split_at(split.min(rest.len()));
                machine.push(piece);
                rest = behind;
                if rest.is_empty() {
                    break;
                }
            }
            let split = machine.finish();
            prop_assert_eq!(split.imports.list(), whole.imports.list());
            prop_assert!(split.tensors().eq(whole.tensors()));
            prop_assert_eq!(&split.totals, &whole.totals);
            prop_assert_eq!(split.problems, whole.problems);
        }
    }

    #[test]
    fn what_is_split_is_worth_reading() {
        let facts = PickleMachine::read(PICKLES);
        assert_eq!(facts.imports.list()[0].name, "os.system");
        let tensor = facts.tensors().next().unwrap();
        assert_eq!((&*tensor.name, &*tensor.shape, tensor.bytes), ("w", &[3][..], 0..12));
    }
}
