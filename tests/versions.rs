//! Versions in order and ranges of them, as the reference implementations have them (`tests/vectors/versions/`).

#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")
)]
#![cfg(not(target_arch = "wasm32"))]

use hubfit::facts::{Scheme, Version, VersionRange};

fn agrees(scheme: Scheme, vectors: &str) {
    let lines = vectors.lines().filter(|line| !line.starts_with('#'));
    let cells = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    let mut versions: Vec<(&str, Version, u32)> = Vec::new();
    let mut ranges = 0;
    for cells in cells {
        match *cells.as_slice() {
            ["version", text, place] => {
                let version = scheme.parse(text).unwrap_or_else(|| panic!("{text} is a version"));
                versions.push((text, version, place.parse().unwrap()));
            }
            ["no version", text] => assert!(scheme.parse(text).is_none(), "{text:?} is no version"),
            ["range", text, held] => {
                let range = VersionRange::parse(scheme, text);
                let range = range.unwrap_or_else(|| panic!("{text} is a range"));
                let held: Vec<_> = held.split(' ').collect();
                for (version_text, version, _) in &versions {
                    let expected = held.contains(version_text);
                    assert_eq!(range.contains(version), expected, "{version_text} in {text:?}");
                }
                ranges += 1;
            }
            ["no range", text] => {
                assert!(VersionRange::parse(scheme, text).is_none(), "{text:?} is no range");
            }
            _ => panic!("expected a version or a range, found {cells:?}"),
        }
    }
    assert!(versions.len() > 20 && ranges > 20);
    for (text, one, place) in &versions {
        for (other_text, other, other_place) in &versions {
            let found = one.partial_cmp(other);
            assert_eq!(found, Some(place.cmp(other_place)), "{text} and {other_text}");
        }
    }
}

#[test]
fn python_versions_as_packaging_has_them() {
    agrees(Scheme::Pep440, include_str!("vectors/versions/pep440.tsv"));
}

#[test]
fn semantic_versions_as_npm_has_them() {
    agrees(Scheme::Semver, include_str!("vectors/versions/semver.tsv"));
}

#[test]
fn builds_of_llama_cpp_come_before_its_tags() {
    let lines: [&[&str]; 7] = [
        &["b999", "999", "B999"],
        &["b1000"],
        &["b11364"],
        &["v0.1.0", "0.1.0", "v0.1"],
        &["v0.5.0-rc.1"],
        &["v0.5.0"],
        &["v0.10.0"],
    ];
    let parse = |text: &str| Scheme::LlamaCpp.parse(text).unwrap();
    for (place, line) in lines.iter().enumerate() {
        for (other_place, other_line) in lines.iter().enumerate() {
            let found = parse(line[0]).partial_cmp(&parse(other_line[0]));
            assert_eq!(found, Some(place.cmp(&other_place)), "{line:?} and {other_line:?}");
        }
        assert!(line.iter().all(|text| parse(text) == parse(line[0])), "{line:?}");
    }
    for text in ["", "b", "bx", "b-1", "latest", "b99999999999999999999"] {
        assert!(Scheme::LlamaCpp.parse(text).is_none(), "{text}");
    }
}

#[test]
fn a_version_that_is_not_written_out_is_filled_up() {
    for (scheme, short, long) in [
        (Scheme::Semver, "4", "4.0.0"),
        (Scheme::Semver, "v4.3", "4.3.0"),
        (Scheme::Semver, "4-rc.1", "4.0.0-rc.1"),
        (Scheme::Pep440, "0.33", "0.33.0"),
    ] {
        assert_eq!(scheme.parse(short), scheme.parse(long), "{short}");
        assert!(scheme.parse(short).is_some(), "{short}");
    }
}

#[test]
fn versions_of_two_schemes_have_no_order() {
    let (one, other) = (Scheme::Semver.parse("1.0.0"), Scheme::Pep440.parse("1.0.0"));
    assert_eq!(one.partial_cmp(&other), None);
    let range = VersionRange::parse(Scheme::Pep440, ">=1").unwrap();
    assert!(!range.contains(&one.unwrap()));
}
