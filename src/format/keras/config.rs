//! What a configuration builds.

use crate::format::pickle::Imports;
use crate::format::problem::Problems;
use crate::model::Json;
use crate::model::file_facts::ImportRisk;

/// How deep objects are looked for: each level is walked once more. A model in a model takes eight.
const MAX_DEPTH: u32 = 64;

/// The classes and functions that a configuration names, but for those of Keras that are harmless.
pub(super) fn imports<'a>(config: Json<'a>, problems: &mut Problems) -> Imports {
    let mut imports = Imports::default();
    let mut left = vec![(config, 0)];
    while let Some((value, depth)) = left.pop() {
        if let Some(import) = import(value) {
            imports.keep(import);
        }
        if depth == MAX_DEPTH {
            problems.add("deep_config", "config.json", "not looked at below 64 levels");
            continue;
        }
        let mut keep = |value: Json<'a>| {
            if value.is_object() || value.is_list() {
                left.push((value, depth + 1));
            }
        };
        value.items().for_each(&mut keep);
        value.entries().for_each(|(_, value)| keep(value));
    }
    imports
}

/// `{"module": "keras.layers", "class_name": "Dense", …}`; a function has its name as its configuration.
fn import(value: Json<'_>) -> Option<String> {
    let [module, class, config] = value.pick(["module", "class_name", "config"]);
    let class = class.text()?;
    if matches!(&*class, "Lambda" | "__lambda__") {
        return Some("keras.layers.Lambda".to_owned());
    }
    let module = module.text()?;
    let name = if class == "function" { config.text().unwrap_or(class) } else { class };
    let import = [&*module, ".", &*name].concat();
    let own = module == "keras" || module.starts_with("keras.");
    let harmless = own && crate::format::pickle::risk(&import) != ImportRisk::Dangerous;
    (!harmless).then_some(import)
}
