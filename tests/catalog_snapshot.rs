//! Snapshots of catalogs: what is written is read, what is damaged is refused, and what was once written is read for ever.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(clippy::disallowed_methods, reason = "it reads the files that are kept for ever")]

use hubfit::catalog::column::{to_number, to_stored};
use hubfit::catalog::field::{NameField, NamesField, NumberField};
use hubfit::catalog::snapshot::{self, Kind, Shard};
use hubfit::catalog::{Builder, Row, Table};
use hubfit::model::json::Writer;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// Where a shard says its checksum, and what that is of.
const CHECKSUM: std::ops::Range<usize> = 8..16;

fn table(rows: &[Row], tiers: &[u32]) -> Table {
    let mut builder = Builder::default();
    for row in rows {
        builder.push(row);
    }
    builder.finish(tiers)
}

fn read(shards: &[Shard]) -> Table {
    let mut table = Table::default();
    for shard in shards {
        table.append(&shard.bytes).unwrap();
    }
    table
}

/// A row, with the names of each field in the order of the alphabet: in a table they have no order of their own.
fn row(table: &Table, at: usize) -> Row {
    sorted(table.row(at))
}

fn sorted(mut row: Row) -> Row {
    row.names.iter_mut().for_each(|names| names.sort());
    row
}

/// A row as it is written.
fn line(table: &Table, at: usize) -> String {
    let mut out = Writer::default();
    out.open(b'{');
    table.write(at, &mut out);
    out.close(b'}');
    out.finish()
}

fn rows(table: &Table) -> Vec<Row> {
    (0..table.len()).map(|at| row(table, at)).collect()
}

/// By id, without those that a delta took away.
fn living(table: &Table) -> BTreeMap<String, Row> {
    let there = (0..table.len()).filter(|at| !table.removed.contains(&u32::try_from(*at).unwrap()));
    there.map(|at| (table.id(at), row(table, at))).collect()
}

fn any_row() -> impl Strategy<Value = Row> {
    let id = prop_oneof![
        "[ab]/[a-d]{0,2}",
        "[a-d]{1,2}",
        "[ab]/\\PC{1,6}",
        "a/[x\n]{1,3}",
        "a{1,20}/b{1,90}"
    ];
    let name = prop::option::weighted(0.6, prop_oneof!["[a-c]", "\\PC{1,8}", "[x\n]{1,2}"]);
    let number = prop::option::weighted(
        0.5,
        prop_oneof![
            Just(0.0),
            0.0..100.0_f64,
            (0.0..5e12_f64).prop_map(f64::round),
            Just(1e300),
            (1.6e9..1.8e9_f64).prop_map(f64::floor)
        ],
    );
    let names =
        prop::collection::vec(prop_oneof![4 => "[a-e]", 1 => "[a-z]{2}", 1 => "\\PC{1,5}"], 0..5);
    (
        id,
        name.clone(),
        prop::array::uniform8(name),
        prop::array::uniform8(names),
        prop::array::uniform15(number),
    )
        .prop_map(|(id, base, mut name, names, number)| {
            name[NameField::Author.index()] = None;
            Row { id, base, name, names, number }
        })
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(any_row(), 0..24)
}

/// Three rows that use everything, and one that has an id alone.
fn few() -> Vec<Row> {
    let json = [
        r#"{"id":"meta-llama/Llama-3.1-8B","family":"llama","task":"text-generation","library":"transformers","license":"llama3.1",
            "licenseClass":"restricted","gated":"manual","formats":["safetensors"],"languages":["en","de"],"runtimes":["vllm","transformers"],
            "providers":["groq"],"tags":["chat"],"inputs":["text"],"outputs":["text"],"parameters":8030261248,"activeParameters":8030261248,
            "smallestSize":16060522496,"recommendedSize":16060522496,"largestSize":16060522496,"context":131072,"downloads":900000,"likes":5000,
            "trending":12,"created":1721260800,"updated":1727222400,"score":61.5,"fixedMemory":17000000000,"hostMemory":1050673152,"tokenMemory":131072}"#,
        r#"{"id":"bartowski/Llama-3.1-8B-GGUF","base":"meta-llama/Llama-3.1-8B","family":"llama","task":"text-generation","library":"gguf",
            "license":"llama3.1","licenseClass":"restricted","relation":"quantized","formats":["gguf"],"quantizations":["Q4_K_M","Q8_0"],
            "runtimes":["llama.cpp"],"inputs":["text"],"outputs":["text"],"parameters":8030261248,"smallestSize":4920739232,
            "recommendedSize":4920739232,"largestSize":8540775840,"context":131072,"downloads":120000,"likes":300,"created":1721347200,"updated":1721350800}"#,
        r#"{"id":"lora/Übung","base":"meta-llama/Llama-3.1-8B","library":"peft","relation":"adapter","downloads":3}"#,
        r#"{"id":"gpt2"}"#,
    ];
    json.iter().map(|text| Row::from_json(text.as_bytes()).unwrap()).collect()
}

