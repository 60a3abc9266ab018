//! Pickles: what is imported, however it is hidden, and which tensors are described.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(dead_code, reason = "the support is shared with other tests")]

mod support;

use hubfit::format::pickle::{PickleFacts, read};
use hubfit::model::file_facts::ImportRisk::{self, Dangerous, Safe, Suspicious};
use proptest::collection::vec;
use proptest::prelude::*;
use support::pickle::{Pickle, state_dict};

fn names(facts: &PickleFacts) -> Vec<String> {
    facts.imports.list().into_iter().map(|import| import.name).collect()
}

fn codes(facts: &PickleFacts) -> Vec<&str> {
    facts.problems.list.iter().map(|problem| problem.code).collect()
}

/// The one import of a pickle that is dangerous.
fn danger(bytes: &[u8]) -> String {
    let facts = read(bytes);
    let first = facts.imports.list().into_iter().next().unwrap();
    assert_eq!(first.risk, Dangerous, "{}", first.name);
    first.name
}

/// What runs code when it is called, by the name of the attack or the report.
const ATTACKS: [(&str, &str, &str); 59] = [
    ("os.system", "os", "system"),
    ("posix", "posix", "system"),
    ("nt", "nt", "system"),
    ("eval", "builtins", "eval"),
    ("exec", "builtins", "exec"),
    ("getattr", "builtins", "getattr"),
    ("__import__", "builtins", "__import__"),
    ("Python 2", "__builtin__", "eval"),
    ("compile", "builtins", "compile"),
    ("breakpoint", "builtins", "breakpoint"),
    ("open", "builtins", "open"),
    ("_io", "_io", "open"),
    ("subprocess", "subprocess", "Popen"),
    ("_posixsubprocess, GHSA-m6fh-58r7-x697", "_posixsubprocess", "fork_exec"),
    ("runpy", "runpy", "_run_code"),
    ("pty, GHSA-r7v6-mfhq-g3m2", "pty", "spawn"),
    ("marshal, GHSA-565g-hwwr-4pp3", "marshal", "loads"),
    ("types, GHSA-565g-hwwr-4pp3", "types", "FunctionType"),
    ("importlib", "importlib", "import_module"),
    ("webbrowser", "webbrowser", "open"),
    ("ssl", "ssl", "get_server_certificate"),
    ("socket", "socket", "create_connection"),
    ("pip, CVE-2025-1716", "pip", "main"),
    ("pkgutil", "pkgutil", "resolve_name"),
    ("pip inside", "pip._internal.cli.main", "main"),
    ("a submodule, CVE-2025-10157", "asyncio.unix_events", "_UnixSubprocessTransport._start"),
    ("operator chains", "operator", "attrgetter"),
    ("_operator, GHSA-m273-6v24-x4m4", "_operator", "methodcaller"),
    ("functools.partial", "functools", "partial"),
    ("ctypes", "ctypes", "CDLL"),
    ("pydoc", "pydoc", "locate"),
    ("timeit", "timeit", "timeit"),
    ("cProfile", "cProfile", "run"),
    ("bdb", "bdb", "Bdb.run"),
    ("code", "code", "InteractiveInterpreter.runcode"),
    ("idlelib", "idlelib.pyshell", "ModifiedInterpreter.runcode"),
    ("lib2to3", "lib2to3.pgen2.grammar", "Grammar.loads"),
    ("uuid, CVE-2026-56315", "uuid", "_get_command_stdout"),
    ("_osx_support, CVE-2026-56315", "_osx_support", "_find_build_tool"),
    ("_pyrepl, CVE-2026-56315", "_pyrepl.pager", "pipe_pager"),
    ("imaplib, CVE-2026-56315", "imaplib", "IMAP4_stream"),
    ("subinterpreters, GHSA-6ggj-6f2q-f7mx", "_interpreters", "run_string"),
    ("distutils", "distutils.file_util", "write_file"),
    ("numpy.f2py", "numpy.f2py.crackfortran", "getlincoef"),
    ("numpy.testing", "numpy.testing._private.utils", "runstring"),
    ("torch.hub", "torch.hub", "load"),
    ("torch.load", "torch", "load"),
    ("torch.serialization", "torch.serialization", "load"),
    ("torch.storage", "torch.storage", "_load_from_bytes"),
    ("torch.jit, GHSA-vr7h-p6mm-wpmh", "torch.jit.unsupported_tensor_ops", "execWrapper"),
    ("torch._dynamo, GHSA-86cj-95qr-2p4f", "torch._dynamo.guards", "GuardBuilder.get"),
    ("torch._inductor", "torch._inductor.codecache", "compile_file"),
    ("torch.fx, GHSA-f4x7-rfwp-v3xw", "torch.fx.experimental.symbolic_shapes", "ShapeEnv.x"),
    ("collect_env, GHSA-f745-w6jp-hpxx", "torch.utils.collect_env", "run"),
    ("bottleneck, GHSA-4r9r-ch6f-vxmx", "torch.utils.bottleneck.__main__", "run_cprofile"),
    ("decoder, GHSA-h3qp-7fh3-f8h4", "torch.utils.data.datapipes.utils.decoder", "basichandlers"),
    ("a module that imported os", "torch", "serialization.os.system"),
    ("an attribute of an attribute", "collections", "OrderedDict.__init__.__globals__"),
    ("cloudpickle", "cloudpickle.cloudpickle", "_make_function"),
];

