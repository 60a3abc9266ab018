// A few rows with one of each kind, for the local Hub's own tests.

import type { SampleModel } from './types.ts';

const LLAMA_CONFIG = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  hidden_size: 2048,
  num_hidden_layers: 16,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  max_position_embeddings: 131072,
  torch_dtype: 'bfloat16',
};

const CHAT: SampleModel = {
  id: 'acme/chat-1b',
  task: 'text-generation',
  library: 'transformers',
  license: 'apache-2.0',
  created: '2025-02-03',
  downloads: 120_000,
  likes: 480,
  languages: ['en', 'id'],
  tags: ['conversational'],
  config: LLAMA_CONFIG,
  safetensors: { BF16: 1_235_814_400 },
  files: [
    ['.gitattributes', 1519],
    ['README.md', 4200],
    ['config.json', 843],
    ['generation_config.json', 189],
    ['model-00001-of-00002.safetensors', 1_900_000_000],
    ['model-00002-of-00002.safetensors', 571_645_592],
    ['model.safetensors.index.json', 29_000],
    ['onnx/model.onnx', 812_345],
    ['onnx/model_q4.onnx', 412_345_678],
    ['original/params.json', 200],
    ['original/deep/tokenizer.model', 2_183_982],
    ['tokenizer.json', 9_085_657],
    ['tokenizer_config.json', 54_528],
  ],
};

const GGUF: SampleModel = {
  id: 'acme/chat-1b-GGUF',
  task: 'text-generation',
  license: 'apache-2.0',
  created: '2025-02-04',
  downloads: 64_000,
  likes: 96,
  baseModel: { relation: 'quantized', id: 'acme/chat-1b' },
  gguf: { architecture: 'llama', context_length: 131072, total: 1_235_814_432 },
  files: [
    ['README.md'],
    ['chat-1b-BF16.gguf', 2_479_595_360],
    ['chat-1b-Q4_K_M.gguf', 807_694_464],
    ['chat-1b-Q8_0.gguf', 1_321_083_008],
  ],
};

const GATED: SampleModel = {
  id: 'acme/gated-27b',
  task: 'image-text-to-text',
  library: 'transformers',
  license: 'gemma',
  gated: 'manual',
  created: '2025-03-01',
  downloads: 30_000,
  likes: 1200,
  config: {
    ...LLAMA_CONFIG,
    architectures: ['Gemma3ForConditionalGeneration'],
    model_type: 'gemma3',
  },
  safetensors: { BF16: 27_432_406_640 },
  files: [['README.md'], ['config.json'], ['model.safetensors', 54_864_813_280]],
};

const AWQ: SampleModel = {
  id: 'Other-Org/Chat-1B-AWQ',
  task: 'text-generation',
  library: 'transformers',
  license: 'mit',
  created: '2025-05-05',
  downloads: 64_000,
  likes: 8,
  baseModel: { relation: 'quantized', id: 'acme/chat-1b' },
  config: {
    ...LLAMA_CONFIG,
    quantization_config: { quant_method: 'awq', bits: 4, group_size: 128, zero_point: true },
  },
  safetensors: { I32: 121_634_816, F16: 262_735_872 },
  files: [['config.json'], ['model.safetensors', 1_012_010_936]],
};

const BERT: SampleModel = {
  id: 'google-bert/bert-base-uncased',
  task: 'fill-mask',
  library: 'transformers',
  license: 'apache-2.0',
  created: '2022-03-02',
  downloads: 60_000_000,
  likes: 2400,
  languages: ['en'],
  tags: ['arxiv:1810.04805', 'dataset:wikipedia'],
  config: { architectures: ['BertForMaskedLM'], model_type: 'bert', num_hidden_layers: 12 },
  safetensors: { F32: 110_106_428 },
  files: [
    ['config.json', 570],
    ['model.safetensors', 440_449_768],
    ['pytorch_model.bin', 440_473_133],
    ['vocab.txt', 231_508],
  ],
};

/** No task, library, licence, date or counts: keys must be missing, not null. */
const BARE: SampleModel = { id: 'someone/bare', files: [['weights.bin', 1000]] };

export const FIXTURE: SampleModel[] = [CHAT, GGUF, GATED, AWQ, BERT, BARE];
