//! What `torch.save` writes, before 1.6 and since, and what was made to look like it.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(dead_code, reason = "the support is shared with other tests")]

mod support;

use hubfit::format::pytorch::{PytorchContainer, PytorchFacts, PytorchReader};
use hubfit::format::safetensors::{Tensor, count_parameters};
use hubfit::format::{FileFormat, Reader, Step};
use hubfit::model::file_facts::ImportRisk;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;
use support::pickle::{MAGIC, Pickle, Row, state_dict};
use support::zip::{Zip, deflate_stored};

fn read(bytes: &[u8]) -> hubfit::Result<(PytorchFacts, usize)> {
    support::read(PytorchReader::new(Some(bytes.len() as u64)), bytes)
}

fn codes(facts: &PytorchFacts) -> Vec<&str> {
    facts.problems.list.iter().map(|problem| problem.code).collect()
}

/// The names of the dangerous imports.
fn dangers(facts: &PytorchFacts) -> Vec<String> {
    let list = facts.imports.list().into_iter();
    list.filter(|import| import.risk == ImportRisk::Dangerous).map(|import| import.name).collect()
}

const ROWS: [Row<'_>; 2] = [
    ("w", "HalfStorage", "0", 6, 0, &[2, 3], &[3, 1]),
    ("b", "FloatStorage", "1", 3, 0, &[3], &[1]),
];

fn attack() -> Vec<u8> {
    Pickle::of_protocol(2).call("os", "system", "ls").stop()
}

/// A checkpoint with these entries first, as torch 2 writes it.
fn checkpoint(object: &[u8]) -> Zip {
    let mut zip = Zip::default();
    zip.torch("archive/data.pkl", object).torch("archive/byteorder", b"little");
    zip.torch("archive/data/0", &[0; 12]).torch("archive/data/1", &[0; 12]);
    zip.torch("archive/version", b"3\n").torch("archive/.data/serialization_id", &[b'7'; 40]);
    zip
}

fn sound() -> Zip {
    checkpoint(&state_dict(&ROWS, false))
}

fn legacy() -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.extend(b"\x80\x02M\xe9\x03.");
    file.extend(Pickle::of_protocol(2).raw(b"}").text("little_endian").raw(b"\x88s").stop());
    file.extend(state_dict(&ROWS, true));
    file.extend(Pickle::of_protocol(2).raw(b"](").text("0").text("1").raw(b"e").stop());
    for (count, bytes) in [(6_u64, 12), (3, 12)] {
        file.extend(count.to_le_bytes());
        file.extend(vec![0; bytes]);
    }
    file
}

#[test]
fn an_archive() {
    let bytes = sound().finish_zip64();
    let (facts, requests) = read(&bytes).unwrap();
    assert_eq!((facts.container, codes(&facts), requests), (PytorchContainer::Zip, vec![], 1));
    assert_eq!(
        (facts.version.as_deref(), facts.byte_order.as_deref()),
        (Some("3"), Some("little"))
    );
    let tensors: Vec<_> =
        facts.pickle.tensors().map(|t| (t.name, t.dtype.name(), t.shape)).collect();
    assert_eq!(tensors, [("w".into(), "F16", vec![2, 3]), ("b".into(), "F32", vec![3])]);
    assert_eq!(facts.header_bytes, bytes.len() as u64 - 24);
    assert_eq!(dangers(&facts), [""; 0]);
}

#[test]
fn the_format_before_1_6() {
    let bytes = legacy();
    let (facts, requests) = read(&bytes).unwrap();
    assert_eq!((facts.container, codes(&facts), requests), (PytorchContainer::Legacy, vec![], 1));
    assert_eq!(
        (facts.version.as_deref(), facts.header_bytes),
        (Some("1001"), bytes.len() as u64 - 40)
    );
    assert_eq!(facts.pickle.storage_bytes(), 24);
    assert_eq!(codes(&read(&bytes[..bytes.len() - 1]).unwrap().0), ["size_differs"]);
    let at = bytes.len() - 60;
    assert_eq!(codes(&read(&bytes[..at]).unwrap().0), ["truncated_pickle", "size_differs"]);
}