#[test]
fn imports_that_run_code() {
    for (attack, module, name) in ATTACKS {
        let whole = format!("{module}.{name}");
        let call = Pickle::of_protocol(2).call(module, name, "ls").stop();
        assert_eq!(danger(&call), whole, "{attack}");
        let call =
            Pickle::of_protocol(4).stack_global(module, name).text("ls").raw(b"\x85R").stop();
        assert_eq!(danger(&call), whole, "{attack}, protocol 4");
    }
}

#[test]
fn every_way_to_import() {
    let ways: [(&str, &[u8]); 14] = [
        ("GLOBAL, protocol 0", b"cos\nsystem\n(S'ls'\ntR."),
        ("INST", b"(S'ls'\nios\nsystem\n."),
        ("OBJ", b"(cos\nsystem\nS'ls'\no."),
        ("NEWOBJ", b"\x80\x02cos\nsystem\n)\x81."),
        ("NEWOBJ_EX", b"\x80\x04cos\nsystem\n)}\x92."),
        ("without a call", b"\x80\x02cos\nsystem\n."),
        ("dropped", b"\x80\x02cos\nsystem\n0N."),
        ("STACK_GLOBAL", b"\x80\x04\x8c\x02os\x8c\x06system\x93."),
        ("BINUNICODE8", b"\x80\x04\x8d\x02\0\0\0\0\0\0\0os\x8c\x06system\x93."),
        ("SHORT_BINSTRING", b"\x80\x04U\x02os\x8c\x06system\x93."),
        ("escapes of STRING", b"\x80\x04S'\\x6fs'\nS'\\163ystem'\n\x93."),
        ("escapes of UNICODE", b"\x80\x04V\\u006fs\nVsyst\\u0065m\n\x93."),
        ("in a frame", b"\x80\x04\x95\x0d\0\0\0\0\0\0\0\x8c\x02os\x8c\x06system\x93."),
        ("DUP and POP_MARK", b"\x80\x04\x8c\x02os(N21\x8c\x06system\x93."),
    ];
    for (way, bytes) in ways {
        assert_eq!(danger(bytes), "os.system", "{way}");
    }
}

#[test]
fn names_from_the_memo() {
    // Memo entries 0 and 1 by MEMOIZE, then 1 is written again: the names that count are the last ones.
    let swapped = b"\x80\x04\x8c\x04math\x940\x8c\x06system\x940\x8c\x02osq\x000h\x00h\x01\x93.";
    assert_eq!(danger(swapped), "os.system");
    // A number far from the others, which a list would have to be long for.
    let far = b"\x80\x04\x8c\x02osr\xff\xff\xff\xff0j\xff\xff\xff\xff\x8c\x06system\x93.";
    assert_eq!(danger(far), "os.system");
    // MEMOIZE counts entries, and does not go on from the largest number.
    let counted = b"\x80\x04Nq\x3200\x8c\x02os\x940h\x01\x8c\x06system\x93.";
    assert_eq!(danger(counted), "os.system");
    // PUT and GET in the letters of protocol 0.
    assert_eq!(danger(b"\x80\x04Vos\np7\n0g7\nVsystem\n\x93."), "os.system");
}

#[test]
fn names_that_are_computed() {
    // 'o' + 's' on the stack: nobody knows what it becomes, and nobody honest does it.
    let add = b"\x80\x04coperator\nadd\n\x8c\x01o\x8c\x01s\x86R\x8c\x06system\x93.";
    assert_eq!(danger(add), "?.system");
    assert_eq!(names(&read(add)), ["?.system", "operator.add"]);
    assert_eq!(danger(b"\x80\x04\x8c\x02osK\x01\x93."), "os.?");
    assert_eq!(danger(b"\x80\x04h\x07h\x08\x93."), "?.?");
    // A path that leads in circles until it is too long to be kept.
    let long = format!("{}system", "path.os.".repeat(1000));
    let circles = Pickle::of_protocol(4).stack_global("os", &long).stop();
    assert_eq!(danger(&circles), "os.?");
}

