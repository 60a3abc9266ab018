//! The runtimes that are llama.cpp inside, and what each sets where nobody says otherwise.

use crate::model::memory::FlashAttention;

/// A runtime of the family. Cache types are `f16` in all of them.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are what the runtimes differ in, one by one"
)]
pub struct Family {
    /// Its name.
    pub name: &'static str,
    /// Tokens of context.
    pub(super) context: UsualContext,
    /// Tokens that are given at once.
    pub(super) batch: u64,
    /// Tokens that are computed at once; 0 is as many as are given.
    pub(super) ubatch: u64,
    /// Sequences at the same time.
    pub(super) parallel: u64,
    /// Whether sequences share one cache, where nobody says how many there are, and where somebody does.
    pub(super) unified: [bool; 2],
    /// Whether attention goes without its whole matrix.
    pub(super) flash_attn: FlashAttention,
    /// Whether logits are computed of one token of each sequence alone.
    pub(super) few_outputs: bool,
    /// Whether context and placement follow what memory is free (`--fit`).
    pub(super) fits: bool,
    /// Whether it lays weights out anew for the CPU.
    pub(super) repacks: bool,
    /// Whether it can use GPUs.
    pub(super) gpus: bool,
    /// Where these are from.
    pub source: &'static str,
}

/// Tokens of context where nobody says.
#[derive(Debug)]
pub(super) enum UsualContext {
    /// What the model was trained on.
    Trained,
    /// So many.
    Tokens(u64),
    /// By the memory of all GPUs.
    ByMemory,
}

/// llama.cpp's own server.
pub const LLAMA_CPP: Family = Family {
    name: "llama.cpp",
    context: UsualContext::Trained,
    batch: 2048,
    ubatch: 512,
    parallel: 4,
    unified: [true, false],
    flash_attn: FlashAttention::Auto,
    few_outputs: true,
    fits: true,
    repacks: true,
    gpus: true,
    source: "llama.cpp v0.5.0, llama-server: common/common.h, tools/server/server.cpp",
};

const FAMILIES: [Family; 5] = [
    LLAMA_CPP,
    Family {
        name: "ollama",
        context: UsualContext::ByMemory,
        batch: 512,
        ubatch: 512,
        parallel: 1,
        unified: [false, false],
        source: "ollama docs/context-length.mdx and docs/faq; it runs llama-server with --fit (PR 17201)",
        ..LLAMA_CPP
    },
    Family {
        name: "lm-studio",
        context: UsualContext::Tokens(4096),
        batch: 512,
        ubatch: 512,
        parallel: 4,
        unified: [true, true],
        source: "LM Studio docs/app/advanced/parallel-requests; its context and batch are not confirmed",
        ..LLAMA_CPP
    },
    Family {
        name: "wllama",
        context: UsualContext::Tokens(1024),
        parallel: 4,
        unified: [true, true],
        fits: false,
        // ggml has no such layout for wasm.
        repacks: false,
        source: "wllama 3.8.1 src/wllama.ts",
        ..LLAMA_CPP
    },
    Family {
        name: "node-llama-cpp",
        context: UsualContext::Trained,
        batch: 512,
        ubatch: 0,
        parallel: 1,
        unified: [false, false],
        few_outputs: false,
        source: "node-llama-cpp 3.22.1 LlamaContext.js, addon/AddonContext.cpp",
        ..LLAMA_CPP
    },
];

impl Family {
    /// The runtime with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        FAMILIES.iter().find(|family| family.name == name)
    }

    /// The names of all of them.
    #[must_use]
    pub fn names() -> [&'static str; 5] {
        FAMILIES.each_ref().map(|family| family.name)
    }
}
