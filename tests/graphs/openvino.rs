//! OpenVINO files.

use crate::protobuf::{Holed, Piece};
use crate::read::*;
use hubfit::format::FileFormat;
use hubfit::model::file_facts::Dimension;

pub(crate) const IR: &str = r#"<?xml version="1.0"?>
<!-- a <test> -->
<net name="a &lt;test&gt;" version="11">
	<layers>
		<layer id="0" name="ids" type="Parameter" version="opset1">
			<data shape="?,1..8,64" element_type="i64" />
			<output><port id="0" precision="I64" names="ids"><dim>-1</dim><dim>-1</dim><dim>64</dim></port></output>
		</layer>
		<layer id="1" name="w" type="Const" version="opset1"><data element_type="u4" shape="3, 5" offset="0" size="8" /></layer>
		<layer id="2" name="again" type="Const" version="opset1"><data element_type="u4" shape="3, 5" offset="0" size="8" /></layer>
		<layer id="3" name="s" type="Const" version="opset1"><data element_type="f16" shape="" offset="8" size="2" /></layer>
		<layer id="4" name="attention" type="ScaledDotProductAttention" version="opset13" />
		<layer id="5" name="norm" type="RMS" version="ie_internal_opset"/>
		<layer id="6" name="loop" type="Loop" version="opset5">
			<body><layers>
				<layer id="0" name="inner" type="Parameter" version="opset1"><data shape="1" element_type="f32"/></layer>
				<layer id="1" name="inner out" type="Result" version="opset1"><input><port id="0" precision="FP32"><dim>1</dim></port></input></layer>
			</layers></body>
		</layer>
		<layer id="7" name="r" type="Result" version="opset1" output_names="logits">
			<input><port id="0" precision="FP32"><dim>-1</dim><dim>32000</dim></port></input>
		</layer>
	</layers>
	<rt_info>
		<Runtime_version value="2026.4.1" />
		<nncf><weight_compression><mode value="int4_sym" /><group_size value="128" /></weight_compression></nncf>
	</rt_info>
</net>
"#;

#[test]
fn an_openvino_graph() {
    let facts = read(FileFormat::Openvino, IR.as_bytes()).unwrap();
    assert_eq!((facts.version.as_deref(), problems(&facts).len()), (Some("11"), 0));
    let mut names = operators(&facts);
    names.sort_unstable();
    assert_eq!(
        names,
        [
            ("Const", 3),
            ("Loop", 1),
            ("Parameter", 2),
            ("Result", 2),
            ("ScaledDotProductAttention", 1),
            ("ie_internal_opset.RMS", 1)
        ]
    );
    assert_eq!(types(&facts), [("u4", 1, 15, 8), ("f16", 1, 1, 2)]);
    let file = &facts.external_files[0];
    assert_eq!((file.path.as_str(), file.bytes), ("*.bin", 10));
    let shape = [named(""), named("1..8"), Dimension::Size(64.0)];
    assert_eq!(facts.inputs, [value("ids", "i64", &shape)]);
    let shape = [named(""), Dimension::Size(32_000.0)];
    assert_eq!(facts.outputs, [value("logits", "FP32", &shape)]);
    assert_eq!((&*facts.opsets[0].domain, facts.opsets[0].version), ("opset", 13));
    assert_eq!(key(&facts, "name"), Some(&word("a <test>")));
    assert_eq!(key(&facts, "nncf.weight_compression.mode"), Some(&word("int4_sym")));
    assert_eq!(key(&facts, "nncf.weight_compression.group_size"), Some(&word("128")));
    assert_eq!(key(&facts, "Runtime_version"), Some(&word("2026.4.1")));
}

