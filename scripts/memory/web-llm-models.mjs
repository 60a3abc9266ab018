// The shapes of the models that WebLLM lists, as their configs have them: one line for all that share a shape.

/**
 * model_type, layers, width, feed-forward width, heads, heads with keys and values, length of a head, vocabulary, whether
 * one table serves as embeddings and output matrix; then the names.
 */
const FITTED = `
llama 16 2048 8192 32 8 64 128256 tied: Llama-3.2-1B-Instruct
llama 28 3072 8192 24 8 128 128256 tied: Llama-3.2-3B-Instruct Hermes-3-Llama-3.2-3B
llama 32 4096 14336 32 8 128 128256 two: Llama-3.1-8B-Instruct Llama-3-8B-Instruct DeepSeek-R1-Distill-Llama-8B Hermes-3-Llama-3.1-8B
llama 32 4096 14336 32 8 128 128288 two: Hermes-2-Pro-Llama-3-8B Hermes-2-Theta-Llama-3-8B
llama 32 4096 11008 32 32 128 32000 two: Llama-2-7b-chat-hf
llama 40 5120 13824 40 40 128 32000 two: Llama-2-13b-chat-hf
llama 80 8192 28672 64 8 128 128256 two: Llama-3.1-70B-Instruct Llama-3-70B-Instruct
llama 22 2048 5632 32 4 64 32000 two: TinyLlama-1.1B-Chat-v1.0 TinyLlama-1.1B-Chat-v0.4
gemma2 26 2304 9216 8 4 256 256000 tied: gemma-2-2b-it gemma-2-2b-jpn-it
gemma2 42 3584 14336 16 8 256 256000 tied: gemma-2-9b-it
gemma 18 2048 16384 8 1 256 256000 tied: gemma-2b-it
gemma3_text 26 1152 6912 4 1 256 262144 tied: gemma3-1b-it
qwen2 24 896 4864 14 2 64 151936 tied: Qwen2.5-0.5B-Instruct Qwen2.5-Coder-0.5B-Instruct Qwen2-0.5B-Instruct
qwen2 28 1536 8960 12 2 128 151936 tied: Qwen2.5-1.5B-Instruct Qwen2.5-Coder-1.5B-Instruct Qwen2.5-Math-1.5B-Instruct Qwen2-1.5B-Instruct Qwen2-Math-1.5B-Instruct
qwen2 36 2048 11008 16 2 128 151936 tied: Qwen2.5-3B-Instruct Qwen2.5-Coder-3B-Instruct
qwen2 28 3584 18944 28 4 128 152064 two: Qwen2.5-7B-Instruct Qwen2.5-Coder-7B-Instruct Qwen2-7B-Instruct Qwen2-Math-7B-Instruct DeepSeek-R1-Distill-Qwen-7B
`;

/** The same of families that no figure of the rule is from. */
const HELD_OUT = `
llama 24 2048 8192 32 32 64 49152 tied: SmolLM2-1.7B-Instruct
llama 32 960 2560 15 5 64 49152 tied: SmolLM2-360M-Instruct
llama 30 576 1536 9 3 64 49152 tied: SmolLM2-135M-Instruct
mistral 32 4096 14336 32 8 128 32768 two: Mistral-7B-Instruct-v0.3
mistral 32 4096 14336 32 8 128 32032 two: Hermes-2-Pro-Mistral-7B
mistral 32 4096 14336 32 8 128 32002 two: OpenHermes-2.5-Mistral-7B NeuralHermes-2.5-Mistral-7B
mistral3 26 3072 9216 32 8 128 131072 tied: Ministral-3-3B-Base-2512 Ministral-3-3B-Reasoning-2512 Ministral-3-3B-Instruct-2512-BF16
phi3 32 3072 8192 32 32 96 32064 two: Phi-3.5-mini-instruct Phi-3-mini-4k-instruct
phi3 32 3072 8192 24 8 128 200064 tied: Phi-4-mini-instruct
olmo2 32 4096 11008 32 32 128 100352 two: OLMo-2-1124-7B-Instruct
olmo2 16 2048 8192 16 16 128 100352 two: OLMo-2-0425-1B-Instruct
qwen3 28 1024 3072 16 8 128 151936 tied: Qwen3-0.6B
qwen3 28 2048 6144 16 8 128 151936 tied: Qwen3-1.7B
qwen3 36 2560 9728 32 8 128 151936 tied: Qwen3-4B
qwen3 36 4096 12288 32 8 128 151936 two: Qwen3-8B
stablelm 24 2048 5632 32 32 64 100352 two: stablelm-2-zephyr-1_6b
phi 32 2560 10240 32 32 80 51200 two: phi-2
phi 24 2048 8192 32 32 64 51200 two: phi-1_5
gpt_neox 32 2560 10240 32 32 80 50432 two: RedPajama-INCITE-Chat-3B-v1
mistral 32 4096 14336 32 8 128 32000 two: Mistral-7B-Instruct-v0.2 WizardMath-7B-V1.1
`;

/** All of them. */
export const FAMILIES = [...read(FITTED, true), ...read(HELD_OUT, false)];

function read(text, fitted) {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [shape, names] = line.split(': ');
      const [type, ...numbers] = shape.split(' ');
      const [layers, width, inner, heads, kvHeads, head, vocabulary] = numbers.map(Number);
      const sizes = { layers, width, inner, heads, kvHeads, head, vocabulary };
      return { fitted, type, ...sizes, tied: numbers.at(-1) === 'tied', models: names.split(' ') };
    });
}

/** Its `config.json`. */
export function config({ type, layers, width, inner, heads, kvHeads, head, vocabulary, tied }) {
  return {
    model_type: type,
    num_hidden_layers: layers,
    hidden_size: width,
    intermediate_size: inner,
    num_attention_heads: heads,
    num_key_value_heads: kvHeads,
    head_dim: head,
    vocab_size: vocabulary,
    tie_word_embeddings: tied,
    max_position_embeddings: 131_072,
  };
}

/** Elements of its matrices; norms and biases are next to nothing. */
export function parameters({ type, layers, width, inner, heads, kvHeads, head, vocabulary, tied }) {
  const attention = width * head * (2 * heads + 2 * kvHeads);
  const gated = type !== 'phi' && type !== 'gpt_neox';
  const tables = vocabulary * width * (tied ? 1 : 2);
  return layers * (attention + width * inner * (gated ? 3 : 2)) + tables;
}
