//! A model that owns its JSON.

use super::request::Reply;
use crate::ListingItem;
use crate::error::Result;
use crate::hub::list::{self, ListPage};
use crate::hub::page;
use crate::model::Json;
use std::fmt;
use std::ops::Range;

/// One model as the Hub describes it.
///
/// It owns its JSON and lends what can be read from it:
///
/// ```no_run
/// # async fn example() -> hubfit::Result<()> {
/// let model = hubfit::client::Client::new().get("Qwen/Qwen3-8B", None).await?;
/// let metadata = hubfit::extract_model_metadata(&model.item()?);
/// assert_eq!(metadata.id, model.id());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Model {
    id: String,
    json: Box<[u8]>,
}

impl Model {
    /// Reads the answer of the single-model route.
    pub(super) fn read(reply: Reply) -> Result<Self> {
        let item = page::read_answer(&reply.answer, &reply.body)?;
        let id = item.name().unwrap_or_default().to_owned();
        Ok(Self { id, json: reply.body.into() })
    }

    /// The same with what a later answer says: its keys outrank those of this one.
    pub(super) fn with(&self, later: &Self) -> Self {
        let known = |text| Json::parse("a model", text).unwrap_or_default();
        let (own, later) = (known(&self.json), known(&later.json));
        let is_new = |key: &str| later.entries().all(|(other, _)| other != key);
        let own = own.entries().filter(|(key, _)| is_new(key));
        // The Hub's keys are plain words.
        let plain =
            |key: &str| key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let mut json = Vec::from(*b"{");
        for (key, value) in later.entries().chain(own).filter(|(key, _)| plain(key)) {
            let comma: &[u8] = if json.len() > 1 { b",\"" } else { b"\"" };
            for part in [comma, key.as_bytes(), b"\":", value.bytes()] {
                json.extend_from_slice(part);
            }
        }
        json.push(b'}');
        Self { id: self.id.clone(), json: json.into() }
    }

    /// The commit that it was read at, where the Hub said so.
    pub(super) fn sha(&self) -> Option<String> {
        let sha = Json::parse("a model", &self.json).ok()?.get("sha").text()?;
        Some(sha.into_owned())
    }

    /// `org/name`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its JSON, as the Hub sent it.
    #[must_use]
    pub fn json(&self) -> &[u8] {
        &self.json
    }

    /// What its JSON says, for [`extract_model_metadata`](crate::extract_model_metadata) and
    /// [`check_model_compatibility`](crate::check_model_compatibility).
    ///
    /// It was read once before the model was handed out, so that an error here is not to be expected.
    pub fn item(&self) -> Result<ListingItem<'_>> {
        crate::read_model(&self.json)
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The rows of a page that a test keeps, as models of their own.
pub(super) fn select(
    reply: &Reply,
    mut keep: impl FnMut(&ListingItem<'_>) -> bool,
) -> Result<(Vec<Model>, ListPage)> {
    let mut ids = Vec::new();
    let page = list::read(&reply.answer, &reply.body, |item| {
        let kept = keep(item);
        if kept {
            ids.push(item.name().unwrap_or_default().to_owned());
        }
        kept
    })?;
    let copy = |bytes: Range<usize>| reply.body.get(bytes).unwrap_or_default().into();
    let kept = page.rows.kept.iter().zip(ids);
    let models = kept.map(|(row, id)| Model { id, json: copy(row.bytes.clone()) }).collect();
    Ok((models, page))
}
