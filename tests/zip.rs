//! Zip archives: what the directory tells, and what it lies about.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(dead_code, reason = "the support is shared with other tests")]

mod support;

use hubfit::format::zip::{Archive, ZipReader};
use proptest::collection::vec;
use proptest::prelude::*;
use support::zip::Zip;

fn read(bytes: &[u8]) -> hubfit::Result<Archive> {
    support::read(ZipReader::new(Some(bytes.len() as u64)), bytes).map(|read| read.0)
}

fn codes(bytes: &[u8]) -> Vec<&'static str> {
    read(bytes).unwrap().problems.list.iter().map(|problem| problem.code).collect()
}

/// Two entries, as Python writes them.
fn two() -> Zip {
    let mut zip = Zip::default();
    zip.stored("a/one.txt", b"one").stored("a/two.txt", b"two two");
    zip
}

#[test]
fn entries_of_a_sound_archive() {
    for bytes in [two().finish(), two().finish_zip64()] {
        let archive = read(&bytes).unwrap();
        assert_eq!(archive.problems.list, []);
        let told: Vec<_> = archive.entries.iter().map(|entry| (&*entry.name, entry.size)).collect();
        assert_eq!(told, [("a/one.txt", 3), ("a/two.txt", 7)]);
        assert_eq!(archive.entries[1].offset, 30 + 9 + 3);
    }
}

#[test]
fn an_archive_without_entries_and_one_with_a_comment() {
    assert_eq!(
        read(&Zip::default().finish()).unwrap(),
        Archive { directory: 0..0, ..Archive::default() }
    );
    let mut zip = two();
    zip.comment = vec![b'c'; 65_535];
    assert_eq!(codes(&zip.finish()), [""; 0]);
}

#[test]
fn numbers_beyond_32_bits() {
    let mut zip = two();
    zip.listed[1].offset = 5 << 32;
    zip.listed[1].compressed = 6 << 32;
    zip.listed[1].size = 6 << 32;
    let entry = read(&zip.finish()).unwrap().entries.remove(1);
    assert_eq!((entry.offset, entry.compressed, entry.size), (5 << 32, 6 << 32, 6 << 32));
    // The very number that stands for "look elsewhere".
    zip.listed[1].size = 0xffff_ffff;
    assert_eq!(read(&zip.finish()).unwrap().entries[1].size, 0xffff_ffff);
}

#[test]
fn more_entries_than_16_bits_count() {
    let mut zip = two();
    let one = zip.listed[0].clone();
    zip.listed = (0..70_000)
        .map(|at| support::zip::Listed {
            name: at.to_string(),
            size: 0,
            compressed: 0,
            ..one.clone()
        })
        .collect();
    let archive = read(&zip.finish_zip64()).unwrap();
    assert_eq!((archive.entries.len(), archive.problems.has("directory_differs")), (70_000, false));
}

