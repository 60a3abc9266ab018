// Names that the Hub uses, the common ones first: rows draw from them with falling weights.

export const TASKS: readonly string[] =
  'text-generation text-classification text-to-image feature-extraction image-text-to-text token-classification automatic-speech-recognition fill-mask sentence-similarity image-classification reinforcement-learning question-answering translation summarization text-to-speech object-detection image-to-text audio-classification image-segmentation text-to-video image-to-image text-ranking zero-shot-classification any-to-any audio-to-audio image-feature-extraction depth-estimation text-to-audio zero-shot-image-classification image-to-video robotics tabular-classification tabular-regression video-classification mask-generation unconditional-image-generation text-to-3d image-to-3d visual-question-answering document-question-answering table-question-answering time-series-forecasting graph-ml keypoint-detection voice-activity-detection video-text-to-text visual-document-retrieval zero-shot-object-detection'.split(
    ' ',
  );

export const LIBRARIES: readonly string[] =
  'transformers diffusers peft sentence-transformers gguf mlx stable-baselines3 timm transformers.js adapter-transformers setfit fasttext keras ml-agents sample-factory vllm llama.cpp spacy flair nemo speechbrain espnet open_clip onnx tf-keras allennlp fastai pyannote-audio pytorch stanza sklearn mlc-llm paddleocr coqui asteroid ultralytics bertopic span-marker chronos-forecasting lerobot'.split(
    ' ',
  );

export const LICENSES: readonly string[] =
  'apache-2.0 mit other creativeml-openrail-m openrail llama3.1 gemma cc-by-nc-4.0 llama3 llama2 cc-by-4.0 llama3.2 cc-by-nc-sa-4.0 cc-by-sa-4.0 afl-3.0 gpl-3.0 bsd-3-clause llama3.3 openrail++ cc0-1.0 bigscience-openrail-m agpl-3.0 unknown bigscience-bloom-rail-1.0 wtfpl bigcode-openrail-m cc-by-nc-nd-4.0 unlicense cc artistic-2.0 cc-by-3.0 bsd apple-amlr ms-pl cc-by-nc-2.0 mpl-2.0 lgpl-3.0 bsl-1.0 cc-by-sa-3.0 gpl gpl-2.0 osl-3.0 cc-by-nc-3.0 ecl-2.0 cc-by-nd-4.0 odbl pddl gfdl eupl-1.1 isc'.split(
    ' ',
  );

export const LANGUAGES: readonly string[] =
  'en zh fr de es ja ru ko pt it ar hi th vi multilingual id nl tr pl sv fa uk bn fi ro cs ta hu da ca el te he ur no ml bg mr sw sk et lt hr sl gu kn lv sr ms pa ne eu si is km az my gl af kk cy sq mk ka be bs uz hy am mn yo so ha ga lb tl jv su mi mt la eo'.split(
    ' ',
  );

/** Labels of quantizations of a GGUF repository, in the order of bits. */
export const QUANTIZATIONS: readonly string[] =
  'IQ1_S IQ1_M IQ2_XXS IQ2_XS IQ2_S IQ2_M Q2_K Q2_K_L IQ3_XXS IQ3_XS IQ3_S IQ3_M Q3_K_S Q3_K_M Q3_K_L Q3_K_XL IQ4_XS IQ4_NL Q4_0 Q4_1 Q4_K_S Q4_K_M Q4_K_L Q5_0 Q5_1 Q5_K_S Q5_K_M Q5_K_L Q6_K Q6_K_L Q8_0 F16 BF16'.split(
    ' ',
  );

/** Bits of a weight in each of them, about. */
export const QUANTIZATION_BITS: readonly number[] = [
  1.6, 1.8, 2.1, 2.3, 2.5, 2.7, 3, 3, 3.1, 3.3, 3.5, 3.6, 3.6, 3.9, 4.2, 4.3, 4.3, 4.5, 4.6, 5, 4.6,
  4.8, 4.9, 5.5, 6, 5.5, 5.7, 5.8, 6.6, 6.7, 8.5, 16, 16,
];

export const PROVIDERS: readonly string[] =
  'hf-inference novita together nebius fireworks-ai featherless-ai sambanova groq cerebras hyperbolic cohere fal-ai replicate nscale ovhcloud'.split(
    ' ',
  );

export const TAGS: readonly string[] =
  'conversational safetensors tensorboard generated_from_trainer custom_code lora autotrain_compatible unsloth trl code model-index text-generation-inference endpoints_compatible region:us stable-diffusion dpo merge mergekit imatrix medical chat roleplay math reasoning vision moe deep-reinforcement-learning flux ocr legal finance biology pytorch tensorflow jax rust onnx quantized 4-bit 8-bit awq gptq abliterated uncensored function-calling agent rag embeddings mteb whisper speech music art anime image-generation controlnet robotics simulation benchmark arxiv'.split(
    ' ',
  );

/** What people call what they trained. */
export const ENDINGS: readonly string[] =
  'finetuned v2 lora instruct sft dpo chat v1 final merged test base grpo small large ft epoch3 v3 qlora adapter checkpoint distilled imdb squad emotion cola ner sentiment classifier en v0.1 results 1000 demo uncased multilingual tuned 4bit rl new abliterated thinking'.split(
    ' ',
  );
