//! The pickle machine: what each opcode does to the stack, with nothing imported and nothing called.
//!
//! Where Python would stop (a stack without values, a memo without an entry), the machine goes on with a value that
//! nobody knows: what a pickle imports counts even where it would not load.

use super::escape;
use super::global::Global;
use super::imports::Imports;
use super::limits::{
    MAX_DEPTH, MAX_FAR_MEMO, MAX_INSIDE, MAX_OPCODES, MAX_STACK, MAX_TENSORS, MEMO_GAP,
};
use super::opcode::{self, Lack, Opcode};
use super::tensor::{Storage, Tensor};
use super::value::{Heap, Value};
use crate::format::bytes::number_at;
use crate::format::problem::Problems;

/// Why the machine stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pause {
    /// It wants more bytes.
    Bytes,
    /// These bytes are passed over.
    Skip(u64),
    /// The pickle ends; this is what it makes.
    Stop,
    /// It cannot go on: this was expected, and something else found.
    Broken(&'static str),
}

/// Runs pickles.
#[derive(Debug, Default)]
pub(super) struct Machine {
    pub(super) heap: Heap,
    pub(super) storages: Vec<Storage>,
    pub(super) imports: Imports,
    pub(super) problems: Problems,
    stack: Vec<Value>,
    marks: Vec<usize>,
    memo: Vec<Option<Value>>,
    /// How many memo entries there are: the number of the next one that does not name its own.
    memo_count: u64,
    /// Memo entries with numbers of their own.
    far_memo: Vec<(u64, Value)>,
    opcodes: u64,
    /// How many pickles it is inside of.
    depth: u32,
    underflow: bool,
    /// Where the current opcode stands in the file.
    pub(super) place: u64,
    /// The newest protocol that was named.
    pub(super) protocol: u8,
}

impl Machine {
    /// For pickles that start at a place of the file.
    pub(super) fn at(place: u64) -> Self {
        Self { place, ..Self::default() }
    }

