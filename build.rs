//! Packs `facts/` into one binary table, which the library embeds.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads files, writes one, and prints to cargo"
)]
#![expect(clippy::disallowed_macros, reason = "cargo listens to what is printed")]

#[path = "build/pack.rs"]
mod pack;
#[path = "build/tables.rs"]
mod tables;

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=facts");
    println!("cargo::rerun-if-changed=build");
    let tables = tables::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("facts"))?;
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&out).join("facts.bin"), pack::pack(&tables))?;
    Ok(())
}
