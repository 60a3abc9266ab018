//! What the shards of a set state together, held against their index.

use super::facts::{DtypeTotal, Problem, Problems, merged};
use super::index::{SafetensorsIndex, Shard};
use super::{SafetensorsFacts, Tensors};
use std::collections::HashMap;

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
        let by_name: HashMap<&str, &SafetensorsFacts> = files.iter().copied().collect();
        for shard in &self.shards {
            if let Some(facts) = by_name.get(shard.file.as_str()) {
                compare(shard, &facts.tensors, &mut problems);
            } else {
                let message = || format!("expected shard {}, found none", shard.file);
                problems.add("missing_shard", "", message);
            }
        }
        check_repeats(files, &mut problems);
        let totals = merged(files.iter().flat_map(|(_, facts)| &facts.totals));
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
    let mut listed: Vec<&str> = shard.names().collect();
    listed.sort_unstable();
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
    let mut all: Vec<(&str, &str)> =
        Vec::with_capacity(files.iter().map(|(_, facts)| facts.tensors.len()).sum());
    for (file, facts) in files {
        all.extend(facts.tensors.iter().map(|tensor| (tensor.name, *file)));
    }
    all.sort_unstable();
    for pair in all.windows(2) {
        if let [(name, file), (same, other)] = pair
            && name == same
            && file != other
        {
            problems.add("duplicate_tensor", name, || format!("found in {file} and in {other}"));
        }
    }
}