    /// Runs the opcodes at the start of bytes; says how many bytes they took.
    pub(super) fn run(&mut self, bytes: &[u8]) -> (usize, Pause) {
        let mut at = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let opcode = match opcode::read(rest, MAX_INSIDE) {
                Ok(opcode) => opcode,
                Err(Lack::Bytes) => return (at, Pause::Bytes),
                Err(Lack::Sense) => return (at, Pause::Broken("expected an opcode")),
            };
            self.opcodes += 1;
            if self.opcodes > MAX_OPCODES {
                return (at, Pause::Broken("expected fewer opcodes"));
            }
            self.step(&opcode);
            self.place += opcode.length;
            if opcode.skipped {
                return (at, Pause::Skip(opcode.length));
            }
            at += usize::try_from(opcode.length).unwrap_or(usize::MAX);
            self.heap.read += opcode.length;
            if opcode.code == b'.' {
                return (at, Pause::Stop);
            }
        }
    }

    /// What the pickle made; the machine is ready for the next one.
    pub(super) fn result(&mut self) -> Value {
        let result = self.stack.last().copied().unwrap_or(Value::Unknown);
        self.stack.clear();
        self.marks.clear();
        self.memo.clear();
        self.far_memo.clear();
        self.memo_count = 0;
        result
    }

    #[inline(never)]
    fn push(&mut self, value: Value) {
        if self.stack.len() >= MAX_STACK {
            self.heap.full = true;
            self.stack.clear();
            self.marks.clear();
        }
        self.stack.push(value);
    }

    #[inline(never)]
    fn pop(&mut self) -> Value {
        self.underflow |= self.stack.is_empty();
        self.stack.pop().unwrap_or(Value::Unknown)
    }

    fn top(&self) -> Value {
        self.stack.last().copied().unwrap_or(Value::Unknown)
    }

    /// The values above the last mark.
    #[inline(never)]
    fn pop_mark(&mut self) -> Vec<Value> {
        self.underflow |= self.marks.is_empty();
        let mark = self.marks.pop().unwrap_or(0).min(self.stack.len());
        self.stack.split_off(mark)
    }

    fn step(&mut self, opcode: &Opcode<'_>) {
        let bytes = opcode.argument;
        match opcode.code {
            b'(' => self.mark(),
            b'0' => self.drop_top(),
            b'1' => drop(self.pop_mark()),
            b'2' => self.push(self.top()),
            b'.' => self.end(),
            0x80 => self.protocol = self.protocol.max(bytes.first().copied().unwrap_or_default()),
            0x95 | 0x98 => {}
            b'J' => self.push(signed(bytes, 4)),
            b'K' | b'M' => self.push(signed(bytes, 8)),
            b'I' | b'L' => self.push(decimal(bytes)),
            0x8a | 0x8b => self.long(bytes),
            b'U' | b'T' | b'X' | 0x8c | 0x8d | b'B' | b'C' | 0x8e | 0x96 => self.text(opcode),
            b'S' => self.line(&escape::string(bytes)),
            b'V' => self.line(&escape::unicode(bytes)),
            b'c' => self.import(bytes, opcode.second),
            b'i' => {
                self.import(bytes, opcode.second);
                let class = self.pop();
                let arguments = self.pop_mark();
                self.call_with(class, &arguments);
            }
            0x93 => self.stack_global(),
            0x82..=0x84 => self.extension(bytes),
            b'p' | b'q' | b'r' | 0x94 => self.memoize(opcode),
            b'g' | b'h' | b'j' => self.recall(opcode),
            b'Q' => self.persistent_id(),
            b'R' | 0x81 | 0x92 | b'o' => self.call_opcode(opcode.code),
            _ => self.container(opcode.code),
        }
    }

    /// The opcodes that make or fill containers, and those that push a value that is not followed.
    fn container(&mut self, code: u8) {
        match code {
            b')' => self.push(Value::Empty),
            b']' | b'}' | 0x8f => {
                let group = self.heap.group(0);
                self.push(group);
            }
            b't' | 0x85..=0x87 => self.tuple(code),
            b'l' | b'd' | 0x91 => {
                let items = self.pop_mark();
                let group = self.heap.group(0);
                self.push(group);
                self.fill(code == b'd', &items);
            }
            b'a' => {
                let item = self.pop();
                self.fill(false, &[item]);
            }
            b'e' | 0x90 => {
                let items = self.pop_mark();
                self.fill(false, &items);
            }
            b's' => {
                let (value, key) = (self.pop(), self.pop());
                self.fill(true, &[key, value]);
            }
            b'u' => {
                let items = self.pop_mark();
                self.fill(true, &items);
            }
            b'b' => {
                let state = self.pop();
                self.heap.put(state, self.top(), Value::Unknown);
            }
            _ => self.push(Value::Unknown),
        }
    }

    fn mark(&mut self) {
        if self.marks.len() >= MAX_STACK {
            self.heap.full = true;
            self.marks.clear();
        }
        self.marks.push(self.stack.len());
    }

    fn drop_top(&mut self) {
        if self.marks.last().is_some_and(|&mark| mark >= self.stack.len()) {
            self.marks.pop();
        } else {
            self.pop();
        }
    }

    fn end(&mut self) {
        let (full, place) = (self.heap.full, self.place);
        if self.underflow || self.stack.is_empty() {
            let what = "the pickle that ends here takes values that are not there";
            self.problems.add_at("broken_pickle", place, what);
        }
        if full {
            let what = "the pickle that ends here is larger than is followed";
            self.problems.add_at("large_pickle", place, what);
        }
        (self.underflow, self.heap.full) = (false, false);
    }

    /// Long numbers are kept as texts: the magic number of PyTorch is one.
    fn long(&mut self, bytes: &[u8]) {
        let value = match bytes.len() {
            0 => Value::Number(0),
            1..=8 => signed(bytes, bytes.len()),
            _ => self.heap.text(bytes),
        };
        self.push(value);
    }

    fn text(&mut self, opcode: &Opcode<'_>) {
        if opcode.skipped {
            if may_be_pickle(opcode.argument) {
                let what = "a long text starts like a pickle, and is not read";
                self.problems.add_at("unread_pickle", self.place, what);
            }
            return self.push(Value::Unknown);
        }
        self.look_inside(opcode.argument);
        let text = self.heap.text(opcode.argument);
        self.push(text);
    }

    fn line(&mut self, text: &[u8]) {
        self.look_inside(text);
        let text = self.heap.text(text);
        self.push(text);
    }

    /// A text that is a pickle waits for somebody who loads it.
    fn look_inside(&mut self, bytes: &[u8]) {
        if !may_be_pickle(bytes) || self.depth >= MAX_DEPTH {
            return;
        }
        let opcodes = self.opcodes;
        let mut inside = Self { depth: self.depth + 1, opcodes, ..Self::default() };
        let (_, pause) = inside.run(bytes);
        self.opcodes = inside.opcodes;
        if pause == Pause::Stop && !inside.imports.is_empty() {
            self.problems.add_at("nested_pickle", self.place, "a text is a pickle");
            self.imports.take(inside.imports);
        }
    }

    fn import(&mut self, module: &[u8], name: &[u8]) {
        let known = self.imports.add(Some(module), Some(name));
        self.push(Value::Global(known));
    }

    fn stack_global(&mut self) {
        let (name, module) = (self.pop(), self.pop());
        let known = self.imports.add(self.heap.text_of(module), self.heap.text_of(name));
        self.push(Value::Global(known));
    }

    /// An import by a number that was registered with `copyreg`.
    fn extension(&mut self, number: &[u8]) {
        let number = number_at(number, 0, number.len()).unwrap_or_default();
        self.imports.keep("copyreg.extension ".to_owned() + &number.to_string());
        self.push(Value::Unknown);
    }

    fn memoize(&mut self, opcode: &Opcode<'_>) {
        let place = if opcode.code == 0x94 { Some(self.memo_count) } else { memo_place(opcode) };
        let value = self.top();
        let Some(place) = place else { return };
        let near = usize::try_from(place).ok().filter(|&near| near < self.memo.len() + MEMO_GAP);
        if let Some(near) = near {
            if near >= self.memo.len() {
                self.memo.resize(near + 1, None);
            }
            let before = self.memo.get_mut(near).and_then(|kept| kept.replace(value));
            self.memo_count += u64::from(before.is_none());
        } else if let Some(kept) = self.far_memo.iter_mut().find(|kept| kept.0 == place) {
            kept.1 = value;
        } else if self.far_memo.len() < MAX_FAR_MEMO {
            self.memo_count += 1;
            self.far_memo.push((place, value));
        } else {
            self.heap.full = true;
        }
    }

    fn recall(&mut self, opcode: &Opcode<'_>) {
        let place = memo_place(opcode).unwrap_or(u64::MAX);
        let far = self.far_memo.iter().find(|kept| kept.0 == place).map(|kept| kept.1);
        let near = || usize::try_from(place).ok().and_then(|near| *self.memo.get(near)?);
        let value = far.or_else(near);
        self.underflow |= value.is_none();
        self.push(value.unwrap_or(Value::Unknown));
    }

    fn persistent_id(&mut self) {
        let id = self.pop();
        if self.heap.text_of(self.heap.item(id, 0)) == Some(b"module") {
            // A class with its source, as PyTorch saved whole models before 1.6.
            return self.push(self.heap.item(id, 1));
        }
        let storage = Storage::read(&self.heap, id);
        let room = self.heap.room(self.storages.len(), MAX_TENSORS);
        let Some(storage) = storage.filter(|_| room) else { return self.push(Value::Unknown) };
        self.storages.push(storage);
        let at = u32::try_from(self.storages.len() - 1);
        self.push(at.map_or(Value::Unknown, Value::Storage));
    }

    fn tuple(&mut self, code: u8) {
        let items = if code == b't' {
            self.pop_mark()
        } else {
            let count = usize::from(code - 0x84);
            self.underflow |= self.stack.len() < count;
            self.stack.split_off(self.stack.len().saturating_sub(count))
        };
        let tuple = self.heap.tuple(&items);
        self.push(tuple);
    }

    /// Puts items into the container on top of the stack: pairs into a dictionary.
    fn fill(&mut self, pairs: bool, items: &[Value]) {
        let group = self.top();
        for item in items.chunks(if pairs { 2 } else { 1 }) {
            match item {
                [key, value] => self.heap.put(*value, group, *key),
                [value] => self.heap.append(*value, group),
                _ => {}
            }
        }
    }

    fn call_opcode(&mut self, code: u8) {
        match code {
            b'o' => {
                let mut arguments = self.pop_mark();
                let class = if arguments.is_empty() { Value::Unknown } else { arguments.remove(0) };
                return self.call_with(class, &arguments);
            }
            0x92 => drop(self.pop()),
            _ => {}
        }
        let (arguments, function) = (self.pop(), self.pop());
        let result = self.call(function, arguments);
        self.push(result);
    }

    fn call_with(&mut self, function: Value, arguments: &[Value]) {
        let arguments = self.heap.tuple(arguments);
        let result = self.call(function, arguments);
        self.push(result);
    }

    /// What a call makes, as far as tensors go.
    fn call(&mut self, function: Value, arguments: Value) -> Value {
        let (mut function, mut arguments) = (function, arguments);
        if function == Value::Global(Global::Typed) {
            function = self.heap.item(arguments, 0);
            arguments = self.heap.item(arguments, 2);
        }
        let tensor = match function {
            Value::Global(Global::Same) => return self.heap.item(arguments, 0),
            Value::Global(Global::Tensor) => {
                Tensor::of_storage(&self.heap, &self.storages, arguments)
            }
            Value::Global(Global::Meta) => Tensor::without_data(&self.heap, arguments),
            _ => None,
        };
        if let Some(tensor) = tensor {
            return tensor.keep(&mut self.heap);
        }
        let object = self.heap.group(0);
        self.heap.put(arguments, object, Value::Unknown);
        object
    }
}

