//! Files that are no PyTorch files, though they are named as if.

use crate::error::{Code, Error, Result};

/// Where, what, and what it is. An archive of another kind with a pickle in it is how "nullifAI" passed the scanners
/// of the Hub.
const OTHERS: [(usize, &[u8], &str); 12] = [
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-zip archive"),
    (0, b"Rar!", "a RAR archive"),
    (0, b"\x1f\x8b", "a gzip file"),
    (0, b"BZh", "a bzip2 file"),
    (0, b"\xfd7zXZ", "an xz file"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (0, b"x\x9c", "a zlib stream, as joblib compresses"),
    (0, b"\x89HDF", "an HDF5 file"),
    (0, b"GGUF", "a GGUF file"),
    (0, b"PYTORCH1", "an archive of the preview of PyTorch 1.0"),
    (0, b"version https://git-lfs", "a Git LFS pointer"),
    (257, b"ustar", "a tar archive, as the first versions of PyTorch wrote, which is not read"),
];

/// Refuses what is known to be something else.
pub(super) fn refuse(expected: &str, head: &[u8]) -> Result<()> {
    let is = |(at, magic, _): &&(usize, &[u8], &str)| {
        head.get(*at..).is_some_and(|rest| rest.starts_with(magic))
    };
    match OTHERS.iter().find(is) {
        Some((_, _, found)) => Err(unlike(expected, found)),
        None => Ok(()),
    }
}

pub(super) fn unlike(expected: &str, found: &str) -> Error {
    Error::new(Code::InvalidFile, format!("expected {expected}, found {found}"))
}