/// What each does to two sound entries, and what is reported.
type Attack = (&'static str, fn(&mut Zip), &'static [&'static str]);

const ATTACKS: [Attack; 11] = [
    ("the same name", |zip| zip.listed[1].name = "a/one.txt".into(), &["duplicate_name"]),
    ("the same but for case", |zip| zip.listed[1].name = "a/ONE.txt".into(), &["duplicate_name"]),
    ("out of the folder", |zip| zip.listed[0].name = "../ne.txt".into(), &["unsafe_name"]),
    ("to the root", |zip| zip.listed[0].name = "/one.text".into(), &["unsafe_name"]),
    ("Windows", |zip| zip.listed[0].name = "C:\\ne.txt".into(), &["unsafe_name"]),
    ("encrypted, CVE-2025-1945", |zip| zip.listed[0].flags |= 1, &["odd_flags"]),
    ("the same bytes", |zip| zip.listed[1].offset = 0, &["overlap"]),
    ("into the next", |zip| zip.listed[0].size += 1, &["size_differs"]),
    ("past the end", |zip| zip.listed[1].offset = 1 << 40, &["past_the_end"]),
    (
        "past all numbers",
        |zip| {
            zip.listed[1].offset = u64::MAX;
            zip.listed[1].compressed = u64::MAX - 1;
            zip.listed[1].size = u64::MAX - 1;
        },
        &["past_the_end"],
    ),
    (
        "a bomb",
        |zip| {
            zip.listed[1].method = 8;
            zip.listed[1].size = 1 << 40;
        },
        &["compression_bomb"],
    ),
];

#[test]
fn attacks_that_are_reported() {
    for (attack, change, expected) in ATTACKS {
        let mut zip = two();
        change(&mut zip);
        assert_eq!(codes(&zip.finish()), expected, "{attack}");
        assert_eq!(codes(&zip.finish_zip64()), expected, "{attack}, zip64");
    }
}

#[test]
fn bytes_before_and_behind() {
    let behind = [two().finish(), b"more".to_vec()].concat();
    assert_eq!(codes(&behind), ["trailing_bytes"]);
    let mut before = [b"before".to_vec(), two().finish()].concat();
    let archive = read(&before).unwrap();
    assert_eq!(codes(&before), ["leading_bytes"]);
    assert_eq!(archive.entries[0].offset, 6);
    before = [b"before".to_vec(), two().finish_zip64()].concat();
    assert_eq!(codes(&before), ["leading_bytes"]);
}

#[test]
fn a_directory_that_lies_about_itself() {
    let sound = two().finish();
    let at = sound.len() - 22;
    let change = |place: usize, bytes: &[u8]| {
        let mut file = sound.clone();
        file[at + place..at + place + bytes.len()].copy_from_slice(bytes);
        read(&file).map(|archive| {
            archive.problems.list.iter().map(|problem| problem.code).collect::<Vec<_>>()
        })
    };
    assert_eq!(change(10, &[9]).unwrap(), ["directory_differs"]);
    for (place, bytes) in [(12, &[0xff, 0xff][..]), (16, &[0xff, 0xff]), (12, &[0; 4])] {
        assert_eq!(change(place, bytes).unwrap_err().code(), "invalid_file", "{place}");
    }
    assert_eq!(change(12, &[0xff; 4]).unwrap_err().code(), "limit_exceeded");
}

#[test]
fn files_that_are_no_archives() {
    for bytes in [&b""[..], b"PK", b"PK\x05\x06", &[0; 100], &vec![b'P'; 70_000]] {
        assert_eq!(read(bytes).unwrap_err().code(), "invalid_file");
    }
    let mut zip64 = two().finish_zip64();
    let at = zip64.len() - 22 - 20 - 56;
    zip64[at] = 0;
    assert_eq!(read(&zip64).unwrap_err().code(), "invalid_file");
}

#[test]
fn a_file_that_is_shorter_than_its_size() {
    let bytes = two().finish();
    let error = support::read(ZipReader::new(Some(1 << 20)), &bytes).err().unwrap();
    assert_eq!(error.code(), "invalid_file");
    // Without a size, an archive that is no longer than the first bytes is read; a longer one cannot be.
    assert_eq!(support::read(ZipReader::new(None), &bytes).unwrap().0.entries.len(), 2);
    let mut long = two();
    long.stored("a/three", &vec![0; 100_000]);
    let error = support::read(ZipReader::new(None), &long.finish()).err().unwrap();
    assert_eq!(error.code(), "invalid_argument");
}

#[test]
fn a_bundle_lists_its_entries() {
    let mut zip = Zip::default();
    zip.stored("TF_LITE_PREFILL_DECODE", &vec![0; 200_000]).stored("METADATA", &[1; 10]);
    let bytes = zip.finish();
    let (facts, requests) = support::facts("task", Some(bytes.len() as u64), &bytes).unwrap();
    let sections: Vec<_> =
        facts.sections.iter().map(|entry| (entry.name.as_deref().unwrap(), entry.bytes)).collect();
    let expected = [("TF_LITE_PREFILL_DECODE", 200_000), ("METADATA", 10)];
    assert_eq!((&*facts.format, &*sections, requests), ("task", &expected[..], 2));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
        let _ = read(&[&bytes[..], &two().finish()].concat());
    }

    #[test]
    fn no_damage_makes_it_panic(changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), zip64 in any::<bool>()) {
        let mut bytes = if zip64 { two().finish_zip64() } else { two().finish() };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes);
    }
}
