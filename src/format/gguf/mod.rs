//! gguf files.