#[test]
fn what_stands_before_damage_counts() {
    let payload = &b"\x80\x02cos\nsystem\n(X\x02\0\0\0lstR"[..];
    for (damage, rest, code) in [
        ("an opcode that does not exist", &b"\xff\xff."[..], "broken_pickle"),
        ("cut behind the call", b"", "truncated_pickle"),
        ("cut in a text", b"X\xff\0\0\0a", "truncated_pickle"),
        ("a text longer than any file", b"\x8d\xff\xff\xff\xff\xff\xff\xff\xff", "broken_pickle"),
        ("a negative length", b"T\xff\xff\xff\xff", "broken_pickle"),
        ("too few values", b"00000\x87.", "broken_pickle"),
        ("no memo entry", b"h\x05.", "broken_pickle"),
    ] {
        let bytes = [payload, rest].concat();
        assert_eq!(danger(&bytes), "os.system", "{damage}");
        assert_eq!(codes(&read(&bytes)), [code], "{damage}");
    }
    // Even where the stack does not allow what follows, Python never comes that far, but a patched one might.
    assert_eq!(danger(b"\x80\x0200R\x85cos\nsystem\n)R."), "os.system");
}

#[test]
fn what_stands_behind_the_end_counts() {
    let harmless = &b"\x80\x02}."[..];
    let payload = &b"\x80\x02cos\nsystem\n)R."[..];
    let two = read(&[harmless, payload].concat());
    assert_eq!((names(&two), two.pickles), (vec!["os.system".to_owned()], 2));
    assert_eq!(codes(&two), ["several_pickles"]);
    let cut = read(&[harmless, &payload[..payload.len() - 1]].concat());
    assert_eq!((names(&cut), codes(&cut)), (vec!["os.system".to_owned()], vec!["trailing_bytes"]));
    let rest = read(&[harmless, b"\0\0\0"].concat());
    assert_eq!((names(&rest).len(), codes(&rest)), (0, vec!["trailing_bytes"]));
}

#[test]
fn pickles_in_pickles() {
    let payload = Pickle::of_protocol(4).stack_global("os", "system").raw(b")R").stop();
    let loads =
        Pickle::of_protocol(4).stack_global("pickle", "loads").bytes(&payload).raw(b"\x85R").stop();
    assert_eq!(names(&read(&loads)), ["pickle.loads", "os.system"]);
    assert_eq!(codes(&read(&loads)), ["nested_pickle"]);
    let deep = (0..3).fold(payload.clone(), |inner, _| Pickle::of_protocol(4).bytes(&inner).stop());
    assert_eq!(danger(&deep), "os.system");
    // Numbers that happen to look like a pickle of nothing are no pickle.
    let scalar = Pickle::of_protocol(4).bytes(b"\x80\x04K\x05.").stop();
    assert_eq!(codes(&read(&scalar)), [""; 0]);
    // A long text is passed over, not read; that it starts like a pickle is told.
    let long = [&payload[..], &vec![0; 2 << 20]].concat();
    let skipped = read(&Pickle::of_protocol(4).bytes(&long).stop());
    assert_eq!((names(&skipped).len(), codes(&skipped)), (0, vec!["unread_pickle"]));
}

#[test]
fn extensions_have_numbers_for_names() {
    for opcode in [&b"\x82\x07"[..], b"\x83\x07\0", b"\x84\x07\0\0\0"] {
        let facts = read(&[&b"\x80\x02"[..], opcode, b"."].concat());
        let [import] = &facts.imports.list()[..] else { panic!("one import") };
        assert_eq!((&*import.name, import.risk), ("copyreg.extension 7", Suspicious));
    }
}

#[test]
fn what_torch_allows_is_safe() {
    let list = include_str!("vectors/torch-allowed-globals.txt");
    let risks: Vec<(String, ImportRisk)> = list
        .lines()
        .map(|line| {
            let (module, name) = line.rsplit_once('.').unwrap();
            let facts = read(&Pickle::of_protocol(2).global(module, name).stop());
            (line.to_owned(), facts.imports.list()[0].risk)
        })
        .collect();
    assert_eq!(risks.len(), 144);
    assert!(risks.iter().all(|(_, risk)| *risk == Safe), "{risks:?}");
}

