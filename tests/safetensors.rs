//! safetensors headers: what is read, what is reported, what is refused.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(dead_code, reason = "the support is shared with other tests")]

mod support;

use hubfit::format::safetensors::{
    Dtype, FIRST_BYTES, MAX_HEADER_BYTES, Problem, SafetensorsFacts, SafetensorsIndex,
    SafetensorsReader,
};
use hubfit::format::{Reader, Step};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;
use support::safetensors::{Writer, file, index};

fn read(bytes: &[u8]) -> hubfit::Result<SafetensorsFacts> {
    support::read(SafetensorsReader::new(), bytes).map(|read| read.0)
}

/// Reads a header before so many bytes of data.
fn read_json(json: &str, data: u64) -> SafetensorsFacts {
    let bytes = file(json.as_bytes());
    let reader = SafetensorsReader::with_file_size(bytes.len() as u64 + data);
    support::read(reader, &bytes).unwrap().0
}

fn codes(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.code).collect()
}

fn entry(dtype: &str, shape: &[u64], start: u64, end: u64) -> String {
    json!({ "dtype": dtype, "shape": shape, "data_offsets": [start, end] }).to_string()
}

#[test]
fn a_file_as_it_should_be() {
    let mut w = Writer::default();
    w.entry("__metadata__", json!({ "format": "pt", "total_parameters": "106" }));
    w.tensor("a", "F32", &[2, 3]).tensor("b.w", "BF16", &[100]).tensor("scalar", "I64", &[]);
    w.tensor("empty", "F16", &[4, 0]).tensor("half", "F4", &[3, 2]).tensor("six", "F6_E2M3", &[4]);
    let facts = read_json(&w.json(), w.data_bytes());
    assert_eq!(facts.problems, []);
    assert_eq!(facts.metadata[0], ("format".to_owned(), "pt".to_owned()));
    assert_eq!(
        (facts.header_bytes, facts.data_bytes),
        (8 + w.json().len() as u64, 24 + 200 + 8 + 3 + 3)
    );
    let names: Vec<_> = facts.tensors.iter().map(|tensor| tensor.name).collect();
    assert_eq!(names, ["a", "b.w", "scalar", "empty", "half", "six"]);
    let b = facts.tensors.find("b.w").unwrap();
    assert_eq!(
        (b.dtype, b.shape, b.bytes.clone(), b.elements()),
        (Dtype::BF16, &[100][..], 24..224, Some(100))
    );
    assert_eq!(facts.tensors.get(1), Some(b));
    assert_eq!((facts.tensors.find("c"), facts.tensors.get(6)), (None, None));
    let bf16 = facts.totals.iter().find(|total| total.dtype == Dtype::BF16).unwrap();
    assert_eq!((bf16.tensors, bf16.elements, bf16.bytes), (1, 100, 200));
}

#[test]
fn every_dtype() {
    let mut w = Writer::default();
    for dtype in Dtype::all() {
        w.tensor(dtype.name(), dtype.name(), &[8]);
    }
    let facts = read_json(&w.json(), w.data_bytes());
    assert_eq!((facts.problems.len(), facts.totals.len()), (0, 22));
    assert!(facts.tensors.iter().all(|tensor| tensor.dtype.name() == tensor.name));
}

#[test]
fn no_tensors_at_all() {
    assert_eq!(read_json("{}", 0), SafetensorsFacts { header_bytes: 10, ..Default::default() });
    assert!(read_json("{}", 0).tensors.is_empty());
}

