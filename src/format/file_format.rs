//! The formats whose headers are read, and how a file of each is recognised.

/// A format of model files that has a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// llama.cpp's container.
    Gguf,
    /// Hugging Face's container.
    Safetensors,
    /// A graph as a protocol buffer, of any framework.
    Onnx,
    /// Google's graph for small devices, now called LiteRT.
    Tflite,
    /// A container of several of those and what a language model needs beside them.
    Litertlm,
    /// Apple's graph, or the manifest of a package that holds one.
    Coreml,
    /// Intel's graph as XML.
    Openvino,
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
    pub const ALL: [Self; 11] = [
        Self::Gguf,
        Self::Safetensors,
        Self::Onnx,
        Self::Tflite,
        Self::Litertlm,
        Self::Coreml,
        Self::Openvino,
        Self::Pytorch,
        Self::Numpy,
        Self::Keras,
        Self::Task,
    ];

    /// How many bytes of a file tell its format, where its name does not.
    pub const MAGIC_BYTES: u64 = 16;

    /// Its name: `gguf`, `safetensors`, ….
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gguf => "gguf",
            Self::Safetensors => "safetensors",
            Self::Onnx => "onnx",
            Self::Tflite => "tflite",
            Self::Litertlm => "litertlm",
            Self::Coreml => "coreml",
            Self::Openvino => "openvino",
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
            [_, _, _, _, b'T', b'F', b'L', b'3', ..] => Some(Self::Tflite),
            [b'L', b'I', b'T', b'E', b'R', b'T', b'L', b'M', ..] => Some(Self::Litertlm),
            // The only XML that models come in.
            [b'<', b'?', b'x', b'm', b'l', ..] | [b'<', b'n', b'e', b't', ..] => {
                Some(Self::Openvino)
            }
            [_, _, _, _, _, _, _, _, b'{', ..] => Some(Self::Safetensors),
            // Both start with a small version in field 1. Then Core ML has a description, whose first field is a
            // message, and ONNX the producer's name, or the graph.
            [0x08, 1..=15, 0x12, rest @ ..] if describes(rest) => Some(Self::Coreml),
            [0x08, 1..=31, 0x12 | 0x3a | 0x42, ..] => Some(Self::Onnx),
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
            Self::Onnx => &[".onnx"],
            Self::Tflite => &[".tflite"],
            Self::Litertlm => &[".litertlm"],
            Self::Coreml => &[".mlmodel", ".mlpackage/manifest.json"],
            Self::Openvino => &[".xml"],
            // Not `.bin`, which has a dozen meanings: its bytes tell.
            Self::Pytorch => &[".pt", ".pth", ".ckpt", ".pkl", ".pickle"],
            Self::Numpy => &[".npy", ".npz"],
            Self::Keras => &[".keras", ".h5", ".hdf5"],
            Self::Task => &[".task"],
        }
    }
}

/// Whether behind its length there is a field that holds a message, as the description of a Core ML model starts with
/// (coremltools 9.0 `mlmodel/format/Model.proto`, `ModelDescription`): the name of a producer has letters there.
fn describes(length_and_body: &[u8]) -> bool {
    let start = length_and_body.iter().position(|byte| *byte < 0x80);
    let body = start.and_then(|last| length_and_body.get(last + 1..)).unwrap_or_default();
    matches!(body, [0x0a, ..] | [0x52, 0x00..=0x20, ..] | [0xa2, 0x01 | 0x06, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_endings() {
        for (path, format) in [
            ("onnx/model_q4.onnx", Some(FileFormat::Onnx)),
            ("onnx/model_q4.onnx_data", None),
            ("x.TFLITE", Some(FileFormat::Tflite)),
            ("gemma3-1b-it-int4.litertlm", Some(FileFormat::Litertlm)),
            ("x.task", Some(FileFormat::Task)),
            ("pytorch_model.bin", None),
            ("a/x.mlpackage/Manifest.json", Some(FileFormat::Coreml)),
            ("a/Manifest.json", None),
            ("x.mlmodel", Some(FileFormat::Coreml)),
            ("openvino_model.xml", Some(FileFormat::Openvino)),
            ("é", None),
        ] {
            assert_eq!(FileFormat::of_path(path), format, "{path}");
        }
        for format in FileFormat::ALL {
            assert_eq!(FileFormat::named(format.name()), Some(format));
        }
    }

    #[test]
    fn first_bytes() {
        let cases: [(&[u8], Option<FileFormat>); 13] = [
            (b"GGUF\x03\0\0\0", Some(FileFormat::Gguf)),
            (b"\x10\0\0\0\0\0\0\0{\"", Some(FileFormat::Safetensors)),
            (b"\x1c\0\0\0TFL3{\0\0\0", Some(FileFormat::Tflite)),
            (b"LITERTLM\x01\0\0\0", Some(FileFormat::Litertlm)),
            (b"<?xml version=\"1.", Some(FileFormat::Openvino)),
            (b"<net name=\"x\">", Some(FileFormat::Openvino)),
            (b"\x08\x07\x12\x07pytorch", Some(FileFormat::Onnx)),
            (b"\x08\x08\x3a\x80\x80\x01\x0a", Some(FileFormat::Onnx)),
            (b"\x08\x08\x12\x91\x02\x0a\x20", Some(FileFormat::Coreml)),
            (b"\x08\x09\x12\x11\xa2\x01\x20", Some(FileFormat::Coreml)),
            (b"PK\x03\x04", Some(FileFormat::Pytorch)),
            (b"\x93NUMPY\x01", Some(FileFormat::Numpy)),
            (b"", None),
        ];
        for (bytes, format) in cases {
            assert_eq!(FileFormat::of_bytes(bytes), format, "{bytes:?}");
        }
    }
}
