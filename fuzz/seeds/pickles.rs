//! Pickles, and what PyTorch, NumPy and Keras put into archives beside them.

use crate::pickle_writer::{MAGIC, Pickle, Row, state_dict};
use crate::zip_writer::{Zip, deflate_stored};
use crate::{Seed, seed};

const ROWS: [Row<'_>; 2] = [
    ("w", "HalfStorage", "0", 6, 0, &[2, 3], &[3, 1]),
    ("b", "FloatStorage", "1", 3, 0, &[3], &[1]),
];

fn attack() -> Vec<u8> {
    Pickle::of_protocol(2).call("os", "system", "ls").stop()
}

fn of(protocol: u8, opcodes: &[u8]) -> Vec<u8> {
    Pickle::of_protocol(protocol).raw(opcodes).stop()
}

pub(crate) fn pickles() -> Vec<Seed> {
    let stack = Pickle::of_protocol(4).stack_global("builtins", "eval").raw(b")R").stop();
    let inside = Pickle::of_protocol(3).bytes(&attack()).stop();
    vec![
        seed("state-dict", state_dict(&ROWS, false)),
        seed("state-dict-before-1-6", state_dict(&ROWS, true)),
        seed("call", attack()),
        seed("stack-global", stack),
        seed("pickle-inside", inside),
        seed("protocol-0", b"(lp0\nI1\naF1.5\naVtext\np1\naS'a\\x41'\naL5L\nag1\na(dp2\n0."),
        seed("import-by-inst", b"(S'ls'\nios\nsystem\n."),
        seed("frames", of(5, b"\x95\x04\0\0\0\0\0\0\0K\x01K\x02\x86\x94h\0\x96\x02\0\0\0\0\0\0\0ab\x98")),
        seed("numbers", of(2, b"J\xff\xff\xff\xffM\x01\x02\x8a\x02\x01\x80\x8b\x01\0\0\0\x05G?\xf0\0\0\0\0\0\0\x88\x89N")),
        seed("sets", of(4, b"\x8f(K\x01\x90(K\x02\x91\x8c\x01a\x8d\x01\0\0\0\0\0\0\0b")),
        seed("memo-far-away", of(2, b"K\x01r\xff\xff\xff\x7fj\xff\xff\xff\x7fq\x05h\x05")),
        seed("text-of-2-to-the-63", b"\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\x7f"),
        seed("two-pickles", [of(2, b"K\x01"), attack()].concat()),
        seed("marks", b"((((((0000001."),
        seed("extension", of(2, b"\x82\x01\x83\x01\x02\x84\x01\0\0\0")),
        seed("built-by-new", of(4, b"\x8c\x01m\x8c\x01C\x93)}\x92}b")),
    ]
}

pub(crate) fn pytorch() -> Vec<Seed> {
    let sound = checkpoint(&state_dict(&ROWS, false));
    let mut script = sound.clone();
    script
        .torch("archive/code/__torch__.py", b"class A")
        .torch("archive/constants.pkl", b"\x80\x02).");
    vec![
        seed("archive", sound.finish()),
        seed("archive-zip64", sound.finish_zip64()),
        seed("torchscript", script.finish_zip64()),
        seed("attack-in-archive", checkpoint(&attack()).finish_zip64()),
        seed("before-1-6", legacy()),
        seed("before-1-6-cut", &legacy()[..200]),
        seed("plain-pickle", attack()),
        seed("safetensors-inside", b"\x10\0\0\0\0\0\0\0{\"a\":1}         "),
        seed("tar", [&b"data.pkl"[..], &[0; 249], b"ustar"].concat()),
    ]
}

fn checkpoint(object: &[u8]) -> Zip {
    let mut zip = Zip::default();
    zip.torch("archive/data.pkl", object).torch("archive/byteorder", b"little");
    zip.torch("archive/data/0", &[0; 12]).torch("archive/data/1", &[0; 12]);
    zip.torch("archive/version", b"3\n");
    zip
}

fn legacy() -> Vec<u8> {
    let system = Pickle::of_protocol(2).raw(b"}").text("little_endian").raw(b"\x88s").stop();
    let keys = Pickle::of_protocol(2).raw(b"](").text("0").text("1").raw(b"e").stop();
    let mut file =
        [MAGIC, b"\x80\x02M\xe9\x03.", &system, &state_dict(&ROWS, true), &keys].concat();
    for count in [6_u64, 3] {
        file.extend(count.to_le_bytes());
        file.extend([0; 12]);
    }
    file
}

pub(crate) fn archives() -> Vec<Seed> {
    let changed = |change: fn(&mut Zip)| {
        let mut zip = two();
        change(&mut zip);
        zip.finish()
    };
    vec![
        seed("two", two().finish()),
        seed("zip64", two().finish_zip64()),
        seed("empty", Zip::default().finish()),
        seed("comment", changed(|zip| zip.comment = b"PK\x05\x06 a comment".to_vec())),
        seed("far-offset", changed(|zip| zip.listed[1].offset = u64::MAX)),
        seed("far-size", changed(|zip| zip.listed[1].compressed = 1 << 40)),
        seed("bomb", changed(|zip| zip.listed[1].size = 1 << 30)),
        seed("one-name-twice", changed(|zip| zip.listed[1].name = "a.txt".into())),
        seed("other-name", changed(|zip| zip.listed[1].name = "../b".into())),
        seed("encrypted", changed(|zip| zip.listed[0].flags = 1)),
        seed("cut", &two().finish()[..100]),
        seed("data-in-front", [&b"#!/bin/sh\n"[..], &two().finish()].concat()),
    ]
}