#[test]
fn names_with_escapes() {
    let json = format!(r#"{{"caf\u00e9\n\"":{}}}"#, entry("U8", &[1], 0, 1));
    assert_eq!(read_json(&json, 1).tensors.iter().next().unwrap().name, "café\n\"");
    let json = r#"{"w":{"d\u0074ype":"U8","shape":[1],"data_offsets":[0,1]}}"#;
    assert_eq!(codes(&read_json(json, 1).problems), [""; 0]);
}

/// Name, dtype, shape, start and end of each tensor.
type Rows<'a> = &'a [(&'a str, &'a str, &'a [u64], u64, u64)];

fn header_of(rows: Rows<'_>) -> String {
    let row = |(name, dtype, shape, start, end): &(&str, &str, &[u64], u64, u64)| {
        format!("{}:{}", json!(name), entry(dtype, shape, *start, *end))
    };
    format!("{{{}}}", rows.iter().map(row).collect::<Vec<_>>().join(","))
}

const HUGE: u64 = 1 << 62;

/// Each with the bytes of data in the file, and what is reported.
const ATTACKS: [(&str, Rows<'_>, u64, &[&str]); 20] = [
    ("hole between", &[("a", "F32", &[1], 0, 4), ("b", "F32", &[1], 8, 12)], 12, &["hole"]),
    ("hole at the start", &[("a", "F32", &[1], 4, 8)], 8, &["hole"]),
    ("hole at the end", &[("a", "F32", &[1], 0, 4)], 8, &["hole"]),
    ("overlap", &[("a", "F32", &[1], 0, 4), ("b", "F32", &[1], 2, 6)], 6, &["overlap"]),
    ("same bytes", &[("a", "F32", &[1], 0, 4), ("b", "F32", &[1], 0, 4)], 4, &["overlap"]),
    ("out of order is sound", &[("b", "U8", &[4], 4, 8), ("a", "U8", &[4], 0, 4)], 8, &[]),
    ("past the end", &[("a", "F32", &[1], 0, 4)], 3, &["past_the_end"]),
    ("wrong way round", &[("a", "F32", &[1], 4, 0)], 4, &["bad_offsets", "hole"]),
    ("shape too small", &[("a", "F32", &[1], 0, 8)], 8, &["size_mismatch"]),
    ("shape too large", &[("a", "F32", &[2], 0, 4)], 4, &["size_mismatch"]),
    ("shape overflows", &[("a", "F32", &[HUGE, HUGE, 4], 0, 4)], 4, &["shape_overflow"]),
    ("overflow before zero", &[("a", "U8", &[HUGE, HUGE, 0], 0, 0)], 0, &["shape_overflow"]),
    ("zero before overflow", &[("a", "U8", &[0, HUGE, HUGE], 0, 0)], 0, &[]),
    ("size overflows", &[("a", "F64", &[HUGE], 0, 0)], 0, &["size_mismatch"]),
    ("the largest offset", &[("a", "U8", &[u64::MAX], 0, u64::MAX)], 4, &["past_the_end"]),
    ("half a byte", &[("a", "F4", &[3], 0, 2)], 2, &["partial_byte"]),
    ("six bits", &[("a", "F6_E3M2", &[3], 0, 3)], 3, &["partial_byte"]),
    ("one name", &[("a", "U8", &[1], 0, 1), ("a", "U8", &[1], 1, 2)], 2, &["duplicate_name"]),
    (
        "one name, thrice",
        &[("a", "U8", &[1], 0, 1), ("a", "U8", &[1], 1, 2), ("a", "U8", &[0], 2, 2)],
        2,
        &["duplicate_name"],
    ),
    ("unknown dtype", &[("a", "F7", &[1], 0, 4)], 4, &["unknown_dtype"]),
];

#[test]
fn attacks_that_are_reported() {
    for (name, rows, data, expected) in ATTACKS {
        assert_eq!(codes(&read_json(&header_of(rows), data).problems), expected, "{name}");
    }
}

#[test]
fn entries_that_are_no_tensors() {
    for entry in [
        "[1]",
        "null",
        r#"{"dtype":"U8","data_offsets":[0,0]}"#,
        r#"{"dtype":"U8","shape":[0]}"#,
        r#"{"shape":[0],"data_offsets":[0,0]}"#,
        r#"{"dtype":8,"shape":[0],"data_offsets":[0,0]}"#,
        r#"{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}"#,
        r#"{"dtype":"U8","shape":[1.5],"data_offsets":[0,0]}"#,
        r#"{"dtype":"U8","shape":[18446744073709551616],"data_offsets":[0,0]}"#,
        r#"{"dtype":"U8","shape":[0],"data_offsets":[0]}"#,
        r#"{"dtype":"U8","shape":[0],"data_offsets":[0,0,0]}"#,
        r#"{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}"#,
    ] {
        let facts = read_json(&format!(r#"{{"a":{entry}}}"#), 0);
        assert_eq!(
            (codes(&facts.problems), facts.tensors.len()),
            (vec!["malformed_tensor"], 0),
            "{entry}"
        );
    }
    let facts = read_json(r#"{"__metadata__":{"a":1,"b":"x","c":null}}"#, 0);
    assert_eq!(codes(&facts.problems), ["malformed_metadata"; 2]);
    assert_eq!(facts.metadata, [("b".to_owned(), "x".to_owned())]);
}

#[test]
fn a_bad_entry_costs_itself_alone() {
    let (one, two) = (entry("U8", &[1], 0, 1), entry("U8", &[1], 1, 2));
    let facts = read_json(
        &format!(r#"{{"__metadata__":7,"a":{one},"x":{{"shape":[1,[2]]}},"b":{two}}}"#),
        2,
    );
    assert_eq!(codes(&facts.problems), ["malformed_metadata", "malformed_tensor"]);
    assert_eq!(facts.problems[1].tensor.as_deref(), Some("x"));
    assert_eq!(facts.tensors.find("b").unwrap().shape, [1]);
    assert_eq!(facts.tensors.len(), 2);
}

#[test]
fn attacks_that_are_refused() {
    let good = file(format!(r#"{{"a":{}}}"#, entry("U8", &[1], 0, 1)).as_bytes());
    let long = |length: u64| [&length.to_le_bytes()[..], b"{}"].concat();
    let cases: [(&str, Vec<u8>, &str, &str); 14] = [
        ("nothing", vec![], "invalid_file", "found 0"),
        ("seven bytes", vec![0; 7], "invalid_file", "found 7"),
        ("length 0", long(0), "invalid_file", "start with {"),
        ("length 2^63", long(1 << 63), "limit_exceeded", "9223372036854775808"),
        ("length 2^64 - 1", long(u64::MAX), "limit_exceeded", "18446744073709551615"),
        ("one over the limit", long(MAX_HEADER_BYTES + 1), "limit_exceeded", "100000001"),
        ("longer than the file", long(1000), "invalid_file", "end at byte 1008"),
        ("cut", good[..good.len() - 1].to_vec(), "invalid_file", "end of the file"),
        ("a list", file(b"[]"), "invalid_file", "start with {"),
        ("only spaces", file(b"   "), "invalid_file", "start with {"),
        ("not closed", file(b"{"), "invalid_file", "byte 9"),
        ("text after", file(b"{} x"), "invalid_file", "byte 11"),
        ("not UTF-8", file(b"{\"\xff\":{}}"), "invalid_file", "UTF-8"),
        (
            "an LFS pointer",
            b"version https://git-lfs.github.com/spec/v1\n".to_vec(),
            "invalid_file",
            "LFS",
        ),
    ];
    for (name, bytes, code, message) in cases {
        let error = read(&bytes).unwrap_err();
        assert_eq!(error.code(), code, "{name}");
        assert!(error.to_string().contains(message), "{name}: {error}");
    }
}

#[test]
fn trailing_spaces_and_the_usual_padding() {
    assert_eq!(read(&file(b"{}      ")).unwrap().header_bytes, 16);
    assert_eq!(codes(&read(&file(b"{}      ")).unwrap().problems), [""; 0]);
    assert_eq!(codes(&read(&file(b"  {}")).unwrap().problems), ["leading_space"]);
}

#[test]
fn a_known_size_is_never_exceeded() {
    let reader = SafetensorsReader::with_file_size(100);
    assert_eq!(reader.start(), 0..100);
    let mut reader = SafetensorsReader::with_file_size(100);
    let error = reader.feed(&[&101_u64.to_le_bytes()[..], &[b'{'; 92]].concat()).unwrap_err();
    assert_eq!(error.code(), "invalid_file");
    assert_eq!(SafetensorsReader::with_file_size(0).start(), 0..8);
}

#[test]
fn two_requests_at_most() {
    let mut w = Writer::default();
    for i in 0..2000 {
        w.tensor(format!("model.layers.{i}.weight"), "F16", &[16, 16]);
    }
    let bytes = w.header();
    assert!(bytes.len() as u64 > FIRST_BYTES);
    let (facts, requests) = support::read(SafetensorsReader::new(), &bytes).unwrap();
    assert_eq!((facts.tensors.len(), requests), (2000, 2));
    let mut reader = SafetensorsReader::new();
    let first = reader.feed(&bytes[..100_000]).unwrap();
    assert_eq!(first, Step::Need(100_000..bytes.len() as u64));
    assert_eq!(reader.feed(&bytes[100_000..]).unwrap(), Step::Done(facts));
}

#[test]
fn a_server_that_ignores_ranges() {
    let mut w = Writer::default();
    w.tensor("a", "U8", &[200_000]);
    let bytes = [w.header(), vec![0; 200_000]].concat();
    let mut reader = SafetensorsReader::new();
    assert!(matches!(reader.feed(&bytes), Ok(Step::Done(facts)) if facts.problems.is_empty()));
}

#[test]
fn many_problems_are_counted_not_kept() {
    let entries: Vec<String> = (0..5000).map(|i| format!(r#""{i}":[]"#)).collect();
    let facts = read_json(&format!("{{{}}}", entries.join(",")), 0);
    assert_eq!((facts.problems.len(), facts.more_problems), (100, 4900));
    let name = "é".repeat(1_000_000);
    let facts = read_json(&format!(r#"{{"{name}":{}}}"#, entry("U8", &[2], 0, 1)), 1);
    assert!(facts.problems[0].tensor.as_ref().unwrap().len() <= 200);
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,8}(\\.[0-9]{1,3})?\\.weight", ".{0,6}"]
}

fn dtype() -> impl Strategy<Value = &'static str> {
    prop::sample::select(Dtype::all().map(Dtype::name).collect::<Vec<_>>())
}

/// Sound files: any dtypes and shapes, the last dimension a multiple of eight so that bytes are whole.
fn writer() -> impl Strategy<Value = Writer> {
    let tensor = (dtype(), vec(0_u64..5, 0..4), 0_u64..3);
    prop::collection::btree_map(name(), tensor, 0..20).prop_map(|tensors| {
        let mut w = Writer::default();
        for (name, (dtype, mut shape, last)) in tensors {
            shape.push(last * 8);
            w.tensor(name, dtype, &shape);
        }
        w
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read(w in writer()) {
        let bytes = w.header();
        let reader = SafetensorsReader::with_file_size(bytes.len() as u64 + w.data_bytes());
        let facts = support::read(reader, &bytes).unwrap().0;
        prop_assert_eq!(&facts.problems, &[]);
        let mut again = Writer::default();
        for tensor in facts.tensors.iter() {
            prop_assert_eq!(facts.tensors.find(tensor.name), Some(tensor.clone()));
            again.tensor(tensor.name, tensor.dtype.name(), tensor.shape);
        }
        prop_assert_eq!(again.header(), bytes);
        prop_assert_eq!(facts.data_bytes, w.data_bytes());
    }

    #[test]
    fn any_split_gives_the_same(w in writer(), first in 0_u64..2_000) {
        let bytes = w.header();
        let (facts, requests) = support::read(SafetensorsReader::new().first_bytes(first), &bytes).unwrap();
        prop_assert!(requests <= 2);
        prop_assert_eq!(facts, read(&bytes).unwrap());
    }

    #[test]
    fn damage_is_refused_reported_or_harmless(w in writer(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = w.header();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(facts) = read(&bytes) {
            for tensor in facts.tensors.iter() {
                let sound = tensor.dtype.bits().zip(tensor.elements()).is_some_and(|(bits, elements)| {
                    u128::from(bits) * u128::from(elements) == u128::from(tensor.size()) * 8
                });
                prop_assert!(sound || !facts.problems.is_empty(), "{:?}", tensor);
            }
        }
    }

    #[test]
    fn a_cut_header_is_refused(w in writer(), at in any::<prop::sample::Index>()) {
        let bytes = w.header();
        let cut = &bytes[..at.index(bytes.len())];
        prop_assert_eq!(read(cut).unwrap_err().code(), "invalid_file");
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..300), size in any::<Option<u64>>()) {
        let reader = || size.map_or_else(SafetensorsReader::new, SafetensorsReader::with_file_size);
        let _ = reader().feed(&bytes);
        let _ = reader().feed(&file(&bytes));
        let _ = reader().feed(&file(&[b"{\"a\":{", &bytes[..]].concat()));
        let _ = SafetensorsIndex::from_json(&bytes);
        let _ = hubfit::format::safetensors::Quantization::from_config(&bytes);
    }

    #[test]
    fn no_numbers_make_it_panic(dtype in dtype(), shape in vec(any::<u64>(), 0..4), start in any::<u64>(), end in any::<u64>(), size in any::<u64>()) {
        let bytes = file(format!(r#"{{"a":{},"b":{}}}"#, entry(dtype, &shape, start, end), entry(dtype, &shape, end, start)).as_bytes());
        let size = size.max(bytes.len() as u64);
        let facts = support::read(SafetensorsReader::with_file_size(size), &bytes).unwrap().0;
        let _ = hubfit::format::safetensors::count_parameters(&[&facts.tensors], None);
        prop_assert_eq!(facts.tensors.len(), 2);
    }
}

#[test]
fn an_index() {
    let (one, two) = ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
    let json = index([("b", two), ("a", one), ("c", two)], 12);
    let index = SafetensorsIndex::from_json(json.as_bytes()).unwrap();
    assert_eq!(
        (index.total_size, index.total_parameters, codes(&index.problems).len()),
        (Some(12), None, 0)
    );
    let shards: Vec<_> =
        index.shards.iter().map(|shard| (shard.file.as_str(), shard.tensors)).collect();
    assert_eq!(shards, [(one, 1), (two, 2)]);
    assert_eq!(index.shards[1].names().collect::<Vec<_>>(), ["b", "c"]);
}

#[test]
fn indexes_that_are_reported() {
    let (one, three) = ("model-00001-of-00003.safetensors", "model-00003-of-00003.safetensors");
    let read = |json: &str| SafetensorsIndex::from_json(json.as_bytes()).unwrap();
    assert_eq!(codes(&read(&index([("a", one), ("b", three)], 0)).problems), ["missing_shard"]);
    let out = read(&index([("a", "../../etc/passwd"), ("b", "model.safetensors")], 0));
    assert_eq!(codes(&out.problems), ["unsafe_file_name"]);
    assert_eq!(out.shards.len(), 1);
    let json = r#"{"metadata":[],"weight_map":{"a":1,"b":null,"c":"model.safetensors"}}"#;
    assert_eq!(codes(&read(json).problems), ["malformed_entry"; 2]);
    assert_eq!(
        read(r#"{"metadata":{"total_parameters":"7","total_size":7.5},"weight_map":{}}"#)
            .total_parameters,
        Some(7)
    );
    let none = SafetensorsIndex::from_json(b"{}").unwrap_err();
    assert_eq!(none.code(), "invalid_file");
    let many: Vec<(String, String)> =
        (0..10_001).map(|i| (i.to_string(), format!("{i}.safetensors"))).collect();
    let many = index(many.iter().map(|(tensor, file)| (tensor.as_str(), file.as_str())), 0);
    assert_eq!(SafetensorsIndex::from_json(many.as_bytes()).unwrap_err().code(), "limit_exceeded");
}

#[test]
fn a_set() {
    let facts = |names: &[&str]| {
        let mut w = Writer::default();
        for name in names {
            w.tensor(*name, "F16", &[2]);
        }
        read(&w.header()).unwrap()
    };
    let (one, two) = ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
    let index = SafetensorsIndex::from_json(index([("a", one), ("b", two)], 8).as_bytes()).unwrap();
    let set = index.merge(&[(one, &facts(&["a"])), (two, &facts(&["b"]))]);
    assert_eq!((set.tensors, set.data_bytes, codes(&set.problems).len()), (2, 8, 0));
    assert_eq!((set.totals[0].elements, set.totals[0].tensors), (4, 2));
    let set = index.merge(&[(one, &facts(&["a", "b"])), (two, &facts(&["b"]))]);
    assert_eq!(codes(&set.problems), ["unlisted_tensor", "duplicate_tensor", "total_size_differs"]);
    let set = index.merge(&[(one, &facts(&["c"]))]);
    assert_eq!(
        codes(&set.problems),
        ["missing_tensor", "unlisted_tensor", "missing_shard", "total_size_differs"]
    );
}