/// Many rows, so that lists pay, tiers follow each other, and some names have no bit.
fn many(count: u32) -> Vec<Row> {
    let one = |at: u32| {
        let mut row = Row { id: format!("author-{}/model-{at}", at % 37), ..Row::default() };
        row.base = at.is_multiple_of(3).then(|| format!("author-{}/model-{}", at % 5, at % 15));
        row.name[NameField::Family.index()] = Some(format!("family-{}", at % 300));
        row.names[NamesField::Tag.index()] =
            (0..at % 4).map(|tag| format!("tag-{}", (at * 7 + tag * 31) % 130)).collect();
        row.number[NumberField::Parameters.index()] =
            (!at.is_multiple_of(4)).then(|| f64::from(at % 11) * 1e9);
        row.number[NumberField::Downloads.index()] = Some(f64::from(count - at));
        row.number[NumberField::Created.index()] = Some(1.7e9 + f64::from(at % 400) * 86_400.0);
        row
    };
    (0..count).map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Any rows come back as they were, in their order and tiers; and what was read writes the same bytes.
    #[test]
    fn what_is_written_is_read(given in any_rows(), tiers in prop::collection::vec(0_u32..20, 0..3)) {
        let table = table(&given, &tiers);
        let shards = snapshot::write(&table);
        let back = read(&shards);
        prop_assert_eq!(rows(&back), rows(&table));
        prop_assert_eq!(&back.tiers, &table.tiers);
        prop_assert_eq!(back.snapshot, snapshot::hash(&shards));
        for at in 0..back.len() {
            let written = Row::from_json(line(&back, at).as_bytes()).unwrap();
            let row = row(&back, at);
            // What goes in and out follows from the task, where nothing is said.
            let mut told = Row { names: row.names.clone(), ..sorted(written) };
            // Numbers beyond all that there is are written to 15 digits.
            for (number, field) in told.number.iter_mut().zip(NumberField::ALL) {
                *number = to_number(*field, to_stored(*field, *number));
            }
            prop_assert_eq!(told, row);
        }
        prop_assert_eq!(snapshot::write(&back), shards);
    }

    /// A table with a delta holds what the new one holds.
    #[test]
    fn a_delta_makes_the_old_table_the_new_one(
        old in any_rows(), new in any_rows(), kept in any_rows(), newest in any_rows(), tiers in prop::collection::vec(0_u32..20, 0..3),
    ) {
        let mut changed = read(&snapshot::write(&table(&[old, kept.clone()].concat(), &tiers)));
        let before = living(&changed);
        prop_assume!(changed.snapshot != 0);
        for next in [[new, kept.clone()].concat(), [kept, newest].concat()] {
            let next = table(&next, &tiers);
            let delta = snapshot::diff(&changed, &next).unwrap();
            prop_assert_eq!(snapshot::head(&delta.bytes).unwrap().kind, Kind::Delta);
            changed.append(&delta.bytes).unwrap();
            prop_assert_eq!(living(&changed), living(&next));
            for (id, row) in living(&changed) {
                let found = changed.find(&id).map(|at| self::row(&changed, at as usize));
                prop_assert_eq!(found, Some(row));
            }
            for at in &changed.removed {
                let id = changed.id(*at as usize);
                prop_assert_eq!(changed.find(&id).is_some(), living(&changed).contains_key(&id));
            }
            // And without it, nothing is left to change.
            prop_assert_eq!(snapshot::diff(&changed, &next).unwrap().rows, 0);
        }
        let whole = read(&snapshot::write(&changed));
        prop_assert_eq!(living(&whole), living(&changed));
        prop_assert!(whole.removed.is_empty() && before.len() <= 120);
    }

    /// Any byte that is not what it was, and any end that comes early or late.
    #[test]
    fn a_damaged_shard_is_refused(at in any::<prop::sample::Index>(), flip in 1_u8.., cut in any::<prop::sample::Index>()) {
        let shard = snapshot::write(&table(&few(), &[])).remove(0).bytes;
        let mut damaged = shard.clone();
        damaged[at.index(shard.len())] ^= flip;
        refuses(&Table::default(), &damaged);
        refuses(&Table::default(), &shard[..cut.index(shard.len())]);
        refuses(&Table::default(), &[shard, vec![flip]].concat());
    }

    /// Damage that the checksum agrees with: whatever comes, nothing panics, a refused table is untouched, and a changed one is whole.
    #[test]
    fn a_hostile_shard_is_refused_or_makes_a_whole_table(
        which in 0_usize..5, damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in prop::option::weighted(0.1, any::<prop::sample::Index>()),
    ) {
        let (before, mut shard) = starts().swap_remove(which);
        for (at, byte) in damage {
            let length = shard.len() - CHECKSUM.end;
            shard[CHECKSUM.end + at.index(length)] = byte;
        }
        if let Some(cut) = cut {
            shard.truncate(CHECKSUM.end + cut.index(shard.len() - CHECKSUM.end));
        }
        agree(&mut shard);
        let mut after = before.clone();
        if let Err(error) = after.append(&shard) {
            prop_assert_eq!(error.code(), "invalid_file");
            prop_assert_eq!(&after, &before);
        }
        prop_assert_eq!(after.tiers.iter().sum::<u32>() as usize, after.len());
        let whole = read(&snapshot::write(&after));
        prop_assert_eq!(whole.len() + after.removed.len(), after.len());
    }
}