#[test]
fn xml_that_is_refused() {
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE net [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><net name="&b;"/>"#;
    let external = r#"<!DOCTYPE net SYSTEM "file:///etc/passwd"><net/>"#;
    let deep = format!("<net>{}", "<a>".repeat(200));
    let long = format!("<net name=\"{}\"/>", "x".repeat(3 << 20));
    for (name, xml, code) in [
        ("entities", bomb, "invalid_file"),
        ("an external type", external, "invalid_file"),
        ("depth", &deep, "limit_exceeded"),
        ("a long value", &long, "limit_exceeded"),
        ("another root", "<html></html>", "invalid_file"),
        ("an end without a start", "</net>", "invalid_file"),
        ("no end", "<net><layers>", "invalid_file"),
        ("a cut tag", "<net name=\"x", "invalid_file"),
        ("nothing", "", "invalid_file"),
    ] {
        assert_eq!(refused(FileFormat::Openvino, xml.as_bytes()).0, code, "{name}");
    }
    assert!(read(FileFormat::Openvino, b"\xef\xbb\xbf<net version='11'/>").is_ok());
}

#[test]
fn constants_that_do_not_fit_are_problems() {
    for (shape, size) in [("4", "7"), ("-1", "8"), ("9999999999,9999999999,9", "8"), ("x", "8")] {
        let xml = format!(
            r#"<net><layers><layer type="Const"><data element_type="f16" shape="{shape}" offset="18446744073709551615" size="{size}"/></layer></layers></net>"#
        );
        let facts = read(FileFormat::Openvino, xml.as_bytes()).unwrap();
        assert_eq!(problems(&facts), ["size_mismatch"], "{shape} {size}");
    }
}

#[test]
fn a_graph_that_never_ends_is_given_up() {
    let layer = format!("<layer type=\"Add\" version=\"opset1\" name=\"{:1000}\"/>", "");
    let layers = layer.repeat(40_000);
    let xml = [b"<net><layers>", layers.as_bytes()].concat();
    let file = Holed::new(vec![Piece::Bytes(xml)]);
    let (facts, requests, bytes) = drive(FileFormat::Openvino, &file, None).unwrap();
    assert_eq!(problems(&facts), ["stopped_early"]);
    assert!(requests < 8 && bytes == 32 << 20, "{requests} {bytes}");
}

#[test]
fn numbers_and_names_that_no_graph_has() {
    let layer = |data: &str| {
        format!(
            "<net><layers><layer type=\"Parameter\" name=\"x\"><data {data}/></layer></layers></net>"
        )
    };
    let huge = "9".repeat(400);
    let many = format!("{}1", "1,".repeat(100_000));
    let attributes: Vec<_> = (0..20_000).map(|at| format!("a{at}=\"\" ")).collect();
    for data in [
        format!("shape=\"{huge}\" element_type=\"f32\""),
        format!("shape=\"{many}\" element_type=\"f32\""),
        format!("shape=\"1\" element_type=\"{huge}\""),
        "shape=\"&#99999999999;&#x110000;&nothing;&amp\" element_type=\"f32\"".to_owned(),
        attributes.concat(),
    ] {
        let facts = read(FileFormat::Openvino, layer(&data).as_bytes()).unwrap();
        assert_eq!(operators(&facts), [("Parameter", 1)]);
    }
    let layers: Vec<_> = (0..20_000).map(|at| format!("<layer type=\"Op{at}\"/>")).collect();
    let layers = layers.concat();
    let facts =
        read(FileFormat::Openvino, format!("<net><layers>{layers}</layers></net>").as_bytes());
    assert_eq!(
        (facts.as_ref().unwrap().operators.len(), problems(&facts.unwrap())),
        (4096, vec!["too_many_names"])
    );
}

#[test]
fn depth_in_every_part_is_refused() {
    for (start, tag) in
        [("<net><layers>", "layer"), ("<net><rt_info>", "a"), ("<net><layers><layer>", "body")]
    {
        let xml = format!("{start}{}", format!("<{tag}>").repeat(100_000));
        assert_eq!(refused(FileFormat::Openvino, xml.as_bytes()).0, "limit_exceeded", "{tag}");
    }
}
