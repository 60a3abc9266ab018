//! GGUF headers: what was written is read, any bytes end well, and known attacks cost nothing.

#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unwrap_used, reason = "a test may fail loudly")
)]
#![cfg(not(target_arch = "wasm32"))]

#[path = "../src/format/gguf/testing.rs"]
mod testing;

#[path = "support/gguf.rs"]
mod support;

use hubfit::format::gguf::limits::{FIRST_READ, MAX_HEADER};
use hubfit::format::gguf::{
    Certainty, GgufReader, Kind, ProblemCode, TensorType, Value, ValueType, Values,
};
use hubfit::format::{Reader, Step};
use proptest::prelude::*;
use support::{codes, drive, facts, read, refused, same};
use testing::{Gguf, Put, any_gguf};

proptest! {
    #[test]
    fn what_was_written_is_read(file in any_gguf()) {
        let bytes = file.bytes();
        let facts = facts(&file);
        prop_assert_eq!(facts.version, file.version);
        prop_assert_eq!(facts.big_endian, file.big_endian);
        prop_assert_eq!(facts.header_bytes, bytes.len() as u64);
        prop_assert_eq!(facts.entries.len(), file.keys.len());
        for (entry, (key, put)) in facts.entries.iter().zip(&file.keys) {
            prop_assert_eq!(&entry.key, key);
            prop_assert!(same(put, &entry.value), "{:?} {:?}", put, entry);
        }
        prop_assert_eq!(facts.tensors.len(), file.tensors.len());
        for (tensor, put) in facts.tensors.iter().zip(&file.tensors) {
            prop_assert_eq!((&tensor.name, &tensor.dims), (&put.name, &put.dims));
            prop_assert_eq!((tensor.tensor_type, tensor.offset), (TensorType(put.type_id), put.offset));
        }
    }

    #[test]
    fn a_text_list_is_decoded_on_request(texts in prop::collection::vec(".{0,9}", 0..50), big in any::<bool>(), version in 1_u32..4) {
        let file = Gguf { big_endian: big, version, ..Gguf::new().texts("list", &texts) };
        let facts = facts(&file);
        let Some(Value::List(list)) = facts.value("list") else { panic!() };
        let bytes = file.bytes();
        let span = usize::try_from(list.span.start).unwrap()..usize::try_from(list.span.end).unwrap();
        prop_assert_eq!(facts.texts(list, &bytes[span.clone()]).unwrap(), texts);
        prop_assert!(facts.texts(list, &bytes[span.start - 1..span.end]).is_err());
        prop_assert!(facts.values(list, &bytes[span]).is_err());
    }

    #[test]
    fn any_first_read_gives_the_same(file in any_gguf(), first in 1_u64..2000) {
        let bytes = file.bytes();
        let whole = read(&bytes).unwrap();
        let reader = GgufReader::new(Some(bytes.len() as u64)).first_read(first);
        let (parts, reads, _) = drive(reader, &bytes).unwrap();
        prop_assert_eq!(format!("{parts:?}"), format!("{whole:?}"));
        prop_assert!(reads <= 2);
    }

    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
        let _ = read(&[b"GGUF\x03\0\0\0".to_vec(), bytes].concat());
    }

    #[test]
    fn damaged_files_end(file in any_gguf(), at in any::<usize>(), put in any::<[u8; 8]>(), cut in any::<usize>()) {
        let mut bytes = file.bytes();
        let at = at % bytes.len();
        for (slot, byte) in bytes[at..].iter_mut().zip(put) {
            *slot = byte;
        }
        let _ = read(&bytes);
        let cut = &bytes[..cut % bytes.len()];
        let _ = read(cut);
        let _ = drive(GgufReader::new(None), cut);
    }

    #[test]
    fn a_header_that_was_cut_is_refused(file in any_gguf(), cut in any::<usize>()) {
        let bytes = file.bytes();
        let cut = &bytes[..cut % bytes.len()];
        prop_assert_eq!(read(cut).unwrap_err().code(), "invalid_file");
        prop_assert_eq!(drive(GgufReader::new(None), cut).unwrap_err().code(), "invalid_file");
    }
}

