//! The floors of the house: a module imports only from lower ones, and each host word stays where it belongs.

#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unwrap_used, reason = "a test may fail loudly")
)]
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::disallowed_methods, reason = "it reads the sources")
)]
#![cfg(not(target_arch = "wasm32"))]

use std::path::{Path, PathBuf};

/// Lowest first; modules on one floor do not import each other.
const FLOORS: [&[&str]; 6] = [
    &["error"],
    &["model"],
    &["format", "hub", "facts"],
    &["extract", "memory"],
    &["compat", "catalog"],
    &["wasm", "client"],
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

#[test]
fn modules_import_downwards() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in sources(&root) {
        let inside = file.strip_prefix(&root).unwrap();
        let module = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs");
        let Some(own) = floor(module) else { continue };
        let text = std::fs::read_to_string(&file).unwrap();
        for other in text.split("crate::").skip(1) {
            let name: String =
                other.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let lower = floor(&name).is_none_or(|floor| floor < own) || name == module;
            assert!(lower, "{} imports {name}, which is not on a lower floor", inside.display());
        }
    }
}

#[test]
fn only_the_boundary_knows_wasm_bindgen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in sources(&root).into_iter().filter(|file| !file.starts_with(root.join("wasm"))) {
        let text = std::fs::read_to_string(&file).unwrap();
        let outside = file.starts_with(root.join("client"));
        for word in ["wasm_bindgen", "js_sys", "web_sys"].iter().filter(|_| !outside) {
            assert!(!text.contains(word), "{} names {word}", file.display());
        }
    }
}