#[test]
fn whole_classes_are_imports_like_any() {
    // ('module', class, file, source), as whole models were saved.
    let mut pickle = Pickle::of_protocol(2);
    pickle
        .raw(b"(")
        .text("module")
        .global("my.nets", "Net")
        .text("net.py")
        .text("class Net")
        .raw(b"tQ)\x81");
    pickle.raw(b"}(").text("_parameters").raw(b"}").text("w").tensor(ROWS[0], true).raw(b"sub.");
    let file = [MAGIC, b"\x80\x02M\xe9\x03.", b"\x80\x02}.", &pickle.0, b"\x80\x02]."].concat();
    let (facts, _) = read(&file).unwrap();
    let list = facts.imports.list();
    assert_eq!((&*list[0].name, list[0].risk), ("my.nets.Net", ImportRisk::Suspicious));
    assert_eq!(facts.pickle.tensors().map(|tensor| tensor.name).collect::<Vec<_>>(), ["w"]);
}

#[test]
fn torchscript() {
    let mut object = Pickle::of_protocol(2);
    object
        .global("__torch__.torch.nn.Linear", "Linear")
        .raw(b")\x81}(")
        .text("weight")
        .tensor(ROWS[0], false)
        .text("sizes")
        .global("torch.jit._pickle", "build_intlist")
        .raw(b"]\x85Rub.");
    let object = object.0;
    let mut zip = Zip::default();
    zip.torch("net/data/0", &[0; 12]).torch("net/data.pkl", &object);
    let mut script = zip.clone();
    script
        .torch("net/code/__torch__/torch/nn.py", b"class Linear")
        .torch("net/constants.pkl", b"\x80\x02).");
    script.torch("net/version", b"3\n");
    let (facts, _) = read(&script.finish_zip64()).unwrap();
    assert_eq!((facts.container, codes(&facts)), (PytorchContainer::TorchScript, vec![]));
    assert!(facts.imports.list().iter().all(|import| import.risk == ImportRisk::Safe));
    // The same pickle without code in the archive is loaded by Python.
    let (facts, _) = read(&zip.finish_zip64()).unwrap();
    assert_eq!(facts.container, PytorchContainer::Zip);
    assert_eq!(facts.imports.list()[0].name, "__torch__.torch.nn.Linear.Linear");
    assert_eq!(facts.imports.list()[0].risk, ImportRisk::Suspicious);
}

