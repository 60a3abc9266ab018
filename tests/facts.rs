//! The knowledge base: what the packed tables answer, and that nothing else is taken for them.

#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        reason = "a test may fail loudly"
    )
)]
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::disallowed_methods, reason = "it reads the tables that were packed")
)]
#![cfg(not(target_arch = "wasm32"))]

#[path = "../build/pack.rs"]
mod pack;

use hubfit::facts::{Asked, EMBEDDED, Facts, Runtime, Scheme, Status, Table, VersionRange};
use pack::{Bound, Span};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn find(text: &str) -> Asked<'static> {
    Facts::embedded().find_runtime(text).unwrap()
}

fn status(runtime: &str, table: &str, name: &str) -> Status {
    find(runtime).support(table, name).unwrap().status
}

#[test]
fn the_embedded_facts_are_whole() {
    let facts = Facts::load(EMBEDDED).unwrap();
    assert!(facts.runtimes().count() > 10);
    let llama = facts.runtime("llama.cpp").unwrap();
    assert_eq!(
        (llama.title(), llama.confidence(), llama.complete()),
        ("llama.cpp", "registry", false)
    );
    assert!(llama.release_count() >= 39);
    assert_eq!(llama.release(0).map(|release| release.version), Some("b2487"));
    assert!(llama.table("architectures").unwrap().len() >= 154);
}

/// The cells of a file's rows, with the releases that have them.
fn rows_of(runtime: Runtime<'_>, table: Table<'_>) -> Vec<(Vec<String>, Vec<bool>)> {
    let (id, name) = (runtime.id(), table.name());
    let file = format!("{}/facts/tables/{id}/{name}.tsv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&file).expect(&file);
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let place = |column: &str| columns.iter().position(|name| *name == column).expect(column);
    let places: Vec<usize> = table.columns().map(place).collect();
    let rows = lines.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let bound =
            |place: &str| runtime.bound(cells[columns.iter().position(|c| *c == place).unwrap()]);
        let (since, until) = (bound("since").unwrap(), bound("until"));
        let held = (0..runtime.release_count())
            .map(|at| since.at <= at && until.is_none_or(|until| at < until.at));
        (places.iter().map(|&place| cells[place].to_owned()).collect(), held.collect())
    });
    rows.collect()
}

/// Values that are not told apart in the packed facts.
fn known_cell(table: Table<'_>, column: usize, cell: &str) -> String {
    let mut all = table.rows().filter_map(|row| row.cell(column));
    if cell == "-" || all.any(|known| known == cell) { cell.to_owned() } else { "other".to_owned() }
}

#[test]
fn every_row_is_what_its_file_says() {
    let facts = Facts::embedded();
    let mut rows = 0;
    for runtime in facts.runtimes() {
        for table in runtime.tables() {
            let mut expected: BTreeMap<Vec<String>, Vec<bool>> = BTreeMap::new();
            for (mut cells, held) in rows_of(runtime, table) {
                if table.columns().last() == Some("task") {
                    let last = cells.pop().unwrap();
                    cells.push(known_cell(table, cells.len(), &last));
                }
                let known = expected.entry(cells).or_insert_with(|| vec![false; held.len()]);
                known.iter_mut().zip(held).for_each(|(known, held)| *known |= held);
            }
            let mut found: BTreeMap<Vec<String>, Vec<bool>> = BTreeMap::new();
            for row in table.rows() {
                let cells = (0..table.columns().count())
                    .map(|column| row.cell(column).unwrap_or("-").to_owned());
                let span = row.span().unwrap();
                let until = span.until.map_or(runtime.release_count(), |until| until.at);
                let known = found
                    .entry(cells.collect())
                    .or_insert_with(|| vec![false; runtime.release_count()]);
                known[span.since.at..until].fill(true);
                rows += 1;
            }
            assert_eq!(found, expected, "{} {}", runtime.id(), table.name());
        }
    }
    assert!(rows > 4000, "{rows}");
}

#[test]
fn a_list_that_is_left_out_is_named_and_not_asked() {
    let web = find("onnxruntime-web").runtime;
    assert_eq!(web.left_out().map(Table::name).collect::<Vec<_>>(), ["operators"]);
    assert!(web.table("operators").is_none());
    assert!(find("onnxruntime-web").support("operators", "webgpu").is_none());
    let said = Facts::embedded().runtime_support("onnxruntime-web", "webgpu").unwrap();
    assert!(said.note.unwrap().contains("facts/tables/onnxruntime-web only: operators"));
}