/// Protocols 2 to 5 name themselves; a text in the older ones cannot be told from any other.
fn may_be_pickle(bytes: &[u8]) -> bool {
    matches!(bytes, [0x80, 2..=5, _, _, ..])
}

fn memo_place(opcode: &Opcode<'_>) -> Option<u64> {
    match opcode.code {
        b'p' | b'g' => std::str::from_utf8(opcode.argument).ok()?.trim().parse().ok(),
        _ => number_at(opcode.argument, 0, opcode.argument.len()),
    }
}

/// A little-endian number of so many bytes with a sign; fewer bytes have none.
fn signed(bytes: &[u8], length: usize) -> Value {
    let Some(number) = number_at(bytes, 0, bytes.len()) else { return Value::Unknown };
    let shift = 64 - 8 * u32::try_from(bytes.len()).unwrap_or(8).clamp(1, 8);
    if bytes.len() < length {
        return i64::try_from(number).map_or(Value::Unknown, Value::Number);
    }
    Value::Number((number << shift).cast_signed() >> shift)
}

/// A number of protocol 0: `I01` is true, and `L` ends a long one.
fn decimal(line: &[u8]) -> Value {
    let text = std::str::from_utf8(line).unwrap_or_default().trim().trim_end_matches('L');
    text.parse().map_or(Value::Unknown, Value::Number)
}
