//! Arrays of NumPy: headers as they are written, and those that nobody writes.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(dead_code, reason = "the support is shared with other tests")]

mod support;

use hubfit::format::Reader;
use hubfit::format::numpy::{NumpyFacts, NumpyReader};
use hubfit::model::file_facts::ImportRisk;
use proptest::collection::vec;
use proptest::prelude::*;
use support::pickle::Pickle;
use support::zip::Zip;

fn read(bytes: &[u8]) -> hubfit::Result<(NumpyFacts, usize)> {
    support::read(NumpyReader::new(Some(bytes.len() as u64)), bytes)
}

fn codes(facts: &NumpyFacts) -> Vec<&str> {
    facts.problems.list.iter().map(|problem| problem.code).collect()
}

/// An array with this header, as version 1, 2 or 3 writes it.
fn array(version: u8, header: &str, data: &[u8]) -> Vec<u8> {
    let mut file = [b"\x93NUMPY", &[version, 0][..]].concat();
    let length = header.len();
    match version {
        1 => file.extend(u16::try_from(length).unwrap().to_le_bytes()),
        _ => file.extend(u32::try_from(length).unwrap().to_le_bytes()),
    }
    [&file, header.as_bytes(), data].concat()
}

fn header(descr: &str, shape: &str) -> String {
    format!("{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}       \n")
}

/// Type and shape as the header has them, and what is read: the name, the elements, the bytes.
const ARRAYS: [(&str, &str, &str, u64, u64); 12] = [
    ("'<f4'", "(2, 3)", "F32", 6, 24),
    ("'>f4'", "(2, 3)", "F32", 6, 24),
    ("'<f2'", "()", "F16", 1, 2),
    ("'|b1'", "(7,)", "BOOL", 7, 7),
    ("'<c16'", "(0, 9)", "C128", 0, 0),
    ("'<U10'", "(2,)", "<U10", 2, 80),
    ("'|S3'", "(2L,)", "|S3", 2, 6),
    ("'|V2'", "(4,)", "|V2", 4, 8),
    ("'<M8[ns]'", "(4,)", "<M8[ns]", 4, 32),
    ("[('x', '<f4'), ('y', '<i2', (2, 2))]", "(3,)", "structured", 3, 36),
    ("[(('title', 'x'), '<f4'), ('', '|V4')]", "(1,)", "structured", 1, 8),
    ("[('a', [('b', '|u1')])]", "(5,)", "structured", 5, 5),
];

#[test]
fn headers_of_all_versions() {
    for version in 1..=3 {
        for (descr, shape, dtype, elements, bytes) in ARRAYS {
            let data = vec![0; usize::try_from(bytes).unwrap()];
            let (facts, requests) = read(&array(version, &header(descr, shape), &data)).unwrap();
            let found = &facts.arrays[0];
            assert_eq!(
                (&*found.dtype, found.elements, found.bytes),
                (dtype, Some(elements), Some(bytes)),
                "{descr}"
            );
            assert_eq!((found.version, codes(&facts), requests), (version, vec![], 1), "{descr}");
        }
    }
}

#[test]
fn arrays_of_objects_are_pickles() {
    let payload = Pickle::of_protocol(4).stack_global("os", "system").raw(b")R").stop();
    for descr in ["'|O'", "'O'", "[('a', '<f4'), ('b', '|O')]"] {
        let (facts, _) = read(&array(1, &header(descr, "(1,)"), &payload)).unwrap();
        let import = &facts.imports.list()[0];
        assert_eq!((&*import.name, import.risk), ("os.system", ImportRisk::Dangerous), "{descr}");
        assert_eq!((codes(&facts), facts.arrays[0].bytes), (vec!["object_array"], None), "{descr}");
    }
}

#[test]
fn a_pickle_under_the_name_of_an_array() {
    let payload = Pickle::of_protocol(4).stack_global("os", "system").raw(b")R").stop();
    let (facts, _) = read(&payload).unwrap();
    assert_eq!((codes(&facts), &*facts.imports.list()[0].name), (vec!["pickle"], "os.system"));
}

#[test]
fn archives() {
    let small = |descr, data: &[u8]| array(1, &header(descr, "(3,)"), data);
    let payload = Pickle::of_protocol(4).stack_global("os", "system").raw(b")R").stop();
    let mut zip = Zip::default();
    zip.stored("a.npy", &small("'<f4'", &[0; 12])).stored("b.npy", &small("'<f8'", &[0; 24]));
    zip.stored("note.txt", b"no array").stored("c.npy", b"no array either");
    zip.stored("objects.npy", &small("'|O'", &payload));
    let (facts, requests) = read(&zip.finish()).unwrap();
    assert_eq!(
        (codes(&facts), requests),
        (vec!["malformed_array", "object_array", "unread_entry"], 1)
    );
    let names: Vec<_> = facts.arrays.iter().map(|array| (&*array.name, &*array.dtype)).collect();
    assert_eq!(names, [("a.npy", "F32"), ("b.npy", "F64"), ("objects.npy", "|O")]);
    assert_eq!(facts.imports.list()[0].name, "os.system");
}

