//! No bytes make a reader panic, loop, or ask for what it was given before.

use crate::onnx::{graph, onnx, tensor};
use crate::protobuf::{Fields, Holed, Piece, hole, message, number};
use crate::read::{drive, holed, problems, read};
use crate::samples::samples;
use hubfit::extract::file_facts::open;
use hubfit::format::{FileFormat, Step};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn formats() -> impl Strategy<Value = FileFormat> {
    select(samples().into_iter().map(|(format, _)| format).collect::<Vec<_>>())
}

fn is_refusal(error: &hubfit::Error) -> bool {
    matches!(error.code(), "invalid_file" | "limit_exceeded" | "invalid_json")
}

/// Damage to a file.
#[derive(Clone, Debug)]
enum Damage {
    Byte(Index, u8),
    /// Four bytes that could be an offset or a length.
    Word(Index, u32),
    Cut(Index),
    /// A part once more.
    Twice(Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let word = prop_oneof![0_u32..64, Just(u32::MAX), Just(1 << 31), any::<u32>()];
    prop_oneof![
        4 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        4 => (any::<Index>(), word).prop_map(|(at, word)| Damage::Word(at, word)),
        1 => any::<Index>().prop_map(Damage::Cut),
        1 => (any::<Index>(), 1_usize..64).prop_map(|(at, length)| Damage::Twice(at, length)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damage: Vec<Damage>) -> Vec<u8> {
    for damage in damage {
        match damage {
            _ if bytes.len() < 8 => {}
            Damage::Byte(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            Damage::Word(at, word) => {
                let at = at.index(bytes.len() - 4);
                bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
            }
            Damage::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Damage::Twice(at, length) => {
                let at = at.index(bytes.len());
                let part = bytes[at..(at + length).min(bytes.len())].to_vec();
                bytes.splice(at..at, part);
            }
        }
    }
    bytes
}

/// Messages of any shape, with the numbers of fields that readers look at.
fn fields() -> impl Strategy<Value = Fields> {
    let names = || prop_oneof![1_u64..16, select(&[25_u64, 100, 200, 202, 500, 502])];
    let number_field = (names(), prop_oneof![0_u64..32, any::<u64>()]);
    let text_field = (names(), vec(any::<u8>(), 0..12));
    let hole_field = (names(), prop_oneof![0_u64..100, 0_u64..5_000_000]);
    let leaf = prop_oneof![
        number_field.prop_map(|(name, value)| number(name, value)),
        text_field.prop_map(|(name, bytes)| message(name, [vec![Piece::Bytes(bytes)]])),
        hole_field.prop_map(|(name, length)| hole(name, length)),
        vec(any::<u8>(), 0..4).prop_map(|bytes| vec![Piece::Bytes(bytes)]),
    ];
    let nested = leaf.prop_recursive(8, 60, 6, move |inner| {
        (names(), vec(inner, 0..6)).prop_map(|(name, parts)| message(name, parts))
    });
    vec(nested, 0..6).prop_map(|fields| fields.concat())
}

/// What XML is made of, and what it is not.
const TOKENS: [&str; 32] = [
    "<net>",
    "<net version=\"11\">",
    "</net>",
    "<layers>",
    "</layers>",
    "<layer type=\"Const\">",
    "<layer type=\"Parameter\" name=\"x\">",
    "<layer type=\"Result\">",
    "</layer>",
    "<data offset=\"0\" size=\"",
    "18446744073709551616",
    "8",
    "\"",
    "\" shape=\"1,2,-1..3\" element_type=\"f16\"",
    "/>",
    ">",
    "<",
    "<body>",
    "</body>",
    "<output>",
    "<port precision=\"FP32\">",
    "<dim>",
    "-1",
    "</dim>",
    "<rt_info>",
    "<!--",
    "-->",
    "<?xml",
    "<![CDATA[",
    "]]>",
    "&#x110000;",
    "&lt;",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_make_it_panic(sample in select(samples()), bytes in vec(any::<u8>(), 0..300), front in 0_usize..64) {
        let (format, start) = sample;
        let file = [&start[..front], &bytes].concat();
        if let Err(error) = read(format, &file) {
            prop_assert!(is_refusal(&error), "{}", error);
        }
    }

    #[test]
    fn no_damage_makes_it_panic(sample in select(samples()), damage in vec(damage(), 1..6)) {
        let (format, bytes) = sample;
        let file = Holed::new(vec![Piece::Bytes(damaged(bytes, damage))]);
        for size in [Some(file.size), None, Some(file.size + 100)] {
            if let Err(error) = drive(format, &file, size) {
                prop_assert!(is_refusal(&error), "{}", error);
            }
        }
    }

    #[test]
    fn no_messages_make_it_panic(format in select(&[FileFormat::Onnx, FileFormat::Coreml]), fields in fields(), version in any::<bool>()) {
        let start = if version { number(1, 8) } else { vec![] };
        if let Err(error) = holed(format, [start, fields].concat()) {
            prop_assert!(is_refusal(&error), "{}", error);
        }
    }

    #[test]
    fn no_text_makes_it_panic(tokens in vec(select(&TOKENS), 0..60), start in any::<bool>()) {
        let text = [if start { "<net><layers>" } else { "" }, &tokens.concat()].concat();
        if let Err(error) = read(FileFormat::Openvino, text.as_bytes()) {
            prop_assert!(is_refusal(&error), "{}", error);
        }
    }

    /// A server may send fewer bytes than asked for, more, or others.
    #[test]
    fn no_answers_make_it_panic(sample in select(samples()), answers in vec((any::<Index>(), any::<Index>()), 1..80), size in prop_oneof![Just(None), (0_u64..1 << 40).prop_map(Some)]) {
        let (format, bytes) = sample;
        let mut reader = open(format, size).unwrap();
        let mut asked = reader.start();
        for (turn, (from, to)) in answers.into_iter().enumerate() {
            prop_assert!(asked.start < asked.end && turn < 70);
            // The first answer is right, so that there is something to go on with.
            let from = if turn == 0 { 0 } else { from.index(bytes.len()) };
            let to = from + to.index(bytes.len() - from + 1);
            match reader.feed(&bytes[from..to]) {
                Ok(Step::Need(more)) => asked = more,
                Ok(Step::Done(_)) => break,
                Err(error) => {
                    prop_assert!(is_refusal(&error), "{}", error);
                    break;
                }
            }
        }
    }

    #[test]
    fn no_format_takes_another(format in formats(), sample in select(samples())) {
        if sample.0 != format {
            prop_assert!(read(format, &sample.1).is_err(), "{:?} as {:?}", sample.0, format);
        }
    }

    #[test]
    fn weights_of_any_size_are_passed_over(sizes in vec(prop_oneof![0_u64..100, 0_u64..5_000_000, 0_u64..500_000_000], 0..40)) {
        let weights = sizes.iter().map(|size| tensor(5, "w", &[*size], 2, hole(9, *size)));
        let (facts, ..) = holed(FileFormat::Onnx, onnx(graph(weights))).unwrap();
        prop_assert_eq!(problems(&facts), [""; 0]);
        prop_assert_eq!((facts.tensor_count, facts.tensor_bytes), (sizes.len() as u64, sizes.iter().sum()));
        prop_assert_eq!(facts.opsets.len(), 2);
    }
}
