// The choice of models and what is known of them by name: task, library, licence, gating, model class, relation to a
// base model, usual files. No sizes, downloads, likes, parameter counts or dates are written here: build.mjs reads
// those from the sources.
//
// Row: [id, options]. Options, all optional:
//   k    kind of row (defaults for task, library and files), default 'lm'
//   lic  licence id            gate  'auto' | 'manual'        lang  languages
//   dt   dtype of the unpacked weights ('BF16', 'F16', 'F32'): lets the source's parameter count be used
//   mt   model_type            arch  config.architectures[0], when not the usual class of the model type
//   ctx  max_position_embeddings known from the model's own config
//   base [relation, id]        q     [quant_method, bits]     tags  further tags
//   sh   number of safetensors shards (0 = single file, -1 = sharded, number unknown)
//   f    files, replaces the usual list;  fx files to add
const LL31 = ['en', 'de', 'fr', 'it', 'pt', 'hi', 'es', 'th'];
const L31 = { lic: 'llama3.1', gate: 'manual', dt: 'BF16', lang: LL31, ctx: 131072 };
const L32 = { lic: 'llama3.2', gate: 'manual', dt: 'BF16', lang: LL31, ctx: 131072 };
const AP = { lic: 'apache-2.0', dt: 'BF16' };
const MIT = { lic: 'mit', dt: 'BF16' };
const CHAT = { tags: ['conversational'] };

