//! What runtimes load without unpacking it: the formats of variants to choose between.

/// By runtime, as `facts/written/loads.tsv` has it; training goes by what transformers loads.
const LOADS: &[(&str, &[&str])] = &[
    ("vllm", &["safetensors", "pytorch"]),
    ("sglang", &["safetensors", "pytorch", "gguf"]),
    ("tgi", &["safetensors", "pytorch"]),
    ("transformers", &["safetensors", "pytorch"]),
    ("training", &["safetensors", "pytorch"]),
    ("tensorrt-llm", &["safetensors"]),
    ("exllamav2", &["safetensors"]),
    ("exllamav3", &["safetensors"]),
    ("mlx-lm", &["safetensors"]),
    ("mlx-vlm", &["safetensors"]),
    ("candle", &["safetensors", "pytorch", "gguf"]),
    ("mistral.rs", &["safetensors", "gguf"]),
    ("diffusers", &["safetensors", "pytorch"]),
    ("stable-diffusion.cpp", &["safetensors", "pytorch", "gguf"]),
    ("transformers.js", &["onnx"]),
    ("onnxruntime-web", &["onnx"]),
    ("onnxruntime-genai", &["onnx"]),
    ("web-llm", &["mlc"]),
    ("mlc-llm", &["mlc"]),
    ("openvino-genai", &["openvino"]),
    ("ctranslate2", &["ctranslate2"]),
    ("litert-lm", &["litertlm", "tflite"]),
    ("whisper.cpp", &["ggml"]),
];

/// The formats that a runtime loads; of llama.cpp's family it is GGUF.
#[must_use]
pub fn formats(runtime: &str) -> &'static [&'static str] {
    LOADS.iter().find(|(id, _)| *id == runtime).map_or(&["gguf"], |(_, formats)| formats)
}