#[test]
fn a_usual_model() {
    let file = Gguf::new()
        .text("general.type", "model")
        .number("general.file_type", 15)
        .number("llama.context_length", 131_072)
        .key("llama.attention.head_count_kv", Put::List(5, vec![Put::I32(8), Put::I32(0)]))
        .key("llama.rope.freq_base", Put::F32(500_000.0))
        .key("tokenizer.ggml.add_bos_token", Put::Bool(true))
        .text("tokenizer.chat_template", "{% if tools %}{% endif %}")
        .tensor("token_embd.weight", &[256, 10], 12, 0)
        .tensor("blk.0.attn_v.weight", &[256, 2], 14, 1440)
        .tensor("blk.0.ffn_up.weight", &[256, 10], 12, 1888)
        .tensor("output_norm.weight", &[256], 0, 3328);
    let header = file.bytes().len() as u64;
    let facts = facts(&file);
    assert_eq!((facts.kind, facts.architecture()), (Kind::Model, Some("llama")));
    assert_eq!(facts.arch_number("context_length"), Some(131_072));
    assert_eq!(facts.number("llama.context_length"), Some(131_072));
    assert_eq!(facts.arch_numbers("attention.head_count_kv"), Some(vec![8, 0]));
    assert_eq!(facts.float("llama.rope.freq_base"), Some(500_000.0));
    assert_eq!(facts.flag("tokenizer.ggml.add_bos_token"), Some(true));
    assert_eq!(facts.file_type.and_then(hubfit::format::gguf::FileType::name), Some("Q4_K_M"));
    let label = facts.label.unwrap();
    assert_eq!((label.name, label.certainty), ("Q4_K_M", Certainty::Recipe));
    assert_eq!(facts.chat_templates.len(), 1);
    assert!(facts.chat_templates[0].uses.unwrap().tools);
    assert_eq!(facts.data_offset, header.next_multiple_of(32));
    assert_eq!(facts.parameter_count(), 256 * 23);
    assert_eq!(facts.tensor_bytes(), 1440 + 420 + 1440 + 1024);
    assert_eq!(codes(&facts), <[&str; 0]>::default());
}

#[test]
fn kinds_of_files() {
    let with = |architecture: &str| Gguf::empty().text("general.architecture", architecture);
    for (file, kind) in [
        (with("clip").key("clip.has_vision_encoder", Put::Bool(true)), Kind::Projector),
        (with("llama").text("general.type", "adapter"), Kind::Adapter),
        (with("llama").tensor("blk.0.attn_q.weight.lora_a", &[1], 0, 0), Kind::Adapter),
        (Gguf::empty().text("general.type", "imatrix"), Kind::Imatrix),
        (with("controlvector").tensor("direction.1", &[1], 0, 0), Kind::ControlVector),
        (with("llama").text("tokenizer.ggml.model", "gpt2"), Kind::Vocabulary),
        (with("llama").text("tokenizer.ggml.model", "gpt2").number("split.count", 3), Kind::Model),
    ] {
        assert_eq!(facts(&file).kind, kind, "{file:?}");
        assert_eq!(codes(&facts(&file)), <[&str; 0]>::default());
    }
}

#[test]
fn parts_of_a_split_model() {
    let part = |number, count, all| {
        let file = Gguf::empty().number("split.no", number).number("split.count", count);
        facts(&file.number("split.tensors.count", all).tensor("a", &[1], 0, 0))
    };
    let facts = part(1, 3, 7);
    let split = facts.split.unwrap();
    assert_eq!((split.number, split.count, split.tensors), (1, 3, Some(7)));
    assert_eq!(codes(&facts), <[&str; 0]>::default());
    assert_eq!(codes(&part(3, 3, 7)), ["invalid_split"]);
    assert_eq!(codes(&part(1, 3, 0)), ["invalid_split"]);
}

#[test]
fn version_1_is_read_and_told() {
    let file = Gguf { version: 1, ..Gguf::new().tensor("a", &[4, 2], 0, 0) };
    let facts = facts(&file);
    assert_eq!(codes(&facts), ["version_1"]);
    assert_eq!(facts.tensors[0].dims, [4, 2]);
    assert!(ProblemCode::Version1.stops_llama_cpp());
}

