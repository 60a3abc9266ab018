//! The values on the stack of a pickle machine, as far as they are followed.

use super::global::Global;
use super::limits::{FREE, MAX_GROUPS, MAX_ITEMS, MAX_KEYS, MAX_TEXT, MAX_TEXTS, MAX_TUPLE};
use super::tensor::Tensor;

/// A value: small, and free to copy. What it holds stands in the [`Heap`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    /// Anything that is not followed.
    Unknown,
    Number(i64),
    Text(Text),
    Global(Global),
    /// A tuple, list, dictionary, set or object.
    Group(u32),
    /// The tuple without items.
    Empty,
    /// A reference to a storage.
    Storage(u32),
    Tensor(u32),
}

/// The place of a text in the heap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Text {
    start: u32,
    length: u32,
}

/// Where a value was put: into which group, as which key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Home {
    group: u32,
    key: Value,
}

/// Nowhere.
pub(super) const HOMELESS: Home = Home { group: u32::MAX, key: Value::Unknown };

#[derive(Clone, Copy, Debug)]
struct Group {
    home: Home,
    /// The items of a tuple; how many there are in other groups.
    first: u32,
    count: u32,
}

/// What values hold.
#[derive(Debug, Default)]
pub(super) struct Heap {
    texts: Vec<u8>,
    items: Vec<Value>,
    groups: Vec<Group>,
    pub(super) tensors: Vec<Tensor>,
    /// Bytes that were read: lists may not grow out of proportion to them.
    pub(super) read: u64,
    /// Whether something was not kept for want of room.
    pub(super) full: bool,
}

impl Heap {
    /// Whether a list of so many may grow.
    pub(super) fn room(&mut self, count: usize, most: usize) -> bool {
        let room = count < most && (count as u64) < FREE as u64 + self.read / 4;
        self.full |= !room;
        room
    }

    /// Keeps a text, where it is short enough.
    pub(super) fn text(&mut self, bytes: &[u8]) -> Value {
        let start = self.texts.len();
        // The texts of a pickle are shorter than the pickle.
        if bytes.len() > MAX_TEXT || start + bytes.len() > MAX_TEXTS {
            return Value::Unknown;
        }
        self.texts.extend_from_slice(bytes);
        Value::Text(Text { start: small(start), length: small(bytes.len()) })
    }

    /// The bytes of a text; none of another value.
    pub(super) fn text_of(&self, value: Value) -> Option<&[u8]> {
        let Value::Text(Text { start, length }) = value else { return None };
        self.texts.get(start as usize..start as usize + length as usize)
    }

    /// A new group of so many items.
    pub(super) fn group(&mut self, count: usize) -> Value {
        if !self.room(self.groups.len(), MAX_GROUPS) {
            return Value::Unknown;
        }
        self.groups.push(Group { home: HOMELESS, first: u32::MAX, count: small(count) });
        Value::Group(small(self.groups.len() - 1))
    }

    /// A tuple; of long ones the items are not kept.
    pub(super) fn tuple(&mut self, items: &[Value]) -> Value {
        if items.is_empty() {
            return Value::Empty;
        }
        let first = self.items.len();
        let kept = items.len() <= MAX_TUPLE && self.room(first, MAX_ITEMS);
        let tuple = self.group(items.len());
        if let (true, Value::Group(at)) = (kept, tuple) {
            self.items.extend_from_slice(items);
            if let Some(group) = self.groups.get_mut(at as usize) {
                group.first = small(first);
            }
        }
        tuple
    }

    /// The items of a tuple that were kept.
    pub(super) fn items(&self, value: Value) -> Option<&[Value]> {
        match value {
            Value::Empty => Some(&[]),
            Value::Group(at) => {
                let group = self.groups.get(at as usize)?;
                self.items.get(group.first as usize..group.first as usize + group.count as usize)
            }
            _ => None,
        }
    }

    /// The item of a tuple.
    pub(super) fn item(&self, tuple: Value, at: usize) -> Value {
        self.items(tuple).and_then(|items| items.get(at)).copied().unwrap_or(Value::Unknown)
    }

    /// Puts a value into a group, as a key. What has a home keeps it.
    pub(super) fn put(&mut self, value: Value, group: Value, key: Value) {
        let Value::Group(group) = group else { return };
        let home = match value {
            Value::Tensor(at) => self.tensors.get_mut(at as usize).map(|tensor| &mut tensor.home),
            Value::Group(at) if at != group => {
                self.groups.get_mut(at as usize).map(|group| &mut group.home)
            }
            _ => None,
        };
        if let Some(home) = home.filter(|home| **home == HOMELESS) {
            *home = Home { group, key };
        }
    }

    /// Puts a value at the end of a list.
    pub(super) fn append(&mut self, value: Value, list: Value) {
        let Value::Group(at) = list else { return };
        let Some(group) = self.groups.get_mut(at as usize) else { return };
        let place = group.count;
        group.count = place.saturating_add(1);
        self.put(value, list, Value::Number(i64::from(place)));
    }

    /// Puts the items of tuples into them, those first that were made last: a tuple is made after its items.
    pub(super) fn settle(&mut self) {
        for at in (0..small(self.groups.len())).rev() {
            let tuple = Value::Group(at);
            let homeless = self.groups.get(at as usize).is_none_or(|group| group.home == HOMELESS);
            let count = if homeless { 0 } else { self.items(tuple).map_or(0, <[Value]>::len) };
            for place in 0..count {
                let key = Value::Number(i64::from(small(place)));
                self.put(self.item(tuple, place), tuple, key);
            }
        }
    }

    /// The keys that lead to a value, the innermost first.
    pub(super) fn keys(&self, home: Home) -> Vec<Value> {
        let mut keys = Vec::new();
        let mut home = home;
        while home != HOMELESS && keys.len() < MAX_KEYS {
            keys.push(home.key);
            home = self.groups.get(home.group as usize).map_or(HOMELESS, |group| group.home);
        }
        keys
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
