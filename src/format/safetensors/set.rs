//! What the shards of a set state together, held against their index.

use super::facts::{DtypeTotal, Problem, Problems, merged};
use super::index::{SafetensorsIndex, Shard};
use super::{SafetensorsFacts, Tensors};
use crate::model::order::by_name;

/// The facts of all files of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafetensorsSet {
    /// Tensors, elements and bytes by dtype.
    pub totals: Vec<DtypeTotal>,
    /// How many tensors there are.
    pub tensors: usize,
    /// The bytes of all tensors.
    pub data_bytes: u64,
    /// What is wrong with the set; what is wrong with one file stands in its own facts.
    pub problems: Vec<Problem>,
    /// How many more problems there are than `problems` lists.
    pub more_problems: usize,
}

impl SafetensorsIndex {
    /// Merges the facts of the set's files, each given with its name as the index spells it.
    #[must_use]
    pub fn merge(&self, files: &[(&str, &SafetensorsFacts)]) -> SafetensorsSet {
        let mut problems = Problems::default();
        for shard in &self.shards {
            if let Some((_, facts)) = files.iter().find(|(name, _)| *name == shard.file) {
                compare(shard, &facts.tensors, &mut problems);
            } else {
                let message = || format!("expected shard {}, found none", shard.file);
                problems.add("missing_shard", "", message);
            }
        }
        check_repeats(files, &mut problems);
        let totals = merged(files.iter().flat_map(|(_, facts)| facts.totals.iter().copied()));
        let data_bytes = totals.iter().fold(0_u64, |sum, total| sum.saturating_add(total.bytes));
        self.check_total(data_bytes, &mut problems);
        let tensors = files.iter().map(|(_, facts)| facts.tensors.len()).sum();
        let Problems { list: problems, more: more_problems } = problems;
        SafetensorsSet { totals, tensors, data_bytes, problems, more_problems }
    }

    fn check_total(&self, found: u64, problems: &mut Problems) {
        if let Some(total) = self.total_size.filter(|&total| total != found) {
            let message = || {
                format!(
                    "metadata.total_size: expected the sum {found} of the tensors, found {total}"
                )
            };
            problems.add("total_size_differs", "", message);
        }
    }
}

/// A shard must hold what its index says, and nothing else.
fn compare(shard: &Shard, tensors: &Tensors, problems: &mut Problems) {
    let listed = by_name(shard.names().collect(), |name| name);
    for name in &listed {
        if tensors.find(name).is_none() {
            let message = || format!("expected in {}, where the index puts it", shard.file);
            problems.add("missing_tensor", name, message);
        }
    }
    for tensor in tensors.iter() {
        if listed.binary_search(&tensor.name).is_err() {
            let message = || format!("found in {}, where the index does not put it", shard.file);
            problems.add("unlisted_tensor", tensor.name, message);
        }
    }
}

/// A tensor must stand in one file only.
fn check_repeats(files: &[(&str, &SafetensorsFacts)], problems: &mut Problems) {
    let mut all: Vec<(&str, &str)> = Vec::new();
    for (file, facts) in files {
        all.extend(facts.tensors.iter().map(|tensor| (tensor.name, *file)));
    }
    for pair in by_name(all, |(name, _)| name).windows(2) {
        if let [(name, file), (same, other)] = pair
            && name == same
            && file != other
        {
            problems.add("duplicate_tensor", name, || format!("found in {file} and in {other}"));
        }
    }
}