fn two() -> Zip {
    let mut zip = Zip::default();
    let deflated = deflate_stored(b"some bytes", 4);
    zip.stored("a.txt", b"a").deflated("b/c.bin", b"some bytes", &deflated);
    zip
}

pub(crate) fn keras() -> Vec<Seed> {
    let of = |config: &str| {
        let mut zip = Zip::default();
        zip.stored("metadata.json", br#"{"keras_version": "3.12.0"}"#);
        let packed = deflate_stored(config.as_bytes(), 100);
        zip.deflated("config.json", config.as_bytes(), &packed);
        zip.stored("model.weights.h5", &[0; 40]).finish()
    };
    let layer = |layer: &str| {
        of(&format!(
            r#"{{"module":"keras","class_name":"Sequential","config":{{"layers":[{layer}]}}}}"#
        ))
    };
    vec![
        seed(
            "dense",
            layer(r#"{"module":"keras.layers","class_name":"Dense","config":{"units":3}}"#),
        ),
        seed(
            "lambda",
            layer(
                r#"{"module":"keras.layers","class_name":"Lambda","config":{"function":{"class_name":"__lambda__","config":{"code":"4wE"}}}}"#,
            ),
        ),
        seed("function", layer(r#"{"module":"builtins","class_name":"function","config":"exec"}"#)),
        seed("no-config", Zip::default().finish()),
        seed("broken-config", of("{\"module\":")),
        seed(
            "hdf5-v2",
            [&b"\x89HDF\r\n\x1a\n\x02\x08\x08\0"[..], &[0; 16], &48_u64.to_le_bytes(), &[0; 12]]
                .concat(),
        ),
        seed(
            "hdf5-v0",
            [
                &b"\x89HDF\r\n\x1a\n\0\0\0\0\0\x08\x08\0"[..],
                &[0; 24],
                &96_u64.to_le_bytes(),
                &[255; 48],
            ]
            .concat(),
        ),
        seed("fixed-codes", packed(FIXED, br#"{"module":"keras"}"#)),
        seed("codes-of-its-own", packed(DYNAMIC, DEFLATED.as_bytes())),
    ]
}

/// What zlib made of it with the fixed codes.
const FIXED: &[u8] =
    b"\xab\x56\xca\xcd\x4f\x29\xcd\x49\x55\xb2\x52\xca\x4e\x2d\x4a\x2c\x56\xaa\x05\x00";

const DEFLATED: &str = r#"{"module":"keras","class_name":"Sequential","config":{"name":"sequential","layers":[{"module":"keras.layers","class_name":"Dense","config":{"units":3}},{"module":"keras.layers","class_name":"Dense","config":{"units":4}}]}}"#;

/// What zlib made of that, with codes of its own.
const DYNAMIC: &[u8] = b"\xa5\xcc\x31\x0a\x80\x30\x0c\x40\xd1\xbb\x64\x2e\x2e\x3a\x75\xf6\x06\x8e\x22\x12\x34\x4a\xb1\xa6\x68\xec\x20\x25\x77\x57\xc1\x41\x5d\x5d\xff\x87\x97\x60\x0e\x7d\xf4\x04\x16\x26\x5a\x51\xc0\x40\xe7\x51\xa4\x65\x9c\xaf\x58\xd1\x12\x89\x37\x87\xfe\x3a\x81\x07\x37\x82\x4d\x70\x5f\x79\x5e\x8f\x3b\xad\x02\xb6\x4e\x1f\x33\xbb\xcf\x87\x2e\x89\x85\x5e\x6a\x64\xb7\x9d\x40\xae\x6a\xfe\x1a\x85\x6a\xa3\x7a\x00";

fn packed(deflated: &[u8], content: &[u8]) -> Vec<u8> {
    Zip::default().deflated("config.json", content, deflated).finish()
}

pub(crate) fn numpy() -> Vec<Seed> {
    let of = |descr: &str, shape: &str| array(1, &header(descr, shape), &[0; 24]);
    let mut zip = Zip::default();
    zip.stored("a.npy", &of("'<f4'", "(2, 3)")).stored("b.npy", &of("'|O'", "(1,)"));
    vec![
        seed("floats", of("'<f4'", "(2, 3)")),
        seed("version-2", array(2, &header("'<i8'", "(3,)"), &[0; 24])),
        seed("structured", of("[(('title', 'x'), '<f4'), ('', '|V4', (2, 2))]", "(1L,)")),
        seed("time", of("'<M8[ns]'", "()")),
        seed("objects", array(1, &header("'|O'", "(1,)"), &attack())),
        seed("shape-overflows", of("'<f8'", "(9223372036854775807, 9223372036854775807)")),
        seed("negative", of("'<f8'", "(-1, 2)")),
        seed("too-deep", of(&"[".repeat(80), "()")),
        seed("long-header", array(3, &" ".repeat(5000), &[])),
        seed("archive", zip.finish()),
        seed("plain-pickle", attack()),
    ]
}

fn array(version: u8, header: &str, data: &[u8]) -> Vec<u8> {
    let mut file = [b"\x93NUMPY", &[version, 0][..]].concat();
    match version {
        1 => file.extend((header.len() as u16).to_le_bytes()),
        _ => file.extend((header.len() as u32).to_le_bytes()),
    }
    [&file, header.as_bytes(), data].concat()
}

fn header(descr: &str, shape: &str) -> String {
    format!("{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}       \n")
}