#[test]
fn a_name_in_a_list_over_versions() {
    assert_eq!(status("llama.cpp", "architectures", "llama"), Status::Supported);
    assert_eq!(status("llama.cpp@b2487", "architectures", "afmoe"), Status::NotYet);
    assert_eq!(status("llama.cpp", "architectures", "no such thing"), Status::NotListed);
    // Between b2487 and b2750, which were read.
    assert_eq!(status("llama.cpp@b2500", "architectures", "llama"), Status::Supported);
    assert_eq!(status("llama.cpp@b100", "architectures", "llama"), Status::Unknown);
    assert_eq!(status("llama.cpp@b100", "architectures", "no such thing"), Status::Unknown);
    assert_eq!(status("llama.cpp@v99.0.0", "architectures", "llama"), Status::Supported);
    assert_eq!(status("mlx-lm@0.30.2", "requires", "transformers"), Status::Supported);
    assert!(find("llama.cpp").support("no such table", "llama").is_none());
}

#[test]
fn a_change_between_two_releases_read_is_not_known() {
    let afmoe = find("llama.cpp").support("architectures", "afmoe").unwrap().row.unwrap();
    let since = afmoe.span().unwrap().since;
    let runtime = find("llama.cpp").runtime;
    let build = |place| {
        let version = runtime.release(place).unwrap().version;
        version.trim_start_matches('b').parse::<u32>().unwrap()
    };
    let (before, first) = (build(since.at - 1), build(since.at));
    let at = |build: u32| status(&format!("llama.cpp@b{build}"), "architectures", "afmoe");
    assert_eq!(
        [at(before), at(before + 1), at(first - 1)],
        [Status::NotYet, Status::Unknown, Status::Unknown]
    );
    assert_eq!([at(first), at(first + 1)], [Status::Supported; 2]);
}

#[test]
fn a_list_that_was_not_read_before_a_version_says_nothing_about_it() {
    assert_eq!(status("llama.cpp@b2487", "traits", "dream"), Status::Unknown);
    assert_eq!(status("llama.cpp@b2487", "traits", "no such thing"), Status::Unknown);
    assert_eq!(status("llama.cpp@v0.5.0", "traits", "dream"), Status::Supported);
}

#[test]
fn bounds_of_written_tables_are_read_by_the_runtime() {
    let facts = Facts::embedded();
    let constraints = facts.written("constraints").unwrap();
    let [runtime, since] = ["runtime", "since"].map(|name| constraints.column(name).unwrap());
    for row in constraints.rows() {
        let Some(since) = row.cell(since) else { continue };
        let runtime = facts.runtime(row.cell(runtime).unwrap()).unwrap();
        let bound = runtime.bound(since).unwrap();
        let newest = runtime.at("").unwrap();
        assert_eq!(newest.status_within(Some(bound), None), Status::Supported);
        let until = Some(hubfit::facts::Bound { at: bound.at, sampled: false });
        assert_eq!(newest.status_within(None, until), Status::Removed);
    }
    let vllm = facts.runtime("vllm").unwrap();
    assert_eq!(vllm.bound("0.0.0"), None);
}

#[test]
fn a_runtime_of_which_nothing_was_read_is_known_by_name() {
    let tgi = find("tgi");
    assert_eq!((&*tgi.version, tgi.read, tgi.note()), ("", None, None));
    assert_eq!(tgi.status_within(None, None), Status::Supported);
    assert_eq!(&*find("tgi@3.0").version, "3.0");
}

#[test]
fn an_answer_names_its_source() {
    let support = find("llama.cpp@v0.5.0").support("architectures", "llama").unwrap();
    let release = support.release.unwrap();
    assert_eq!((release.package, release.version), ("npm:node-llama-cpp", "v0.5.0"));
    assert!(support.source.starts_with("src/llama-arch.cpp LLM_ARCH_NAMES"));
    assert_eq!(support.distance, 0);
}

#[test]
fn runtimes_by_the_names_people_type() {
    for (text, id) in [
        ("llama.cpp", "llama.cpp"),
        ("llamacpp", "llama.cpp"),
        ("LLaMA-cpp", "llama.cpp"),
        ("vllm", "vllm"),
        ("mlx", "mlx-lm"),
        ("transformersjs@4", "transformers.js"),
        (" candle ", "candle"),
        ("@huggingface/transformers", "transformers.js"),
        ("@huggingface/transformers@4.0.0", "transformers.js"),
    ] {
        assert_eq!(find(text).runtime.id(), id, "{text}");
    }
}