export const rows = [
  // --- chat and base language models, safetensors ---
  ['meta-llama/Llama-3.2-1B', { ...L32, sh: 0 }],
  ['meta-llama/Llama-3.2-1B-Instruct', { ...L32, ...CHAT, sh: 0 }],
  ['meta-llama/Llama-3.2-3B', { ...L32, sh: 2 }],
  ['meta-llama/Llama-3.2-3B-Instruct', { ...L32, ...CHAT, sh: 2 }],
  ['meta-llama/Llama-3.1-8B', { ...L31, sh: 4 }],
  [
    'meta-llama/Llama-3.1-8B-Instruct',
    { ...L31, ...CHAT, sh: 4, base: ['finetune', 'meta-llama/Llama-3.1-8B'] },
  ],
  [
    'meta-llama/Llama-3.1-70B-Instruct',
    { ...L31, ...CHAT, sh: 30, base: ['finetune', 'meta-llama/Llama-3.1-70B'] },
  ],
  [
    'meta-llama/Llama-3.3-70B-Instruct',
    {
      lic: 'llama3.3',
      gate: 'manual',
      dt: 'BF16',
      lang: LL31,
      ctx: 131072,
      ...CHAT,
      sh: 30,
      base: ['finetune', 'meta-llama/Llama-3.1-70B'],
    },
  ],
  [
    'meta-llama/Meta-Llama-3-8B-Instruct',
    { lic: 'llama3', gate: 'manual', dt: 'BF16', lang: ['en'], ctx: 8192, ...CHAT, sh: 4 },
  ],
  [
    'meta-llama/Llama-2-7b-hf',
    { lic: 'llama2', gate: 'manual', dt: 'F16', lang: ['en'], ctx: 4096, sh: 2 },
  ],
  ['TinyLlama/TinyLlama-1.1B-Chat-v1.0', { ...AP, ...CHAT, lang: ['en'], ctx: 2048, sh: 0 }],
  ['lmsys/vicuna-7b-v1.5', { k: 'bin', lic: 'llama2', mt: 'llama', sh: 2 }],
  [
    'HuggingFaceTB/SmolLM2-135M-Instruct',
    { ...AP, ...CHAT, lang: ['en'], sh: 0, base: ['finetune', 'HuggingFaceTB/SmolLM2-135M'] },
  ],
  [
    'HuggingFaceTB/SmolLM3-3B',
    {
      ...AP,
      ...CHAT,
      lang: ['en', 'fr', 'es', 'it', 'pt', 'zh', 'ar', 'ru'],
      sh: 2,
      base: ['finetune', 'HuggingFaceTB/SmolLM3-3B-Base'],
    },
  ],
  ['mistralai/Mistral-7B-v0.1', { ...AP, lang: ['en'], ctx: 32768, sh: 2 }],
  ['mistralai/Mistral-7B-Instruct-v0.2', { ...AP, ...CHAT, ctx: 32768, sh: 3 }],
  [
    'mistralai/Mistral-7B-Instruct-v0.3',
    {
      ...AP,
      lib: 'vllm',
      ...CHAT,
      ctx: 32768,
      sh: 3,
      base: ['finetune', 'mistralai/Mistral-7B-v0.3'],
      fx: ['consolidated.safetensors', 'params.json', 'tokenizer.model.v3'],
    },
  ],
  [
    'mistralai/Mistral-Nemo-Instruct-2407',
    {
      ...AP,
      lib: 'vllm',
      ...CHAT,
      mt: 'mistral',
      sh: 5,
      base: ['finetune', 'mistralai/Mistral-Nemo-Base-2407'],
      fx: ['consolidated.safetensors', 'params.json', 'tekken.json'],
    },
  ],
  [
    'mistralai/Mixtral-8x7B-Instruct-v0.1',
    { ...AP, ...CHAT, mt: 'mixtral', sh: 19, base: ['finetune', 'mistralai/Mixtral-8x7B-v0.1'] },
  ],
  [
    'HuggingFaceH4/zephyr-7b-beta',
    {
      ...MIT,
      ...CHAT,
      mt: 'mistral',
      lang: ['en'],
      sh: 8,
      base: ['finetune', 'mistralai/Mistral-7B-v0.1'],
    },
  ],
  [
    'NousResearch/Hermes-3-Llama-3.1-8B',
    {
      lic: 'llama3',
      dt: 'BF16',
      ...CHAT,
      lang: ['en'],
      ctx: 131072,
      sh: 4,
      base: ['finetune', 'meta-llama/Llama-3.1-8B'],
    },
  ],
  [
    'upstage/SOLAR-10.7B-Instruct-v1.0',
    {
      lic: 'cc-by-nc-4.0',
      dt: 'F16',
      ...CHAT,
      mt: 'llama',
      lang: ['en'],
      sh: -1,
      base: ['finetune', 'upstage/SOLAR-10.7B-v1.0'],
    },
  ],
  ['microsoft/phi-2', { lic: 'mit', dt: 'F16', lang: ['en'], ctx: 2048, sh: 2, tags: ['code'] }],
  [
    'microsoft/Phi-3-mini-4k-instruct',
    {
      as: 'microsoft/phi-3-mini-4k-instruct',
      ...MIT,
      ...CHAT,
      mt: 'phi3',
      ctx: 4096,
      sh: 2,
      tags: ['conversational', 'custom_code'],
    },
  ],
  [
    'microsoft/Phi-3-mini-128k-instruct',
    { ...MIT, ctx: 131072, sh: 2, tags: ['conversational', 'custom_code'], noparams: 1 },
  ],
  [
    'microsoft/Phi-3.5-mini-instruct',
    { ...MIT, mt: 'phi3', ctx: 131072, sh: 2, tags: ['conversational', 'custom_code'] },
  ],
  [
    'microsoft/Phi-3.5-MoE-instruct',
    {
      ...MIT,
      mt: 'phimoe',
      ctx: 131072,
      sh: 17,
      tags: ['conversational', 'custom_code'],
      noparams: 1,
    },
  ],
  ['microsoft/Phi-4-mini-instruct', { lic: 'mit', ...CHAT, mt: 'phi3', ctx: 131072, sh: 2 }],
  ['microsoft/phi-4', { lic: 'mit', ...CHAT, mt: 'phi3', ctx: 16384, lang: ['en'], sh: 6 }],
  ['microsoft/bitnet-b1.58-2B-4T', { lic: 'mit', ...CHAT, lang: ['en'], sh: 0 }],
  [
    'Qwen/Qwen2.5-0.5B-Instruct',
    { ...AP, ...CHAT, ctx: 32768, sh: 0, base: ['finetune', 'Qwen/Qwen2.5-0.5B'] },
  ],
  [
    'Qwen/Qwen2.5-1.5B-Instruct',
    { ...AP, ...CHAT, ctx: 32768, sh: 0, base: ['finetune', 'Qwen/Qwen2.5-1.5B'] },
  ],
  [
    'Qwen/Qwen2.5-3B-Instruct',
    { lic: 'other', dt: 'BF16', ...CHAT, ctx: 32768, sh: 2, base: ['finetune', 'Qwen/Qwen2.5-3B'] },
  ],
  ['Qwen/Qwen2.5-7B', { ...AP, ctx: 131072, sh: 4 }],
  [
    'Qwen/Qwen2.5-7B-Instruct',
    { ...AP, ...CHAT, ctx: 32768, sh: 4, base: ['finetune', 'Qwen/Qwen2.5-7B'] },
  ],
  [
    'Qwen/Qwen2.5-72B-Instruct',
    {
      lic: 'other',
      dt: 'BF16',
      ...CHAT,
      ctx: 32768,
      sh: 37,
      base: ['finetune', 'Qwen/Qwen2.5-72B'],
    },
  ],
  [
    'Qwen/Qwen2.5-Coder-7B-Instruct',
    {
      ...AP,
      ctx: 32768,
      sh: 4,
      tags: ['conversational', 'code'],
      base: ['finetune', 'Qwen/Qwen2.5-Coder-7B'],
    },
  ],
  [
    'Qwen/Qwen2.5-Coder-32B-Instruct',
    {
      ...AP,
      ctx: 32768,
      sh: 14,
      tags: ['conversational', 'code'],
      base: ['finetune', 'Qwen/Qwen2.5-Coder-32B'],
    },
  ],
  [
    'Qwen/Qwen3-0.6B',
    { ...AP, ...CHAT, ctx: 40960, sh: 0, base: ['finetune', 'Qwen/Qwen3-0.6B-Base'] },
  ],
  [
    'Qwen/Qwen3-1.7B',
    { ...AP, ...CHAT, ctx: 40960, sh: 2, base: ['finetune', 'Qwen/Qwen3-1.7B-Base'] },
  ],
  [
    'Qwen/Qwen3-4B',
    {
      lic: 'apache-2.0',
      ...CHAT,
      mt: 'qwen3',
      ctx: 40960,
      sh: 3,
      base: ['finetune', 'Qwen/Qwen3-4B-Base'],
    },
  ],
  ['Qwen/Qwen3-4B-Instruct-2507', { ...AP, ...CHAT, ctx: 262144, sh: 3 }],
  [
    'Qwen/Qwen3-8B',
    { ...AP, ...CHAT, ctx: 40960, sh: 5, base: ['finetune', 'Qwen/Qwen3-8B-Base'] },
  ],
  [
    'Qwen/Qwen3-14B',
    {
      ...AP,
      dt: '',
      ...CHAT,
      mt: 'qwen3',
      ctx: 40960,
      sh: 8,
      base: ['finetune', 'Qwen/Qwen3-14B-Base'],
    },
  ],
  ['Qwen/Qwen3-32B', { lic: 'apache-2.0', ...CHAT, mt: 'qwen3', ctx: 40960, sh: 17 }],
  [
    'Qwen/Qwen3-30B-A3B',
    {
      lic: 'apache-2.0',
      ...CHAT,
      mt: 'qwen3_moe',
      ctx: 40960,
      sh: 16,
      base: ['finetune', 'Qwen/Qwen3-30B-A3B-Base'],
    },
  ],
  ['Qwen/Qwen3-30B-A3B-Instruct-2507', { ...AP, ...CHAT, ctx: 262144, sh: 16 }],
  [
    'Qwen/Qwen3-Coder-30B-A3B-Instruct',
    { ...AP, ctx: 262144, sh: 16, tags: ['conversational', 'code'] },
  ],
  ['Qwen/Qwen3-235B-A22B', { ...AP, ...CHAT, ctx: 40960, sh: 118 }],
  ['Qwen/Qwen3-Next-80B-A3B-Instruct', { ...AP, ...CHAT, ctx: 262144, sh: 41 }],
  ['Qwen/Qwen3-Coder-Next', { ...AP, ctx: 262144, sh: -1, tags: ['conversational', 'code'] }],
  ['Qwen/Qwen1.5-MoE-A2.7B', { lic: 'other', dt: 'BF16', sh: -1, lang: ['en'] }],
  ['google/gemma-2b', { lic: 'gemma', gate: 'manual', dt: 'BF16', sh: 2 }],
  [
    'google/gemma-2-2b-it',
    {
      lic: 'gemma',
      gate: 'manual',
      dt: 'BF16',
      mt: 'gemma2',
      ctx: 8192,
      ...CHAT,
      sh: 2,
      base: ['finetune', 'google/gemma-2-2b'],
    },
  ],
  [
    'google/gemma-2-9b-it',
    {
      lic: 'gemma',
      gate: 'manual',
      dt: 'BF16',
      mt: 'gemma2',
      ctx: 8192,
      ...CHAT,
      sh: 4,
      base: ['finetune', 'google/gemma-2-9b'],
    },
  ],
  [
    'google/gemma-2-27b-it',
    {
      lic: 'gemma',
      gate: 'manual',
      dt: 'BF16',
      mt: 'gemma2',
      ctx: 8192,
      ...CHAT,
      sh: 12,
      base: ['finetune', 'google/gemma-2-27b'],
    },
  ],
  ['google/gemma-3-270m', { lic: 'gemma', gate: 'manual', ctx: 32768, sh: 0 }],
  [
    'google/gemma-3-1b-it',
    {
      lic: 'gemma',
      gate: 'manual',
      dt: 'BF16',
      ctx: 32768,
      ...CHAT,
      sh: 0,
      base: ['finetune', 'google/gemma-3-1b-pt'],
    },
  ],
  [
    'openai-community/gpt2',
    {
      lic: 'mit',
      dt: 'F32',
      lang: ['en'],
      old: 1,
      f: [
        'config.json',
        'generation_config.json',
        'merges.txt',
        'model.safetensors',
        'onnx/decoder_model.onnx',
        'onnx/decoder_model_merged.onnx',
        'onnx/decoder_with_past_model.onnx',
        'pytorch_model.bin',
        'tokenizer.json',
        'tokenizer_config.json',
        'vocab.json',
      ],
    },
  ],
  [
    'distilbert/distilgpt2',
    {
      lic: 'apache-2.0',
      lang: ['en'],
      old: 1,
      f: [
        'config.json',
        'merges.txt',
        'model.safetensors',
        'pytorch_model.bin',
        'tokenizer.json',
        'vocab.json',
      ],
    },
  ],
  ['EleutherAI/gpt-neox-20b', { lic: 'apache-2.0', lang: ['en'], sh: -1 }],
  ['EleutherAI/pythia-160m', { lic: 'apache-2.0', lang: ['en'], sh: 0 }],
  ['EleutherAI/gpt-neo-125m', { lic: 'mit', lang: ['en'], old: 1, sh: 0 }],
  [
    'EleutherAI/gpt-j-6b',
    {
      k: 'bin',
      lic: 'apache-2.0',
      mt: 'gptj',
      lang: ['en'],
      old: 1,
      f: [
        'config.json',
        'merges.txt',
        'pytorch_model.bin',
        'tokenizer.json',
        'tokenizer_config.json',
        'vocab.json',
      ],
    },
  ],
  [
    'facebook/opt-125m',
    {
      k: 'bin',
      lic: 'other',
      lang: ['en'],
      f: ['config.json', 'merges.txt', 'pytorch_model.bin', 'tokenizer_config.json', 'vocab.json'],
    },
  ],
  ['bigscience/bloom-560m', { lic: 'bigscience-bloom-rail-1.0', sh: 0 }],
  ['bigscience/bloom', { lic: 'bigscience-bloom-rail-1.0', vec: 1, mt: 'bloom', sh: -1 }],
  [
    'tiiuae/falcon-7b',
    { ...AP, ctxdrop: 1, lang: ['en', 'de', 'es', 'fr'], sh: 2, tags: ['custom_code'] },
  ],
  [
    'tiiuae/falcon-40b-instruct',
    { lic: 'apache-2.0', mt: 'falcon', lang: ['en'], sh: 9, tags: ['custom_code'] },
  ],
  [
    'tiiuae/Falcon3-7B-Instruct',
    {
      lic: 'other',
      dt: 'BF16',
      mt: 'llama',
      ...CHAT,
      lang: ['en', 'fr', 'es', 'pt'],
      sh: 4,
      base: ['finetune', 'tiiuae/Falcon3-7B-Base'],
    },
  ],
  [
    'tiiuae/falcon-mamba-7b',
    { lic: 'other', dt: 'BF16', ctxdrop: 1, lang: ['en'], sh: -1, noparams: 1 },
  ],
  ['tiiuae/Falcon-H1-34B-Instruct', { lic: 'other', mt: 'falcon_h1', ...CHAT, sh: -1 }],
  [
    'mosaicml/mpt-7b',
    {
      k: 'bin',
      lic: 'apache-2.0',
      mt: 'mpt',
      tags: ['custom_code'],
      f: [
        'config.json',
        'configuration_mpt.py',
        'modeling_mpt.py',
        'pytorch_model-00001-of-00002.bin',
        'pytorch_model-00002-of-00002.bin',
        'pytorch_model.bin.index.json',
        'tokenizer.json',
        'tokenizer_config.json',
      ],
    },
  ],
  [
    'databricks/dbrx-instruct',
    { lic: 'other', mt: 'dbrx', ...CHAT, sh: -1, cfg: 'dbrx_132b.json' },
  ],
  [
    'deepseek-ai/DeepSeek-V3',
    {
      mt: 'deepseek_v3',
      ctx: 163840,
      q: ['fp8', 8],
      shw: 6,
      sh: 163,
      tags: ['conversational', 'custom_code'],
    },
  ],
  [
    'deepseek-ai/DeepSeek-R1',
    {
      lic: 'mit',
      ctx: 163840,
      q: ['fp8', 8],
      shw: 6,
      sh: 163,
      tags: ['conversational', 'custom_code'],
    },
  ],
  [
    'deepseek-ai/DeepSeek-Coder-V2-Lite-Instruct',
    {
      lic: 'other',
      dt: 'BF16',
      ctx: 163840,
      shw: 6,
      sh: 4,
      tags: ['conversational', 'code', 'custom_code'],
    },
  ],
  [
    'deepseek-ai/DeepSeek-V3.2',
    { lic: 'mit', ctx: 163840, q: ['fp8', 8], shw: 6, sh: 163, ...CHAT },
  ],
  ['deepseek-ai/DeepSeek-V4-Pro', { lic: 'mit', vec: 1, sh: -1, ...CHAT }],
  ['deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B', { ...MIT, ...CHAT, ctx: 131072, sh: 0 }],
  [
    'deepseek-ai/DeepSeek-R1-Distill-Qwen-7B',
    {
      ...MIT,
      ...CHAT,
      ctx: 131072,
      f: [
        'config.json',
        'generation_config.json',
        'model-00001-of-000002.safetensors',
        'model-00002-of-000002.safetensors',
        'model.safetensors.index.json',
        'tokenizer.json',
        'tokenizer_config.json',
      ],
    },
  ],
  [
    'deepseek-ai/DeepSeek-R1-Distill-Llama-8B',
    {
      ...MIT,
      ...CHAT,
      ctx: 131072,
      f: [
        'config.json',
        'generation_config.json',
        'model-00001-of-000002.safetensors',
        'model-00002-of-000002.safetensors',
        'model.safetensors.index.json',
        'tokenizer.json',
        'tokenizer_config.json',
      ],
    },
  ],
  [
    'openai/gpt-oss-20b',
    { lic: 'apache-2.0', vec: 1, ctx: 131072, q: ['mxfp4', 4], ...CHAT, sh: '0:2' },
  ],
  [
    'openai/gpt-oss-120b',
    { lic: 'apache-2.0', vec: 1, ctx: 131072, q: ['mxfp4', 4], ...CHAT, sh: '0:14' },
  ],
  ['zai-org/GLM-4.5-Air', { ...MIT, ...CHAT, lang: ['en', 'zh'], ctx: 131072, sh: -1 }],
  ['zai-org/GLM-4.7-Flash', { ...MIT, ...CHAT, lang: ['en', 'zh'], sh: -1 }],
  ['zai-org/GLM-5', { ...MIT, ...CHAT, lang: ['en', 'zh'], sh: -1 }],
  ['zai-org/glm-4-9b-chat-hf', { lic: 'other', dt: 'BF16', ...CHAT, lang: ['zh', 'en'], sh: -1 }],
  [
    'zai-org/glm-4-9b-chat',
    {
      as: 'THUDM/glm-4-9b-chat',
      lic: 'other',
      dt: 'BF16',
      mt: 'chatglm',
      lang: ['zh', 'en'],
      sh: 10,
      tags: ['custom_code', 'glm', 'thudm'],
      task: null,
    },
  ],
  [
    'CohereLabs/c4ai-command-r-v01',
    {
      as: 'CohereForAI/c4ai-command-r-v01',
      lic: 'cc-by-nc-4.0',
      gate: 'auto',
      mt: 'cohere',
      ...CHAT,
      lang: ['en', 'fr', 'de', 'es', 'it', 'pt', 'ja', 'ko', 'zh', 'ar'],
      sh: 15,
    },
  ],
  [
    'CohereLabs/c4ai-command-r7b-12-2024',
    { lic: 'cc-by-nc-4.0', gate: 'auto', dt: 'BF16', ...CHAT, sh: -1 },
  ],
  [
    'CohereLabs/aya-expanse-8b',
    { lic: 'cc-by-nc-4.0', gate: 'auto', dt: 'F16', ctx: 8192, ...CHAT, sh: 4 },
  ],
  ['allenai/OLMo-1B-hf', { lic: 'apache-2.0', lang: ['en'], sh: 0 }],
  [
    'allenai/OLMo-2-1124-7B-Instruct',
    {
      ...AP,
      ...CHAT,
      lang: ['en'],
      ctx: 4096,
      sh: -1,
      base: ['finetune', 'allenai/OLMo-2-1124-7B-DPO'],
    },
  ],
  ['allenai/OLMoE-1B-7B-0924', { ...AP, lang: ['en'], ctx: 4096, sh: -1, noparams: 1 }],
  ['allenai/Olmo-3-7B-Instruct', { ...AP, ...CHAT, lang: ['en'], ctx: 65536, sh: -1, noparams: 1 }],
  ['state-spaces/mamba-130m-hf', { lic: 'apache-2.0', ctxdrop: 1, sh: 0 }],
  [
    'Zyphra/Zamba2-1.2B-instruct',
    { noparams: 1, ...AP, ...CHAT, ctx: 4096, sh: 0, base: ['finetune', 'Zyphra/Zamba2-1.2B'] },
  ],
  ['ai21labs/AI21-Jamba-Mini-1.5', { lic: 'other', dt: 'BF16', ...CHAT, ctx: 262144, sh: -1 }],
  [
    'ibm-granite/granite-3.3-8b-instruct',
    { ...AP, ...CHAT, ctx: 131072, sh: 4, base: ['finetune', 'ibm-granite/granite-3.3-8b-base'] },
  ],
  [
    'ibm-granite/granite-4.0-h-tiny',
    { ...AP, ...CHAT, sh: -1, base: ['finetune', 'ibm-granite/granite-4.0-h-tiny-base'] },
  ],
  ['ibm-granite/granite-3.0-1b-a400m-base', { ...AP, sh: 0 }],
  ['nvidia/NVIDIA-Nemotron-Nano-9B-v2', { lic: 'other', dt: 'BF16', ...CHAT, sh: -1 }],
  [
    'nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16',
    { lic: 'other', dt: 'BF16', mt: 'nemotron_h', ...CHAT, sh: -1 },
  ],
  [
    'nvidia/Nemotron-Mini-4B-Instruct',
    { lic: 'other', dt: 'BF16', ...CHAT, lang: ['en'], ctx: 4096, sh: -1, noparams: 1 },
  ],
  [
    'nvidia/Llama-3_3-Nemotron-Super-49B-v1',
    {
      lic: 'other',
      dt: 'BF16',
      ...CHAT,
      lang: ['en'],
      ctx: 131072,
      sh: 21,
      tags: ['conversational', 'custom_code'],
    },
  ],
  [
    'stabilityai/stablelm-3b-4e1t',
    {
      k: 'lm',
      lic: 'cc-by-sa-4.0',
      dt: 'BF16',
      lang: ['en'],
      ctx: 4096,
      cfg: 'stablelm_3b.json',
      sh: 0,
    },
  ],
  ['bigcode/starcoder', { lic: 'bigcode-openrail-m', gate: 'auto', sh: -1, tags: ['code'] }],
  ['bigcode/starcoder2-3b', { lic: 'bigcode-openrail-m', ctx: 16384, sh: 0, tags: ['code'] }],
  ['codellama/CodeLlama-7b-hf', { lic: 'llama2', dt: 'BF16', ctx: 16384, sh: 2, tags: ['code'] }],
  [
    'internlm/internlm2_5-7b-chat',
    { ctxdrop: 1, lic: 'other', dt: 'BF16', sh: 8, tags: ['conversational', 'custom_code'] },
  ],
  [
    'baichuan-inc/Baichuan2-7B-Chat',
    {
      k: 'bin',
      lic: 'other',
      ctx: 4096,
      lang: ['en', 'zh'],
      tags: ['custom_code'],
      f: [
        'config.json',
        'configuration_baichuan.py',
        'modeling_baichuan.py',
        'pytorch_model.bin',
        'tokenizer.model',
        'tokenizer_config.json',
      ],
    },
  ],
  ['01-ai/Yi-34B-Chat', { lic: 'apache-2.0', mt: 'llama', ...CHAT, sh: 15 }],
  [
    'LGAI-EXAONE/EXAONE-4.0-1.2B',
    { lic: 'other', dt: 'BF16', ...CHAT, lang: ['en', 'ko', 'es'], ctx: 65536, sh: 0 },
  ],
  [
    'LGAI-EXAONE/EXAONE-Deep-7.8B',
    {
      lic: 'other',
      dt: 'BF16',
      lang: ['en', 'ko'],
      ctx: 32768,
      sh: -1,
      tags: ['conversational', 'custom_code'],
      base: ['finetune', 'LGAI-EXAONE/EXAONE-3.5-7.8B-Instruct'],
    },
  ],
  [
    'LiquidAI/LFM2-1.2B',
    {
      lic: 'other',
      dt: 'BF16',
      ...CHAT,
      ctx: 128000,
      lang: ['en', 'ar', 'zh', 'fr', 'de', 'ja', 'ko', 'es'],
      sh: 0,
    },
  ],
  ['LiquidAI/LFM2-8B-A1B', { lic: 'other', dt: 'BF16', ...CHAT, ctx: 128000, sh: -1 }],
  [
    'moonshotai/Kimi-K2-Instruct',
    {
      lic: 'other',
      ctx: 131072,
      q: ['fp8', 8],
      sh: 61,
      shn: 1,
      tags: ['conversational', 'custom_code'],
    },
  ],
  ['MiniMaxAI/MiniMax-M2.5', { lic: 'other', q: ['fp8', 8], ...CHAT, sh: -1 }],
  ['tencent/Hunyuan-A13B-Instruct', { lic: 'other', dt: 'BF16', ...CHAT, sh: -1, noparams: 1 }],
  ['ByteDance-Seed/Seed-OSS-36B-Instruct', { lic: 'apache-2.0', ...CHAT, ctx: 524288, sh: 15 }],
  [
    'swiss-ai/Apertus-8B-Instruct-2509',
    { ...AP, ...CHAT, ctx: 65536, sh: -1, base: ['finetune', 'swiss-ai/Apertus-8B-2509'] },
  ],
  ['Dream-org/Dream-v0-Instruct-7B', { ...AP, sh: -1, tags: ['custom_code'] }],
  [
    'apple/OpenELM-1_1B',
    { lic: 'apple-amlr', mt: 'openelm', arch: 'OpenELMForCausalLM', sh: 0, tags: ['custom_code'] },
  ],
  // --- packed and reduced precision ---
  [
    'Qwen/Qwen2.5-7B-Instruct-AWQ',
    {
      lic: 'apache-2.0',
      ...CHAT,
      ctx: 32768,
      q: ['awq', 4],
      sh: 2,
      base: ['quantized', 'Qwen/Qwen2.5-7B-Instruct'],
    },
  ],
  [
    'Qwen/Qwen2.5-32B-Instruct-GPTQ-Int4',
    {
      lic: 'apache-2.0',
      ...CHAT,
      ctx: 32768,
      q: ['gptq', 4],
      sh: -1,
      base: ['quantized', 'Qwen/Qwen2.5-32B-Instruct'],
    },
  ],
  [
    'Qwen/Qwen3-8B-AWQ',
    {
      lic: 'apache-2.0',
      ...CHAT,
      ctx: 40960,
      q: ['awq', 4],
      sh: 2,
      base: ['quantized', 'Qwen/Qwen3-8B'],
    },
  ],
  [
    'Qwen/Qwen3-8B-FP8',
    {
      lic: 'apache-2.0',
      ...CHAT,
      ctx: 40960,
      q: ['fp8', 8],
      sh: 2,
      base: ['quantized', 'Qwen/Qwen3-8B'],
    },
  ],
  [
    'TheBloke/Mistral-7B-Instruct-v0.2-AWQ',
    {
      lic: 'apache-2.0',
      ...CHAT,
      ctx: 32768,
      q: ['awq', 4],
      sh: 0,
      base: ['quantized', 'mistralai/Mistral-7B-Instruct-v0.2'],
    },
  ],
  [
    'TheBloke/Mistral-7B-Instruct-v0.2-GPTQ',
    {
      lic: 'apache-2.0',
      ...CHAT,
      ctx: 32768,
      q: ['gptq', 4],
      sh: 0,
      base: ['quantized', 'mistralai/Mistral-7B-Instruct-v0.2'],
    },
  ],
  [
    'TheBloke/TinyLlama-1.1B-Chat-v1.0-GPTQ',
    {
      lic: 'apache-2.0',
      ...CHAT,
      lang: ['en'],
      ctx: 2048,
      q: ['gptq', 4],
      sh: 0,
      base: ['quantized', 'TinyLlama/TinyLlama-1.1B-Chat-v1.0'],
    },
  ],
  [
    'TheBloke/Llama-2-7B-Chat-GPTQ',
    {
      lic: 'llama2',
      ...CHAT,
      lang: ['en'],
      ctx: 4096,
      q: ['gptq', 4],
      sh: 0,
      base: ['quantized', 'meta-llama/Llama-2-7b-chat-hf'],
    },
  ],
  [
    'TheBloke/OpenHermes-2.5-Mistral-7B-AWQ',
    {
      lic: 'apache-2.0',
      ...CHAT,
      lang: ['en'],
      ctx: 32768,
      q: ['awq', 4],
      sh: 0,
      base: ['quantized', 'teknium/OpenHermes-2.5-Mistral-7B'],
    },
  ],
  [
    'hugging-quants/Meta-Llama-3.1-8B-Instruct-AWQ-INT4',
    { lic: 'llama3.1', ...CHAT, lang: LL31, ctx: 131072, q: ['awq', 4], sh: 2 },
  ],
  [
    'RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8',
    {
      lic: 'llama3.1',
      ...CHAT,
      ctx: 131072,
      q: ['compressed-tensors', 8],
      sh: -1,
      base: ['quantized', 'meta-llama/Llama-3.1-8B-Instruct'],
    },
  ],
  [
    'RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w4a16',
    {
      lic: 'llama3.1',
      vec: 1,
      mt: 'llama',
      ...CHAT,
      ctx: 131072,
      q: ['compressed-tensors', 4],
      sh: -1,
      base: ['quantized', 'meta-llama/Llama-3.1-8B-Instruct'],
    },
  ],
  [
    'RedHatAI/Llama-3.3-70B-Instruct-quantized.w4a16',
    {
      lic: 'llama3.3',
      vec: 1,
      mt: 'llama',
      ...CHAT,
      ctx: 131072,
      q: ['compressed-tensors', 4],
      sh: -1,
      base: ['quantized', 'meta-llama/Llama-3.3-70B-Instruct'],
    },
  ],
  [
    'unsloth/Meta-Llama-3.1-8B-Instruct-bnb-4bit',
    {
      lic: 'llama3.1',
      vec: 1,
      ...CHAT,
      lang: ['en'],
      ctx: 131072,
      q: ['bitsandbytes', 4],
      sh: 0,
      tags: ['conversational', 'unsloth'],
      base: ['quantized', 'meta-llama/Llama-3.1-8B-Instruct'],
    },
  ],
  [
    'unsloth/mistral-7b-v0.3-bnb-4bit',
    {
      lic: 'apache-2.0',
      lang: ['en'],
      ctx: 32768,
      q: ['bitsandbytes', 4],
      sh: 0,
      tags: ['unsloth'],
      base: ['quantized', 'mistralai/Mistral-7B-v0.3'],
    },
  ],
  [
    'unsloth/Qwen2.5-7B-Instruct-bnb-4bit',
    {
      lic: 'apache-2.0',
      lang: ['en'],
      ctx: 32768,
      q: ['bitsandbytes', 4],
      sh: 0,
      tags: ['conversational', 'unsloth'],
      base: ['quantized', 'Qwen/Qwen2.5-7B-Instruct'],
    },
  ],
  [
    'nvidia/Llama-3.1-8B-Instruct-FP8',
    {
      lic: 'llama3.1',
      ctx: 131072,
      q: ['modelopt', 8],
      sh: -1,
      base: ['quantized', 'meta-llama/Llama-3.1-8B-Instruct'],
      lib: undefined,
    },
  ],
  [
    'CohereLabs/c4ai-command-r-v01-4bit',
    {
      lic: 'cc-by-nc-4.0',
      gate: 'auto',
      ...CHAT,
      q: ['bitsandbytes', 4],
      sh: -1,
      base: ['quantized', 'CohereLabs/c4ai-command-r-v01'],
    },
  ],
];

