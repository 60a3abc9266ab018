//! What the list of files shows: a projector, shards that are missing, the largest file.

use crate::extract::sidecar::{Role, gguf_role};
use crate::extract::variants::Name;
use crate::model::Json;
use crate::model::needs::Needs;
use crate::model::variant::SidecarKind;

/// More shards of one model than any has; the rest is not counted.
const MAX_SETS: usize = 256;

/// Missing names that are told.
const MAX_TOLD: usize = 8;

/// Shards of one whole: `model-00001-of-00003.safetensors`.
struct Set {
    whole: String,
    count: u32,
    present: u32,
}

pub(super) fn read(siblings: Json<'_>, needs: &mut Needs) {
    let paths: Vec<_> = siblings
        .items()
        .filter_map(|file| Some((file.get("rfilename").text()?, file.get("size").count())))
        .collect();
    let mut sets: Vec<Set> = Vec::new();
    for (path, size) in &paths {
        let weights = [".gguf", ".safetensors", ".bin", ".onnx", ".task", ".tflite"];
        if !weights.iter().any(|ending| path.ends_with(ending)) {
            continue;
        }
        needs.largest_file = needs.largest_file.max(*size);
        needs.projector |= path.ends_with(".gguf")
            && matches!(gguf_role(path), Role::Sidecar(SidecarKind::Projector));
        let name = Name::of(path);
        if let Some(count) = name.shard.and_then(|shard| shard.count) {
            count_in(&mut sets, name.whole, count);
        }
    }
    let missing = sets.iter().filter(|set| set.present < set.count);
    needs.missing_files = missing.take(MAX_TOLD).map(|set| set.whole.clone()).collect();
}

fn count_in(sets: &mut Vec<Set>, whole: String, count: u32) {
    let held = sets.iter().position(|set| set.whole == whole && set.count == count);
    if let Some(set) = held.and_then(|at| sets.get_mut(at)) {
        set.present += 1;
    } else if sets.len() < MAX_SETS {
        sets.push(Set { whole, count, present: 1 });
    }
}
