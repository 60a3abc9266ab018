//! Parts made into variants.

use super::layouts::{layout, number};
use super::listing::split;
use super::part::{Part, Role, name_of};
use super::shard::Shard;
use crate::extract::quantization::Label;
use crate::model::variant::{ModelFile, Variant};

/// More names than anybody reads: a name promises up to a million shards.
const MAX_MISSING: usize = 100;

/// The variant of parts that have a key in common, in the order of their wholes and numbers.
pub(super) fn variant(parts: &[Part<'_>], label: Label) -> Variant {
    let weights = || parts.iter().filter(|part| part.role == Role::Weights);
    let opened = parts.iter().min_by_key(|part| (opened_late(part), number(part), part.path));
    let shards = Shards::of(parts);
    let size = parts.iter().try_fold(0_u64, |sum, part| Some(sum.saturating_add(part.size?)));
    let found = weights().count();
    Variant {
        format: label.format.to_owned(),
        quantization: label.quantization,
        grade: label.grade,
        name: opened.and_then(name_of),
        folder: opened.map_or("", |part| part.folder).to_owned(),
        primary_file: opened.map(|part| part.path.to_owned()),
        files: files(parts),
        size_bytes: size.map(|bytes| bytes.min(1 << 53)),
        shards: found as u64,
        expected_shards: shards.expected.filter(|_| found > 0),
        complete: found > 0 && shards.complete,
        missing_files: shards.missing,
        joined: parts.iter().any(|part| part.joined),
        copy_of: parts.iter().find_map(|part| part.copy_of).map(str::to_owned),
    }
}

fn files(parts: &[Part<'_>]) -> Vec<ModelFile> {
    let file = |part: &Part<'_>| ModelFile { path: part.path.to_owned(), size: part.size };
    let files: Vec<_> = parts.iter().map(file).collect();
    super::sorted::sorted(files, &|one, other| one.path.cmp(&other.path))
}

/// Which of the files of a variant is opened first: the least number.
fn opened_late(part: &Part<'_>) -> u8 {
    let (folder, base) = split(part.path);
    let stem = base.split('.').next().unwrap_or(base);
    match part.format {
        // A package says what is in it.
        "coreml" if base == "Manifest.json" => 0,
        _ if part.role == Role::Index => 3,
        _ if part.role == Role::Support => 4,
        "onnx" if stem.starts_with("model") || stem.starts_with("decoder_model_merged") => 0,
        "openvino" if matches!(stem, "openvino_model" | "openvino_language_model") => 0,
        // Of a pipeline, the part that does the work.
        _ if matches!(split(folder).1, "transformer" | "unet") => 0,
        _ if part.folder == folder => 1,
        _ => 2,
    }
}

/// The shards of a variant.
struct Shards {
    expected: Option<u64>,
    missing: Vec<String>,
    complete: bool,
}

impl Shards {
    fn of(parts: &[Part<'_>]) -> Self {
        let mut all = Self { expected: Some(0), missing: Vec::new(), complete: true };
        let same = |one: &Part<'_>, other: &Part<'_>| {
            one.role == other.role && one.whole == other.whole && layout(one) == layout(other)
        };
        for run in parts.chunk_by(same) {
            match run.first() {
                Some(Part { role: Role::Weights, shard: Some(shard), .. }) => {
                    all.add_numbered(shard, run);
                }
                Some(Part { role: Role::Weights, .. }) => all.add_expected(Some(run.len())),
                _ => {}
            }
        }
        all
    }

    fn add_expected(&mut self, count: Option<usize>) {
        self.expected = self.expected.zip(count).map(|(sum, count)| sum + count as u64);
    }

    /// Shards count from 1; some from 0, and then the last may have the number that they say they are (gpt-oss).
    /// Those that do not say how many they are count from 0, and end with the last that is there.
    fn add_numbered(&mut self, first: &Shard<'_>, run: &[Part<'_>]) {
        let last = run.last().map_or(0, number);
        let start = u32::from(first.number > 0 && first.count.is_some());
        let said = first.count.map_or(0, |count| start.saturating_add(count));
        let end = said.max(last.saturating_add(1));
        self.add_expected(first.count.map(|_| (end - start) as usize));
        let mut present = run.iter().map(number).peekable();
        for wanted in start..end {
            while present.next_if(|there| *there < wanted).is_some() {}
            if present.peek() == Some(&wanted) {
                continue;
            }
            self.complete = false;
            if self.missing.len() == MAX_MISSING {
                break;
            }
            self.missing.push(first.sibling(wanted));
        }
    }
}
