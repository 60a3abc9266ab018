//! Writes FlatBuffers, what leads to something before that.

/// The value of a field or an element.
#[derive(Clone, Debug)]
pub(crate) enum Put {
    U8(u8),
    U32(u32),
    U64(u64),
    Text(&'static str),
    Numbers(Vec<i32>),
    Bytes(Vec<u8>),
    List(Vec<Put>),
    /// Fields by number.
    Table(Vec<(u16, Put)>),
}

/// A buffer whose first offset, at this place, leads to the root.
pub(crate) fn write(mut before: Vec<u8>, root: &Put) -> Vec<u8> {
    let slot = before.len();
    before.extend([0; 4]);
    if slot == 0 {
        before.extend(b"TFL3");
    }
    child(&mut before, slot, root);
    before
}

fn child(out: &mut Vec<u8>, slot: usize, put: &Put) {
    while !out.len().is_multiple_of(4) {
        out.push(0);
    }
    match put {
        Put::Table(fields) => table(out, slot, fields),
        Put::Text(text) => list(out, slot, text.len(), text.as_bytes()),
        Put::Bytes(bytes) => list(out, slot, bytes.len(), bytes),
        Put::Numbers(numbers) => {
            let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            list(out, slot, numbers.len(), &bytes);
        }
        Put::List(items) => {
            list(out, slot, items.len(), &vec![0; 4 * items.len()]);
            let start = out.len() - 4 * items.len();
            for (at, item) in items.iter().enumerate() {
                child(out, start + 4 * at, item);
            }
        }
        _ => unreachable!(),
    }
}

fn list(out: &mut Vec<u8>, slot: usize, length: usize, bytes: &[u8]) {
    let here = out.len() as u32;
    patch(out, slot, here);
    out.extend((length as u32).to_le_bytes());
    out.extend(bytes);
}

fn patch(out: &mut [u8], slot: usize, place: u32) {
    let offset = place - slot as u32;
    out[slot..slot + 4].copy_from_slice(&offset.to_le_bytes());
}

/// Fields of eight bytes each, behind the list of where they are.
fn table(out: &mut Vec<u8>, slot: usize, fields: &[(u16, Put)]) {
    let count = fields.iter().map(|(field, _)| field + 1).max().unwrap_or(0);
    let vtable = out.len();
    out.extend((4 + 2 * count).to_le_bytes());
    out.extend((4 + 8 * fields.len() as u16).to_le_bytes());
    out.extend(vec![0; 2 * usize::from(count)]);
    let start = out.len();
    patch(out, slot, start as u32);
    out.extend(((start - vtable) as i32).to_le_bytes());
    out.extend(vec![0; 8 * fields.len()]);
    for (at, (field, put)) in fields.iter().enumerate() {
        let offset = 4 + 8 * at;
        let entry = vtable + 4 + 2 * usize::from(*field);
        out[entry..entry + 2].copy_from_slice(&(offset as u16).to_le_bytes());
        let place = start + offset;
        match put {
            Put::U8(number) => out[place] = *number,
            Put::U32(number) => out[place..place + 4].copy_from_slice(&number.to_le_bytes()),
            Put::U64(number) => out[place..place + 8].copy_from_slice(&number.to_le_bytes()),
            put => child(out, place, put),
        }
    }
}
