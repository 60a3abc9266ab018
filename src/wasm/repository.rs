//! The files of a repository at the boundary: which to read, what the small ones say, and which belong together.

use super::error::thrown;
use super::{Thrown, encode};
use crate::extract::geometry::of_config;
use crate::extract::{configs, variants};
use crate::model::config_facts::ConfigFacts;
use crate::model::{Geometry, Grade, Grouping, Json};
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

/// The config files of a repository that are worth fetching, the most telling first; from all its paths, and their
/// bytes in the same order (`NaN` where not known).
#[wasm_bindgen]
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "texts cross the boundary by value")]
pub fn wanted_configs(paths: Vec<String>, sizes: &[f64]) -> Vec<String> {
    configs::wanted(&sized(&paths, sizes)).into_iter().map(str::to_owned).collect()
}

/// The files of a repository, grouped into variants and sidecars; paths and bytes as for `wanted_configs`. With what is
/// known of weights whose names do not tell how they are packed: the label, and its grade.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "texts cross the boundary by value")]
pub fn group_files(
    paths: Vec<String>,
    sizes: &[f64],
    packed: Option<String>,
    grade: &str,
) -> Thrown<Ts<Grouping>> {
    let grade = Grade::WORDS.iter().find(|(word, _)| *word == grade);
    let grade = grade.map(|(_, grade)| *grade).unwrap_or_default();
    encode(&variants::of_files(&sized(&paths, sizes), packed, grade))
}

fn sized<'a>(paths: &'a [String], sizes: &[f64]) -> Vec<(&'a str, Option<u64>)> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
    let size =
        |index: usize| sizes.get(index).filter(|size| !size.is_nan()).map(|&size| size as u64);
    let files = paths.iter().enumerate().map(|(index, path)| (path.as_str(), size(index)));
    files.collect()
}

/// Config files of a repository. Free it when done.
#[wasm_bindgen]
#[derive(Default)]
pub struct ConfigFiles(Vec<(String, Vec<u8>)>);

#[wasm_bindgen]
impl ConfigFiles {
    /// None yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> ConfigFiles {
        Self::default()
    }

    /// One more, whole.
    pub fn add(&mut self, path: String, bytes: Vec<u8>) {
        self.0.push((path, bytes));
    }

    /// What they say together, whatever order they came in.
    pub fn facts(&self) -> Thrown<Ts<ConfigFacts>> {
        let files: Vec<_> =
            self.0.iter().map(|(path, text)| (path.as_str(), text.as_slice())).collect();
        encode(&configs::read_all(&files))
    }
}

/// The geometry that the bytes of a `config.json` describe.
#[wasm_bindgen]
pub fn geometry_of_config(config: &[u8]) -> Thrown<Ts<Geometry>> {
    let config = Json::parse("config.json", config).map_err(thrown)?;
    encode(&of_config(config).map_err(thrown)?)
}