#[test]
fn imports_in_order_of_danger_and_each_once() {
    let mut pickle = Pickle::of_protocol(2);
    for _ in 0..3 {
        pickle.global("collections", "OrderedDict").global("my", "Net").global("os", "system");
    }
    let list = read(&pickle.stop()).imports.list();
    let told: Vec<_> = list.iter().map(|import| (&*import.name, import.risk)).collect();
    let expected =
        [("os.system", Dangerous), ("my.Net", Suspicious), ("collections.OrderedDict", Safe)];
    assert_eq!(told, expected);
}

#[test]
fn a_flood_of_imports_does_not_hide_the_dangerous_one() {
    let mut pickle = Pickle::of_protocol(2);
    for at in 0..5_000 {
        pickle.global("my", &format!("Net{at}"));
    }
    let facts = read(&pickle.global("os", "system").stop());
    assert_eq!(
        (&*names(&facts)[0], names(&facts).len(), facts.imports.more),
        ("os.system", 257, 4_744)
    );
}

#[test]
fn tensors_with_names_shapes_and_types() {
    let facts = read(&state_dict(
        &[
            ("a", "FloatStorage", "0", 12, 0, &[3, 4], &[4, 1]),
            ("b", "HalfStorage", "1", 4, 0, &[4], &[1]),
            ("part", "FloatStorage", "2", 10, 2, &[3], &[1]),
            ("scalar", "LongStorage", "3", 1, 0, &[], &[]),
            ("empty", "BoolStorage", "4", 0, 0, &[0, 5], &[5, 1]),
            ("on the GPU", "torch.cuda.BFloat16Storage", "5", 2, 0, &[2], &[1]),
            ("quantized", "QUInt4x2Storage", "6", 4, 0, &[8], &[1]),
        ],
        false,
    ));
    let tensors: Vec<_> = facts.tensors().map(|t| (t.name, t.dtype.name(), t.shape)).collect();
    let row = |name: &str, dtype, shape: &[u64]| (name.to_owned(), dtype, shape.to_vec());
    let expected = [
        row("a", "F32", &[3, 4]),
        row("b", "F16", &[4]),
        row("part", "F32", &[3]),
        row("scalar", "I64", &[]),
        row("empty", "BOOL", &[0, 5]),
        row("on the GPU", "BF16", &[2]),
        row("quantized", "QUINT4X2", &[8]),
    ];
    assert_eq!(tensors, expected);
    let f32 = &facts.totals[0];
    assert_eq!((f32.dtype.name(), f32.tensors, f32.elements, f32.bytes), ("F32", 2, 15, 48 + 40));
    assert_eq!(facts.storage_bytes(), 48 + 8 + 40 + 8 + 4 + 4);
    assert_eq!(codes(&facts), [""; 0]);
}

#[test]
fn shared_storages_count_once() {
    let row = |name| (name, "FloatStorage", "7", 12, 0, &[3, 4][..], &[4, 1][..]);
    let facts = read(&state_dict(&[row("embed"), row("head")], false));
    let total = &facts.totals[0];
    assert_eq!((total.tensors, total.elements, total.bytes), (2, 12, 48));
    assert_eq!((facts.storages.len(), &*facts.storages[0].key), (1, "7"));
    let other = ("other", "FloatStorage", "7", 13, 0, &[1][..], &[1][..]);
    assert_eq!(codes(&read(&state_dict(&[row("a"), other], false))), ["storage_differs"]);
}

#[test]
fn tensors_that_cannot_be() {
    let mut row = ("a", "FloatStorage", "0", 12, 1, &[3, 4][..], &[4, 1][..]);
    assert_eq!(codes(&read(&state_dict(&[row], false))), ["past_the_storage"]);
    (row.3, row.4, row.5) = (12, 0, &[i32::MAX; 3][..]);
    assert_eq!(codes(&read(&state_dict(&[row], false))), ["size_overflow"]);
    (row.3, row.5) = (-1, &[1][..]);
    assert_eq!(codes(&read(&state_dict(&[row], false))), ["size_overflow"]);
}

