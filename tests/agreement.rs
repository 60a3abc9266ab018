//! Our reading of a file against that of the library that owns its format, field by field.
//!
//! `tests/agreement/files` holds files that `PyPI` gguf and safetensors wrote, each with what they read in it. `npm test`
//! has them written and read anew, and names the folder in `HUBFIT_AGREEMENT` (`tests/agreement/run.ts`).

#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may fail loudly, and reads files that others wrote"
)]

#[path = "agreement/gguf.rs"]
mod gguf;
#[path = "agreement/safetensors.rs"]
mod safetensors;

use hubfit::Result;
use hubfit::format::{Reader, Step};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Our facts of a file, in the words of a library.
type Facts = fn(&[u8]) -> Value;

const FORMATS: [(&str, Facts); 2] = [("gguf", gguf::facts), ("safetensors", safetensors::facts)];

/// The committed files, and those that were written just now.
fn folders() -> Vec<PathBuf> {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/agreement/files");
    let fresh = std::env::var("HUBFIT_AGREEMENT").ok().map(PathBuf::from);
    std::iter::once(committed).chain(fresh).collect()
}

/// The files in a folder that say what a library reads in another.
fn told(folder: &Path) -> Vec<Value> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let told = files.filter(|file| file.display().to_string().ends_with(".facts.json"));
    told.map(|file| serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()).collect()
}

/// Compares all files of a format, and says how many there were.
fn agree(format: &str, ours: Facts) -> usize {
    let mut count = 0;
    for folder in folders() {
        for told in told(&folder).iter().filter(|told| told["format"] == format) {
            let name = told["file"].as_str().unwrap();
            let bytes = std::fs::read(folder.join(name)).unwrap();
            let mut differences = Vec::new();
            differ("", &ours(&bytes), &told["facts"], &mut differences);
            assert!(differences.is_empty(), "{name}, {}: {differences:#?}", told["library"]);
            count += 1;
        }
    }
    count
}

/// Each place in which two values differ.
fn differ(at: &str, ours: &Value, theirs: &Value, found: &mut Vec<String>) {
    match (ours, theirs) {
        (Value::Array(one), Value::Array(two)) if one.len() == two.len() => {
            for (index, (one, two)) in one.iter().zip(two).enumerate() {
                differ(&format!("{at}/{index}"), one, two, found);
            }
        }
        (Value::Object(one), Value::Object(two)) if one.keys().eq(two.keys()) => {
            for (key, one) in one {
                differ(&format!("{at}/{key}"), one, &two[key], found);
            }
        }
        _ if ours == theirs => {}
        _ => found.push(format!("{at}: ours {}, theirs {}", short(ours), short(theirs))),
    }
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(200).collect()
}

/// Reads a file that is in memory.
fn read<R: Reader>(mut reader: R, file: &[u8]) -> Result<R::Facts> {
    let mut wanted = reader.start();
    loop {
        let place = |at: u64| usize::try_from(at).unwrap().min(file.len());
        match reader.feed(&file[place(wanted.start)..place(wanted.end)])? {
            Step::Need(more) => wanted = more,
            Step::Done(facts) => return Ok(facts),
        }
    }
}

#[test]
fn gguf_reads_the_same() {
    assert!(agree(FORMATS[0].0, FORMATS[0].1) >= 7);
}

#[test]
fn safetensors_reads_the_same() {
    assert!(agree(FORMATS[1].0, FORMATS[1].1) >= 4);
}

#[test]
fn every_file_is_compared() {
    for folder in folders() {
        for told in told(&folder) {
            assert!(FORMATS.iter().any(|(format, _)| told["format"] == *format), "{told}");
        }
    }
}

#[test]
fn a_difference_is_told_by_its_place() {
    let (one, two) =
        (serde_json::json!({ "a": [1, { "b": 2 }] }), serde_json::json!({ "a": [1, { "b": 3 }] }));
    let mut found = Vec::new();
    differ("", &one, &two, &mut found);
    assert_eq!(found, ["/a/1/b: ours 2, theirs 3"]);
}