#[test]
fn huge_counts() {
    for count in [u64::MAX, 1 << 63, 1 << 40] {
        let keys = Gguf { key_count: Some(count), ..Gguf::new() };
        assert_eq!(refused(&keys).0, "limit_exceeded");
        let tensors = Gguf { tensor_count: Some(count), ..Gguf::new() };
        assert_eq!(refused(&tensors).0, "limit_exceeded");
    }
    // Within the limits, but not in the file.
    let few = Gguf { tensor_count: Some(100_000), key_count: Some(60_000), ..Gguf::new() };
    assert_eq!(refused(&few).0, "invalid_file");
}

#[test]
fn lengths_of_2_to_the_63() {
    for length in [1_u64 << 63, u64::MAX, u64::MAX - 7, 1 << 62] {
        let bytes = length.to_le_bytes().to_vec();
        let text = Gguf::new().key("a", Put::Raw(8, bytes.clone()));
        assert_eq!(refused(&text).0, "limit_exceeded");
        for element in 0_u32..=12 {
            let list = [element.to_le_bytes().to_vec(), bytes.clone()].concat();
            let file = Gguf::new().key("a", Put::Raw(9, list));
            assert_eq!(refused(&file).0, "limit_exceeded", "{element}");
        }
        let inner = [8_u32.to_le_bytes().to_vec(), 1_u64.to_le_bytes().to_vec(), bytes].concat();
        assert_eq!(refused(&Gguf::new().key("a", Put::Raw(9, inner))).0, "limit_exceeded");
    }
    let mut name = Gguf::empty().bytes();
    name[16] = 1;
    name.extend(u64::MAX.to_le_bytes());
    assert_eq!(read(&name).unwrap_err().code(), "limit_exceeded");
}

#[test]
fn lists_in_lists() {
    let nest = |depth| {
        (0..depth).fold(Put::List(0, vec![Put::U8(1)]), |inner, _| Put::List(9, vec![inner]))
    };
    let facts = facts(&Gguf::new().key("a", nest(3)).number("b", 7));
    assert_eq!(codes(&facts), ["nested_list"]);
    assert_eq!(facts.number("b"), Some(7));
    let Some(Value::List(list)) = facts.value("a") else { panic!() };
    assert_eq!((list.element, list.length, list.values.is_none()), (ValueType::List, 1, true));
    assert_eq!(refused(&Gguf::new().key("a", nest(4))).0, "limit_exceeded");
    assert_eq!(refused(&Gguf::new().key("a", nest(1000))).0, "limit_exceeded");
}

#[test]
fn unknown_value_types() {
    for id in [13_u32, 255, u32::MAX] {
        assert_eq!(refused(&Gguf::new().key("a", Put::Raw(id, vec![0; 20]))).0, "invalid_file");
        let list = [id.to_le_bytes().to_vec(), vec![0; 20]].concat();
        let (code, message) = refused(&Gguf::new().key("a.key", Put::Raw(9, list)));
        assert_eq!(code, "invalid_file");
        assert!(message.contains("`a.key`"), "{message}");
    }
}

#[test]
fn unknown_and_removed_tensor_types() {
    let file = Gguf::new()
        .tensor("a", &[32], 99, 0)
        .tensor("b", &[32], 31, 64)
        .tensor("c", &[32], 4, 96)
        .tensor("d", &[32], 0, 96);
    let facts = facts(&file);
    let removed = "removed_tensor_type";
    assert_eq!(codes(&facts), ["unknown_tensor_type", removed, removed]);
    let bytes: Vec<_> = facts.tensors.iter().map(|tensor| tensor.bytes).collect();
    assert_eq!(bytes, [None, Some(18), None, Some(128)]);
    assert_eq!(facts.tensors[1].tensor_type.name(), Some("Q4_0_4_4"));
    assert_eq!(facts.histogram.unsized_tensors, 2);
}

#[test]
fn duplicates() {
    let file = Gguf::new().number("a", 1).number("b", 2).number("a", 3).number("a", 4);
    let twice = facts(&file);
    assert_eq!(codes(&twice), ["duplicate_key", "duplicate_key"]);
    assert_eq!(twice.number("a"), Some(1));
    let file =
        Gguf::new().tensor("a", &[8], 0, 0).tensor("b", &[8], 0, 32).tensor("a", &[8], 0, 64);
    assert_eq!(codes(&facts(&file)), ["duplicate_tensor"]);
}