#[test]
fn arrays_as_the_tensors_of_any_checkpoint() {
    let small = |descr, data: &[u8]| array(1, &header(descr, "(3,)"), data);
    let mut zip = Zip::default();
    zip.stored("a.npy", &small("'<f4'", &[0; 12])).stored("b.npy", &small("'<f8'", &[0; 24]));
    let tensors = support::tensors("numpy", &zip.finish()).unwrap();
    let rows: Vec<_> =
        tensors.iter().map(|t| (t.name, t.dtype.name(), t.shape, t.size())).collect();
    assert_eq!(rows, [("a", "F32", &[3][..], 12), ("b", "F64", &[3][..], 24)]);
}

#[test]
fn large_archives_cost_a_request_for_each_array() {
    let mut zip = Zip::default();
    for at in 0..3 {
        let data = vec![0; 400_000];
        zip.stored(&format!("{at}.npy"), &array(1, &header("'<f4'", "(100000,)"), &data));
    }
    // Objects beyond the first bytes of an entry: its pickle is read to its end.
    let far = Pickle::of_protocol(4).bytes(&[1; 9000]).global("os", "system").raw(b")R").stop();
    zip.stored("far.npy", &array(1, &header("'|O'", "(1,)"), &far));
    zip.stored("last.npy", &array(1, &header("'<f4'", "(50000,)"), &vec![0; 200_000]));
    let (facts, requests) = read(&zip.finish()).unwrap();
    assert_eq!((codes(&facts), facts.arrays.len()), (vec!["object_array"], 5));
    assert_eq!((&*facts.imports.list()[0].name, requests), ("os.system", 7));
}

#[test]
fn headers_that_are_reported() {
    let codes = |shape, data: &[u8]| {
        let facts = read(&array(1, &header("'<f8'", shape), data)).unwrap().0;
        facts.problems.list.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("(4,)", &[0; 31]), ["size_differs"]);
    assert_eq!(codes("(4294967296, 4294967296)", &[]), ["size_overflow"]);
    assert_eq!(codes("(18446744073709551615,)", &[]), ["size_overflow"]);
}

#[test]
fn headers_that_are_refused() {
    let deep = format!("{}1{}", "(".repeat(5000), ")".repeat(5000));
    for (what, bytes, code) in [
        ("version 4", array(4, &header("'<f4'", "()"), &[]), "invalid_file"),
        ("version 0", array(0, &header("'<f4'", "()"), &[]), "invalid_file"),
        ("no shape", array(1, "{'descr': '<f4', 'fortran_order': False}", &[]), "invalid_file"),
        ("no such type", array(1, &header("'<q4'", "()"), &[]), "invalid_file"),
        ("a negative shape", array(1, &header("'<f4'", "(-1,)"), &[]), "invalid_file"),
        ("nested", array(1, &header("'<f4'", &deep), &[]), "invalid_file"),
        ("a call", array(1, &header("__import__('os')", "()"), &[]), "invalid_file"),
        ("cut", array(1, &header("'<f4'", "()"), &[])[..40].to_vec(), "invalid_file"),
        ("no end", b"\x93NUMPY\x01".to_vec(), "invalid_file"),
        ("4 GB of header", b"\x93NUMPY\x02\0\xff\xff\xff\xff".to_vec(), "limit_exceeded"),
        ("nothing", vec![], "invalid_file"),
        ("text", b"hello".to_vec(), "invalid_file"),
    ] {
        assert_eq!(read(&bytes).err().map(|error| error.code()), Some(code), "{what}");
    }
}

#[test]
fn what_crosses_to_javascript() {
    let bytes = array(1, &header("'<f4'", "(2, 3)"), &[0; 24]);
    let facts = support::facts("numpy", None, &bytes).unwrap().0;
    assert_eq!((&*facts.format, facts.tensor_count, facts.tensor_bytes), ("numpy", 1, 24));
    let keys = serde_json::to_value(&facts.keys).unwrap();
    assert_eq!(keys[2], serde_json::json!({ "key": "shape", "value": "2, 3" }));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..200), size in any::<Option<u64>>()) {
        let _ = NumpyReader::new(size).feed(&[b"\x93NUMPY\x01\0", &bytes[..]].concat());
        let _ = read(&[b"\x93NUMPY\x01\0", &bytes[..]].concat());
        let _ = read(&bytes);
    }

    #[test]
    fn no_header_makes_it_panic(text in "[\\[\\](){}',: 0-9a-fO<|L]{0,60}") {
        let _ = read(&array(1, &text, &[]));
        let _ = read(&array(1, &header(&text, "(2,)"), &[]));
        let _ = read(&array(3, &header("'<f4'", &text), &[]));
    }

    #[test]
    fn what_is_written_is_read(shape in vec(0_u64..9, 0..5)) {
        let dims: String = shape.iter().map(|dim| dim.to_string() + ",").collect();
        let bytes = usize::try_from(shape.iter().product::<u64>()).unwrap() * 2;
        let (facts, _) = read(&array(2, &header("'<u2'", &format!("({dims})")), &vec![0; bytes])).unwrap();
        prop_assert_eq!(&facts.arrays[0].shape, &shape);
        prop_assert_eq!(codes(&facts), [""; 0]);
    }
}
