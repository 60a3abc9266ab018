//! Writes zip archives, sound ones and others: what the readers are tested with.

/// What the directory says of an entry; tests change it.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) name: String,
    pub(crate) method: u16,
    pub(crate) flags: u16,
    pub(crate) crc: u32,
    pub(crate) compressed: u64,
    pub(crate) size: u64,
    pub(crate) offset: u64,
}

/// An archive in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Zip {
    pub(crate) bytes: Vec<u8>,
    pub(crate) listed: Vec<Listed>,
    pub(crate) comment: Vec<u8>,
}

/// CRC-32, bit by bit.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    })
}

/// Deflate without compression, in blocks of at most `block` bytes.
pub(crate) fn deflate_stored(content: &[u8], block: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let count = content.len().div_ceil(block).max(1);
    for at in 0..count {
        let part = &content[at * block..content.len().min((at + 1) * block)];
        let length = u16::try_from(part.len()).unwrap();
        out.push(u8::from(at + 1 == count));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(part);
    }
    out
}

impl Zip {
    /// Adds an entry that is stored as it is, as Python writes it.
    pub(crate) fn stored(&mut self, name: &str, content: &[u8]) -> &mut Self {
        self.entry(name, (0, 0), content, content, 0)
    }

    /// Adds an entry that is deflated.
    pub(crate) fn deflated(&mut self, name: &str, content: &[u8], deflated: &[u8]) -> &mut Self {
        self.entry(name, (8, 0), content, deflated, 0)
    }

    /// Adds an entry as `torch.save` does: checksum and sizes behind the content, which is aligned to 64 bytes.
    pub(crate) fn torch(&mut self, name: &str, content: &[u8]) -> &mut Self {
        let start = self.bytes.len() + 30 + name.len() + 4;
        let padding = start.wrapping_neg() % 64;
        self.entry(name, (0, 0x0808), content, content, padding + 4);
        let crc = crc32(content);
        let size = u32::try_from(content.len()).unwrap();
        self.bytes.extend(b"PK\x07\x08");
        for number in [crc, size, size] {
            self.bytes.extend(number.to_le_bytes());
        }
        self
    }

    fn entry(
        &mut self,
        name: &str,
        (method, flags): (u16, u16),
        content: &[u8],
        packed: &[u8],
        extra: usize,
    ) -> &mut Self {
        let offset = self.bytes.len() as u64;
        let (crc, size) = (crc32(content), content.len() as u64);
        let behind = flags & 8 != 0;
        self.bytes.extend(b"PK\x03\x04\x14\0");
        self.bytes.extend(flags.to_le_bytes());
        self.bytes.extend(method.to_le_bytes());
        self.bytes.extend([0; 4]);
        for number in [u64::from(crc), packed.len() as u64, size] {
            let number = if behind { 0 } else { u32::try_from(number).unwrap() };
            self.bytes.extend(number.to_le_bytes());
        }
        self.bytes.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        self.bytes.extend(u16::try_from(extra).unwrap().to_le_bytes());
        self.bytes.extend(name.as_bytes());
        if extra > 0 {
            self.bytes.extend(b"FB");
            self.bytes.extend(u16::try_from(extra - 4).unwrap().to_le_bytes());
            self.bytes.extend(vec![b'Z'; extra - 4]);
        }
        self.bytes.extend(packed);
        let compressed = packed.len() as u64;
        let name = name.to_owned();
        self.listed.push(Listed { name, method, flags, crc, compressed, size, offset });
        self
    }

    /// The archive with its directory. Numbers beyond 32 bits go to the extra fields of zip64.
    pub(crate) fn finish(&self) -> Vec<u8> {
        let mut file = self.bytes.clone();
        let start = file.len() as u64;
        self.listed.iter().for_each(|entry| file.extend(record(entry)));
        let length = file.len() as u64 - start;
        self.end(&mut file, start, length);
        file
    }

    /// The same with the records of zip64 at the end, as `torch.save` writes them.
    pub(crate) fn finish_zip64(&self) -> Vec<u8> {
        let mut file = self.bytes.clone();
        let start = file.len() as u64;
        self.listed.iter().for_each(|entry| file.extend(record(entry)));
        let end = file.len() as u64;
        file.extend(b"PK\x06\x06");
        file.extend(44_u64.to_le_bytes());
        file.extend([0; 12]);
        for number in [self.listed.len() as u64, self.listed.len() as u64, end - start, start] {
            file.extend(number.to_le_bytes());
        }
        file.extend(b"PK\x06\x07\0\0\0\0");
        file.extend(end.to_le_bytes());
        file.extend([1, 0, 0, 0]);
        self.end(&mut file, start, end - start);
        file
    }

    fn end(&self, file: &mut Vec<u8>, start: u64, length: u64) {
        let count = u16::try_from(self.listed.len() & 0xffff).unwrap();
        file.extend(b"PK\x05\x06\0\0\0\0");
        file.extend(count.to_le_bytes());
        file.extend(count.to_le_bytes());
        file.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
        file.extend(u32::try_from(start).unwrap_or(u32::MAX).to_le_bytes());
        file.extend(u16::try_from(self.comment.len()).unwrap().to_le_bytes());
        file.extend(&self.comment);
    }
}

fn record(entry: &Listed) -> Vec<u8> {
    let mut extra = Vec::new();
    let mut small = |number: u64| {
        u32::try_from(number).ok().filter(|&number| number != u32::MAX).unwrap_or_else(|| {
            extra.extend(number.to_le_bytes());
            u32::MAX
        })
    };
    // In the order of the extra field: size, compressed size, offset.
    let (size, compressed, offset) =
        (small(entry.size), small(entry.compressed), small(entry.offset));
    let mut bytes = b"PK\x01\x02\x14\0\x14\0".to_vec();
    bytes.extend(entry.flags.to_le_bytes());
    bytes.extend(entry.method.to_le_bytes());
    bytes.extend([0; 4]);
    for number in [entry.crc, compressed, size] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(u16::try_from(entry.name.len()).unwrap().to_le_bytes());
    let extra_length = if extra.is_empty() { 0 } else { extra.len() + 4 };
    bytes.extend(u16::try_from(extra_length).unwrap().to_le_bytes());
    bytes.extend([0; 10]);
    bytes.extend(offset.to_le_bytes());
    bytes.extend(entry.name.as_bytes());
    if !extra.is_empty() {
        bytes.extend([1, 0]);
        bytes.extend(u16::try_from(extra.len()).unwrap().to_le_bytes());
        bytes.extend(extra);
    }
    bytes
}
