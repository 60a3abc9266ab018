//! The formats whose headers are read, and how a file of each is recognised.

/// A format of model files that has a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// llama.cpp's container.
    Gguf,
    /// Hugging Face's container.
    Safetensors,
    /// `torch.save` and `torch.jit.save`, and plain pickles.
    Pytorch,
    /// NumPy's arrays.
    Numpy,
    /// Keras models.
    Keras,
    /// MediaPipe bundles.
    Task,
}

impl FileFormat {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Gguf, Self::Safetensors, Self::Pytorch, Self::Numpy, Self::Keras, Self::Task];

    /// How many bytes of a file tell its format, where its name does not.
    pub const MAGIC_BYTES: u64 = 16;

    /// Its name: `gguf`, `safetensors`, ….
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gguf => "gguf",
            Self::Safetensors => "safetensors",
            Self::Pytorch => "pytorch",
            Self::Numpy => "numpy",
            Self::Keras => "keras",
            Self::Task => "task",
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
            // Any archive of which the name says nothing more, and pickles of the protocols that name themselves.
            [b'P', b'K', 3, 4, ..] | [0x80, 2..=5, ..] => Some(Self::Pytorch),
            [0x93, b'N', b'U', b'M', b'P', b'Y', ..] => Some(Self::Numpy),
            [0x89, b'H', b'D', b'F', ..] => Some(Self::Keras),
            _ => None,
        }
    }

    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Gguf => &[".gguf"],
            Self::Safetensors => &[".safetensors"],
            // Not `.bin`, which has a dozen meanings: its bytes tell.
            Self::Pytorch => &[".pt", ".pth", ".ckpt", ".pkl", ".pickle"],
            Self::Numpy => &[".npy", ".npz"],
            Self::Keras => &[".keras", ".h5", ".hdf5"],
            Self::Task => &[".task"],
        }
    }
}
