//! Which config files of a repository are worth fetching.

use super::file::{ConfigFile, module};
use super::{chat_template, depth};
use crate::extract::genai_config;
use crate::model::order::order;

/// More parts than any pipeline has.
const MAX_FILES: usize = 64;

/// Config files are written by hand or by tools, and have kilobytes. A list of a hundred thousand labels has some
/// megabytes; what is larger is no config.
const MAX_BYTES: u64 = 8 << 20;

/// The config files of a repository that are worth fetching, the most telling first: those of its main folder (the
/// shallowest that has any), of the modules and parts that these speak of, named chat templates, and of several exports
/// for onnxruntime-genai the first. Files come with their bytes, where known; those too large for what they seem to be
/// are left out.
#[must_use]
pub fn wanted<'a>(files: &[(&'a str, Option<u64>)]) -> Vec<&'a str> {
    let small = files.iter().filter(|(_, size)| size.is_none_or(|bytes| bytes <= MAX_BYTES));
    let known: Vec<_> =
        small.filter_map(|(path, _)| Some((ConfigFile::of(path)?.rank, *path))).collect();
    let shallowest = known.iter().min_by_key(|(_, path)| (depth(path), *path));
    let Some(main) = shallowest.map(|(_, path)| folder_of(path)) else { return Vec::new() };
    let rank = |index: usize| known.get(index).map(|(rank, path)| (depth(path), *rank, *path));
    let order = order(known.len(), &|one, other| rank(one).cmp(&rank(other)));
    let sorted = || order.iter().filter_map(|index| Some(known.get(*index as usize)?.1));
    let has = |name: &str| known.iter().any(|(_, path)| *path == join(main, name));
    let said = Said {
        pipeline: has("model_index.json"),
        modules: has("modules.json"),
        template: has("chat_template.jinja"),
        cache: has("tensor-cache.json"),
        genai: sorted().find(|path| path.ends_with(genai_config::FILE)),
    };
    sorted().filter(|path| said.asks_for(main, path)).take(MAX_FILES).collect()
}

/// What the main folder speaks of.
#[expect(clippy::struct_excessive_bools, reason = "they are independent")]
struct Said<'a> {
    pipeline: bool,
    modules: bool,
    template: bool,
    cache: bool,
    /// The first config of onnxruntime-genai. Its exports stand side by side, each in a folder of its own.
    genai: Option<&'a str>,
}

impl Said<'_> {
    fn asks_for(&self, main: &str, path: &str) -> bool {
        let Some(inside) = inside(main, path) else { return false };
        match inside.split_once('/') {
            // Written again under an older name.
            None if inside == "chat_template.json" => !self.template,
            None if inside == "ndarray-cache.json" => !self.cache,
            None => true,
            Some(_) if self.genai == Some(path) => true,
            Some((chat_template::FOLDER, name)) => !name.contains('/'),
            Some((folder, "config.json")) => {
                self.pipeline || self.modules && module(folder).is_some()
            }
            Some(_) => false,
        }
    }
}

/// The path as seen from a folder that it is in.
fn inside<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
