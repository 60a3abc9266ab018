//! What a listing does not tell, asked of each model with as few requests as can be.

use super::in_parallel::in_parallel;
use super::{Client, Model, Traffic, request};
use crate::ListingItem;
use crate::error::{Code, Error, Result};
use crate::extract::geometry::of_config;
use crate::extract::variants;
use crate::format::FileFormat;
use crate::hub::{file, model};
use crate::model::listing::Gated;
use crate::model::{Geometry, Json};
use std::cell::Cell;
use std::rc::Rc;

/// As many requests at a time as browsers make to one host.
const CONCURRENCY: usize = 6;

/// A field that only the route of one model gives is a name of at most so many letters.
const MOST_LETTERS: usize = 64;

/// What costs a request for each model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The sizes of its files.
    Sizes,
    /// What memory is computed from: from `config.json`, else from the header of a GGUF file.
    Geometry,
    /// A field that the list route refuses, by its name: `securityRepoStatus`.
    Field(String),
}

/// Which details, and how to get them.
#[derive(Clone)]
pub struct CompleteOptions {
    /// Sizes and geometry, unless others are named.
    pub details: Vec<Detail>,
    /// Models at a time; 6 unless it is set.
    pub concurrency: usize,
    /// Told after each model, and of what goes over the wire.
    pub on_progress: Option<Rc<dyn Fn(Progress)>>,
}

impl Default for CompleteOptions {
    fn default() -> Self {
        let details = vec![Detail::Sizes, Detail::Geometry];
        Self { details, concurrency: CONCURRENCY, on_progress: None }
    }
}

/// How far it is, and what it has cost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    /// Models done.
    pub done: usize,
    /// Models in all.
    pub total: usize,
    /// What went over the wire.
    pub traffic: Traffic,
}

/// A model with its details.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CompletedModel {
    /// With sizes in its files, and the fields that were asked for.
    pub model: Model,
    /// What memory is computed from; none where the model's files do not say, or it was not asked for.
    pub geometry: Option<Geometry>,
    /// What this model did not give, and why: it is gated, gone, damaged.
    pub missing: Vec<(Detail, Error)>,
}

