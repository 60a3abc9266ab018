//! The types of tensors, as PyTorch names them (torch 2.15 `torch/storage.py`).

/// The type of a tensor's elements: a row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dtype(u8);

struct Row {
    /// `float16` of `torch.float16`.
    torch: &'static str,
    /// As safetensors has it, or in its manner.
    name: &'static str,
    bits: u64,
    /// `Half` of `torch.HalfStorage`, where there is one.
    storage: &'static str,
}

const fn row(torch: &'static str, name: &'static str, bits: u64, storage: &'static str) -> Row {
    Row { torch, name, bits, storage }
}

const TABLE: [Row; 33] = [
    row("uint8", "U8", 8, "Byte"),
    row("float32", "F32", 32, "Float"),
    row("float16", "F16", 16, "Half"),
    row("bfloat16", "BF16", 16, "BFloat16"),
    row("float64", "F64", 64, "Double"),
    row("int64", "I64", 64, "Long"),
    row("int32", "I32", 32, "Int"),
    row("int16", "I16", 16, "Short"),
    row("int8", "I8", 8, "Char"),
    row("bool", "BOOL", 8, "Bool"),
    row("complex64", "C64", 64, "ComplexFloat"),
    row("complex128", "C128", 128, "ComplexDouble"),
    row("qint8", "QINT8", 8, "QInt8"),
    row("quint8", "QUINT8", 8, "QUInt8"),
    row("qint32", "QINT32", 32, "QInt32"),
    row("quint4x2", "QUINT4X2", 4, "QUInt4x2"),
    row("quint2x4", "QUINT2X4", 2, "QUInt2x4"),
    row("float8_e5m2", "F8_E5M2", 8, ""),
    row("float8_e4m3fn", "F8_E4M3", 8, ""),
    row("float8_e5m2fnuz", "F8_E5M2FNUZ", 8, ""),
    row("float8_e4m3fnuz", "F8_E4M3FNUZ", 8, ""),
    row("float8_e8m0fnu", "F8_E8M0", 8, ""),
    row("float4_e2m1fn_x2", "F4X2", 8, ""),
    row("complex32", "C32", 32, ""),
    row("bcomplex32", "BC32", 32, ""),
    row("uint16", "U16", 16, ""),
    row("uint32", "U32", 32, ""),
    row("uint64", "U64", 64, ""),
    row("bits8", "BITS8", 8, ""),
    row("bits16", "BITS16", 16, ""),
    row("bits1x8", "BITS1X8", 8, ""),
    row("bits2x4", "BITS2X4", 8, ""),
    row("bits4x2", "BITS4X2", 8, ""),
];

impl Dtype {
    /// The type that storages without a type are counted in: bytes.
    pub(super) const BYTES: Self = Self(0);

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).map(Self).take(TABLE.len())
    }

    fn find(rule: &dyn Fn(&Row) -> bool) -> Option<Self> {
        (0..).map(Self).zip(&TABLE).find(|(_, row)| rule(row)).map(|(dtype, _)| dtype)
    }

    /// `float16` of `torch.float16`.
    #[inline(never)]
    pub(super) fn of_torch(name: &str) -> Option<Self> {
        Self::find(&|row| row.torch == name)
    }

    /// `Half` of `torch.HalfStorage`.
    #[inline(never)]
    pub(super) fn of_storage(name: &str) -> Option<Self> {
        Self::find(&|row| row.storage == name && !name.is_empty())
    }

    fn row(self) -> Option<&'static Row> {
        TABLE.get(usize::from(self.0))
    }

    /// `F16`, as safetensors has it where it has one.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().map_or("unknown", |row| row.name)
    }

    /// Bits of one element of a tensor.
    #[must_use]
    pub fn bits(self) -> u64 {
        self.row().map_or(8, |row| row.bits)
    }

    /// How many elements of a tensor so many bytes hold.
    pub(super) fn elements_in(self, bytes: u64) -> u64 {
        match self.bits() {
            bits @ 0..8 => bytes.saturating_mul(8 / bits.max(1)),
            bits => bytes / (bits / 8),
        }
    }

    /// Bytes of one element of a storage: two and four quantized elements count as one.
    pub(super) fn storage_bytes(self) -> u64 {
        self.bits().div_ceil(8)
    }
}