#[test]
fn aliases_are_of_runtimes_that_are_known() {
    let facts = Facts::embedded();
    let table = facts.written("runtimes").unwrap();
    assert_eq!(table.columns().collect::<Vec<_>>(), ["alias", "runtime", "source"]);
    for row in table.rows() {
        assert_eq!(facts.runtime(row.cell(0).unwrap()).unwrap().id(), row.cell(1).unwrap());
    }
}

#[test]
fn a_version_newer_or_older_than_all_that_was_read_says_so() {
    let newest = find("transformers");
    assert!(newest.exact && newest.note().is_none());
    let newer = find("transformers@99.0");
    assert!(newer.is_newer() && newer.read == newest.read);
    assert!(newer.note().unwrap().contains("newer than the newest release read"));
    let older = find("transformers@1.0");
    assert_eq!((older.read, older.distance()), (None, 1));
    assert!(older.note().unwrap().contains("older than the first release read, 4.40.0"));
    let between = find("llama.cpp@b2500").note().unwrap();
    assert!(between.contains("lies between b2487 and b2750"), "{between}");
    assert!(find("transformers@5.0.0+cu128").exact);
}

#[test]
fn an_unknown_runtime_or_version_is_an_error_that_helps() {
    let message = |text: &str| Facts::embedded().find_runtime(text).err().unwrap().to_string();
    assert!(message("vlm").contains("near: vllm"), "{}", message("vlm"));
    assert!(message("lama.cpp").contains("near: llama.cpp"), "{}", message("lama.cpp"));
    assert!(message("").contains("llama.cpp"), "{}", message(""));
    assert!(
        message("candle@latest").contains("expected a version such as 0."),
        "{}",
        message("candle@latest")
    );
}

/// A small knowledge base.
fn tables() -> Vec<pack::Table> {
    let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let at = |at| Bound { at, sampled: at == 0 };
    let span = |since, until: Option<u32>| Span { since: at(since), until: until.map(at) };
    vec![
        pack::Table {
            name: "runtimes".into(),
            columns: texts(&["id", "title", "scheme", "confidence", "complete", "version_of"]),
            rows: vec![texts(&["engine", "Engine", "semver", "registry", "true", "-"])],
            ..pack::Table::default()
        },
        pack::Table {
            owner: "engine".into(),
            name: "releases".into(),
            columns: texts(&["version", "package", "release", "month"]),
            rows: ["1.0.0", "1.1.0", "1.2.0"]
                .map(|one| texts(&[one, "npm:engine", one, "-"]))
                .to_vec(),
            ..pack::Table::default()
        },
        pack::Table {
            owner: "engine".into(),
            name: "names".into(),
            source: "src/names.js".into(),
            columns: texts(&["name", "kind"]),
            rows: vec![
                texts(&["a", "x"]),
                texts(&["a", "y"]),
                texts(&["b", "x"]),
                texts(&["é", "y"]),
            ],
            spans: Some(vec![span(0, Some(1)), span(2, None), span(1, Some(2)), span(0, None)]),
            ..pack::Table::default()
        },
    ]
}

#[test]
fn intervals_of_one_name_are_taken_together() {
    let facts = Facts::load(&pack::pack(&tables())).unwrap();
    let status = |version: &str, name: &str| {
        facts
            .find_runtime(&format!("engine@{version}"))
            .unwrap()
            .support("names", name)
            .unwrap()
            .status
    };
    assert_eq!(
        ["1.0.0", "1.1.0", "1.2.0", "1.0.5"].map(|version| status(version, "a")),
        [Status::Supported, Status::Removed, Status::Supported, Status::Unknown]
    );
    assert_eq!(
        ["1.0.0", "1.1.0", "1.2.0"].map(|version| status(version, "b")),
        [Status::NotYet, Status::Supported, Status::Removed]
    );
    assert_eq!(status("1.1.0", "é"), Status::Supported);
}

#[track_caller]
fn refused(tables: &[pack::Table], reason: &str) {
    let error = Facts::load(&pack::pack(tables)).err().expect("it must be refused");
    assert_eq!(error.code(), "invalid_file");
    assert!(error.to_string().contains(reason), "{error}");
}