#[test]
fn parameters_types_and_tensors_without_data() {
    let row = ("", "FloatStorage", "0", 2, 0, &[2][..], &[1][..]);
    let parameter = Pickle::of_protocol(2)
        .raw(b"}(")
        .text("p")
        .global("torch._utils", "_rebuild_parameter")
        .raw(b"(")
        .tensor(row, false)
        .raw(b"\x88NtR")
        .text("typed")
        .global("torch._tensor", "_rebuild_from_type_v2")
        .raw(b"(")
        .global("torch._utils", "_rebuild_tensor_v3")
        .global("torch", "Tensor")
        .raw(b"(")
        .storage(("torch.storage.UntypedStorage", "1", 6), false)
        .number(0)
        .numbers(&[3])
        .numbers(&[1])
        .raw(b"\x89N")
        .global("torch", "bfloat16")
        .raw(b"t}tR")
        .text("meta")
        .global("torch._utils", "_rebuild_meta_tensor_no_storage")
        .raw(b"(")
        .global("torch", "float16")
        .numbers(&[5, 5])
        .numbers(&[5, 1])
        .raw(b"\x89tRu")
        .stop();
    let facts = read(&parameter);
    let tensors: Vec<_> = facts.tensors().map(|t| (t.name, t.dtype.name(), t.shape)).collect();
    assert_eq!(tensors[0], ("p".to_owned(), "F32", vec![2]));
    assert_eq!(tensors[1], ("typed".to_owned(), "BF16", vec![3]));
    assert_eq!(tensors[2], ("meta".to_owned(), "F16", vec![5, 5]));
    assert_eq!(facts.storage_bytes(), 8 + 6);
    assert!(facts.imports.list().iter().all(|import| import.risk == Safe));
}

#[test]
fn names_are_paths_and_groups_are_told_apart() {
    let row = |key| ("", "FloatStorage", key, 2, 0, &[2][..], &[1][..]);
    let mut pickle = Pickle::of_protocol(2);
    pickle.raw(b"}(").text("state_dict").raw(b"}(").text("w").tensor(row("0"), false);
    pickle.text("b").tensor(row("1"), false).raw(b"u").text("optimizer").raw(b"}").text("state");
    pickle.raw(b"}K\x00}").text("exp_avg").tensor(row("2"), false).raw(b"sss");
    pickle.text("list").raw(b"]").tensor(row("3"), false).raw(b"a").text("pair");
    let facts = read(&pickle.tensor(row("4"), false).tensor(row("5"), false).raw(b"\x86u").stop());
    let names: Vec<_> = facts.tensors().map(|tensor| tensor.name).collect();
    let expected =
        ["state_dict.w", "state_dict.b", "optimizer.state.0.exp_avg", "list.0", "pair.0", "pair.1"];
    assert_eq!(names, expected);
    let groups: Vec<_> =
        facts.groups().into_iter().map(|(name, tensors, _)| (name, tensors)).collect();
    let expected = [("state_dict", 2), ("optimizer", 1), ("list", 1), ("pair", 2)];
    assert_eq!(groups, expected.map(|(name, tensors)| (name.to_owned(), tensors)));
}

#[test]
fn stacks_memos_and_tuples_without_end() {
    for opcode in [&b"N"[..], b"(", b")\x85", b"]", b"}", b"2", b"\x94", b"Q", b"q\xff", b"h\x00"] {
        let many =
            [&b"\x80\x04N\x94"[..], &opcode.repeat(3_000_000 / opcode.len()), b"cos\nsystem\n."]
                .concat();
        assert_eq!(danger(&many), "os.system", "{opcode:?}");
    }
    let far: Vec<u8> =
        (0..10_000_u32).flat_map(|at| [b"r", &(at * 99_991).to_le_bytes()[..]].concat()).collect();
    let facts = read(&[&b"N"[..], &far, b"."].concat());
    assert_eq!(codes(&facts), ["large_pickle"]);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..400)) {
        let facts = read(&bytes);
        facts.tensors().for_each(drop);
        let _ = facts.groups();
    }

    #[test]
    fn no_opcodes_make_it_panic(bytes in vec(prop::sample::select(b"(.012NQR()]}abdelosut\x81\x85\x86\x87\x88\x89\x8f\x90\x91\x92\x93\x94K\x01h\x00q\x00U\x01x".to_vec()), 0..600)) {
        let facts = read(&bytes);
        facts.tensors().for_each(drop);
    }

    #[test]
    fn damage_never_hides_what_stands_before(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let payload = Pickle::of_protocol(2).call("os", "system", "ls").0.clone();
        let row = ("a", "FloatStorage", "0", 12, 0, &[3, 4][..], &[4, 1][..]);
        let mut rest = state_dict(&[row], false);
        let at = at.index(rest.len());
        rest[at] = byte;
        prop_assert_eq!(danger(&[payload, rest].concat()), "os.system");
    }
}
