//! A small catalog of models that everybody knows, for the order of answers.

use hubfit::catalog::text::Text;
use hubfit::catalog::{Builder, Row, Table};

/// Id, task, family, base, downloads in thousands, likes: of the right magnitude, and no more than that.
#[rustfmt::skip]
const MODELS: [(&str, &str, &str, &str, u32, u32); 36] = [
    ("Qwen/Qwen2.5-7B-Instruct", "text-generation", "qwen2", "Qwen/Qwen2.5-7B", 9000, 800),
    ("Qwen/Qwen2.5-7B", "text-generation", "qwen2", "", 900, 180),
    ("Qwen/Qwen2.5-7B-Instruct-GGUF", "text-generation", "qwen2", "Qwen/Qwen2.5-7B-Instruct", 90, 100),
    ("bartowski/Qwen2.5-7B-Instruct-GGUF", "text-generation", "qwen2", "Qwen/Qwen2.5-7B-Instruct", 40, 40),
    ("Qwen/Qwen2.5-Coder-7B-Instruct-GGUF", "text-generation", "qwen2", "Qwen/Qwen2.5-Coder-7B-Instruct", 60, 100),
    ("someone/Qwen2.5-7B-abliterated-merge-v3-i1-GGUF", "text-generation", "qwen2", "Qwen/Qwen2.5-7B", 1, 2),
    ("Qwen/Qwen2.5-0.5B-Instruct", "text-generation", "qwen2", "Qwen/Qwen2.5-0.5B", 2000, 300),
    ("Qwen/Qwen2.5-VL-7B-Instruct", "image-text-to-text", "qwen2_5_vl", "", 4000, 900),
    ("Qwen/Qwen3-8B", "text-generation", "qwen3", "", 3000, 500),
    ("meta-llama/Llama-3.1-8B", "text-generation", "llama", "", 900, 1500),
    ("meta-llama/Llama-3.1-8B-Instruct", "text-generation", "llama", "meta-llama/Llama-3.1-8B", 6000, 4000),
    ("meta-llama/Llama-3.2-1B-Instruct", "text-generation", "llama", "meta-llama/Llama-3.2-1B", 4000, 900),
    ("meta-llama/Llama-3.2-3B-Instruct", "text-generation", "llama", "meta-llama/Llama-3.2-3B", 2000, 1200),
    ("bartowski/Meta-Llama-3.1-8B-Instruct-GGUF", "text-generation", "llama", "meta-llama/Llama-3.1-8B-Instruct", 300, 250),
    ("bartowski/Llama-3.2-3B-Instruct-GGUF", "text-generation", "llama", "meta-llama/Llama-3.2-3B-Instruct", 200, 130),
    ("bartowski/gemma-2-9b-it-GGUF", "text-generation", "gemma2", "google/gemma-2-9b-it", 30, 200),
    ("codellama/CodeLlama-7b-hf", "text-generation", "llama", "", 60, 350),
    ("mistralai/Mistral-7B-v0.1", "text-generation", "mistral", "", 700, 3500),
    ("mistralai/Mistral-7B-Instruct-v0.3", "text-generation", "mistral", "mistralai/Mistral-7B-v0.3", 1500, 1400),
    ("TheBloke/Mistral-7B-Instruct-v0.2-GGUF", "text-generation", "mistral", "mistralai/Mistral-7B-Instruct-v0.2", 90, 450),
    ("mistralai/Mixtral-8x7B-Instruct-v0.1", "text-generation", "mixtral", "", 500, 4200),
    ("openai/whisper-large-v3", "automatic-speech-recognition", "whisper", "", 4500, 4000),
    ("openai/whisper-tiny", "automatic-speech-recognition", "whisper", "", 700, 300),
    ("Xenova/whisper-tiny", "automatic-speech-recognition", "whisper", "openai/whisper-tiny", 60, 10),
    ("openai-community/gpt2", "text-generation", "gpt2", "", 11000, 2500),
    ("openai-community/gpt2-medium", "text-generation", "gpt2", "", 500, 160),
    ("someone/my-gpt2-finetuned-on-poems", "text-generation", "gpt2", "openai-community/gpt2", 0, 0),
    ("google-bert/bert-base-uncased", "fill-mask", "bert", "", 60000, 2000),
    ("sentence-transformers/all-MiniLM-L6-v2", "sentence-similarity", "bert", "", 90000, 3000),
    ("black-forest-labs/FLUX.1-dev", "text-to-image", "flux", "", 1500, 9000),
    ("stabilityai/stable-diffusion-xl-base-1.0", "text-to-image", "stable-diffusion", "", 2500, 6500),
    ("deepseek-ai/DeepSeek-R1", "text-generation", "deepseek_v3", "", 800, 12000),
    ("deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", "text-generation", "qwen2", "", 600, 700),
    ("suno/bark", "text-to-audio", "bark", "", 40, 1300),
    ("facebook/detr-resnet-50", "object-detection", "detr", "", 400, 850),
    ("Salesforce/blip-image-captioning-base", "image-to-text", "blip", "", 1800, 650),
];

/// What goes in and what comes out, by task.
fn types(task: &str) -> (&'static [&'static str], &'static str) {
    match task {
        "automatic-speech-recognition" => (&["audio"], "text"),
        "image-text-to-text" => (&["image", "text"], "text"),
        "image-to-text" => (&["image"], "text"),
        "object-detection" => (&["image"], "boxes"),
        "sentence-similarity" => (&["text"], "embedding"),
        "text-to-audio" => (&["text"], "audio"),
        "text-to-image" => (&["text"], "image"),
        _ => (&["text"], "text"),
    }
}

/// The catalog.
pub(crate) fn table() -> Table {
    let mut builder = Builder::default();
    for (id, task, family, base, downloads, likes) in MODELS {
        let mut row = Row { id: id.to_owned(), ..Row::default() };
        row.base = Some(base.to_owned()).filter(|base| !base.is_empty());
        row.name[1] = Some(family.to_owned());
        row.name[2] = Some(task.to_owned());
        row.names[5] = vec![format!("about-{}", task.split('-').next().unwrap())];
        let (inputs, output) = types(task);
        row.names[6] = inputs.iter().map(|&input| input.to_owned()).collect();
        row.names[7] = vec![output.to_owned()];
        row.number[6] = Some(f64::from(downloads) * 1000.0);
        row.number[7] = Some(f64::from(likes));
        builder.push(&row);
    }
    builder.finish(&[10])
}

/// The place of an id.
pub(crate) fn row(table: &Table, id: &str) -> usize {
    (0..table.len()).find(|row| table.id(*row) == id).unwrap()
}

/// The first answer.
pub(crate) fn first(query: &str) -> Option<String> {
    let table = table();
    let found = Text::default().search(&table, query);
    let mut rows: Vec<_> = found.rows.iter().zip(&found.scores).collect();
    rows.sort_by(|(one, one_score), (other, other_score)| {
        let ids = table.compare_ids(**one as usize, **other as usize);
        other_score.total_cmp(one_score).then(ids)
    });
    rows.first().map(|(row, _)| table.id(**row as usize))
}