// --- GGUF. Names of files come from the sources; `base` gives architecture, licence and languages are written here ---
// Row: [id, base model id, options]
export const gguf = [
  [
    'bartowski/Meta-Llama-3.1-8B-Instruct-GGUF',
    'meta-llama/Llama-3.1-8B-Instruct',
    { lic: 'llama3.1', lang: LL31, arch: 'llama', ctx: 131072 },
  ],
  [
    'bartowski/Llama-3.3-70B-Instruct-GGUF',
    'meta-llama/Llama-3.3-70B-Instruct',
    { lic: 'llama3.3', lang: LL31, arch: 'llama', ctx: 131072 },
  ],
  [
    'bartowski/Mistral-7B-Instruct-v0.3-GGUF',
    'mistralai/Mistral-7B-Instruct-v0.3',
    { lic: 'apache-2.0', arch: 'llama', ctx: 32768 },
  ],
  [
    'bartowski/mistralai_Mistral-Small-3.2-24B-Instruct-2506-GGUF',
    'mistralai/Mistral-Small-3.2-24B-Instruct-2506',
    { lic: 'apache-2.0', arch: 'llama', ctx: 131072, vlm: 1, unit: 1e9 },
  ],
  [
    'bartowski/phi-4-GGUF',
    'microsoft/phi-4',
    { lic: 'mit', lang: ['en'], arch: 'phi3', ctx: 16384, unit: 1e9 },
  ],
  [
    'bartowski/microsoft_Phi-4-mini-instruct-GGUF',
    'microsoft/Phi-4-mini-instruct',
    { lic: 'mit', arch: 'phi3', ctx: 131072, unit: 1e9 },
  ],
  [
    'bartowski/Phi-3.5-mini-instruct-GGUF',
    'microsoft/Phi-3.5-mini-instruct',
    { lic: 'mit', arch: 'phi3', ctx: 131072 },
  ],
  [
    'bartowski/gemma-2-2b-it-GGUF',
    'google/gemma-2-2b-it',
    { lic: 'gemma', arch: 'gemma2', ctx: 8192 },
  ],
  [
    'bartowski/gemma-2-9b-it-GGUF',
    'google/gemma-2-9b-it',
    { lic: 'gemma', arch: 'gemma2', ctx: 8192 },
  ],
  [
    'bartowski/google_gemma-3-1b-it-GGUF',
    'google/gemma-3-1b-it',
    { lic: 'gemma', arch: 'gemma3', ctx: 32768 },
  ],
  [
    'bartowski/google_gemma-3-12b-it-GGUF',
    'google/gemma-3-12b-it',
    { lic: 'gemma', arch: 'gemma3', ctx: 131072, vlm: 1, unit: 1e9 },
  ],
  [
    'bartowski/google_gemma-3-27b-it-GGUF',
    'google/gemma-3-27b-it',
    { lic: 'gemma', arch: 'gemma3', ctx: 131072, vlm: 1, unit: 1e9 },
  ],
  [
    'bartowski/Qwen2.5-7B-Instruct-GGUF',
    'Qwen/Qwen2.5-7B-Instruct',
    { lic: 'apache-2.0', arch: 'qwen2', ctx: 32768 },
  ],
  [
    'bartowski/Qwen2.5-Coder-7B-Instruct-GGUF',
    'Qwen/Qwen2.5-Coder-7B-Instruct',
    { lic: 'apache-2.0', arch: 'qwen2', ctx: 32768, code: 1 },
  ],
  [
    'bartowski/DeepSeek-R1-Distill-Qwen-7B-GGUF',
    'deepseek-ai/DeepSeek-R1-Distill-Qwen-7B',
    { arch: 'qwen2', ctx: 131072 },
  ],
  [
    'bartowski/DeepSeek-R1-Distill-Llama-8B-GGUF',
    'deepseek-ai/DeepSeek-R1-Distill-Llama-8B',
    { arch: 'llama', ctx: 131072 },
  ],
  [
    'bartowski/SmolLM2-135M-Instruct-GGUF',
    'HuggingFaceTB/SmolLM2-135M-Instruct',
    { lic: 'apache-2.0', lang: ['en'], arch: 'llama', ctx: 8192 },
  ],
  [
    'bartowski/c4ai-command-r-v01-GGUF',
    'CohereLabs/c4ai-command-r-v01',
    { as: 'CohereForAI/c4ai-command-r-v01', lic: 'cc-by-nc-4.0', arch: 'command-r', unit: 2 ** 30 },
  ],
  [
    'bartowski/glm-4-9b-chat-GGUF',
    'zai-org/glm-4-9b-chat',
    { as: 'THUDM/glm-4-9b-chat', lic: 'other', lang: ['zh', 'en'], arch: 'chatglm' },
  ],
  [
    'bartowski/Codestral-22B-v0.1-GGUF',
    'mistralai/Codestral-22B-v0.1',
    { lic: 'other', arch: 'llama', ctx: 32768, code: 1 },
  ],
  [
    'bartowski/nvidia_NVIDIA-Nemotron-Nano-9B-v2-GGUF',
    'nvidia/NVIDIA-Nemotron-Nano-9B-v2',
    { lic: 'other', arch: 'nemotron_h' },
  ],
  [
    'bartowski/OpenGVLab_InternVL3_5-14B-GGUF',
    'OpenGVLab/InternVL3_5-14B',
    { lic: 'apache-2.0', arch: 'qwen3', vlm: 1 },
  ],
  ['bartowski/Qwen_Qwen3.5-35B-A3B-GGUF', 'Qwen/Qwen3.5-35B-A3B', { lic: 'apache-2.0', vlm: 1 }],
  [
    'bartowski/HuggingFaceTB_SmolLM3-3B-GGUF',
    'HuggingFaceTB/SmolLM3-3B',
    { lic: 'apache-2.0', arch: 'smollm3', ctx: 65536 },
  ],
  [
    'bartowski/Dream-org_Dream-v0-Instruct-7B-GGUF',
    'Dream-org/Dream-v0-Instruct-7B',
    { lic: 'apache-2.0', arch: 'dream' },
  ],
  [
    'unsloth/Llama-3.2-1B-Instruct-GGUF',
    'meta-llama/Llama-3.2-1B-Instruct',
    { lic: 'llama3.2', lang: ['en'], arch: 'llama', ctx: 131072 },
  ],
  [
    'unsloth/Llama-3.2-3B-Instruct-GGUF',
    'meta-llama/Llama-3.2-3B-Instruct',
    { lic: 'llama3.2', lang: ['en'], arch: 'llama', ctx: 131072 },
  ],
  [
    'unsloth/Phi-4-mini-instruct-GGUF',
    'microsoft/Phi-4-mini-instruct',
    { lic: 'mit', arch: 'phi3', ctx: 131072 },
  ],
  [
    'unsloth/Qwen3-4B-Instruct-2507-GGUF',
    'Qwen/Qwen3-4B-Instruct-2507',
    { lic: 'apache-2.0', arch: 'qwen3', ctx: 262144 },
  ],
  ['unsloth/Qwen3-8B-GGUF', 'Qwen/Qwen3-8B', { lic: 'apache-2.0', arch: 'qwen3', ctx: 40960 }],
  [
    'unsloth/Qwen3-30B-A3B-GGUF',
    'Qwen/Qwen3-30B-A3B',
    { lic: 'apache-2.0', arch: 'qwen3moe', ctx: 40960 },
  ],
  [
    'unsloth/Qwen3-Coder-30B-A3B-Instruct-GGUF',
    'Qwen/Qwen3-Coder-30B-A3B-Instruct',
    { lic: 'apache-2.0', arch: 'qwen3moe', ctx: 262144, code: 1 },
  ],
  [
    'unsloth/Qwen3-Coder-Next-GGUF',
    'Qwen/Qwen3-Coder-Next',
    { lic: 'apache-2.0', arch: 'qwen3next', ctx: 262144, code: 1 },
  ],
  [
    'unsloth/Qwen3-VL-2B-Instruct-GGUF',
    'Qwen/Qwen3-VL-2B-Instruct',
    { lic: 'apache-2.0', arch: 'qwen3vl', ctx: 262144, vlm: 1 },
  ],
  [
    'unsloth/Qwen3-VL-8B-Instruct-GGUF',
    'Qwen/Qwen3-VL-8B-Instruct',
    { lic: 'apache-2.0', arch: 'qwen3vl', ctx: 262144, vlm: 1 },
  ],
  ['unsloth/Qwen3.5-4B-GGUF', 'Qwen/Qwen3.5-4B', { lic: 'apache-2.0', vlm: 1, total: 'hub' }],
  ['unsloth/Qwen3.5-397B-A17B-GGUF', 'Qwen/Qwen3.5-397B-A17B', { lic: 'apache-2.0', vlm: 1 }],
  ['unsloth/Qwen3.6-27B-GGUF', 'Qwen/Qwen3.6-27B', { lic: 'apache-2.0', vlm: 1 }],
  ['unsloth/Qwen3.6-35B-A3B-GGUF', 'Qwen/Qwen3.6-35B-A3B', { lic: 'apache-2.0', vlm: 1 }],
  [
    'unsloth/gemma-4-26B-A4B-it-GGUF',
    'google/gemma-4-26B-A4B-it',
    { lic: 'apache-2.0', arch: 'gemma4', vlm: 1 },
  ],
  ['unsloth/gemma-4-E2B-it-qat-GGUF', null, { lic: 'apache-2.0', arch: 'gemma4', vlm: 1 }],
  [
    'unsloth/SmolLM3-3B-GGUF',
    'HuggingFaceTB/SmolLM3-3B',
    { lic: 'apache-2.0', arch: 'smollm3', ctx: 65536 },
  ],
  [
    'unsloth/granite-3.3-2b-instruct-GGUF',
    'ibm-granite/granite-3.3-2b-instruct',
    { lic: 'apache-2.0', arch: 'granite', ctx: 131072, total: 'none' },
  ],
  [
    'unsloth/gpt-oss-20b-GGUF',
    'openai/gpt-oss-20b',
    {
      lic: 'apache-2.0',
      arch: 'gpt-oss',
      ctx: 131072,
      total: 'none',
      files: [
        'gpt-oss-20b-F16.gguf',
        'gpt-oss-20b-Q4_K_M.gguf',
        'gpt-oss-20b-UD-Q4_K_XL.gguf',
        'config.json',
      ],
    },
  ],
  [
    'unsloth/DeepSeek-R1-Distill-Llama-8B-GGUF',
    'deepseek-ai/DeepSeek-R1-Distill-Llama-8B',
    { arch: 'llama', ctx: 131072 },
  ],
  ['unsloth/GLM-4.7-Flash-GGUF', 'zai-org/GLM-4.7-Flash', { lic: 'mit', lang: ['en', 'zh'] }],
  ['unsloth/GLM-5.2-GGUF', 'zai-org/GLM-5.2', { lic: 'mit', lang: ['en', 'zh'] }],
  ['unsloth/MiniMax-M2.5-GGUF', 'MiniMaxAI/MiniMax-M2.5', { lic: 'other', arch: 'minimax-m2' }],
  ['unsloth/Kimi-K2.6-GGUF', 'moonshotai/Kimi-K2.6', { lic: 'other', total: 'none' }],
  [
    'unsloth/NVIDIA-Nemotron-3-Super-120B-A12B-GGUF',
    'nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-BF16',
    { lic: 'other' },
  ],
  ['unsloth/LTX-2.3-GGUF', 'Lightricks/LTX-2.3', { lic: 'other', task: 'image-to-video', nolm: 1 }],
  [
    'Qwen/Qwen2.5-0.5B-Instruct-GGUF',
    'Qwen/Qwen2.5-0.5B-Instruct',
    { lic: 'apache-2.0', lang: ['en'], arch: 'qwen2', ctx: 32768 },
  ],
  [
    'Qwen/Qwen2.5-3B-Instruct-GGUF',
    'Qwen/Qwen2.5-3B-Instruct',
    { lic: 'other', lang: ['en'], arch: 'qwen2', ctx: 32768 },
  ],
  ['Qwen/Qwen3-8B-GGUF', 'Qwen/Qwen3-8B', { lic: 'apache-2.0', arch: 'qwen3', ctx: 40960 }],
  [
    'Qwen/Qwen3-32B-GGUF',
    'Qwen/Qwen3-32B',
    { lic: 'apache-2.0', arch: 'qwen3', ctx: 40960, unit: 1e9 },
  ],
  [
    'Qwen/Qwen3-Embedding-0.6B-GGUF',
    'Qwen/Qwen3-Embedding-0.6B',
    { lic: 'apache-2.0', arch: 'qwen3', ctx: 32768, task: 'feature-extraction', nolm: 1 },
  ],
  [
    'ggml-org/gemma-3-4b-it-GGUF',
    'google/gemma-3-4b-it',
    { lic: 'gemma', arch: 'gemma3', ctx: 131072, vlm: 1 },
  ],
  [
    'ggml-org/gpt-oss-20b-GGUF',
    'openai/gpt-oss-20b',
    { arch: 'gpt-oss', ctx: 131072, total: 'vec' },
  ],
  ['ggml-org/HunyuanOCR-GGUF', 'tencent/HunyuanOCR', { lic: 'other', vlm: 1 }],
  [
    'ggml-org/Qwen3-TTS-12Hz-1.7B-Base-GGUF',
    'Qwen/Qwen3-TTS-12Hz-1.7B-Base',
    { lic: 'apache-2.0', task: 'text-to-speech', nolm: 1 },
  ],
  [
    'lmstudio-community/gemma-3-4b-it-GGUF',
    'google/gemma-3-4b-it',
    { lic: 'gemma', arch: 'gemma3', ctx: 131072, vlm: 1 },
  ],
  [
    'lmstudio-community/Qwen3-Coder-480B-A35B-Instruct-GGUF',
    'Qwen/Qwen3-Coder-480B-A35B-Instruct',
    { lic: 'apache-2.0', arch: 'qwen3moe', ctx: 262144, code: 1 },
  ],
  [
    'MaziyarPanahi/Mixtral-8x7B-Instruct-v0.1-GGUF',
    'mistralai/Mixtral-8x7B-Instruct-v0.1',
    { lic: 'apache-2.0', arch: 'llama', ctx: 32768 },
  ],
  [
    'QuantFactory/Phi-3-mini-128k-instruct-GGUF',
    'microsoft/Phi-3-mini-128k-instruct',
    { lic: 'mit', lang: ['en'], arch: 'phi3', ctx: 131072, total: 'none' },
  ],
  [
    'QuantFactory/Mistral-Nemo-Instruct-2407-GGUF',
    'mistralai/Mistral-Nemo-Instruct-2407',
    { lic: 'apache-2.0', arch: 'llama' },
  ],
  [
    'mradermacher/DeepSeek-V2-Lite-GGUF',
    'deepseek-ai/DeepSeek-V2-Lite',
    { task: null, arch: 'deepseek2', lang: ['en'] },
  ],
  [
    'mradermacher/Qwen3-Reranker-0.6B-GGUF',
    'Qwen/Qwen3-Reranker-0.6B',
    { task: null, lic: 'apache-2.0', arch: 'qwen3', nolm: 1 },
  ],
  [
    'mradermacher/jina-reranker-v1-tiny-en-GGUF',
    'jinaai/jina-reranker-v1-tiny-en',
    { task: null, lic: 'apache-2.0', lang: ['en'], arch: 'jina-bert-v2', nolm: 1 },
  ],
  [
    'mradermacher/Llama-3.1-Nemotron-70B-Instruct-HF-GGUF',
    'nvidia/Llama-3.1-Nemotron-70B-Instruct-HF',
    { task: null, lic: 'llama3.1', lang: ['en'], arch: 'llama', ctx: 131072 },
  ],
  [
    'TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF',
    'TinyLlama/TinyLlama-1.1B-Chat-v1.0',
    { lic: 'apache-2.0', lang: ['en'], arch: 'llama', ctx: 2048 },
  ],
  ['TheBloke/phi-2-orange-GGUF', 'rhysjones/phi-2-orange', { lic: 'mit', arch: 'phi2', ctx: 2048 }],
  [
    'ibm-granite/granite-4.0-h-tiny-GGUF',
    'ibm-granite/granite-4.0-h-tiny',
    { lic: 'apache-2.0', arch: 'granitehybrid' },
  ],
  [
    'LiquidAI/LFM2.5-1.2B-Instruct-GGUF',
    'LiquidAI/LFM2.5-1.2B-Instruct',
    { lic: 'other', arch: 'lfm2', ctx: 128000 },
  ],
  [
    'LiquidAI/LFM2-VL-450M-GGUF',
    'LiquidAI/LFM2-VL-450M',
    { lic: 'other', lang: ['en'], arch: 'lfm2', vlm: 1 },
  ],
  [
    'tiiuae/Falcon-H1-1.5B-Instruct-GGUF',
    'tiiuae/Falcon-H1-1.5B-Instruct',
    { lic: 'other', arch: 'falcon-h1' },
  ],
  [
    'ai21labs/AI21-Jamba-Reasoning-3B-GGUF',
    'ai21labs/AI21-Jamba-Reasoning-3B',
    { lic: 'apache-2.0', arch: 'jamba', ctx: 262144 },
  ],
  [
    'mistralai/Ministral-3-8B-Instruct-2512-GGUF',
    'mistralai/Ministral-3-8B-Instruct-2512',
    { lic: 'apache-2.0', arch: 'mistral3', vlm: 1 },
  ],
  ['openbmb/MiniCPM-V-4-gguf', 'openbmb/MiniCPM-V-4', { vlm: 1 }],
  [
    'second-state/stable-diffusion-3.5-medium-GGUF',
    'stabilityai/stable-diffusion-3.5-medium',
    { lic: 'other', lang: ['en'], task: 'text-to-image', nolm: 1 },
  ],
  ['prism-ml/Bonsai-27B-gguf', null, { task: 'image-text-to-text', nolm: 1 }],
  ['LocalAI-Community/piper-voices-GGUF', null, { task: 'text-to-speech', nolm: 1 }],
];

