//! The types of tensors, those that were given up among them (llama.cpp v0.5.0 `ggml/include/ggml.h`).

use std::fmt;

/// The type of a tensor, as the number that the file gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TensorType(pub u32);

/// Whether a type can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeState {
    /// In use.
    Live,
    /// Given up: runtimes of today refuse it.
    Removed,
    /// Not given out when this was written.
    Unknown,
}

struct Row {
    id: u32,
    name: &'static str,
    /// Elements and bytes of a block; none where nobody can have such a file.
    block: Option<(u64, u64)>,
    state: TypeState,
}

const fn live(id: u32, name: &'static str, elements: u64, bytes: u64) -> Row {
    Row { id, name, block: Some((elements, bytes)), state: TypeState::Live }
}

const fn removed(id: u32, name: &'static str, block: Option<(u64, u64)>) -> Row {
    Row { id, name, block, state: TypeState::Removed }
}

/// By id.
const TYPES: [Row; 43] = [
    live(0, "F32", 1, 4),
    live(1, "F16", 1, 2),
    live(2, "Q4_0", 32, 18),
    live(3, "Q4_1", 32, 20),
    // Gone before there was GGUF.
    removed(4, "Q4_2", None),
    removed(5, "Q4_3", None),
    live(6, "Q5_0", 32, 22),
    live(7, "Q5_1", 32, 24),
    live(8, "Q8_0", 32, 34),
    live(9, "Q8_1", 32, 36),
    live(10, "Q2_K", 256, 84),
    live(11, "Q3_K", 256, 110),
    live(12, "Q4_K", 256, 144),
    live(13, "Q5_K", 256, 176),
    live(14, "Q6_K", 256, 210),
    live(15, "Q8_K", 256, 292),
    live(16, "IQ2_XXS", 256, 66),
    live(17, "IQ2_XS", 256, 74),
    live(18, "IQ3_XXS", 256, 98),
    live(19, "IQ1_S", 256, 50),
    live(20, "IQ4_NL", 32, 18),
    live(21, "IQ3_S", 256, 110),
    live(22, "IQ2_S", 256, 82),
    live(23, "IQ4_XS", 256, 136),
    live(24, "I8", 1, 1),
    live(25, "I16", 1, 2),
    live(26, "I32", 1, 4),
    live(27, "I64", 1, 8),
    live(28, "F64", 1, 8),
    live(29, "IQ1_M", 256, 56),
    live(30, "BF16", 1, 2),
    // Q4_0 and IQ4_NL with their blocks interleaved for Arm; llama.cpp does that at load time today.
    removed(31, "Q4_0_4_4", Some((32, 18))),
    removed(32, "Q4_0_4_8", Some((32, 18))),
    removed(33, "Q4_0_8_8", Some((32, 18))),
    live(34, "TQ1_0", 256, 54),
    live(35, "TQ2_0", 256, 66),
    removed(36, "IQ4_NL_4_4", Some((32, 18))),
    removed(37, "IQ4_NL_4_8", Some((32, 18))),
    removed(38, "IQ4_NL_8_8", Some((32, 18))),
    live(39, "MXFP4", 32, 17),
    live(40, "NVFP4", 64, 36),
    live(41, "Q1_0", 128, 18),
    live(42, "Q2_0", 64, 18),
];

impl TensorType {
    fn row(self) -> Option<&'static Row> {
        TYPES.get(usize::try_from(self.0).ok()?)
    }

    /// The name, where the id was ever given out.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.row().map(|row| row.name)
    }

    /// Whether it can be used.
    #[must_use]
    pub fn state(self) -> TypeState {
        self.row().map_or(TypeState::Unknown, |row| row.state)
    }

    /// Elements and bytes of one block, where they are known.
    #[must_use]
    pub fn block(self) -> Option<(u64, u64)> {
        self.row()?.block
    }

    /// The type with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        TYPES.iter().find(|row| row.name == name).map(|row| Self(row.id))
    }

    /// Whether it holds numbers as they are: neither scaled nor packed.
    #[must_use]
    pub fn is_plain(self) -> bool {
        self.block().is_some_and(|(elements, _)| elements == 1)
    }
}

impl fmt::Display for TensorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "type {}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_at_their_id() {
        for (index, row) in TYPES.iter().enumerate() {
            assert_eq!(row.id as usize, index, "{}", row.name);
            assert_eq!(TensorType::from_name(row.name), Some(TensorType(row.id)));
        }
        let live = TYPES.iter().filter(|row| row.state == TypeState::Live);
        assert_eq!(live.count(), 35);
    }

    #[test]
    fn ids_beyond_the_table_are_unknown() {
        let unknown = TensorType(99);
        assert_eq!((unknown.name(), unknown.block()), (None, None));
        assert_eq!(unknown.state(), TypeState::Unknown);
        assert_eq!(unknown.to_string(), "type 99");
        assert_eq!(TensorType(31).state(), TypeState::Removed);
        assert_eq!(TensorType(31).to_string(), "Q4_0_4_4");
    }
}
