//! The model: its operators by number, its graphs, signatures, buffers and metadata.
//!
//! Fields are named by their place in the schema (ai-edge-litert 2.3.0 `schema_py_generated.py`).

use super::graph::Graphs;
use super::operators::{CUSTOM, operator};
use crate::format::draft::Draft;
use crate::format::flatbuffer::{Pieces, Read, Table};
use crate::model::file_facts::FileFacts;

/// Operators that a file lists, by number or by name. There are 210 built in.
const MAX_OPERATORS: u32 = 4096;

/// Files with more bytes than offsets of 32 bits reach keep the data of their buffers behind the tables.
const FAR: u64 = 1 << 31;

pub(super) fn read(file: &Pieces, file_size: Option<u64>) -> Read<FileFacts> {
    if file.bytes(4, 4)? != b"TFL3" {
        return Err(file.failed(4, "no identifier TFL3"));
    }
    let model = file.table(0)?;
    let mut draft = Draft::new("tflite");
    draft.facts.version = Some(model.u32(0)?.to_string());
    draft.text("description", &model.text(3)?);
    let operators = operators(&model)?;
    let mut graphs = Graphs::new(&model, operators)?;
    graphs.read(&mut draft)?;
    signatures(&model, &graphs, &mut draft)?;
    external_buffers(&model, &mut draft)?;
    far_buffers(&model, file_size, &mut draft)?;
    metadata(file, &model, &mut draft)?;
    Ok(draft.done())
}

/// The names of the operators that the file lists.
fn operators(model: &Table<'_>) -> Read<Vec<String>> {
    let list = model.list(1)?;
    (0..list.length.min(MAX_OPERATORS)).map(|at| name(&list.table(at)?)).collect()
}

/// The number grew out of its byte: whichever is the greater counts.
fn name(code: &Table<'_>) -> Read<String> {
    let builtin = u32::from(code.u8(0)?).max(code.u32(3)?);
    if builtin == CUSTOM {
        return Ok(format!("CUSTOM({})", code.text(1)?));
    }
    Ok(operator(builtin).map_or_else(|| format!("operator {builtin}"), str::to_owned))
}

/// Inputs and outputs: of the signatures, else of the first graph.
fn signatures(model: &Table<'_>, graphs: &Graphs<'_>, draft: &mut Draft) -> Read<()> {
    let list = model.list(7)?;
    if list.length == 0 {
        return graphs.main_values(draft);
    }
    for at in 0..list.length {
        let signature = list.table(at)?;
        let key = signature.text(2)?;
        let prefix = if list.length > 1 { format!("{key}/") } else { String::new() };
        let graph = signature.u32(4)?;
        for (field, is_input) in [(0, true), (1, false)] {
            let values = signature.list(field)?;
            for at in 0..values.length {
                let value = values.table(at)?;
                let name = format!("{prefix}{}", value.text(0)?);
                graphs.value(graph, value.u32(1)?, Some(&name), is_input, draft)?;
            }
        }
    }
    Ok(())
}

/// Buffers in other files, by the name of their group.
fn external_buffers(model: &Table<'_>, draft: &mut Draft) -> Read<()> {
    let (groups, buffers) = (model.list(8)?, model.list(9)?);
    for at in 0..buffers.length {
        let buffer = buffers.table(at)?;
        let group = buffer.u32(1)?;
        let path =
            if group < groups.length { groups.table(group)?.text(0)? } else { String::new() };
        draft.external(&path, buffer.u64(2)?.saturating_add(buffer.u64(3)?));
    }
    Ok(())
}

/// Where and how long the buffers behind the tables are. In smaller files each stands beside its data, and reading
/// them all would be reading the file.
fn far_buffers(model: &Table<'_>, file_size: Option<u64>, draft: &mut Draft) -> Read<()> {
    let Some(size) = file_size.filter(|size| *size >= FAR) else { return Ok(()) };
    let buffers = model.list(4)?;
    for at in 0..buffers.length {
        let buffer = buffers.table(at)?;
        let end = buffer.u64(1)?.saturating_add(buffer.u64(2)?);
        if end > size {
            let message = format!("buffer {at}: expected it to end at byte {end}, found {size}");
            draft.problem("truncated", message);
        }
    }
    Ok(())
}

/// The names of the metadata, and the one that is a short text: the oldest runtime that reads the file.
fn metadata(file: &Pieces, model: &Table<'_>, draft: &mut Draft) -> Read<()> {
    let (list, buffers) = (model.list(6)?, model.list(4)?);
    for at in 0..list.length {
        let entry = list.table(at)?;
        let (name, buffer) = (entry.text(0)?, entry.u32(1)?);
        if name == "min_runtime_version" && buffer < buffers.length {
            let data = buffers.table(buffer)?.list(0)?;
            if data.length > 0 {
                let bytes = file.bytes(data.start, u64::from(data.length.min(32)))?;
                let text = String::from_utf8_lossy(bytes);
                draft.text("min_runtime_version", text.trim_end_matches('\0'));
            }
        } else {
            draft.text("metadata", &name);
        }
    }
    Ok(())
}