#[test]
fn alignments() {
    let with = |value: Put| {
        let file = Gguf::new().key("general.alignment", value);
        facts(&file.tensor("a", &[8], 0, 0))
    };
    for value in [0, 3, 33, u32::MAX] {
        let facts = with(Put::U32(value));
        assert_eq!((codes(&facts), facts.alignment), (vec!["invalid_alignment"], 32));
    }
    assert_eq!(codes(&with(Put::Text("32".to_owned()))), ["invalid_alignment"]);
    assert_eq!(codes(&with(Put::U64(1 << 63))), ["invalid_alignment"]);
    let largest = with(Put::U32(1 << 31));
    assert_eq!((codes(&largest).len(), largest.data_offset), (0, 1 << 31));
}

#[test]
fn offsets() {
    let at = |offset| facts(&Gguf::new().tensor("a", &[8], 0, 0).tensor("b", &[8], 0, offset));
    assert_eq!(codes(&at(32)), <[&str; 0]>::default());
    assert_eq!(codes(&at(64)), ["gap"]);
    assert_eq!(codes(&at(0)), ["overlap"]);
    assert_eq!(codes(&at(33)), ["unaligned_offset", "gap"]);
    assert_eq!(codes(&at(u64::MAX)), ["size_overflow", "unaligned_offset", "gap"]);
}

#[test]
fn offsets_behind_the_end_of_the_file() {
    let file = Gguf::new().tensor("a", &[8], 0, 0).tensor("b", &[8], 0, 32);
    let header = file.bytes();
    let data = header.len().next_multiple_of(32);
    let sized = |size: usize| {
        let mut bytes = header.clone();
        bytes.resize(size, 0);
        codes(&read(&bytes).unwrap())
    };
    assert_eq!(sized(data + 64), <[&str; 0]>::default());
    assert_eq!(sized(data + 63), ["truncated"]);
    assert_eq!(sized(header.len()), ["truncated"]);
    let far = Gguf::new().tensor("a", &[8], 0, u64::MAX - 31).bytes();
    assert!(codes(&read(&far).unwrap()).contains(&"truncated"));
}

#[test]
fn shapes() {
    let shaped = |dims: &[u64], id| codes(&facts(&Gguf::new().tensor("a", dims, id, 0)));
    assert_eq!(shaped(&[100, 2], 12), ["partial_block"]);
    assert_eq!(shaped(&[1 << 32, 1 << 32], 0), ["size_overflow"]);
    assert_eq!(shaped(&[u64::MAX], 0), ["size_overflow"]);
    assert_eq!(shaped(&[1, 1, 1, 1, 1], 0), ["many_dimensions"]);
    assert_eq!(shaped(&[], 0), <[&str; 0]>::default());
    assert_eq!(shaped(&[0], 0), <[&str; 0]>::default());
    assert_eq!(refused(&Gguf::new().tensor("a", &[1; 9], 0, 0)).0, "limit_exceeded");
    let long = "x".repeat(64);
    assert_eq!(codes(&facts(&Gguf::new().tensor(&long, &[1], 0, 0))), ["long_tensor_name"]);
    assert_eq!(refused(&Gguf::new().tensor(&"x".repeat(1025), &[1], 0, 0)).0, "limit_exceeded");
}

#[test]
fn texts_that_are_none() {
    let bytes = [1_u64.to_le_bytes().to_vec(), vec![0xff]].concat();
    let facts = facts(&Gguf::new().key("a", Put::Raw(8, bytes)).number("", 1));
    assert_eq!(codes(&facts), ["invalid_text", "empty_key"]);
    assert_eq!(facts.text("a"), Some("\u{fffd}"));
}

#[test]
fn problems_without_end_are_counted() {
    let mut file = Gguf::new();
    for number in 0..1000 {
        file = file.tensor(&format!("t{number}"), &[32], 77, 1);
    }
    let facts = facts(&file);
    assert_eq!(facts.problems.list.len() as u64 + facts.problems.left_off, 2001);
    assert!(facts.problems.list.len() < 100);
}

