//! The labels that `general.file_type` declares (llama.cpp v0.5.0 `include/llama.h`).

/// The number in `general.file_type`: what the quantizer was asked for, not what is in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileType(pub u64);

/// Added to the number where the loader guessed it; no file should hold it.
const GUESSED: u64 = 1024;

/// By number, with those that were removed.
const FILE_TYPES: [&str; 42] = [
    "F32",
    "F16",
    "Q4_0",
    "Q4_1",
    "Q4_1_SOME_F16",
    "Q4_2",
    "Q4_3",
    "Q8_0",
    "Q5_0",
    "Q5_1",
    "Q2_K",
    "Q3_K_S",
    "Q3_K_M",
    "Q3_K_L",
    "Q4_K_S",
    "Q4_K_M",
    "Q5_K_S",
    "Q5_K_M",
    "Q6_K",
    "IQ2_XXS",
    "IQ2_XS",
    "Q2_K_S",
    "IQ3_XS",
    "IQ3_XXS",
    "IQ1_S",
    "IQ4_NL",
    "IQ3_S",
    "IQ3_M",
    "IQ2_S",
    "IQ2_M",
    "IQ4_XS",
    "IQ1_M",
    "BF16",
    "Q4_0_4_4",
    "Q4_0_4_8",
    "Q4_0_8_8",
    "TQ1_0",
    "TQ2_0",
    "MXFP4_MOE",
    "NVFP4",
    "Q1_0",
    "Q2_0",
];

impl FileType {
    /// The label, as it stands in file names.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        FILE_TYPES.get(usize::try_from(self.0 & !GUESSED).ok()?).copied()
    }

    /// Whether the label was given up.
    #[must_use]
    pub fn is_removed(self) -> bool {
        matches!(self.0 & !GUESSED, 4..=6 | 33..=35)
    }

    /// Whether the number says that it was guessed.
    #[must_use]
    pub fn is_guessed(self) -> bool {
        self.0 & GUESSED != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_llama_cpp() {
        for (number, name) in [
            (0, "F32"),
            (7, "Q8_0"),
            (15, "Q4_K_M"),
            (21, "Q2_K_S"),
            (30, "IQ4_XS"),
            (38, "MXFP4_MOE"),
        ] {
            assert_eq!(FileType(number).name(), Some(name));
        }
        assert_eq!(FileType(41).name(), Some("Q2_0"));
        assert_eq!(FileType(42).name(), None);
        assert_eq!(FileType(u64::MAX).name(), None);
    }

    #[test]
    fn guessed_and_removed() {
        let guessed = FileType(1024 + 15);
        assert!(guessed.is_guessed() && guessed.name() == Some("Q4_K_M"));
        assert!(FileType(33).is_removed() && !FileType(36).is_removed());
    }
}
