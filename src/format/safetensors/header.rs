//! The JSON of a header, read entry by entry straight into [`Tensors`].

use super::entry::{Entry, Name, Raw};
use super::facts::{Problems, shortened};
use super::tensors::Builder;
use super::{Dtype, Tensors};
use crate::error::{Code, Error, Result};
use crate::model::json::{Fault, Reader};
use crate::model::{Field, Shape, Text};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// What the JSON says, unchecked.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) tensors: Tensors,
}

/// Reads a header that starts with `{`.
///
/// Nearly every header is sound, so each entry is read in place first. Where one is not, the header is read
/// again with each entry cut out before it is looked at, so that one bad entry costs itself alone.
pub(super) fn read(json: &[u8]) -> Result<(Header, Problems)> {
    let mut problems = Problems::default();
    let sound = Entries { problems: &mut problems, lenient: false };
    if let Ok(header) = sound.read(json).0 {
        return Ok((header, problems));
    }
    let mut problems = Problems::default();
    let (read, place) = Entries { problems: &mut problems, lenient: true }.read(json);
    let header = read.map_err(|fault| {
        let message =
            format!("a safetensors header: expected JSON, found at byte {}: {fault}", place + 8);
        Error::new(Code::InvalidFile, message)
    })?;
    Ok((header, problems))
}

/// Reads the entries of the header.
struct Entries<'p> {
    problems: &'p mut Problems,
    lenient: bool,
}

impl Entries<'_> {
    /// The header, and the byte where reading ended.
    fn read(self, json: &[u8]) -> (std::result::Result<Header, Fault>, usize) {
        let mut reader = Reader::new(json);
        let header = reader.deserialize_map(Whole { entries: self, bytes: json.len() });
        let header = header.and_then(|header| reader.end().map(|()| header));
        (header, reader.place())
    }

    fn metadata(&mut self, found: Field<Metadata<'_>>, into: &mut BTreeMap<String, String>) {
        if let Some(found) = found.malformed() {
            let message = || format!("__metadata__: expected an object, found {found}");
            self.problems.add("malformed_metadata", "", message);
        }
        let Field::Valid(Metadata(entries)) = found else { return };
        for (key, value) in entries {
            let found = value.malformed();
            if let Field::Valid(text) = value {
                into.insert(key.into_owned(), text.0.into_owned());
            } else {
                let found = found.map_or("null".to_owned(), |found| found.to_string());
                let key = shortened(&key);
                let message = || format!("__metadata__: expected text as {key:?}, found {found}");
                self.problems.add("malformed_metadata", "", message);
            }
        }
    }

    fn tensor<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        name: &str,
        into: &mut Builder,
    ) -> std::result::Result<(), A::Error> {
        let entry = if self.lenient {
            let json = map.next_value_seed(Raw)?;
            Entry { into: &mut *into }.deserialize(&mut Reader::new(json)).map_err(A::Error::custom)
        } else {
            Ok(map.next_value_seed(Entry { into: &mut *into })?)
        };
        match entry {
            Ok((dtype, bytes)) => {
                self.unknown(name, dtype.as_ref());
                let dtype = Dtype::from_name(&dtype);
                into.end(name, dtype, bytes).ok_or_else(|| A::Error::custom("too many names"))
            }
            Err(fault) => {
                into.drop_dims();
                let message = || format!("expected dtype, shape and data_offsets, found {fault}");
                self.problems.add("malformed_tensor", name, message);
                Ok(())
            }
        }
    }

    fn unknown(&mut self, name: &str, dtype: &str) {
        if Dtype::from_name(dtype) == Dtype::Unknown {
            let message =
                || format!("expected a dtype of safetensors, found {:?}", shortened(dtype));
            self.problems.add("unknown_dtype", name, message);
        }
    }
}

/// The header as a whole.
struct Whole<'p> {
    entries: Entries<'p>,
    bytes: usize,
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = Header;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of tensors")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> std::result::Result<Header, A::Error> {
        let mut tensors = Builder::for_header(self.bytes);
        let mut metadata = BTreeMap::new();
        while let Some(name) = map.next_key_seed(Name)? {
            if name == "__metadata__" {
                self.entries.metadata(map.next_value()?, &mut metadata);
            } else {
                self.entries.tensor(&mut map, &name, &mut tensors)?;
            }
        }
        Ok(Header { metadata, tensors: tensors.finish() })
    }
}

/// The texts of `__metadata__`, as they stand.
struct Metadata<'a>(Vec<(Cow<'a, str>, Field<Text<'a>>)>);

impl<'de: 'a, 'a> Shape<'de> for Metadata<'a> {
    fn from_record<A: MapAccess<'de>>(
        mut record: A,
    ) -> std::result::Result<Option<Self>, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = record.next_key_seed(Name)? {
            entries.push((key, record.next_value()?));
        }
        Ok(Some(Self(entries)))
    }
}