/// Tokens, scores, types and merges as a tokenizer of this size has them.
fn vocabulary(count: usize) -> Gguf {
    let tokens: Vec<_> = (0..count).map(|token| format!("token{token}")).collect();
    let merges: Vec<_> = (0..count * 2).map(|merge| format!("tok en{merge}")).collect();
    Gguf::new()
        .texts("tokenizer.ggml.tokens", &tokens)
        .key("tokenizer.ggml.scores", Put::List(6, vec![Put::F32(0.5); count]))
        .key("tokenizer.ggml.token_type", Put::List(5, vec![Put::I32(1); count]))
        .texts("tokenizer.ggml.merges", &merges)
        .text("tokenizer.chat_template", &"x".repeat(30_000))
        .tensor("token_embd.weight", &[256, count as u64], 12, 0)
}

#[test]
fn vocabularies_take_few_reads() {
    for (count, most) in [(32_000, 1), (128_000, 1), (256_000, 2), (512_000, 2), (800_000, 2)] {
        let bytes = vocabulary(count).bytes();
        let (facts, reads, sum) = drive(GgufReader::new(None), &bytes).unwrap();
        assert!(reads <= most, "{count} tokens: {reads} reads of {} bytes", bytes.len());
        assert!(sum <= bytes.len() as u64);
        let Some(Value::List(list)) = facts.value("tokenizer.ggml.tokens") else { panic!() };
        assert_eq!((list.length, list.values.is_none()), (count as u64, true));
        assert_eq!(facts.chat_templates.len(), 1);
    }
}

#[test]
fn long_lists_and_texts_are_never_asked_for() {
    let scores = vec![Put::F64(0.5); 4_000_000];
    let file = Gguf::new().key("scores", Put::List(12, scores)).text("long", &"x".repeat(2 << 20));
    let bytes = file.number("last", 7).bytes();
    let reader = GgufReader::new(None).first_read(1000);
    let (facts, reads, sum) = drive(reader, &bytes).unwrap();
    assert_eq!((facts.number("last"), reads), (Some(7), 3));
    assert!(sum < 4 << 20, "{sum}");
    assert!(
        matches!(facts.value("long"), Some(Value::LongText(span)) if span.end - span.start == 2 << 20)
    );
    let Some(Value::List(list)) = facts.value("scores") else { panic!() };
    let span = usize::try_from(list.span.start).unwrap()..usize::try_from(list.span.end).unwrap();
    let Values::F64(values) = facts.values(list, &bytes[span]).unwrap() else { panic!() };
    assert_eq!(values.len(), 4_000_000);
}

#[test]
fn a_header_without_end_is_given_up() {
    let mut file = Gguf { key_count: Some(60_000), ..Gguf::new() }.bytes();
    let start = file.len();
    let entry = [
        1_u64.to_le_bytes().to_vec(),
        b"a".to_vec(),
        vec![8, 0, 0, 0],
        2000_u64.to_le_bytes().to_vec(),
        vec![b'x'; 2000],
    ]
    .concat();
    while file.len() < usize::try_from(MAX_HEADER).unwrap() + start {
        file.extend(&entry);
    }
    let error = drive(GgufReader::new(None), &file).unwrap_err();
    assert_eq!(error.code(), "limit_exceeded");
}

#[test]
fn the_first_read_is_no_longer_than_the_file() {
    assert_eq!(GgufReader::new(None).start(), 0..FIRST_READ);
    assert_eq!(GgufReader::new(Some(100)).start(), 0..100);
    assert_eq!(GgufReader::new(Some(0)).start(), 0..1);
    assert_eq!(read(b"").unwrap_err().code(), "invalid_file");
}

#[test]
fn a_reader_reads_one_file() {
    let bytes = Gguf::new().bytes();
    let mut reader = GgufReader::new(Some(bytes.len() as u64));
    assert!(matches!(reader.feed(&bytes), Ok(Step::Done(_))));
    assert_eq!(reader.feed(&bytes).unwrap_err().code(), "invalid_argument");
}

/// The smallest key has 14 bytes, the smallest tensor 24: what is kept of them is a small multiple.
#[test]
fn what_is_kept_is_small() {
    assert!(size_of::<hubfit::format::gguf::Entry>() <= 14 * 8);
    assert!(size_of::<hubfit::format::gguf::Tensor>() <= 24 * 5);
}