/// Tables, and shards that they take.
fn starts() -> Vec<(Table, Vec<u8>)> {
    let small = snapshot::write(&table(&few(), &[2]));
    let large = snapshot::write(&table(&many(200), &[50]));
    let delta = snapshot::diff(&read(&small), &table(&few()[1..], &[])).unwrap();
    vec![
        (Table::default(), small[0].bytes.clone()),
        (read(&small[..1]), small[1].bytes.clone()),
        (Table::default(), large[0].bytes.clone()),
        (read(&large[..1]), large[1].bytes.clone()),
        (read(&small), delta.bytes),
    ]
}

fn refuses(table: &Table, shard: &[u8]) {
    let mut after = table.clone();
    let error = after.append(shard).unwrap_err();
    assert_eq!(error.code(), "invalid_file");
    assert_eq!(after, *table);
}

/// Makes the checksum right, as the format's description says it.
fn agree(shard: &mut [u8]) {
    if shard.len() < CHECKSUM.end {
        return;
    }
    let step =
        |sum: u64, word: u64| (sum.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    let mut words = shard[CHECKSUM.end..].chunks_exact(8);
    let all =
        words.by_ref().fold(0, |sum, word| step(sum, u64::from_le_bytes(word.try_into().unwrap())));
    let last = words.remainder().iter().fold(1, |word, byte| word << 8 | u64::from(*byte));
    let mut sum = step(step(all, last), (shard.len() - CHECKSUM.end) as u64);
    sum = (sum ^ sum >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    sum = (sum ^ sum >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    shard[CHECKSUM].copy_from_slice(&(sum ^ sum >> 31).to_le_bytes());
}

#[test]
fn the_checksum_is_as_described() {
    let shard = snapshot::write(&table(&few(), &[])).remove(0).bytes;
    let mut again = shard.clone();
    agree(&mut again);
    assert_eq!(again, shard);
}

/// Shards come in their order, and a delta to its snapshot.
#[test]
fn a_shard_out_of_place_is_refused() {
    let shards = snapshot::write(&table(&many(100), &[10, 30]));
    assert_eq!(
        shards.iter().map(|shard| (shard.tier, shard.rows)).collect::<Vec<_>>(),
        [(0, 10), (1, 30), (2, 60)]
    );
    refuses(&Table::default(), &shards[1].bytes);
    refuses(&read(&shards[..1]), &shards[0].bytes);
    refuses(&read(&shards[..1]), &shards[2].bytes);
    let whole = read(&shards);
    let delta = snapshot::diff(&whole, &table(&many(90), &[])).unwrap();
    refuses(&read(&shards[..2]), &delta.bytes);
    let mut changed = whole.clone();
    changed.append(&delta.bytes).unwrap();
    refuses(&changed, &delta.bytes);
}

/// The names that have a bit are those that most rows of all tiers have, though rows of the first tier have none of them.
#[test]
fn the_most_used_names_come_first() {
    let mut given = many(400);
    for (at, row) in given.iter_mut().enumerate() {
        row.names[NamesField::Tag.index()] =
            if at < 10 { vec![format!("rare-{at}")] } else { vec![format!("tag-{}", at % 70)] };
    }
    let back = read(&snapshot::write(&table(&given, &[10])));
    let names: Vec<&str> = back.set(NamesField::Tag).names.names().take(64).collect();
    assert!(names.iter().all(|name| name.starts_with("tag-")), "{names:?}");
}

/// A tier that is longer than a shard may be is cut between rows.
#[test]
fn a_long_tier_is_several_shards() {
    let noise = |at: u64, salt: u64| {
        (at + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(u32::try_from(salt).unwrap() * 7)
    };
    let one = |at: u64| {
        let hex: Vec<String> = (0..30).map(|salt| format!("{:016x}", noise(at, salt))).collect();
        Row { id: format!("{at:06}/{}", hex.concat()), ..Row::default() }
    };
    let given: Vec<Row> = (0..40_000).map(one).collect();
    let shards = snapshot::write(&table(&given, &[]));
    assert!(
        shards.len() == 2
            && shards.iter().all(|shard| shard.tier == 0 && shard.bytes.len() <= 16 << 20)
    );
    assert!(
        shards[0].bytes.len() > 14 << 20 && shards[0].rows < 1 << 15,
        "cut for its bytes, not for its rows"
    );
    let back = read(&shards);
    assert_eq!((back.tiers.as_slice(), back.len()), (&[40_000][..], 40_000));
    assert_eq!(back.id(39_999), given[39_999].id);
}

/// How shards were written: all are read for ever, and the last is how they are written now.
const WRITINGS: [&str; 2] = ["v1", "v1-by-base"];

/// Files of every writing there was are read to the same rows for ever; the present one writes the same bytes for ever.
/// `HUBFIT_BLESS=1` writes those that are missing; one that is there is never written again.
#[test]
fn golden_files() {
    for (name, given, tiers) in [("few", few(), vec![2]), ("many", many(300), vec![20, 80])] {
        let table = table(&given, &tiers);
        let shards = snapshot::write(&table);
        let next = self::table(&changed(given), &tiers);
        let delta = snapshot::diff(&read(&shards), &next).unwrap();
        let json: Vec<String> = (0..table.len()).map(|at| line(&table, at)).collect();
        let json = golden(&format!("v1-{name}.jsonl"), (json.join("\n") + "\n").as_bytes());
        let lines = json.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let told: Vec<Row> = lines.map(|line| sorted(Row::from_json(line).unwrap())).collect();
        assert_eq!(rows(&table), told);
        for writing in WRITINGS {
            let is_present = writing == WRITINGS[WRITINGS.len() - 1];
            let file = |part: &str, bytes: &[u8]| {
                let golden = golden(&format!("{writing}-{name}-{part}.bin"), bytes);
                assert!(!is_present || golden == bytes, "{name} {part} is written otherwise");
                golden
            };
            let mut back = Table::default();
            for (at, shard) in shards.iter().enumerate() {
                back.append(&file(&at.to_string(), &shard.bytes)).unwrap();
            }
            assert_eq!(rows(&back), told);
            back.append(&file("delta", &delta.bytes)).unwrap();
            assert_eq!(living(&back), living(&next));
        }
    }
}

/// Without the first row, and with a new one.
fn changed(mut rows: Vec<Row>) -> Vec<Row> {
    rows.remove(0);
    let new = br#"{"id":"new/model","tags":["chat","never seen"],"likes":1}"#;
    rows.push(Row::from_json(new).unwrap());
    rows
}

/// A file that is kept, which is written where it is missing and that is asked for.
fn golden(file: &str, bytes: &[u8]) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/catalog");
    let path = folder.join(file);
    if std::env::var_os("HUBFIT_BLESS").is_some() && !path.exists() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(&path, bytes).unwrap();
    }
    std::fs::read(&path).unwrap()
}
