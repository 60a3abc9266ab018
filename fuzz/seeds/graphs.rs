//! Graphs as protocol buffers, and as XML.

use crate::protobuf_writer::{Fields, Holed, hole, message, number, text, varint};
use crate::{Seed, seed};

fn file(fields: Fields) -> Vec<u8> {
    let file = Holed::new(fields);
    file.read(0..file.size)
}

fn joined<const N: usize>(parts: [Fields; N]) -> Fields {
    parts.into_iter().flatten().collect()
}

pub(crate) fn onnx() -> Vec<Seed> {
    vec![
        seed("model", file(onnx_model(onnx_parts()))),
        seed("no-graph", [8, 10]),
        seed("graph-past-the-end", [vec![8, 7, 0x3a], varint(1 << 63)].concat()),
        seed("value-past-the-end", [8, 10, 0x3a, 5, 0x1a, 3, 0, 0]),
        seed("old-inputs", file(joined([number(1, 3), onnx_graph(old_parts())]))),
        seed("shape-overflows", file(onnx_model(onnx_tensor(&[1 << 40, 1 << 40], vec![])))),
        seed("size-mismatch", file(onnx_model(onnx_tensor(&[2], hole(9, 9))))),
        seed("unsafe-file", file(onnx_model(onnx_tensor(&[8], external("../w"))))),
        seed("bodies-too-deep", file(onnx_model(nested_bodies(60)))),
        seed("group", [0x0b, 0x0c]),
        seed("lfs-pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
    ]
}

fn onnx_graph(parts: Fields) -> Fields {
    message(7, [parts])
}

fn onnx_model(parts: Fields) -> Fields {
    let opset = message(8, [text(1, "com.microsoft"), number(2, 1)]);
    let function = message(25, [message(7, [text(4, "Erf")]), message(9, [number(2, 20)])]);
    let metadata = message(14, [text(1, "license"), text(2, "MIT")]);
    let training = message(20, [message(1, [onnx_node("Add", vec![])])]);
    joined([
        number(1, 10),
        text(2, "pytorch"),
        onnx_graph(parts),
        opset,
        function,
        metadata,
        training,
    ])
}

fn onnx_node(operator: &str, attribute: Fields) -> Fields {
    message(1, [text(4, operator), message(5, [attribute]), text(7, "com.microsoft")])
}

fn onnx_tensor(dims: &[u64], data: Fields) -> Fields {
    let dims = dims.iter().flat_map(|dim| number(1, *dim)).collect();
    message(5, [dims, number(2, 1), text(8, "w"), data])
}

fn external(location: &str) -> Fields {
    let entry = |key: &str, value: &str| message(13, [text(1, key), text(2, value)]);
    joined([
        entry("location", location),
        entry("offset", "64"),
        entry("length", "32"),
        number(14, 1),
    ])
}

fn onnx_parts() -> Fields {
    let dims = [message(1, [text(2, "batch")]), message(1, [number(1, 3)])];
    let value = message(2, [message(1, [number(1, 7), message(2, dims)])]);
    let body = message(6, [onnx_node("Add", vec![]), onnx_tensor(&[2], hole(9, 8))]);
    let sparse = message(15, [message(1, [number(2, 1), hole(9, 4)]), message(2, [number(2, 7)])]);
    joined([
        onnx_node("If", body),
        onnx_node("Constant", onnx_tensor(&[], hole(9, 4))),
        text(2, "main"),
        onnx_tensor(&[8], external("model.onnx_data")),
        onnx_tensor(&[4, 2], hole(9, 32)),
        message(11, [text(1, "ids"), value.clone()]),
        message(12, [text(1, "logits"), value]),
        sparse,
    ])
}

fn old_parts() -> Fields {
    let input = |name: &str| message(11, [text(1, name)]);
    joined([onnx_tensor(&[1], hole(9, 4)), input("x"), input("w")])
}

fn nested_bodies(depth: usize) -> Fields {
    (0..depth).fold(vec![], |body, _| onnx_node("If", message(6, [body])))
}

pub(crate) fn coreml() -> Vec<Seed> {
    vec![
        seed("program", file(coreml_model(8, program("@model_path/weights/weight.bin", 3)))),
        seed("unsafe-file", file(coreml_model(8, program("../weight.bin", 1 << 63)))),
        seed("neural-network", file(coreml_model(4, hole(500, 20)))),
        seed("unknown-version", file(coreml_model(99, pipeline()))),
        seed("classifier", file(coreml_model(5, message(200, [message(1, [pipeline()])])))),
        seed("no-type", [8, 5]),
        seed("blocks-too-deep", file(coreml_model(8, mil(nested_blocks(60))))),
        seed("manifest", MANIFEST),
        seed("manifest-cut", &MANIFEST[..60]),
        seed("manifest-without-root", r#"{"rootModelIdentifier":"C","itemInfoEntries":{}}"#),
    ]
}

const MANIFEST: &str = r#"{"fileFormatVersion":"1.0.0","rootModelIdentifier":"A","itemInfoEntries":{"A":{"author":"com.apple.CoreML","name":"model.mlmodel","path":"com.apple.CoreML/model.mlmodel"},"B":{"path":"../weights"}}}"#;

fn coreml_model(version: u64, kind: Fields) -> Fields {
    let feature = |field, kind| message(field, [text(1, "x"), message(3, [kind])]);
    let dims = message(1, [number(1, 1), number(1, 64)]);
    let array = message(5, [dims, number(2, 0x1_0010)]);
    let image = message(4, [number(1, 224), number(2, 112), number(3, 20)]);
    let function = message(20, [text(1, "f"), feature(2, message(8, [array.clone()]))]);
    let metadata = message(100, [text(3, "a"), message(100, [text(1, "k"), text(2, "v")])]);
    let description = [feature(1, array), feature(10, image), function, metadata];
    joined([number(1, version), message(2, description), kind])
}

fn pipeline() -> Fields {
    message(202, [message(1, [hole(500, 3)]), message(1, [program("weights.bin", 2)])])
}

fn mil(operations: Fields) -> Fields {
    let block = message(2, [operations]);
    let function = message(2, [text(2, "CoreML7"), message(3, [text(1, "CoreML7"), block])]);
    message(502, [number(1, 1), message(2, [text(1, "main"), function])])
}

fn program(path: &str, dim: u64) -> Fields {
    let inner = message(4, [message(3, [text(1, "exp")])]);
    let cond = message(3, [text(1, "cond"), inner]);
    mil(joined([constant(10, dim, path), constant(25, dim, path), cond]))
}

fn constant(data_type: u64, dim: u64, path: &str) -> Fields {
    let dim = message(3, [message(1, [number(1, dim)])]);
    let tensor = message(2, [message(2, [message(1, [number(1, data_type), dim])]), blob(path)]);
    message(3, [text(1, "const"), message(5, [text(1, "val"), tensor])])
}

fn blob(path: &str) -> Fields {
    message(5, [text(1, path), number(2, 64)])
}

fn nested_blocks(depth: usize) -> Fields {
    (0..depth).fold(vec![], |inner, _| message(3, [text(1, "cond"), message(4, [inner])]))
}

pub(crate) fn openvino() -> Vec<Seed> {
    let constant = |shape: &str, size: &str| {
        let data = format!(
            r#"<data element_type="f16" shape="{shape}" offset="18446744073709551615" size="{size}"/>"#
        );
        format!(r#"<net><layers><layer type="Const">{data}</layer></layers></net>"#)
    };
    vec![
        seed("graph", GRAPH),
        seed("constant-too-long", constant("4", "7")),
        seed("constant-overflows", constant("9999999999,9999999999,9", "8")),
        seed("constant-of-any-size", constant("-1", "8")),
        seed("entities", ENTITIES),
        seed("external-entity", r#"<!DOCTYPE net SYSTEM "file:///etc/passwd"><net/>"#),
        seed("too-deep", format!("<net>{}", "<a>".repeat(110))),
        seed("byte-order-mark", "\u{feff}<net version='11'/>"),
        seed("another-root", "<html></html>"),
        seed("end-without-start", "</net>"),
        seed("cut-tag", "<net name=\"x"),
        seed("cdata", "<net><![CDATA[<layers>]]><?pi x?><!-- a -- b --></net>"),
    ]
}

const ENTITIES: &str = r#"<!DOCTYPE net [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><net name="&b;"/>"#;

const GRAPH: &str = r#"<?xml version="1.0"?>
<net name="a &lt;test&gt; &#x41;" version="11"><layers>
<layer id="0" name="ids" type="Parameter" version="opset1"><data shape="?,1..8,64" element_type="i64" />
<output><port id="0" precision="I64" names="ids"><dim>-1</dim><dim>64</dim></port></output></layer>
<layer id="1" name="w" type="Const" version="opset1"><data element_type="u4" shape="3, 5" offset="0" size="8" /></layer>
<layer id="2" name="again" type="Const" version="opset1"><data element_type="u4" shape="3, 5" offset="0" size="8" /></layer>
<layer id="3" name="s" type="Const" version="opset1"><data element_type="f16" shape="" offset="8" size="2" /></layer>
<layer id="5" name="norm" type="RMS" version="ie_internal_opset"/>
<layer id="6" name="loop" type="Loop" version="opset5"><body><layers>
<layer id="1" type="Result" version="opset1"><input><port id="0" precision="FP32"><dim>1</dim></port></input></layer>
</layers></body></layer>
<layer id="7" type="Result" version="opset13" output_names="logits"><input><port id="0" precision="FP32"><dim>32000</dim></port></input></layer>
</layers><rt_info><Runtime_version value="2026.4.1" /><nncf><weight_compression><mode value="int4_sym" /></weight_compression></nncf></rt_info></net>
"#;
