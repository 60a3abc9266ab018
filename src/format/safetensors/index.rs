//! `model.safetensors.index.json`: which file of a set holds which tensor.

use super::facts::{Problem, Problems};
use super::shards::{self, Numbering};
use crate::error::{Code, Error, Result};
use crate::model::Json;
use crate::model::json::Walk;
use crate::model::order::order;
use crate::model::quoted::quoted;

/// Larger than any real index: that of a trillion-parameter mixture of experts has 24 MB.
pub const MAX_INDEX_BYTES: usize = 100_000_000;

/// More files than any real set has: 163 is the most seen (`DeepSeek-V3`); huggingface.js refuses at 10,000 too.
pub const MAX_SHARDS: usize = 10_000;

/// What an index states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafetensorsIndex {
    /// The files of the set, in the order of their numbers, else of their names.
    pub shards: Vec<Shard>,
    /// `metadata.total_size`: the bytes of all tensors, as the writer added them up.
    pub total_size: Option<u64>,
    /// `metadata.total_parameters`, where the writer says it. It is a claim: it has been wrong in both directions.
    pub total_parameters: Option<u64>,
    /// What is wrong with the index.
    pub problems: Vec<Problem>,
    /// How many more problems there are than `problems` lists.
    pub more_problems: usize,
}

/// One file of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shard {
    /// Its path, relative to the folder of the index.
    pub file: String,
    /// How many tensors the index says it holds.
    pub tensors: usize,
    /// Their names, one after the other, and where each ends.
    names: String,
    ends: Vec<u32>,
}

impl Shard {
    /// The names of the tensors it holds, in the order of the index.
    #[must_use]
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let name = self.names.get(start..end as usize).unwrap_or_default();
            start = end as usize;
            name
        })
    }

    fn add(&mut self, name: &str) -> Option<()> {
        self.ends.push(u32::try_from(self.names.len() + name.len()).ok()?);
        self.names.push_str(name);
        self.tensors += 1;
        Some(())
    }
}

impl SafetensorsIndex {
    /// Reads an index from its JSON.
    ///
    /// A file name that would leave the folder of the index is refused: it is reported, and no shard.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        if json.len() > MAX_INDEX_BYTES {
            let message = format!(
                "a safetensors index: expected at most {MAX_INDEX_BYTES} bytes, found {}",
                json.len()
            );
            return Err(Error::new(Code::LimitExceeded, message));
        }
        let [weight_map, metadata] = Json::read(WHAT, json, ["weight_map", "metadata"])?;
        if !weight_map.is_object() {
            let message = format!("{WHAT}: expected an object weight_map");
            return Err(Error::new(Code::InvalidFile, message));
        }
        let [total_size, total_parameters] =
            metadata.pick(["total_size", "total_parameters"]).map(number_or_text);
        Ok(Self { total_size, total_parameters, ..WeightMap::read(weight_map)?.finish()? })
    }
}

const WHAT: &str = "a safetensors index";

/// The sums that a writer adds are numbers, or numbers as text.
fn number_or_text(json: Json<'_>) -> Option<u64> {
    json.count().or_else(|| json.text()?.parse().ok())
}

/// The shards in the making.
#[derive(Default)]
struct WeightMap {
    shards: Vec<Shard>,
    /// The places of the shards, in the order of their names.
    by_file: Vec<u32>,
    /// The shard of the tensor before: neighbours mostly share one.
    last: usize,
    problems: Problems,
    too_many: bool,
}

impl WeightMap {
    fn read(json: Json<'_>) -> Result<Self> {
        let mut map = Self::default();
        let mut walk = Walk::new(json.bytes());
        walk.open(b'{');
        while let Some((tensor, file)) = walk.entry() {
            match file.text() {
                Some(file) => map.add(&tensor, &file),
                None => map.malformed(&tensor, file),
            }
        }
        walk.end(WHAT).map(|()| map)
    }

    fn malformed(&mut self, tensor: &str, found: Json<'_>) {
        let message = || format!("weight_map: expected a file name, found {}", found.found());
        self.problems.add("malformed_entry", tensor, message);
    }

    fn add(&mut self, tensor: &str, file: &str) {
        let Some(shard) = self.shard(file) else {
            let message = || {
                let file = quoted(file);
                format!("weight_map: expected a file in the folder of the index, found {file}")
            };
            return self.problems.add("unsafe_file_name", tensor, message);
        };
        self.too_many |= shard.add(tensor).is_none();
    }

    fn shard(&mut self, file: &str) -> Option<&mut Shard> {
        if self.shards.get(self.last).is_none_or(|shard| shard.file != file) {
            let name =
                |place: u32| self.shards.get(place as usize).map(|shard| shard.file.as_str());
            let rank = self.by_file.partition_point(|&place| name(place) < Some(file));
            self.last = match self.by_file.get(rank) {
                Some(&place) if name(place) == Some(file) => place as usize,
                _ if shards::is_safe(file) => self.open(file, rank)?,
                _ => return None,
            };
        }
        self.shards.get_mut(self.last)
    }

    /// One more shard, of that rank among all names.
    fn open(&mut self, file: &str, rank: usize) -> Option<usize> {
        let place = self.shards.len();
        self.too_many |= place == MAX_SHARDS;
        if self.too_many {
            return None;
        }
        self.by_file.insert(rank, u32::try_from(place).ok()?);
        self.shards.push(Shard { file: file.to_owned(), ..Shard::default() });
        Some(place)
    }

    fn finish(mut self) -> Result<SafetensorsIndex> {
        if self.too_many {
            let message = format!("a safetensors index: expected at most {MAX_SHARDS} shards");
            return Err(Error::new(Code::LimitExceeded, message));
        }
        let number = |shard: &Shard| Numbering::of(&shard.file).map(|numbering| numbering.number);
        let key = |index: usize| self.shards.get(index).map(|shard| (number(shard), &shard.file));
        let order = order(self.shards.len(), &|one, other| key(one).cmp(&key(other)));
        let take = |index: u32| self.shards.get_mut(index as usize).map(std::mem::take);
        let shards: Vec<Shard> = order.into_iter().filter_map(take).collect();
        let files: Vec<&str> = shards.iter().map(|shard| shard.file.as_str()).collect();
        shards::check_numbering(&files, &mut self.problems);
        let Problems { list: problems, more: more_problems } = self.problems;
        Ok(SafetensorsIndex { shards, problems, more_problems, ..Default::default() })
    }
}