impl Client {
    /// Asks for what a listing does not tell, of each model and with as few requests as can be: one for sizes and the
    /// fields that the list route refuses, one for geometry (`config.json`, else the header of a GGUF file), none for what
    /// a model has already, the cache holds, or the list names twice. The Hub counts a read of `config.json` as a download.
    ///
    /// What one model does not give is told in its `missing`. Errors are those that the next model would meet too:
    /// `network`, `rate_limited`, `hub_unavailable`, `unauthorized`, `aborted`, `invalid_argument`.
    ///
    /// ```no_run
    /// # async fn example() -> hubfit::Result<()> {
    /// use hubfit::client::{Client, CompleteOptions};
    ///
    /// let client = Client::new();
    /// let models = client.list(hubfit::hub::ListQuery::default(), 100).await?;
    /// for completed in client.complete_models(&models, &CompleteOptions::default()).await? {
    ///     let bytes: u64 = completed.model.item()?.files().filter_map(|(_, size)| size).sum();
    ///     assert!(bytes > 0 || !completed.missing.is_empty());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn complete_models(
        &self,
        models: &[Model],
        options: &CompleteOptions,
    ) -> Result<Vec<CompletedModel>> {
        check(&options.details)?;
        let first = |model: &Model| models.iter().position(|other| other == model);
        let places: Vec<_> = models.iter().filter_map(first).collect();
        let distinct: Vec<_> =
            models.iter().enumerate().filter(|(at, one)| first(one) == Some(*at)).collect();
        let sum = Rc::new(Cell::new(Progress { total: distinct.len(), ..Progress::default() }));
        let told = options.on_progress.clone();
        let tell = move |sum: &Cell<Progress>, change: &dyn Fn(&mut Progress)| {
            let mut now = sum.get();
            change(&mut now);
            sum.set(now);
            if let Some(told) = &told {
                told(now);
            }
        };
        let (heard, tell_traffic, outer) = (Rc::clone(&sum), tell.clone(), self.on_traffic.clone());
        let client = self.clone().on_traffic(move |traffic| {
            tell_traffic(&heard, &|now| now.traffic = now.traffic.and(traffic));
            if let Some(outer) = &outer {
                outer(traffic);
            }
        });
        let complete = async |(at, model): (usize, &Model)| {
            let completed = client.complete(model, &options.details).await?;
            tell(&sum, &|now| now.done += 1);
            Ok((at, completed))
        };
        let done = in_parallel(distinct, options.concurrency, complete).await?;
        let of = |place: usize| done.iter().find(|(at, _)| *at == place);
        Ok(places.into_iter().filter_map(of).map(|(_, completed)| completed.clone()).collect())
    }

    async fn complete(&self, listed: &Model, details: &[Detail]) -> Result<CompletedModel> {
        let mut found =
            CompletedModel { model: listed.clone(), geometry: None, missing: Vec::new() };
        let wanted = wanted(listed, details)?;
        if !wanted.is_empty() {
            let asked = self.ask_details(listed, &wanted).await;
            // Without the model there is nothing to read geometry from.
            let Some(model) = found.attempt(&wanted, asked)? else { return Ok(found) };
            found.model = model;
        }
        if details.contains(&Detail::Geometry) {
            let read = self.read_geometry(&found.model).await;
            found.geometry = found.attempt(&[Detail::Geometry], read)?.flatten();
        }
        Ok(found)
    }

    /// One request for all of them, and no more than they need.
    async fn ask_details(&self, listed: &Model, wanted: &[Detail]) -> Result<Model> {
        let sizes_only = wanted.iter().all(|detail| *detail == Detail::Sizes);
        // The files of a commit never change: a cache need not ask for them again.
        let revision = if sizes_only { listed.sha() } else { None };
        let fields: Vec<_> = wanted.iter().map(field).collect();
        let path = model::path_of_fields(listed.id(), revision.as_deref(), &fields)?;
        request::ask(self, &path, |reply| Ok(listed.with(&Model::read(reply)?))).await
    }

    /// Reads it where that is cheapest: in `config.json`, else in a header.
    async fn read_geometry(&self, model: &Model) -> Result<Option<Geometry>> {
        let item = model.item()?;
        self.refuse_closed(&item, model.id())?;
        let revision = model.sha().unwrap_or_else(|| "main".to_owned());
        let config = item.files().find(|(path, _)| **path == *"config.json");
        if let Some((path, size)) = config {
            let url = file::path(model.id(), &revision, &path)?;
            let text = self.read_file(&url, size).await?;
            // A family whose config is not understood may have a header that says it.
            if let Ok(geometry) = Json::parse("config.json", &text).and_then(of_config) {
                return Ok(Some(geometry));
            }
        }
        let is_gguf = |path: &String| FileFormat::of_path(path) == Some(FileFormat::Gguf);
        let first = variants::read(&item).first.filter(is_gguf);
        let Some(first) = first else { return Ok(None) };
        let facts = self.inspect_file(model.id(), Some(&revision), &first).await?;
        Ok(facts.geometry)
    }

    /// The Hub gives nobody without a token the files of a gated model: there is no need to ask.
    fn refuse_closed(&self, item: &ListingItem<'_>, id: &str) -> Result<()> {
        let gated = matches!(item.gated.valid(), Some(Gated::Auto | Gated::Manual));
        if !gated || self.token.is_some() {
            return Ok(());
        }
        let message =
            format!("{id} is gated: ask for access on the model's page and give an access token");
        Err(Error::new(Code::GatedRepo, message))
    }
}

impl CompletedModel {
    /// That something cannot be had of this model is told, and is no failure of all.
    fn attempt<T>(&mut self, details: &[Detail], result: Result<T>) -> Result<Option<T>> {
        match result {
            Ok(found) => Ok(Some(found)),
            Err(error) if meets_all(&error) => Err(error),
            Err(error) => {
                self.missing.extend(details.iter().map(|detail| (detail.clone(), error.clone())));
                Ok(None)
            }
        }
    }
}

/// Whether the next model would meet the same.
fn meets_all(error: &Error) -> bool {
    error.is_temporary() || matches!(error.code(), "aborted" | "invalid_argument" | "unauthorized")
}

/// What the route of one model is asked for: nothing that is known already.
fn wanted(model: &Model, details: &[Detail]) -> Result<Vec<Detail>> {
    let item = model.item()?;
    let listed = item.files().next().is_some();
    let known = listed && item.files().all(|(_, size)| size.is_some());
    let asked = |detail| details.contains(detail);
    let sizes = asked(&Detail::Sizes) && !known || asked(&Detail::Geometry) && !listed;
    let view = Json::parse("a model", model.json())?;
    let further = details.iter().filter(|detail| match detail {
        Detail::Field(name) => view.entries().all(|(key, _)| key != *name),
        Detail::Sizes | Detail::Geometry => false,
    });
    Ok(sizes.then_some(&Detail::Sizes).into_iter().chain(further).cloned().collect())
}

fn field(detail: &Detail) -> &str {
    match detail {
        Detail::Field(name) => name,
        Detail::Sizes | Detail::Geometry => "siblings",
    }
}

fn check(details: &[Detail]) -> Result<()> {
    let is_name = |name: &str| {
        (1..=MOST_LETTERS).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let wrong = details.iter().map(field).find(|name| !is_name(name));
    wrong.map_or(Ok(()), |name| {
        let found = crate::model::quoted::quoted(name);
        let message = format!("details: expected the name of a field, found {found}");
        Err(Error::new(Code::InvalidArgument, message))
    })
}
