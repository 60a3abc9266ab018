//! `model.safetensors.index.json`: which file of a set holds which tensor.

use super::entry::Name;
use super::facts::{Problem, Problems, shortened};
use super::shards::{self, Numbering};
use crate::error::{Code, Error, Result};
use crate::model::json;
use crate::model::{Field, Shape, Text};
use serde::Deserialize;
use serde::de::MapAccess;
use std::borrow::Cow;
use std::collections::HashMap;

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
        let Raw { weight_map, metadata } = json::parse("a safetensors index", json)?;
        let Field::Valid(map) = weight_map else {
            let message = "a safetensors index: expected an object weight_map";
            return Err(Error::new(Code::InvalidFile, message));
        };
        let number = |key| metadata.valid().and_then(|totals| totals.get(key));
        let (total_size, total_parameters) = (number("total_size"), number("total_parameters"));
        Ok(Self { total_size, total_parameters, ..map.finish()? })
    }
}

/// The index as it stands.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Raw<'a> {
    #[serde(default)]
    weight_map: Field<WeightMap>,
    #[serde(default)]
    metadata: Field<Totals<'a>>,
}

/// The sums that a writer adds: numbers, or numbers as text.
struct Totals<'a>(Vec<(Cow<'a, str>, NumberOrText<'a>)>);

impl Totals<'_> {
    fn get(&self, name: &str) -> Option<u64> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name)?;
        match value {
            NumberOrText::Number(number) => Some(*number),
            NumberOrText::Text(text) => text.parse().ok(),
        }
    }
}

impl<'de: 'a, 'a> Shape<'de> for Totals<'a> {
    fn from_record<A: MapAccess<'de>>(
        mut record: A,
    ) -> std::result::Result<Option<Self>, A::Error> {
        let mut totals = Vec::new();
        while let Some(key) = record.next_key_seed(Name)? {
            if let Field::Valid(value) = record.next_value()? {
                totals.push((key, value));
            }
        }
        Ok(Some(Self(totals)))
    }
}

enum NumberOrText<'a> {
    Number(u64),
    Text(Text<'a>),
}

impl<'de: 'a, 'a> Shape<'de> for NumberOrText<'a> {
    fn from_number(number: f64) -> Option<Self> {
        u64::from_number(number).map(Self::Number)
    }

    fn from_text(text: Text<'de>) -> Option<Self> {
        Some(Self::Text(text))
    }
}

/// The shards in the making.
#[derive(Default)]
struct WeightMap {
    shards: Vec<Shard>,
    by_file: HashMap<String, usize>,
    /// The shard of the tensor before: neighbours mostly share one.
    last: usize,
    problems: Problems,
    too_many: bool,
}

impl<'de> Shape<'de> for WeightMap {
    fn from_record<A: MapAccess<'de>>(
        mut record: A,
    ) -> std::result::Result<Option<Self>, A::Error> {
        let mut map = Self::default();
        while let Some(tensor) = record.next_key_seed(Name)? {
            match record.next_value::<Field<Text<'de>>>()? {
                Field::Valid(file) => map.add(&tensor, &file),
                Field::Malformed(found) => map.malformed(&tensor, &found.to_string()),
                Field::Missing => map.malformed(&tensor, "null"),
            }
        }
        Ok(Some(map))
    }
}

impl WeightMap {
    fn malformed(&mut self, tensor: &str, found: &str) {
        let message = || format!("weight_map: expected a file name, found {found}");
        self.problems.add("malformed_entry", tensor, message);
    }

    fn add(&mut self, tensor: &str, file: &str) {
        let Some(shard) = self.shard(file) else {
            let message = || {
                let file = shortened(file);
                format!("weight_map: expected a file in the folder of the index, found {file:?}")
            };
            return self.problems.add("unsafe_file_name", tensor, message);
        };
        self.too_many |= shard.add(tensor).is_none();
    }

    fn shard(&mut self, file: &str) -> Option<&mut Shard> {
        if self.shards.get(self.last).is_none_or(|shard| shard.file != file) {
            self.last = match self.by_file.get(file) {
                Some(&place) => place,
                None if shards::is_safe(file) => self.open(file),
                None => return None,
            };
        }
        self.shards.get_mut(self.last)
    }

    fn open(&mut self, file: &str) -> usize {
        let place = self.shards.len();
        self.too_many |= place == MAX_SHARDS;
        self.by_file.insert(file.to_owned(), place);
        self.shards.push(Shard { file: file.to_owned(), ..Shard::default() });
        place
    }

    fn finish(mut self) -> Result<SafetensorsIndex> {
        if self.too_many {
            let message = format!("a safetensors index: expected at most {MAX_SHARDS} shards");
            return Err(Error::new(Code::LimitExceeded, message));
        }
        let number = |shard: &Shard| Numbering::of(&shard.file).map(|numbering| numbering.number);
        self.shards.sort_by_cached_key(|shard| (number(shard), shard.file.clone()));
        let files: Vec<&str> = self.shards.iter().map(|shard| shard.file.as_str()).collect();
        shards::check_numbering(&files, &mut self.problems);
        let Problems { list: problems, more: more_problems } = self.problems;
        Ok(SafetensorsIndex { shards: self.shards, problems, more_problems, ..Default::default() })
    }
}
