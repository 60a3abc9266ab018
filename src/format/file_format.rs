//! The formats whose headers are read, and how a file of each is recognised.

/// A format of model files that has a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// llama.cpp's container.
    Gguf,
    /// Hugging Face's container.
    Safetensors,
}

impl FileFormat {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Gguf, Self::Safetensors];

    /// How many bytes of a file tell its format, where its name does not.
    pub const MAGIC_BYTES: u64 = 16;

    /// Its name: `gguf`, `safetensors`, ….
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gguf => "gguf",
            Self::Safetensors => "safetensors",
        }
    }

    /// The format with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The format that a file's name gives away: `model-Q4_K_M.gguf`.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let ends = |ending: &&str| {
            let start = path.len().checked_sub(ending.len());
            start
                .and_then(|start| path.get(start..))
                .is_some_and(|end| end.eq_ignore_ascii_case(ending))
        };
        Self::ALL.into_iter().find(|format| format.endings().iter().any(ends))
    }

    /// The format that the first bytes of a file give away.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'G', b'G', b'U', b'F', ..] => Some(Self::Gguf),
            [_, _, _, _, _, _, _, _, b'{', ..] => Some(Self::Safetensors),
            _ => None,
        }
    }

    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Gguf => &[".gguf"],
            Self::Safetensors => &[".safetensors"],
        }
    }
}