const T = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'];
const ONNX = [
  'config.json',
  'generation_config.json',
  'onnx/model.onnx',
  'onnx/model_fp16.onnx',
  'onnx/model_q4.onnx',
  'onnx/model_q4f16.onnx',
  'onnx/model_quantized.onnx',
  'tokenizer.json',
  'tokenizer_config.json',
];
const ONNXS = [
  'config.json',
  'onnx/model.onnx',
  'onnx/model_quantized.onnx',
  'tokenizer.json',
  'tokenizer_config.json',
];
const MLX = { k: 'mlx' };
const WL =
  'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su'.split(
    ' ',
  );
const WF = [
  'config.json',
  'generation_config.json',
  'model.safetensors',
  'preprocessor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
];
const BF = [
  'config.json',
  'model.safetensors',
  'pytorch_model.bin',
  'tokenizer.json',
  'tokenizer_config.json',
  'vocab.txt',
];
const ST = [
  '1_Pooling/config.json',
  'config.json',
  'config_sentence_transformers.json',
  'model.safetensors',
  'modules.json',
  'onnx/model.onnx',
  'sentence_bert_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'vocab.txt',
];
const SD = [
  'feature_extractor/preprocessor_config.json',
  'model_index.json',
  'safety_checker/model.safetensors',
  'scheduler/scheduler_config.json',
  'text_encoder/model.safetensors',
  'tokenizer/vocab.json',
  'unet/diffusion_pytorch_model.safetensors',
  'vae/diffusion_pytorch_model.safetensors',
];
const SDXL = [
  'model_index.json',
  'scheduler/scheduler_config.json',
  'text_encoder/model.safetensors',
  'text_encoder_2/model.safetensors',
  'unet/diffusion_pytorch_model.safetensors',
  'vae/diffusion_pytorch_model.safetensors',
];
const TIMM = ['config.json', 'model.safetensors', 'pytorch_model.bin'];
const e = (task, lib, o) => ({ k: 'x', task, lib, ...o });

