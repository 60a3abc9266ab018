//! The first 16 or 24 bytes: magic, version, counts.

use super::cursor::{Cursor, Layout, Read};
use super::limits::{MAX_KEYS, MAX_TENSORS};
use crate::error::{Code, Error, Result};

/// What the first bytes say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) version: u32,
    pub(super) layout: Layout,
    pub(super) tensors: u64,
    pub(super) keys: u64,
}

/// Reads the first bytes; the cursor's layout is of no account.
pub(super) fn read(from: &mut Cursor<'_>) -> Read<Header> {
    check_magic(from.array()?)?;
    let (version, layout) = version(from.array()?)?;
    from.layout = layout;
    let tensors = from.length()?;
    let keys = from.length()?;
    check_count(tensors, MAX_TENSORS, "tensors")?;
    check_count(keys, MAX_KEYS, "keys")?;
    Ok(Header { version, layout, tensors, keys })
}

fn check_magic(magic: [u8; 4]) -> Result<()> {
    let older = matches!(&magic, b"lmgg" | b"fmgg" | b"tjgg" | b"algg");
    match &magic {
        b"GGUF" => Ok(()),
        _ if older => {
            Err(invalid("this is one of the formats before GGUF (ggml, ggmf, ggjt, ggla)"))
        }
        _ => Err(invalid(format!("expected `GGUF` at byte 0, found `{}`", magic.escape_ascii()))),
    }
}

/// There is no flag for the byte order: in the wrong one, a small number has nothing in its lower half
/// (llama.cpp `ggml/src/gguf.cpp`).
fn version(bytes: [u8; 4]) -> Result<(u32, Layout)> {
    let little = u32::from_le_bytes(bytes);
    let big_endian = little.trailing_zeros() >= 16;
    let version = if big_endian { u32::from_be_bytes(bytes) } else { little };
    if !(1..=3).contains(&version) {
        return Err(invalid(format!("expected GGUF version 1, 2 or 3, found {version}")));
    }
    Ok((version, Layout { big_endian, short_lengths: version == 1 }))
}

fn check_count(count: u64, most: u64, what: &str) -> Result<()> {
    if count <= most {
        return Ok(());
    }
    Err(too_much(format!("{count} {what} in the header, more than {most}")))
}

pub(super) fn invalid(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(Code::InvalidFile, message)
}

pub(super) fn too_much(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(Code::LimitExceeded, message)
}

#[cfg(test)]
mod tests {
    use super::super::cursor::Stop;
    use super::*;

    fn read_all(bytes: &[u8]) -> Read<Header> {
        read(&mut Cursor::new(bytes, Layout::default()))
    }

    #[test]
    fn both_byte_orders_and_all_versions() {
        for (version, big_endian) in [(1, false), (2, false), (3, false), (1, true), (3, true)] {
            let number =
                |n: u32| if big_endian { n.to_be_bytes() } else { n.to_le_bytes() }.to_vec();
            let long = |n: u64| if big_endian { n.to_be_bytes() } else { n.to_le_bytes() }.to_vec();
            let count = |n: u32| if version == 1 { number(n) } else { long(n.into()) };
            let bytes = [b"GGUF".to_vec(), number(version), count(7), count(9)].concat();
            let header = read_all(&bytes).unwrap();
            assert_eq!((header.version, header.layout.big_endian), (version, big_endian));
            assert_eq!((header.tensors, header.keys), (7, 9));
            assert!(
                matches!(read_all(&bytes[..bytes.len() - 1]), Err(Stop::Short(n)) if n == bytes.len())
            );
        }
    }

    #[test]
    fn what_is_no_gguf_is_told_apart() {
        for (bytes, words) in [
            (&b"PK\x03\x04"[..], "found `PK"),
            (b"tjgg", "before GGUF"),
            (b"GGUF\x04\0\0\0", "found 4"),
            (b"GGUF\0\0\0\0", "found 0"),
        ] {
            let Err(Stop::Failed(error)) = read_all(bytes) else { panic!("{bytes:?}") };
            assert_eq!(error.code(), "invalid_file");
            assert!(error.to_string().contains(words), "{error}");
        }
    }
}
