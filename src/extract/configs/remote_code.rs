//! `auto_map`: classes that are code in a repository, which loading runs (transformers 5.23
//! `dynamic_module_utils.py`).

use crate::model::Json;
use crate::model::config_facts::{ConfigFacts, RemoteClass};

/// More than there are loaders (`AutoModelFor…`, some forty); each new class is compared with those before.
const MAX_CLASSES: usize = 128;

pub(super) fn read(config: Json<'_>, facts: &mut ConfigFacts) {
    for (loader, classes) in config.get("auto_map").entries() {
        // A tokenizer has a slow and a fast class; of one that is missing stands null.
        for class in classes.texts() {
            let class = remote_class(&loader, &class);
            if facts.remote_code.len() < MAX_CLASSES && !facts.remote_code.contains(&class) {
                facts.remote_code.push(class);
            }
        }
    }
}

/// `org/name--module.Class` is in another repository.
fn remote_class(loader: &str, class: &str) -> RemoteClass {
    let (repository, class) = match class.split_once("--") {
        Some((repository, class)) => (Some(repository.to_owned()), class),
        None => (None, class),
    };
    RemoteClass { loader: loader.to_owned(), class: class.to_owned(), repository }
}