#[test]
fn facts_that_contradict_themselves_are_refused() {
    let changed = |change: &dyn Fn(&mut Vec<pack::Table>)| {
        let mut all = tables();
        change(&mut all);
        all
    };
    refused(&[], "a table of runtimes");
    refused(&changed(&|all| all[0].columns[1] = "name".into()), "other columns");
    refused(&changed(&|all| all[0].rows[0][2] = "calendar".into()), "version scheme");
    refused(&changed(&|all| all[1].rows.swap(0, 1)), "not in order");
    refused(&changed(&|all| all[1].rows[2][0] = "two".into()), "not in order");
    refused(&changed(&|all| drop(all[1].rows.pop())), "a version that was not read");
    let empty = |all: &mut Vec<pack::Table>| {
        let spans = all[2].spans.as_mut().unwrap();
        spans[0].until = Some(spans[0].since);
    };
    refused(&changed(&empty), "a version that was not read");
}

#[test]
fn another_format_and_another_file_are_refused() {
    let message = |bytes: &[u8]| Facts::load(bytes).err().unwrap().to_string();
    let mut other = EMBEDDED.to_vec();
    other[12] = 1;
    assert_eq!(message(&other), "facts: expected format 2, found 1");
    assert!(message(b"").contains("starts with \"hubfit facts\""));
    assert!(message(b"GGUF").contains("starts with \"hubfit facts\""));
    assert!(message(&EMBEDDED[..EMBEDDED.len() - 1]).contains("cut off"));
}

/// The same bytes with a checksum that fits, so that what is behind it is tried.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = bytes[21..].iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    bytes[13..21].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[test]
fn names_cannot_grow_without_bound() {
    // 60,000 names that each share 255 bytes with the one before.
    let mut bytes = EMBEDDED[..21].to_vec();
    bytes.push(0);
    bytes.extend([0xe0, 0xd4, 0x03]);
    bytes.extend((0..=255).chain(std::iter::repeat_n(255, 60_000 - 256)));
    bytes.extend((0..60_000).flat_map(|at| if at < 255 { *b"a\n" } else { *b"b\n" }));
    let error = Facts::load(&sealed(bytes)).err().unwrap();
    assert!(error.to_string().contains("out of range"), "{error}");
}

#[test]
fn an_ending_cannot_grow_without_bound() {
    // A name that is one long ending, over and over.
    let mut bytes = EMBEDDED[..21].to_vec();
    bytes.push(1);
    bytes.extend([b'x'; 10_000]);
    bytes.extend(b"\n\x01\0");
    bytes.extend([1; 10_000]);
    bytes.push(b'\n');
    let error = Facts::load(&sealed(bytes)).err().unwrap();
    assert!(error.to_string().contains("out of range"), "{error}");
}

proptest! {
    #[test]
    fn any_change_of_a_byte_is_seen(at in 0..EMBEDDED.len(), change in 1_u8..) {
        let mut bytes = EMBEDDED.to_vec();
        bytes[at] ^= change;
        prop_assert!(Facts::load(&bytes).is_err());
    }

    #[test]
    fn no_bytes_make_it_panic(changes in prop::collection::vec((21_usize..1000, any::<u8>()), 1..8), end in 21_usize..1000) {
        let mut bytes = pack::pack(&tables());
        for (at, byte) in changes {
            let at = at % bytes.len();
            bytes[at.max(21)] = byte;
        }
        bytes.truncate(end);
        if let Ok(facts) = Facts::load(&sealed(bytes)) {
            for runtime in facts.runtimes() {
                for table in runtime.tables() {
                    let mut rows = 0;
                    for row in table.rows() {
                        let _ = (row.cell(0).map(str::len), row.span());
                        rows += 1;
                    }
                    prop_assert_eq!(rows, table.len());
                }
                if let Ok(asked) = runtime.at("1.1.0") {
                    let _ = (asked.support("names", "a").is_some(), asked.note());
                }
            }
        }
    }

    #[test]
    fn no_text_makes_a_version_panic(text in "\\PC{0,40}", range in "[-0-9.*x~^<>=!|, a-z]{0,30}") {
        for scheme in [Scheme::Semver, Scheme::Pep440, Scheme::LlamaCpp] {
            let (version, range) = (scheme.parse(&text), VersionRange::parse(scheme, &range));
            if let (Some(version), Some(range)) = (version.or(scheme.parse("1.2.3")), range) {
                let _ = range.contains(&version);
            }
        }
        let _ = Facts::embedded().find_runtime(&text).is_ok();
    }
}