/// Ways to keep a scanner from a pickle that `PyTorch` loads all the same, and what is reported.
type Attack = (&'static str, fn(&mut Zip), &'static [&'static str]);

const BYPASSES: [Attack; 12] = [
    ("nothing", |_| {}, &[]),
    ("a wrong checksum, CVE-2025-10156", |zip| zip.listed[0].crc ^= 1, &["wrong_crc"]),
    (
        "flag 0x1, CVE-2025-1945",
        |zip| zip.listed[0].flags |= 1,
        &["odd_flags", "local_header_differs"],
    ),
    (
        "flag 0x20, CVE-2025-1945",
        |zip| zip.listed[0].flags |= 0x20,
        &["odd_flags", "local_header_differs"],
    ),
    (
        "flag 0x40, CVE-2025-1945",
        |zip| zip.listed[0].flags |= 0x40,
        &["odd_flags", "local_header_differs"],
    ),
    (
        "another local name, CVE-2025-1944",
        |zip| zip.bytes[30 + 8] = b'x',
        &["local_header_differs"],
    ),
    (
        "letters of another case",
        |zip| zip.listed[0].name = "archive/DATA.pkl".into(),
        &["local_header_differs"],
    ),
    (
        "another name in the directory",
        |zip| zip.listed[0].name = "archive/data.bin".into(),
        &[
            "local_header_differs",
            "hidden_pickle",
            "missing_object",
            "unexpected_entry",
            "unexpected_entry",
            "unexpected_entry",
        ],
    ),
    ("another folder", |zip| zip.listed[0].name = "other/data.pkl".into(), &[]),
    ("a size that is too large", |zip| zip.listed[0].size += 9, &["size_differs", "damaged_entry"]),
    (
        "twice",
        |zip| zip.listed.push(zip.listed[0].clone()),
        &["duplicate_name", "overlap", "hidden_pickle"],
    ),
    ("bytes behind", |zip| zip.comment = b"PK\x05\x06".to_vec(), &[]),
];

#[test]
fn what_hides_a_pickle_from_scanners() {
    for (attack, change, expected) in BYPASSES {
        // The payload, and tensors behind it, so that all storages are in use.
        let tensors = state_dict(&ROWS, false);
        let object = [&self::attack()[..self::attack().len() - 1], b"0", &tensors[2..]].concat();
        let mut zip = checkpoint(&object);
        change(&mut zip);
        let (facts, _) = read(&zip.finish_zip64()).unwrap();
        let found = dangers(&facts);
        assert!(found.contains(&"os.system".to_owned()), "{attack}: {found:?} {:?}", codes(&facts));
        if !expected.is_empty() {
            assert_eq!(codes(&facts), expected, "{attack}");
        }
    }
}

#[test]
fn two_directories() {
    // One where the end record says, which PyTorch reads, and one right before it, which Python reads.
    let mut zip = Zip::default();
    zip.torch("a/data.pkl", b"\x80\x02}.").torch("a/data.pkl", &attack());
    let start = zip.bytes.len();
    let directory = |keep: usize| {
        let mut one = zip.clone();
        one.listed = vec![zip.listed[keep].clone()];
        one.finish().split_off(start)
    };
    let (harmless, evil) = (directory(0), directory(1));
    let file = [&zip.bytes[..], &evil[..evil.len() - 22], &harmless[..]].concat();
    let (facts, _) = read(&file).unwrap();
    assert_eq!(
        (dangers(&facts), codes(&facts)),
        (vec!["os.system".to_owned()], vec!["two_directories"])
    );
}

#[test]
fn a_second_pickle_under_another_name() {
    let names = [
        "archive/config.p",
        "archive/evil.pkl",
        "archive/nested/data.PKL",
        "archive/x",
        "x.joblib",
    ];
    for name in names.into_iter().chain(["archive/data.pkl.bak", "archive/.data/extern"]) {
        let mut zip = sound();
        zip.torch(name, &attack());
        let (facts, _) = read(&zip.finish_zip64()).unwrap();
        assert_eq!(dangers(&facts), ["os.system"], "{name}");
        assert!(codes(&facts).contains(&"hidden_pickle"), "{name}: {:?}", codes(&facts));
        assert_eq!(facts.pickle.tensors().len(), 2, "{name}");
        assert_eq!(facts.pickle.storage_bytes(), 24, "{name}");
    }
}

#[test]
fn what_looks_like_a_storage() {
    let mut zip = sound();
    zip.torch("archive/data/9", &attack());
    let (facts, _) = read(&zip.finish_zip64()).unwrap();
    assert_eq!(codes(&facts), ["unexpected_entry"]);
    assert!(facts.problems.list[0].message.contains("data/9"), "{:?}", facts.problems);
}

#[test]
fn storages_and_the_pickle_disagree() {
    let mut zip = sound();
    (zip.listed[2].size, zip.listed[2].compressed) = (11, 11);
    assert_eq!(codes(&read(&zip.finish_zip64()).unwrap().0), ["storage_differs"]);
    let mut zip = sound();
    zip.listed.remove(3);
    assert_eq!(codes(&read(&zip.finish_zip64()).unwrap().0), ["missing_storage"]);
}

#[test]
fn entries_that_were_compressed_since() {
    // As another zip tool packs it again: PyTorch reads that, too.
    let object = state_dict(&ROWS, false);
    let mut zip = Zip::default();
    zip.deflated("archive/data.pkl", &object, &deflate_stored(&object, 50));
    zip.deflated("archive/data/0", &[0; 12], &deflate_stored(&[0; 12], 99))
        .stored("archive/data/1", &[0; 12]);
    let (facts, _) = read(&zip.finish()).unwrap();
    assert_eq!((codes(&facts), facts.pickle.storage_bytes()), (vec![], 24));
    zip.listed[0].method = 12;
    let (facts, _) = read(&zip.finish()).unwrap();
    assert!(codes(&facts).contains(&"unread_entry"));
}

#[test]
fn files_that_are_something_else() {
    let tar = [&[b'a'; 257][..], b"ustar\0"].concat();
    for (bytes, found) in [
        (&b"7z\xbc\xaf\x27\x1c\0\x04"[..], "7-zip"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (&tar, "tar archive"),
        (b"x\x9c\x03\0", "joblib"),
        (b"version https://git-lfs.github.com/spec/v1\n", "LFS"),
        (b"GGUF\x03\0\0\0", "GGUF"),
        (b"<!DOCTYPE html>", "other bytes"),
        (b"", "other bytes"),
    ] {
        let error = read(bytes).err().unwrap();
        assert_eq!(error.code(), "invalid_file");
        assert!(error.to_string().contains(found), "{error}");
    }
}

/// A file of which only some parts are anything but zero.
struct Sparse {
    size: u64,
    parts: Vec<(u64, Vec<u8>)>,
}

impl Sparse {
    /// Requests and bytes that a reader needs.
    fn read(&self) -> (PytorchFacts, usize, u64) {
        let mut reader = PytorchReader::new(Some(self.size));
        let mut wanted = reader.start();
        let mut sum = 0;
        for requests in 1.. {
            sum += wanted.end - wanted.start;
            let mut bytes = vec![0; usize::try_from(wanted.end - wanted.start).unwrap()];
            for (start, part) in &self.parts {
                for (at, byte) in (*start..).zip(part).filter(|(at, _)| wanted.contains(at)) {
                    bytes[usize::try_from(at - wanted.start).unwrap()] = *byte;
                }
            }
            match reader.feed(&bytes).unwrap() {
                Step::Need(range) => wanted = range,
                Step::Done(facts) => return (facts, requests, sum),
            }
        }
        unreachable!()
    }
}

/// A checkpoint of so many tensors of 64 MB each, of which only the pickle and the directory are there.
fn large(tensors: u32) -> Sparse {
    let names: Vec<_> = (0..tensors)
        .map(|at| (format!("model.layers.{at}.self_attn.q_proj.weight"), at.to_string()))
        .collect();
    let rows: Vec<Row<'_>> = names
        .iter()
        .map(|(name, key)| {
            (&**name, "HalfStorage", &**key, 1 << 25, 0, &[4096, 8192][..], &[8192, 1][..])
        })
        .collect();
    let mut zip = Zip::default();
    zip.torch("pytorch_model/data.pkl", &state_dict(&rows, false));
    let first = zip.bytes.clone();
    let one = zip.listed[0].clone();
    for (at, (_, key)) in (0..).zip(&names) {
        let (size, offset) = (1_u64 << 26, first.len() as u64 + at * ((1 << 26) + 64));
        let name = format!("pytorch_model/data/{key}");
        zip.listed.push(support::zip::Listed {
            name,
            offset,
            size,
            compressed: size - 1,
            ..one.clone()
        });
        zip.listed.last_mut().unwrap().compressed = size;
    }
    // The directory is written as if it stood right behind the pickle, and then moved.
    let end = zip.listed.last().map_or(0, |last| last.offset + last.size + 1000);
    let whole = zip.finish();
    let mut tail = whole[first.len()..].to_vec();
    let (length, at) = (tail.len() as u64 - 22, tail.len() - 22);
    let record = [
        &b"PK\x06\x06"[..],
        &44_u64.to_le_bytes(),
        &[0; 12],
        &u64::from(tensors + 1).to_le_bytes(),
        &u64::from(tensors + 1).to_le_bytes(),
        &length.to_le_bytes(),
        &end.to_le_bytes(),
        b"PK\x06\x07\0\0\0\0",
        &(end + length).to_le_bytes(),
        &[1, 0, 0, 0],
    ];
    tail.splice(at..at, record.concat());
    let size = end + tail.len() as u64;
    Sparse { size, parts: vec![(0, first), (end, tail)] }
}

#[test]
fn requests_and_bytes_for_large_checkpoints() {
    // 7B, 13B and 70B models have 291, 363 and 723 tensors.
    for (tensors, requests, bytes) in [(290, 2, 131_536), (723, 3, 210_000), (20_000, 4, 8_000_000)]
    {
        let file = large(tensors);
        let (facts, asked, read) = file.read();
        assert_eq!(codes(&facts), [""; 0]);
        assert_eq!(facts.pickle.tensors().len(), tensors as usize);
        assert_eq!(facts.pickle.storage_bytes(), u64::from(tensors) << 26);
        assert!(asked <= requests && read <= bytes, "{tensors}: {asked} requests, {read} bytes");
    }
}

#[test]
fn a_size_that_nobody_knows() {
    let rows: Vec<(String, String)> =
        (0..1000).map(|at| (format!("layer.{at}.weight"), at.to_string())).collect();
    let rows: Vec<Row<'_>> = rows
        .iter()
        .map(|(name, key)| (&**name, "HalfStorage", &**key, 6, 0, &[6][..], &[1][..]))
        .collect();
    let mut zip = Zip::default();
    zip.torch("archive/data.pkl", &state_dict(&rows, false))
        .torch("archive/data/0", &vec![0; 100_000]);
    let bytes = zip.finish_zip64();
    let (facts, requests) = support::read(PytorchReader::new(None), &bytes).unwrap();
    assert_eq!(
        (facts.pickle.tensors().len(), codes(&facts), requests),
        (1000, vec!["directory_unread"], 3)
    );
    // Where the pickle does not stand first, there is no way.
    let mut zip = Zip::default();
    zip.torch("archive/data/0", &vec![0; 100_000])
        .torch("archive/data.pkl", &state_dict(&ROWS, false));
    let error = support::read(PytorchReader::new(None), &zip.finish_zip64()).err().unwrap();
    assert_eq!(error.code(), "invalid_argument");
    let (facts, _) = support::read(PytorchReader::new(None), &legacy()).unwrap();
    assert_eq!((facts.container, codes(&facts)), (PytorchContainer::Legacy, vec![]));
}

#[test]
fn long_texts_in_pickles_are_passed_over() {
    let mut pickle = Pickle::of_protocol(4);
    pickle.raw(b"]");
    for _ in 0..3 {
        pickle.bytes(&vec![7; 3 << 20]).raw(b"a");
    }
    let file = pickle.global("os", "system").raw(b")Ra").stop();
    for size in [Some(file.len() as u64), None] {
        let mut reader = PytorchReader::new(size);
        let (mut wanted, mut sum) = (reader.start(), 0);
        let facts = loop {
            let part = |place: u64| usize::try_from(place).unwrap().min(file.len());
            let bytes = &file[part(wanted.start)..part(wanted.end)];
            sum += bytes.len();
            match reader.feed(bytes).unwrap() {
                Step::Need(range) => wanted = range,
                Step::Done(facts) => break facts,
            }
        };
        assert_eq!((dangers(&facts), codes(&facts)), (vec!["os.system".to_owned()], vec![]));
        assert!(sum < 300_000, "{sum}");
    }
}

#[test]
fn names_and_bytes_that_give_the_format_away() {
    let of = |path| FileFormat::of_path(path).map(FileFormat::name);
    for path in ["model.pt", "model.PTH", "a/b.ckpt", "x.pkl"] {
        assert_eq!(of(path), Some("pytorch"), "{path}");
    }
    assert_eq!(
        (of("pytorch_model.bin"), of("a.npz"), of("m.keras")),
        (None, Some("numpy"), Some("keras"))
    );
    let of =
        |bytes: &[u8]| FileFormat::of_bytes(&bytes[..16.min(bytes.len())]).map(FileFormat::name);
    assert_eq!((of(&sound().finish()), of(&legacy())), (Some("pytorch"), Some("pytorch")));
    assert_eq!(of(&attack()), Some("pytorch"));
    assert_eq!(of(b"lmgg\x01\0\0\0"), None);
    // A header of 640 bytes starts like a pickle of protocol 2.
    assert_eq!(of(b"\x80\x02\0\0\0\0\0\0{\"a\":{}"), Some("safetensors"));
    assert_eq!(of(b"\x93NUMPY\x01\0"), Some("numpy"));
    assert_eq!(of(b"\x89HDF\r\n\x1a\n"), Some("keras"));
}

/// Name, dtype, shape and place of each tensor, in the shape that all checkpoints share.
fn tensors(file: &[u8]) -> Vec<(String, &'static str, Vec<u64>, std::ops::Range<u64>)> {
    let tensors = support::tensors("pytorch", file).unwrap();
    let row = |tensor: Tensor<'_>| {
        (tensor.name.to_owned(), tensor.dtype.name(), tensor.shape.to_vec(), tensor.bytes)
    };
    tensors.iter().map(row).collect()
}

#[test]
fn tensors_as_those_of_any_checkpoint() {
    let expected =
        [("w".to_owned(), "F16", vec![2, 3], 0..12), ("b".to_owned(), "F32", vec![3], 0..12)];
    assert_eq!(tensors(&sound().finish_zip64()), expected);
    let behind = state_dict(&[("w", "FloatStorage", "0", 10, 4, &[2, 3], &[3, 1])], false);
    let expected = [("w".to_owned(), "F32", vec![2, 3], 16..40)];
    assert_eq!(tensors(&checkpoint(&behind).finish()), expected);
    let counted = support::tensors("pytorch", &sound().finish()).unwrap();
    assert_eq!(count_parameters(&[&counted], None).total, 9);
}

/// A bomb: a thousand tensors share a chain of keys of a kilobyte each, so that their names are a hundred times as
/// long as the pickle.
#[test]
fn names_that_would_fill_the_memory_are_not_told() {
    let key = "k".repeat(1000);
    let mut pickle = Pickle::of_protocol(2);
    pickle.text(&key).raw(b"q\x00").global("torch._utils", "_rebuild_tensor_v2").raw(b"q\x01");
    pickle.raw(b"(").text("storage").global("torch", "FloatStorage").text("0").text("cpu");
    pickle.number(1000).raw(b"tQq\x02");
    pickle.raw(b"}h\x00").raw(&b"}h\x00".repeat(15));
    pickle.raw(b"]");
    for offset in 0..1000 {
        pickle.raw(b"h\x01(h\x02").number(offset).raw(b"))tRa");
    }
    pickle.raw(&b"s".repeat(16)).raw(b".");
    let facts = support::facts("pytorch", Some(pickle.0.len() as u64), &pickle.0).unwrap().0;
    assert_eq!((facts.tensor_count, facts.element_count), (1000, 1000));
    assert_eq!(support::tensors("pytorch", &pickle.0), None);
}

#[test]
fn what_crosses_to_javascript() {
    let bytes = sound().finish_zip64();
    let facts = support::facts("pytorch", Some(bytes.len() as u64), &bytes).unwrap().0;
    let facts = serde_json::to_value(facts).unwrap();
    let expected = json!({
        "format": "pytorch", "version": "3", "kind": "model", "tensorBytes": 24, "tensorCount": 2, "elementCount": 9,
        "keys": [
            { "key": "container", "value": "zip" }, { "key": "byte_order", "value": "little" },
            { "key": "pickle_protocol", "value": 2.0 },
        ],
        "imports": [
            { "name": "torch._utils._rebuild_tensor_v2", "risk": "safe" }, { "name": "torch.HalfStorage", "risk": "safe" },
            { "name": "collections.OrderedDict", "risk": "safe" }, { "name": "torch.FloatStorage", "risk": "safe" },
        ],
        "problems": [],
    });
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(&facts[key], value, "{key}");
    }
    let facts = support::facts("pytorch", None, &attack()).unwrap().0;
    assert_eq!(
        (&*facts.imports[0].name, facts.imports[0].risk),
        ("os.system", ImportRisk::Dangerous)
    );
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..300), size in any::<Option<u64>>(), start in prop::sample::select(vec![&b""[..], b"PK\x03\x04", MAGIC, b"\x80\x04"])) {
        let _ = PytorchReader::new(size).feed(&[start, &bytes[..]].concat());
        let _ = read(&[start, &bytes[..]].concat());
    }

    #[test]
    fn no_damage_makes_it_panic(changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), old in any::<bool>()) {
        let mut bytes = if old { legacy() } else { sound().finish_zip64() };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok((facts, _)) = read(&bytes) {
            facts.pickle.tensors().for_each(drop);
        }
    }

    #[test]
    fn what_is_written_is_read(shapes in vec(vec(0_i32..5, 0..4), 0..20), old in any::<bool>()) {
        let keys: Vec<String> = (0..shapes.len()).map(|at| at.to_string()).collect();
        let counts: Vec<i32> = shapes.iter().map(|shape| shape.iter().product()).collect();
        let strides: Vec<Vec<i32>> = shapes.iter().map(|shape| vec![1; shape.len()]).collect();
        let rows: Vec<Row<'_>> = (0..shapes.len())
            .map(|at| (&*keys[at], "IntStorage", &*keys[at], counts[at].max(99), 0, &*shapes[at], &*strides[at]))
            .collect();
        let facts = hubfit::format::pickle::read(&state_dict(&rows, old));
        let found: Vec<_> = facts.tensors().map(|tensor| tensor.shape).collect();
        let expected: Vec<Vec<u64>> =
            shapes.iter().map(|shape| shape.iter().map(|&dim| u64::try_from(dim).unwrap()).collect()).collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(facts.storage_bytes(), 4 * counts.iter().map(|&count| u64::try_from(count.max(99)).unwrap()).sum::<u64>());
    }
}

#[test]
fn weights_under_two_names_count_once() {
    let rows: [Row<'_>; 6] = [
        ("embed", "HalfStorage", "0", 6, 0, &[2, 3], &[3, 1]),
        ("b", "FloatStorage", "1", 3, 0, &[3], &[1]),
        // Tied, turned, and parts.
        ("head", "HalfStorage", "0", 6, 0, &[2, 3], &[3, 1]),
        ("turned", "HalfStorage", "0", 6, 0, &[3, 2], &[1, 3]),
        ("row", "HalfStorage", "0", 6, 3, &[3], &[1]),
        ("rest", "FloatStorage", "1", 3, 1, &[2], &[1]),
    ];
    let bytes = checkpoint(&state_dict(&rows, false)).finish();
    let tensors = support::tensors("pytorch", &bytes).unwrap();
    assert_eq!(tensors.iter().map(|tensor| tensor.name).collect::<Vec<_>>(), ["embed", "b"]);
    assert_eq!(count_parameters(&[&tensors], None).total, 9);
    let (facts, _) = read(&bytes).unwrap();
    assert_eq!(facts.pickle.tensors().len(), 6);
}