rows.push(
  // --- MLX ---
  [
    'mlx-community/Llama-3.2-1B-Instruct-4bit',
    {
      ...MLX,
      lic: 'llama3.2',
      lang: LL31,
      ctx: 131072,
      q: [null, 4],
      sh: 0,
      base: ['quantized', 'meta-llama/Llama-3.2-1B-Instruct'],
    },
  ],
  [
    'mlx-community/Llama-3.2-3B-Instruct-4bit',
    {
      ...MLX,
      lic: 'llama3.2',
      lang: LL31,
      ctx: 131072,
      q: [null, 4],
      sh: 0,
      base: ['quantized', 'meta-llama/Llama-3.2-3B-Instruct'],
    },
  ],
  [
    'mlx-community/Qwen3-4B-Instruct-2507-4bit',
    {
      ...MLX,
      lic: 'apache-2.0',
      ctx: 262144,
      q: [null, 4],
      sh: 0,
      base: ['quantized', 'Qwen/Qwen3-4B-Instruct-2507'],
    },
  ],
  [
    'mlx-community/Qwen3-8B-4bit',
    {
      ...MLX,
      lic: 'apache-2.0',
      ctx: 40960,
      q: [null, 4],
      sh: 0,
      base: ['quantized', 'Qwen/Qwen3-8B'],
    },
  ],
  [
    'mlx-community/gemma-2-9b-it-4bit',
    {
      ...MLX,
      lic: 'gemma',
      ctx: 8192,
      q: [null, 4],
      sh: 0,
      base: ['quantized', 'google/gemma-2-9b-it'],
    },
  ],
  [
    'mlx-community/gpt-oss-20b-MXFP4-Q8',
    {
      ...MLX,
      lic: 'apache-2.0',
      ctx: 131072,
      q: [null, 8],
      sh: -1,
      base: ['quantized', 'openai/gpt-oss-20b'],
    },
  ],
  [
    'mlx-community/Qwen3.5-9B-4bit',
    {
      ...MLX,
      lic: 'apache-2.0',
      task: 'image-text-to-text',
      q: [null, 4],
      sh: -1,
      base: ['quantized', 'Qwen/Qwen3.5-9B'],
    },
  ],
  [
    'lmstudio-community/Qwen3-Coder-30B-A3B-Instruct-MLX-4bit',
    {
      ...MLX,
      lic: 'apache-2.0',
      ctx: 262144,
      q: [null, 4],
      sh: -1,
      base: ['quantized', 'Qwen/Qwen3-Coder-30B-A3B-Instruct'],
    },
  ],
  [
    'lmstudio-community/gemma-4-26B-A4B-it-MLX-4bit',
    {
      ...MLX,
      lic: 'apache-2.0',
      task: 'image-text-to-text',
      q: [null, 4],
      sh: -1,
      base: ['quantized', 'google/gemma-4-26B-A4B-it'],
    },
  ],
  // --- MLC ---
  [
    'mlc-ai/Llama-3.2-1B-Instruct-q4f16_1-MLC',
    { k: 'mlc', base: ['quantized', 'meta-llama/Llama-3.2-1B-Instruct'] },
  ],
  ['mlc-ai/Qwen3-4B-q4f16_1-MLC', { k: 'mlc', base: ['quantized', 'Qwen/Qwen3-4B'] }],
  ['mlc-ai/gemma-2-2b-it-q4f16_1-MLC', { k: 'mlc', base: ['quantized', 'google/gemma-2-2b-it'] }],
  [
    'mlc-ai/SmolLM2-360M-Instruct-q4f32_1-MLC',
    { k: 'mlc', base: ['quantized', 'HuggingFaceTB/SmolLM2-360M-Instruct'] },
  ],
  ['mlc-ai/snowflake-arctic-embed-s-q0f32-MLC', { k: 'mlc' }],
  // --- ONNX for the browser ---
  [
    'onnx-community/Qwen2.5-0.5B-Instruct',
    {
      k: 'onnx',
      lic: 'apache-2.0',
      ctx: 32768,
      f: ONNX,
      tags: ['conversational'],
      base: ['quantized', 'Qwen/Qwen2.5-0.5B-Instruct'],
    },
  ],
  [
    'onnx-community/Llama-3.2-1B-Instruct-q4f16',
    {
      k: 'onnx',
      mt: 'llama',
      f: [
        'config.json',
        'generation_config.json',
        'onnx/model_q4f16.onnx',
        'tokenizer.json',
        'tokenizer_config.json',
      ],
      base: ['quantized', 'meta-llama/Llama-3.2-1B-Instruct'],
    },
  ],
  [
    'onnx-community/Qwen3-0.6B-ONNX',
    {
      k: 'onnx',
      mt: 'qwen3',
      f: [
        'config.json',
        'generation_config.json',
        'onnx/model_q4f16.onnx',
        'tokenizer.json',
        'tokenizer_config.json',
      ],
      base: ['quantized', 'Qwen/Qwen3-0.6B'],
    },
  ],
  [
    'onnx-community/Kokoro-82M-v1.0-ONNX',
    {
      k: 'onnx',
      lic: 'apache-2.0',
      task: 'text-to-speech',
      lang: ['en'],
      f: [
        'config.json',
        'onnx/model.onnx',
        'onnx/model_fp16.onnx',
        'onnx/model_q4.onnx',
        'onnx/model_q4f16.onnx',
        'onnx/model_quantized.onnx',
        'tokenizer.json',
        'tokenizer_config.json',
        'voices/af_heart.bin',
      ],
      base: ['quantized', 'hexgrad/Kokoro-82M'],
    },
  ],
  [
    'Xenova/all-MiniLM-L6-v2',
    {
      k: 'onnx',
      lic: 'apache-2.0',
      task: 'feature-extraction',
      mt: 'bert',
      f: ONNXS,
      base: ['quantized', 'sentence-transformers/all-MiniLM-L6-v2'],
    },
  ],
  [
    'Xenova/distilbert-base-uncased-finetuned-sst-2-english',
    {
      k: 'onnx',
      task: 'text-classification',
      mt: 'distilbert',
      f: ONNXS,
      base: ['quantized', 'distilbert/distilbert-base-uncased-finetuned-sst-2-english'],
    },
  ],
  [
    'Xenova/whisper-tiny.en',
    {
      k: 'onnx',
      task: 'automatic-speech-recognition',
      mt: 'whisper',
      f: [
        'config.json',
        'generation_config.json',
        'onnx/decoder_model_merged.onnx',
        'onnx/decoder_model_merged_quantized.onnx',
        'onnx/encoder_model.onnx',
        'onnx/encoder_model_quantized.onnx',
        'preprocessor_config.json',
        'tokenizer.json',
      ],
      base: ['quantized', 'openai/whisper-tiny.en'],
    },
  ],
  [
    'Xenova/nllb-200-distilled-600M',
    {
      k: 'onnx',
      task: 'translation',
      mt: 'm2m_100',
      f: [
        'config.json',
        'generation_config.json',
        'onnx/decoder_model_merged_quantized.onnx',
        'onnx/encoder_model_quantized.onnx',
        'tokenizer.json',
        'tokenizer_config.json',
      ],
      base: ['quantized', 'facebook/nllb-200-distilled-600M'],
    },
  ],
  [
    'Xenova/detr-resnet-50',
    {
      k: 'onnx',
      task: 'object-detection',
      mt: 'detr',
      f: [
        'config.json',
        'onnx/model.onnx',
        'onnx/model_quantized.onnx',
        'preprocessor_config.json',
      ],
      base: ['quantized', 'facebook/detr-resnet-50'],
    },
  ],
  [
    'Xenova/llama2.c-stories15M',
    {
      k: 'onnx',
      mt: 'llama',
      f: [
        'config.json',
        'generation_config.json',
        'model.safetensors',
        'onnx/decoder_model_merged.onnx',
        'onnx/decoder_model_merged_quantized.onnx',
        'tokenizer.json',
      ],
    },
  ],
  // --- embedding and reranking ---
  [
    'sentence-transformers/all-MiniLM-L6-v2',
    e('sentence-similarity', 'sentence-transformers', {
      lic: 'apache-2.0',
      lang: ['en'],
      mt: 'bert',
      arch: 'BertModel',
      old: 1,
      dt: 'F32',
      mteb: 1,
      f: ST,
    }),
  ],
  [
    'sentence-transformers/all-mpnet-base-v2',
    e('sentence-similarity', 'sentence-transformers', {
      lic: 'apache-2.0',
      lang: ['en'],
      mt: 'mpnet',
      arch: 'MPNetForMaskedLM',
      old: 1,
      dt: 'F32',
      mteb: 1,
      f: ST,
    }),
  ],
  [
    'cross-encoder/ms-marco-MiniLM-L6-v2',
    e('text-ranking', 'sentence-transformers', {
      lic: 'apache-2.0',
      lang: ['en'],
      mt: 'bert',
      arch: 'BertForSequenceClassification',
      old: 1,
      dt: 'F32',
      mteb: 1,
      f: BF,
    }),
  ],
  [
    'BAAI/bge-small-en-v1.5',
    e('feature-extraction', 'sentence-transformers', {
      lic: 'mit',
      lang: ['en'],
      arch: 'BertModel',
      dt: 'F32',
      f: ST,
    }),
  ],
  [
    'BAAI/bge-large-en-v1.5',
    e('feature-extraction', 'sentence-transformers', {
      lic: 'mit',
      lang: ['en'],
      arch: 'BertModel',
      mt: 'bert',
      dt: 'F32',
      f: ST,
      ctx: 512,
    }),
  ],
  [
    'BAAI/bge-m3',
    e('sentence-similarity', 'sentence-transformers', {
      lic: 'mit',
      mt: 'xlm-roberta',
      arch: 'XLMRobertaModel',
      f: [
        '1_Pooling/config.json',
        'colbert_linear.pt',
        'config.json',
        'modules.json',
        'onnx/model.onnx',
        'onnx/model.onnx_data',
        'pytorch_model.bin',
        'sentencepiece.bpe.model',
        'sparse_linear.pt',
        'tokenizer.json',
      ],
    }),
  ],
  [
    'BAAI/bge-reranker-large',
    e('text-ranking', null, {
      lic: 'mit',
      lang: ['en', 'zh'],
      arch: 'XLMRobertaForSequenceClassification',
      task: null,
      f: [
        'config.json',
        'model.safetensors',
        'pytorch_model.bin',
        'sentencepiece.bpe.model',
        'tokenizer.json',
        'tokenizer_config.json',
      ],
    }),
  ],
  [
    'BAAI/bge-reranker-v2-m3',
    e('text-ranking', 'sentence-transformers', {
      lic: 'apache-2.0',
      mt: 'xlm-roberta',
      arch: 'XLMRobertaForSequenceClassification',
      f: [
        'config.json',
        'model.safetensors',
        'sentencepiece.bpe.model',
        'tokenizer.json',
        'tokenizer_config.json',
      ],
    }),
  ],
  [
    'intfloat/multilingual-e5-large',
    e('feature-extraction', 'sentence-transformers', {
      lic: 'mit',
      arch: 'XLMRobertaModel',
      f: [
        '1_Pooling/config.json',
        'config.json',
        'model.safetensors',
        'modules.json',
        'onnx/model.onnx',
        'onnx/model.onnx_data',
        'sentencepiece.bpe.model',
        'tokenizer.json',
      ],
    }),
  ],
  [
    'intfloat/e5-mistral-7b-instruct',
    e('feature-extraction', 'sentence-transformers', {
      lic: 'mit',
      lang: ['en'],
      arch: 'MistralModel',
      dt: 'F16',
      ctx: 32768,
      f: [
        'config.json',
        'model-00001-of-00002.safetensors',
        'model-00002-of-00002.safetensors',
        'model.safetensors.index.json',
        'modules.json',
        'tokenizer.json',
      ],
    }),
  ],
  [
    'nomic-ai/nomic-embed-text-v1.5',
    e('sentence-similarity', 'sentence-transformers', {
      ctxdrop: 1,
      lic: 'apache-2.0',
      lang: ['en'],
      arch: 'NomicBertModel',
      dt: 'F32',
      tags: ['custom_code'],
      f: ST,
    }),
  ],
  [
    'mixedbread-ai/mxbai-embed-large-v1',
    e('feature-extraction', 'sentence-transformers', {
      lic: 'apache-2.0',
      lang: ['en'],
      arch: 'BertModel',
      dt: 'F16',
      f: [...ST, 'gguf/mxbai-embed-large-v1-f16.gguf', 'onnx/model_quantized.onnx'],
    }),
  ],
  [
    'Qwen/Qwen3-Embedding-0.6B',
    e('feature-extraction', 'sentence-transformers', {
      lic: 'apache-2.0',
      dt: 'BF16',
      ctx: 32768,
      base: ['finetune', 'Qwen/Qwen3-0.6B-Base'],
      f: [
        '1_Pooling/config.json',
        'config.json',
        'model.safetensors',
        'modules.json',
        'tokenizer.json',
        'tokenizer_config.json',
      ],
    }),
  ],
  [
    'Qwen/Qwen3-Reranker-0.6B',
    e('text-ranking', 'transformers', {
      lic: 'apache-2.0',
      mt: 'qwen3',
      base: ['finetune', 'Qwen/Qwen3-0.6B-Base'],
      f: T,
    }),
  ],
  // --- encoders and classic language tasks ---
  [
    'google-bert/bert-base-uncased',
    e('fill-mask', 'transformers', {
      lic: 'apache-2.0',
      lang: ['en'],
      mt: 'bert',
      arch: 'BertForMaskedLM',
      old: 1,
      vec: 1,
      f: BF,
    }),
  ],
  [
    'FacebookAI/roberta-base',
    e('fill-mask', 'transformers', {
      lic: 'mit',
      lang: ['en'],
      mt: 'roberta',
      arch: 'RobertaForMaskedLM',
      old: 1,
      vec: 1,
      f: [
        'config.json',
        'merges.txt',
        'model.safetensors',
        'pytorch_model.bin',
        'tokenizer.json',
        'vocab.json',
      ],
    }),
  ],
  [
    'FacebookAI/xlm-roberta-base',
    e('fill-mask', 'transformers', {
      lic: 'mit',
      mt: 'xlm-roberta',
      arch: 'XLMRobertaForMaskedLM',
      old: 1,
      f: [
        'config.json',
        'model.safetensors',
        'pytorch_model.bin',
        'sentencepiece.bpe.model',
        'tokenizer.json',
      ],
    }),
  ],
  [
    'answerdotai/ModernBERT-base',
    e('fill-mask', 'transformers', {
      lic: 'apache-2.0',
      lang: ['en'],
      mt: 'modernbert',
      arch: 'ModernBertForMaskedLM',
      f: T,
    }),
  ],
  [
    'distilbert/distilbert-base-uncased-finetuned-sst-2-english',
    e('text-classification', 'transformers', {
      lic: 'apache-2.0',
      lang: ['en'],
      mt: 'distilbert',
      arch: 'DistilBertForSequenceClassification',
      old: 1,
      f: [
        'config.json',
        'model.safetensors',
        'pytorch_model.bin',
        'tokenizer_config.json',
        'vocab.txt',
      ],
    }),
  ],
  [
    'dslim/bert-base-NER',
    e('token-classification', 'transformers', {
      lic: 'mit',
      lang: ['en'],
      mt: 'bert',
      arch: 'BertForTokenClassification',
      old: 1,
      f: BF,
    }),
  ],
  [
    'deepset/roberta-base-squad2',
    e('question-answering', 'transformers', {
      lic: 'cc-by-4.0',
      lang: ['en'],
      mt: 'roberta',
      arch: 'RobertaForQuestionAnswering',
      old: 1,
      f: ['config.json', 'merges.txt', 'model.safetensors', 'pytorch_model.bin', 'vocab.json'],
    }),
  ],
  [
    'facebook/bart-large-mnli',
    e('zero-shot-classification', 'transformers', {
      lic: 'mit',
      mt: 'bart',
      arch: 'BartForSequenceClassification',
      old: 1,
      f: [
        'config.json',
        'merges.txt',
        'model.safetensors',
        'pytorch_model.bin',
        'tokenizer.json',
        'vocab.json',
      ],
    }),
  ],
  [
    'facebook/bart-large-cnn',
    e('summarization', 'transformers', {
      lic: 'mit',
      lang: ['en'],
      mt: 'bart',
      arch: 'BartForConditionalGeneration',
      old: 1,
      f: [
        'config.json',
        'merges.txt',
        'model.safetensors',
        'pytorch_model.bin',
        'tokenizer.json',
        'vocab.json',
      ],
    }),
  ],
  [
    'google-t5/t5-small',
    e('translation', 'transformers', {
      lic: 'apache-2.0',
      lang: ['en', 'fr', 'ro', 'de', 'multilingual'],
      mt: 't5',
      arch: 'T5ForConditionalGeneration',
      old: 1,
      f: [
        'config.json',
        'model.safetensors',
        'pytorch_model.bin',
        'spiece.model',
        'tokenizer.json',
      ],
    }),
  ],
  [
    'google/flan-t5-base',
    e(null, 'transformers', {
      lic: 'apache-2.0',
      mt: 't5',
      arch: 'T5ForConditionalGeneration',
      f: [
        'config.json',
        'model.safetensors',
        'pytorch_model.bin',
        'spiece.model',
        'tokenizer.json',
      ],
    }),
  ],
  [
    'Helsinki-NLP/opus-mt-en-de',
    e('translation', 'transformers', {
      lic: 'cc-by-4.0',
      lang: ['en', 'de'],
      mt: 'marian',
      arch: 'MarianMTModel',
      old: 1,
      f: [
        'config.json',
        'pytorch_model.bin',
        'source.spm',
        'target.spm',
        'tokenizer_config.json',
        'vocab.json',
      ],
    }),
  ],
  [
    'facebook/nllb-200-distilled-600M',
    e('translation', 'transformers', {
      lic: 'cc-by-nc-4.0',
      mt: 'm2m_100',
      arch: 'M2M100ForConditionalGeneration',
      f: ['config.json', 'pytorch_model.bin', 'sentencepiece.bpe.model', 'tokenizer.json'],
    }),
  ],
  // --- vision and language ---
  [
    'Qwen/Qwen2.5-VL-7B-Instruct',
    e('image-text-to-text', 'transformers', {
      lic: 'apache-2.0',
      lang: ['en'],
      dt: 'BF16',
      ctx: 128000,
      tags: ['conversational'],
      sh: 5,
    }),
  ],
  [
    'Qwen/Qwen3-VL-2B-Instruct',
    e('image-text-to-text', 'transformers', {
      lic: 'apache-2.0',
      dt: 'BF16',
      ctx: 262144,
      tags: ['conversational'],
      sh: 0,
    }),
  ],
  [
    'Qwen/Qwen3.5-4B',
    e('image-text-to-text', 'transformers', {
      lic: 'apache-2.0',
      dt: 'BF16',
      tags: ['conversational'],
      sh: -1,
      base: ['finetune', 'Qwen/Qwen3.5-4B-Base'],
    }),
  ],
  [
    'Qwen/Qwen3.6-35B-A3B',
    e('image-text-to-text', 'transformers', {
      lic: 'apache-2.0',
      dt: 'BF16',
      tags: ['conversational'],
      sh: -1,
    }),
  ],
  [
    'google/gemma-3-4b-it',
    e('image-text-to-text', 'transformers', {
      lic: 'gemma',
      gate: 'manual',
      dt: 'BF16',
      tags: ['conversational'],
      mt: 'gemma3',
      sh: 2,
      base: ['finetune', 'google/gemma-3-4b-pt'],
    }),
  ],
  [
    'google/gemma-3n-E4B-it',
    e('image-text-to-text', 'transformers', {
      lic: 'gemma',
      gate: 'manual',
      tags: ['conversational'],
      mt: 'gemma3n',
      sh: -1,
      base: ['finetune', 'google/gemma-3n-E4B'],
    }),
  ],
  [
    'google/gemma-4-E4B-it',
    e('any-to-any', 'transformers', {
      lic: 'apache-2.0',
      dt: 'BF16',
      tags: ['conversational'],
      f: ['config.json', 'tokenizer.json'],
    }),
  ],
  [
    'google/gemma-4-31B-it',
    e('image-text-to-text', 'transformers', {
      lic: 'apache-2.0',
      dt: 'BF16',
      tags: ['conversational'],
      sh: -1,
    }),
  ],
  [
    'llava-hf/llava-1.5-7b-hf',
    e('image-text-to-text', 'transformers', {
      lic: 'llama2',
      lang: ['en'],
      dt: 'F16',
      tags: ['conversational'],
      cfg: 'llava_1.5_7b_hf.json',
      sh: 3,
    }),
  ],
  [
    'HuggingFaceTB/SmolVLM-256M-Instruct',
    e('image-text-to-text', 'transformers', {
      lic: 'apache-2.0',
      lang: ['en'],
      dt: 'BF16',
      tags: ['conversational'],
      f: [
        'config.json',
        'model.safetensors',
        'onnx/decoder_model_merged.onnx',
        'onnx/decoder_model_merged_q4.onnx',
        'onnx/embed_tokens.onnx',
        'onnx/vision_encoder.onnx',
        'onnx/vision_encoder_q4.onnx',
        'preprocessor_config.json',
        'tokenizer.json',
      ],
    }),
  ],
  [
    'meta-llama/Llama-3.2-11B-Vision-Instruct',
    e('image-text-to-text', 'transformers', {
      lic: 'llama3.2',
      gate: 'manual',
      lang: LL31,
      tags: ['conversational'],
      mt: 'mllama',
      dt: 'BF16',
      sh: 5,
      base: ['finetune', 'meta-llama/Llama-3.2-11B-Vision'],
    }),
  ],
  [
    'meta-llama/Llama-4-Scout-17B-16E-Instruct',
    e('image-text-to-text', 'transformers', {
      lic: 'other',
      gate: 'manual',
      tags: ['conversational'],
      mt: 'llama4',
      sh: 50,
      base: ['finetune', 'meta-llama/Llama-4-Scout-17B-16E'],
    }),
  ],
  [
    'microsoft/Florence-2-base',
    e('image-text-to-text', 'transformers', {
      lic: 'mit',
      tags: ['custom_code'],
      f: [
        'config.json',
        'model.safetensors',
        'preprocessor_config.json',
        'pytorch_model.bin',
        'tokenizer.json',
      ],
    }),
  ],
  [
    'microsoft/Phi-4-multimodal-instruct',
    e('automatic-speech-recognition', 'transformers', {
      lic: 'mit',
      tags: ['custom_code'],
      dt: 'BF16',
      sh: 3,
    }),
  ],
  [
    'OpenGVLab/InternVL2-8B',
    e('image-text-to-text', 'transformers', {
      lic: 'mit',
      dt: 'BF16',
      ctxdrop: 1,
      tags: ['conversational', 'custom_code'],
      sh: 4,
    }),
  ],
  [
    'openbmb/MiniCPM-V-2_6',
    e('image-text-to-text', 'transformers', { dt: 'BF16', tags: ['custom_code'], sh: 4 }),
  ],
  [
    'Salesforce/blip2-opt-2.7b',
    e(null, 'transformers', { lic: 'mit', lang: ['en'], ctxdrop: 1, sh: -1 }),
  ],
  [
    'deepseek-ai/DeepSeek-OCR',
    e('image-text-to-text', 'transformers', {
      lic: 'mit',
      lang: ['multilingual'],
      dt: 'BF16',
      tags: ['custom_code'],
      f: [
        'config.json',
        'model-00001-of-000001.safetensors',
        'model.safetensors.index.json',
        'tokenizer.json',
      ],
    }),
  ],
  [
    'moonshotai/Kimi-K2.5',
    e('image-text-to-text', 'transformers', {
      lic: 'other',
      vec: 1,
      arch: 'KimiK25ForConditionalGeneration',
      tags: ['conversational', 'custom_code'],
      q: ['compressed-tensors', 4],
      sh: -1,
    }),
  ],
  [
    'vidore/colqwen2-v1.0',
    e('visual-document-retrieval', 'colpali', {
      lic: 'apache-2.0',
      lang: ['en'],
      base: ['adapter', 'vidore/colqwen2-base'],
      f: [
        'adapter_config.json',
        'adapter_model.safetensors',
        'preprocessor_config.json',
        'tokenizer.json',
      ],
    }),
  ],
  // --- speech and sound ---
  [
    'openai/whisper-large-v3',
    e('automatic-speech-recognition', 'transformers', {
      lic: 'apache-2.0',
      lang: WL,
      mt: 'whisper',
      arch: 'WhisperForConditionalGeneration',
      f: [
        ...WF,
        'model.fp32-00001-of-00002.safetensors',
        'model.fp32-00002-of-00002.safetensors',
        'pytorch_model.bin',
      ],
    }),
  ],
  [
    'openai/whisper-large-v3-turbo',
    e('automatic-speech-recognition', 'transformers', {
      lic: 'mit',
      lang: WL.slice(0, 99),
      mt: 'whisper',
      arch: 'WhisperForConditionalGeneration',
      f: WF,
      base: ['finetune', 'openai/whisper-large-v3'],
    }),
  ],
  [
    'facebook/wav2vec2-base-960h',
    e('automatic-speech-recognition', 'transformers', {
      lic: 'apache-2.0',
      lang: ['en'],
      mt: 'wav2vec2',
      arch: 'Wav2Vec2ForCTC',
      old: 1,
      f: [
        'config.json',
        'model.safetensors',
        'preprocessor_config.json',
        'pytorch_model.bin',
        'vocab.json',
      ],
    }),
  ],
  [
    'facebook/w2v-bert-2.0',
    e('feature-extraction', 'transformers', {
      lic: 'mit',
      arch: 'Wav2Vec2BertModel',
      f: ['config.json', 'model.safetensors', 'preprocessor_config.json'],
    }),
  ],
  [
    'pyannote/segmentation-3.0',
    e('voice-activity-detection', 'pyannote-audio', {
      lic: 'mit',
      gate: 'auto',
      f: ['config.yaml', 'pytorch_model.bin'],
    }),
  ],
  [
    'nvidia/parakeet-tdt-0.6b-v2',
    e('automatic-speech-recognition', 'nemo', {
      lic: 'cc-by-4.0',
      lang: ['en'],
      f: ['parakeet-tdt-0.6b-v2.nemo'],
    }),
  ],
  [
    'hexgrad/Kokoro-82M',
    e('text-to-speech', null, {
      lic: 'apache-2.0',
      lang: ['en'],
      f: ['config.json', 'kokoro-v1_0.pth', 'voices/af_heart.pt'],
      base: ['finetune', 'yl4579/StyleTTS2-LJSpeech'],
    }),
  ],
  [
    'microsoft/speecht5_tts',
    e('text-to-speech', 'transformers', {
      lic: 'mit',
      mt: 'speecht5',
      arch: 'SpeechT5ForTextToSpeech',
      f: ['config.json', 'preprocessor_config.json', 'pytorch_model.bin', 'spm_char.model'],
    }),
  ],
  [
    'facebook/musicgen-small',
    e('text-to-audio', 'transformers', {
      lic: 'cc-by-nc-4.0',
      mt: 'musicgen',
      arch: 'MusicgenForConditionalGeneration',
      f: [
        'config.json',
        'model.safetensors',
        'pytorch_model.bin',
        'state_dict.bin',
        'tokenizer.json',
      ],
    }),
  ],
  [
    'facebook/encodec_24khz',
    e('feature-extraction', 'transformers', {
      arch: 'EncodecModel',
      f: ['config.json', 'model.safetensors', 'preprocessor_config.json', 'pytorch_model.bin'],
      ctxdrop: 1,
    }),
  ],
  [
    'ggerganov/whisper.cpp',
    e('automatic-speech-recognition', null, {
      lic: 'mit',
      f: [
        'ggml-base.bin',
        'ggml-base.en.bin',
        'ggml-large-v3-turbo-q5_0.bin',
        'ggml-large-v3.bin',
        'ggml-small.bin',
        'ggml-tiny.bin',
      ],
    }),
  ],
  // --- images ---
  [
    'CompVis/stable-diffusion-v1-4',
    e('text-to-image', 'diffusers', { lic: 'creativeml-openrail-m', vec: 1, f: SD }),
  ],
  [
    'stable-diffusion-v1-5/stable-diffusion-v1-5',
    e('text-to-image', 'diffusers', {
      lic: 'creativeml-openrail-m',
      lang: ['en'],
      f: [...SD, 'v1-5-pruned-emaonly.safetensors'],
    }),
  ],
  [
    'stabilityai/stable-diffusion-xl-base-1.0',
    e('text-to-image', 'diffusers', {
      lic: 'openrail++',
      f: [...SDXL, 'sd_xl_base_1.0.safetensors'],
    }),
  ],
  [
    'stabilityai/stable-diffusion-3.5-large',
    e('text-to-image', 'diffusers', {
      lic: 'other',
      gate: 'auto',
      lang: ['en'],
      f: [
        'model_index.json',
        'sd3.5_large.safetensors',
        'text_encoder/model.safetensors',
        'text_encoder_2/model.safetensors',
        'vae/diffusion_pytorch_model.safetensors',
      ],
    }),
  ],
  [
    'black-forest-labs/FLUX.1-dev',
    e('text-to-image', 'diffusers', {
      lic: 'other',
      gate: 'auto',
      lang: ['en'],
      f: [
        'ae.safetensors',
        'flux1-dev.safetensors',
        'model_index.json',
        'text_encoder/model.safetensors',
        'transformer/diffusion_pytorch_model-00001-of-00003.safetensors',
        'transformer/diffusion_pytorch_model-00002-of-00003.safetensors',
        'transformer/diffusion_pytorch_model-00003-of-00003.safetensors',
        'transformer/diffusion_pytorch_model.safetensors.index.json',
        'vae/diffusion_pytorch_model.safetensors',
      ],
    }),
  ],
  [
    'Qwen/Qwen-Image',
    e('text-to-image', 'diffusers', {
      lic: 'apache-2.0',
      lang: ['en', 'zh'],
      vec: 1,
      f: [
        'model_index.json',
        'transformer/diffusion_pytorch_model.safetensors.index.json',
        'vae/diffusion_pytorch_model.safetensors',
      ],
    }),
  ],
  [
    'city96/FLUX.1-dev-gguf',
    e('text-to-image', 'gguf', {
      lic: 'other',
      base: ['quantized', 'black-forest-labs/FLUX.1-dev'],
      gguf: { architecture: 'flux' },
      f: ['flux1-dev-F16.gguf', 'flux1-dev-Q4_K_S.gguf', 'flux1-dev-Q8_0.gguf'],
    }),
  ],
  [
    'latent-consistency/lcm-lora-sdv1-5',
    e('text-to-image', 'diffusers', {
      lic: 'openrail++',
      base: ['adapter', 'runwayml/stable-diffusion-v1-5'],
      tags: ['lora'],
      f: ['pytorch_lora_weights.safetensors'],
    }),
  ],
  [
    'google/vit-base-patch16-224',
    e('image-classification', 'transformers', {
      lic: 'apache-2.0',
      mt: 'vit',
      arch: 'ViTForImageClassification',
      old: 1,
      f: ['config.json', 'model.safetensors', 'preprocessor_config.json', 'pytorch_model.bin'],
    }),
  ],
  [
    'openai/clip-vit-base-patch32',
    e('zero-shot-image-classification', 'transformers', {
      mt: 'clip',
      arch: 'CLIPModel',
      old: 1,
      f: [
        'config.json',
        'merges.txt',
        'preprocessor_config.json',
        'pytorch_model.bin',
        'tokenizer.json',
        'vocab.json',
      ],
    }),
  ],
  [
    'facebook/dinov2-base',
    e('image-feature-extraction', 'transformers', {
      lic: 'apache-2.0',
      mt: 'dinov2',
      arch: 'Dinov2Model',
      f: ['config.json', 'model.safetensors', 'preprocessor_config.json', 'pytorch_model.bin'],
    }),
  ],
  [
    'facebook/detr-resnet-50',
    e('object-detection', 'transformers', {
      lic: 'apache-2.0',
      mt: 'detr',
      arch: 'DetrForObjectDetection',
      old: 1,
      f: ['config.json', 'model.safetensors', 'preprocessor_config.json', 'pytorch_model.bin'],
    }),
  ],
  [
    'facebook/sam-vit-base',
    e('mask-generation', 'transformers', {
      lic: 'apache-2.0',
      mt: 'sam',
      arch: 'SamModel',
      f: ['config.json', 'model.safetensors', 'preprocessor_config.json', 'pytorch_model.bin'],
    }),
  ],
  [
    'depth-anything/Depth-Anything-V2-Small-hf',
    e('depth-estimation', 'transformers', {
      lic: 'apache-2.0',
      mt: 'depth_anything',
      arch: 'DepthAnythingForDepthEstimation',
      f: ['config.json', 'model.safetensors', 'preprocessor_config.json'],
    }),
  ],
  ['timm/resnet50.a1_in1k', e('image-classification', 'timm', { lic: 'apache-2.0', f: TIMM })],
  [
    'timm/vit_base_patch16_224.augreg2_in21k_ft_in1k',
    e('image-classification', 'timm', { lic: 'apache-2.0', f: TIMM }),
  ],
  [
    'timm/mobilenetv3_small_100.lamb_in1k',
    e('image-classification', 'timm', { lic: 'apache-2.0', f: TIMM }),
  ],
  // --- others ---
  [
    'amazon/chronos-t5-small',
    e('time-series-forecasting', 'chronos-forecasting', {
      lic: 'apache-2.0',
      mt: 't5',
      arch: 'T5ForConditionalGeneration',
      f: ['config.json', 'generation_config.json', 'model.safetensors'],
    }),
  ],
  [
    'openvla/openvla-7b-finetuned-libero-object',
    e(null, 'transformers', { lic: 'mit', tags: ['custom_code'], sh: -1 }),
  ],
  [
    'facebook/esm2_t33_650M_UR50D',
    e('fill-mask', 'transformers', {
      lic: 'mit',
      mt: 'esm',
      arch: 'EsmForMaskedLM',
      f: [
        'config.json',
        'model.safetensors',
        'pytorch_model.bin',
        'tokenizer_config.json',
        'vocab.txt',
      ],
    }),
  ],
  [
    'LiquidAI/LFM2-350M-ENJP-MT',
    {
      lic: 'other',
      task: 'translation',
      dt: 'BF16',
      lang: ['en', 'ja'],
      ctx: 128000,
      sh: 0,
      base: ['finetune', 'LiquidAI/LFM2-350M'],
    },
  ],
  [
    'meta-llama/Llama-Guard-3-8B',
    {
      lic: 'llama3.1',
      gate: 'manual',
      dt: 'BF16',
      lang: ['en'],
      ctx: 131072,
      sh: 4,
      base: ['finetune', 'meta-llama/Llama-3.1-8B'],
    },
  ],
);
