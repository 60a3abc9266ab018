//! Reads a file that is in memory in one piece and in several, and demands one answer.

use crate::memory::within;
use hubfit::Result;
use hubfit::format::{Reader, Step};
use std::fmt::Debug;
use std::ops::Range;

/// Ranges that any reader may ask for. GGUF asks for three, safetensors for two.
const MAX_READS: usize = 64;

/// Splits that are tried of each input.
const SPLITS: u64 = 3;

/// Reads the bytes with a reader that asks for `first` bytes, for all of them and for fewer; `times` as in
/// [`within`].
///
/// # Panics
/// Where a reader breaks its contract, takes too much, or answers another way of reading differently.
pub fn read_any_way<R: Reader>(
    times: usize,
    bytes: &[u8],
    open: impl Fn(u64) -> R,
) -> Result<R::Facts>
where
    R::Facts: Debug + PartialEq,
{
    let read = |first| within(times, bytes.len(), || drive(&mut open(first), bytes));
    let whole = read(bytes.len().max(1) as u64);
    for first in splits(bytes) {
        let parts = read(first);
        same(&parts, &whole, first);
    }
    whole
}

/// The same facts, or the same code; a message may tell of the bytes that were asked for.
fn same<T: Debug + PartialEq>(parts: &Result<T>, whole: &Result<T>, first: u64) {
    match (parts, whole) {
        (Err(parts), Err(whole)) => assert_eq!(parts.code(), whole.code(), "{parts}\n{whole}"),
        // Not by `==` alone: a number in a file may be NaN.
        _ if parts == whole => {}
        _ => assert_eq!(format!("{parts:?}"), format!("{whole:?}"), "first read: {first} bytes"),
    }
}

/// Feeds a reader what it asks for, and holds it to its contract: no empty range, nothing twice, an end.
///
/// # Panics
/// Where it breaks the contract.
pub fn drive<R: Reader + ?Sized>(reader: &mut R, file: &[u8]) -> Result<R::Facts> {
    let mut asked: Vec<Range<u64>> = vec![reader.start()];
    while let Some(wanted) = asked.last() {
        assert!(wanted.start < wanted.end, "an empty range: {wanted:?}");
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(file.len());
        match reader.feed(&file[place(wanted.start)..place(wanted.end)])? {
            Step::Done(facts) => return Ok(facts),
            Step::Need(more) => {
                let again = asked.iter().any(|old| more.start < old.end && old.start < more.end);
                assert!(!again, "{more:?} asked for after {asked:?}");
                asked.push(more);
            }
        }
        assert!(asked.len() <= MAX_READS, "no end after {asked:?}");
    }
    unreachable!()
}

/// Where to split, decided by the input, so that seeds are files as they are.
fn splits(bytes: &[u8]) -> impl Iterator<Item = u64> {
    // FNV-1a, then splitmix64's step.
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let length = bytes.len().max(1) as u64;
    (1..=SPLITS).map(move |round| {
        let mixed = hash.wrapping_add(round.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        1 + (mixed ^ mixed >> 27) % length
    })
}
