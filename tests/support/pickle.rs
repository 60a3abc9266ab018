//! Writes pickles opcode by opcode: what the readers are tested with.

/// A pickle in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pickle(pub(crate) Vec<u8>);

/// A tensor: its name, storage class, key, elements of the storage, offset, shape, strides.
pub(crate) type Row<'a> = (&'a str, &'a str, &'a str, i32, i32, &'a [i32], &'a [i32]);

/// The number that `torch.save` wrote first before 1.6.
pub(crate) const MAGIC: &[u8] = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";

impl Pickle {
    /// With the opcode that names a protocol.
    pub(crate) fn of_protocol(protocol: u8) -> Self {
        Self(vec![0x80, protocol])
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend(bytes);
        self
    }

    pub(crate) fn global(&mut self, module: &str, name: &str) -> &mut Self {
        self.raw(format!("c{module}\n{name}\n").as_bytes())
    }

    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.raw(b"X").raw(&u32::try_from(text.len()).unwrap().to_le_bytes()).raw(text.as_bytes())
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.raw(b"B").raw(&u32::try_from(bytes.len()).unwrap().to_le_bytes()).raw(bytes)
    }

    pub(crate) fn number(&mut self, number: i32) -> &mut Self {
        self.raw(b"J").raw(&number.to_le_bytes())
    }

    /// A tuple of numbers.
    pub(crate) fn numbers(&mut self, numbers: &[i32]) -> &mut Self {
        self.raw(b"(");
        for &number in numbers {
            self.number(number);
        }
        self.raw(b"t")
    }

    /// A name from the stack, as protocol 4 imports.
    pub(crate) fn stack_global(&mut self, module: &str, name: &str) -> &mut Self {
        self.text(module).text(name).raw(b"\x93")
    }

    /// `module.name(argument)`.
    pub(crate) fn call(&mut self, module: &str, name: &str, argument: &str) -> &mut Self {
        self.global(module, name).text(argument).raw(b"\x85R")
    }

    /// A reference to a storage; before 1.6 with a sixth part.
    pub(crate) fn storage(
        &mut self,
        (class, key, elements): (&str, &str, i32),
        legacy: bool,
    ) -> &mut Self {
        let (module, class) = class.rsplit_once('.').unwrap_or(("torch", class));
        self.raw(b"(").text("storage").global(module, class).text(key).text("cpu").number(elements);
        self.raw(if legacy { b"NtQ" } else { b"tQ" })
    }

    /// What `_rebuild_tensor_v2` makes a tensor from.
    pub(crate) fn tensor(&mut self, row: Row<'_>, legacy: bool) -> &mut Self {
        let (_, class, key, elements, offset, shape, stride) = row;
        self.global("torch._utils", "_rebuild_tensor_v2").raw(b"(");
        self.storage((class, key, elements), legacy).number(offset).numbers(shape).numbers(stride);
        self.raw(b"\x89").global("collections", "OrderedDict").raw(b")RtR")
    }

    pub(crate) fn stop(&mut self) -> Vec<u8> {
        self.raw(b".");
        self.0.clone()
    }
}

/// A state dict, as `torch.save` pickles it.
pub(crate) fn state_dict(rows: &[Row<'_>], legacy: bool) -> Vec<u8> {
    let mut pickle = Pickle::of_protocol(2);
    pickle.raw(b"}(");
    for row in rows {
        pickle.text(row.0).tensor(*row, legacy);
    }
    pickle.raw(b"u").stop()
}
