// What each reader of scripts/facts takes out of a runtime's source, shown on a few lines of the same shape.
import { describe, expect, test } from 'vitest';
import { type Reader, read, script } from './facts-scripts.ts';

describe('vLLM', () => {
  const registry = 'vllm/model_executor/models/registry.py';

  test('each dictionary of the registry is a task; sums and removed ones are none', async () => {
    const text = `
_TEXT_GENERATION_MODELS = {
    "LlamaForCausalLM": ("llama", "LlamaForCausalLM"),  # a comment
}
_EMBEDDING_MODELS = {
    "BertModel": ("bert", "BertEmbeddingModel"),
    **{k: (mod, arch) for k, (mod, arch) in _TEXT_GENERATION_MODELS.items() if arch == "LlamaForCausalLM"},
}
_VLLM_MODELS = {**_TEXT_GENERATION_MODELS, **_EMBEDDING_MODELS}
_PREVIOUSLY_SUPPORTED_MODELS = {"PersimmonForCausalLM": "0.10.2"}
`;
    expect(await read('vllm', 'architectures', { [registry]: text })).toEqual([
      'LlamaForCausalLM text-generation',
      'BertModel embedding',
      'LlamaForCausalLM embedding',
    ]);
    expect(await read('vllm', 'removed', { [registry]: text })).toEqual([
      'PersimmonForCausalLM 0.10.2',
    ]);
  });

  test('the floor of a method is what its class, or the nearest base, returns', async () => {
    const folder = 'vllm/model_executor/layers/quantization';
    const rows = await read('vllm', 'quantization', {
      [`${folder}/__init__.py`]: `
QuantizationMethods = Literal["awq", "child", "fp8", "inc"]
def get_quantization_config(quantization):
    method_to_config = {"awq": AWQConfig, "child": ChildConfig, "fp8": Fp8Config}
    return method_to_config[quantization]
`,
      [`${folder}/awq.py`]: `
class AWQConfig(QuantizationConfig):
    @classmethod
    def get_min_capability(cls) -> int:
        # Turing
        return 75
class ChildConfig(AWQConfig):
    pass
`,
      [`${folder}/fp8.py`]: `
class Fp8Config(QuantizationConfig):
    @classmethod
    def get_min_capability(cls) -> int:
        if is_npu():
            return 0
        if envs.EMULATE:
            return 80
        return AWQConfig.get_min_capability()
`,
    });
    expect(rows).toEqual(['awq 75', 'child 75', 'fp8 75,80', 'inc -']);
  });

  test('the range of transformers is read from the metadata, in one spelling', async () => {
    const text = 'Requires-Dist: transformers >= 4.51.1 , <5\nRequires-Dist: torch==2.7\n';
    expect(await read('vllm', 'requires', { 'vllm-0.9.2.dist-info/METADATA': text })).toEqual([
      'transformers <5,>=4.51.1',
    ]);
  });

  test('a registry of another shape is an error, not an empty list', async () => {
    await expect(read('vllm', 'removed', { [registry]: 'OTHER = {}' })).rejects.toThrow(
      /expected _PREVIOUSLY_SUPPORTED_MODELS/,
    );
  });
});

describe('SGLang', () => {
  test('EntryClass names one class or several', async () => {
    const rows = await read('sglang', 'architectures', {
      'sglang/srt/models/llama.py': 'EntryClass = [LlamaForCausalLM, Phi3ForCausalLM]\n',
      'sglang/srt/models/qwen2.py': 'EntryClass = Qwen2ForCausalLM\n',
      'sglang/srt/models/utils.py': 'X = 1\n',
    });
    expect(rows).toEqual(['LlamaForCausalLM', 'Phi3ForCausalLM', 'Qwen2ForCausalLM']);
  });

  test('a method may be there on some platforms only, and its floor is that of CUDA', async () => {
    const rows = await read('sglang', 'quantization', {
      'sglang/srt/layers/quantization/__init__.py': `
BASE_QUANTIZATION_METHODS = {"gguf": GGUFConfig, "fp8": Fp8Config}
if is_cuda():
    BASE_QUANTIZATION_METHODS.update({"mxfp4": Mxfp4Config})
`,
      'sglang/srt/layers/quantization/gguf.py': `
class GGUFConfig(QuantizationConfig):
    @classmethod
    def get_min_capability(cls) -> int:
        return 60 if not _is_musa else 21
`,
      'sglang/srt/layers/quantization/fp8.py': `
class Fp8Config(QuantizationConfig):
    def get_min_capability(self) -> int:
        if _is_musa:
            return 31
        else:
            return 100 if self.use_mxfp8 else 80
class Mxfp4Config(Fp8Config):
    pass
`,
    });
    expect(rows).toEqual(['gguf 60 -', 'fp8 80,100 -', 'mxfp4 80,100 is_cuda()']);
  });
});

describe('transformers', () => {
  const auto = 'transformers/models/auto';
  const shapes = {
    'a list of pairs': 'CONFIG_MAPPING_NAMES = OrderedDict([("llama", "LlamaConfig")])',
    'with type arguments':
      'CONFIG_MAPPING_NAMES = OrderedDict[str, str]([("llama", "LlamaConfig")])',
    'a dictionary': 'CONFIG_MAPPING_NAMES = {"llama": "LlamaConfig"}',
  };

  test.each(Object.entries(shapes))('model types: %s', async (_, text) => {
    const files = { [`${auto}/configuration_auto.py`]: text };
    expect(await read('transformers', 'model-types', files)).toEqual(['llama']);
  });

  test('model types: generated beside, and added to', async () => {
    const rows = await read('transformers', 'model-types', {
      [`${auto}/auto_mappings.py`]:
        'CONFIG_MAPPING_NAMES = OrderedDict([("llama", "LlamaConfig")])',
      [`${auto}/configuration_auto.py`]: `
from .auto_mappings import CONFIG_MAPPING_NAMES, OTHER
CONFIG_MAPPING_NAMES.update({"mimi_decoder": "MimiDecoderConfig"})
CONFIG_MAPPING_NAMES = OrderedDict(**{"gpt-sw3": "GPT2Config"}, **CONFIG_MAPPING_NAMES)
`,
    });
    expect(rows.sort()).toEqual(['gpt-sw3', 'llama', 'mimi_decoder']);
  });

  test('a model leaves attention to the runtime where its classes say so', async () => {
    const model = (name: string, text: string) => ({
      [`transformers/models/${name}/modeling_${name}.py`]: text,
    });
    const files = {
      [`${auto}/modeling_auto.py`]: `
MODEL_MAPPING_NAMES = OrderedDict([("llama", "LlamaModel"), ("t5", "T5Model"), ("vits", "VitsModel"), ("mixed", "A")])
MODEL_FOR_CAUSAL_LM_MAPPING_NAMES = OrderedDict([("llama", "LlamaForCausalLM"), ("mixed", "B")])
`,
      ...model(
        'llama',
        'class LlamaPreTrainedModel(PreTrainedModel):\n    _supports_attention_backend = True\n',
      ),
      ...model(
        'own',
        'class LlamaModel(LlamaPreTrainedModel):\n    pass\nclass LlamaForCausalLM(\n    LlamaPreTrainedModel, GenerationMixin\n):\n    pass\n',
      ),
      ...model(
        't5',
        'class T5Attention(nn.Module):\n    f = ALL_ATTENTION_FUNCTIONS.get_interface(x)\nclass T5Model(PreTrainedModel):\n    pass\n',
      ),
      ...model(
        'vits',
        'class VitsAttention(nn.Module):\n    pass\nclass VitsModel(PreTrainedModel):\n    pass\n',
      ),
      ...model(
        'mixed',
        'class MAttention(nn.Module):\n    pass\nclass A(LlamaPreTrainedModel):\n    pass\nclass B(LlamaPreTrainedModel):\n    _supports_attention_backend = False\n',
      ),
    };
    expect(await read('transformers', 'attention-backend', files)).toEqual(['llama -', 'mixed A']);
    expect(await read('transformers', 'attention-settable', files)).toEqual(['t5 -']);
  });

  test('a class stands with its model type and each of its tasks', async () => {
    const text = `
MODEL_MAPPING_NAMES = OrderedDict([("llama", "LlamaModel")])
MODEL_FOR_CAUSAL_LM_MAPPING_NAMES = OrderedDict([("llama", "LlamaForCausalLM"), ("funnel", ("A", "B"))])
`;
    expect(
      await read('transformers', 'architectures', { [`${auto}/modeling_auto.py`]: text }),
    ).toEqual([
      'LlamaModel llama base',
      'LlamaForCausalLM llama causal-lm',
      'A funnel causal-lm',
      'B funnel causal-lm',
    ]);
  });
});

describe('llama.cpp', () => {
  const files = {
    'src/llama-arch.cpp': `
static const std::map<llm_arch, const char *> LLM_ARCH_NAMES = {
    { LLM_ARCH_CLIP,    "clip"      }, // dummy
    { LLM_ARCH_LLAMA,   "llama"     },
    { LLM_ARCH_GPTJ,    "gptj"      },
    // { LLM_ARCH_GONE, "gone"      },
    { LLM_ARCH_UNKNOWN, "(unknown)" },
};
bool llm_arch_is_recurrent(const llm_arch & arch) {
    switch (arch) {
        case LLM_ARCH_LLAMA: return true;
        default: return false;
    }
}
`,
    'src/llama-model.cpp': `
static llama_model * llama_model_mapping(llm_arch arch) {
    switch (arch) {
        case LLM_ARCH_LLAMA: return new llama_model_llama();
        case LLM_ARCH_CLIP: return nullptr;
    }
}
`,
    'ggml/include/ggml.h': `
    enum ggml_type {
        GGML_TYPE_F32  = 0,
        // GGML_TYPE_Q4_2 = 4, support has been removed
        GGML_TYPE_Q8_0 = 8,
        GGML_TYPE_COUNT = 9,
    };
`,
    'src/llama-vocab.cpp': `
        if (tokenizer_model == "gpt2") {}
        if (tokenizer_pre == "llama3" || tokenizer_pre == "llama-v3") {}
`,
  };

  test('an architecture with a name and no case that builds it is only named', async () => {
    expect(await read('llama-cpp', 'architectures', files)).toEqual([
      'clip projector',
      'llama model',
      'gptj named',
    ]);
  });

  test('traits, types without the removed ones, tokenizers', async () => {
    expect(await read('llama-cpp', 'traits', files)).toEqual(['llama recurrent']);
    expect(await read('llama-cpp', 'types', files)).toEqual(['F32 0', 'Q8_0 8']);
    expect(await read('llama-cpp', 'tokenizers', files)).toEqual([
      'model gpt2',
      'pre llama3',
      'pre llama-v3',
    ]);
  });

  test('conversion: decorators, with the architecture of the class or of its base', async () => {
    const rows = await read('llama-cpp', 'conversion', {
      'gguf-py/gguf/constants.py': 'MODEL_ARCH_NAMES = {MODEL_ARCH.LLAMA: "llama"}',
      'conversion/llama.py': `
@ModelBase.register("LlamaForCausalLM", "MistralForCausalLM")
class LlamaModel(TextModel):
    model_arch = gguf.MODEL_ARCH.LLAMA
@ModelBase.register("ArceeForCausalLM")
class ArceeModel(LlamaModel):
    pass
@ModelBase.register("LlavaForConditionalGeneration")
class LlavaModel(MmprojModel):
    pass
`,
    });
    expect(rows).toEqual([
      'LlamaForCausalLM llama model',
      'MistralForCausalLM llama model',
      'ArceeForCausalLM llama model',
      'LlavaForConditionalGeneration clip projector',
    ]);
  });

  test('the version is the tag in the package, before that its build', async () => {
    const { version } = await script<Reader>('readers/llama-cpp');
    const build = 'llama/binariesGithubRelease.json';
    const info = 'llama/llama.cpp.info.json';
    expect(version?.(new Map([[build, '{"release":"b7347"}']]))).toBe('b7347');
    const both = new Map([
      [build, '{"release":"b1"}'],
      [info, '{"tag":"v0.5.0"}'],
    ]);
    expect(version?.(both)).toBe('v0.5.0');
  });
});

describe('MLX', () => {
  test('a module of MLX-LM brings Model and ModelArgs; helpers do not', async () => {
    const rows = await read('mlx-lm', 'modules', {
      'mlx_lm/models/llama.py': 'class ModelArgs:\n    pass\nclass Model:\n    pass\n',
      'mlx_lm/models/solar.py': 'from .llama import Model, ModelArgs\n',
      'mlx_lm/models/base.py': 'class BaseModelArgs:\n    pass\n',
    });
    expect(rows).toEqual(['llama', 'solar']);
  });

  test('aliases by model type, and by model type with class', async () => {
    const text = `
MODEL_REMAPPING = {"mistral": "llama"}
MODEL_ARCHITECTURE_REMAPPING = {("a", "B"): "c"}
`;
    expect(await read('mlx-lm', 'aliases', { 'mlx_lm/utils.py': text })).toEqual([
      'mistral - llama',
      'a B c',
    ]);
  });
});

describe('the others', () => {
  test('transformers.js: maps of its registry', async () => {
    const text = `
const MODEL_MAPPING_NAMES_ENCODER_ONLY = new Map([['bert', 'BertModel']]);
const MODEL_FOR_CAUSAL_LM_MAPPING_NAMES = new Map([['llama', ['LlamaForCausalLM', X]]]);
`;
    expect(
      await read('transformers-js', 'architectures', { 'src/models/registry.js': text }),
    ).toEqual(['bert BertModel encoder-only', 'llama LlamaForCausalLM causal-lm']);
  });

  test('candle: modules, those for GGUF told apart', async () => {
    const text = '//! Models\npub mod llama;\npub mod quantized_llama;\nmod private;\n';
    expect(await read('candle', 'modules', { 'src/models/mod.rs': text })).toEqual([
      'llama safetensors',
      'quantized_llama gguf',
    ]);
  });

  test('mistral.rs: the arms that build, not the names of the enumeration', async () => {
    const rows = await read('mistral-rs', 'gguf', {
      'src/pipeline/gguf.rs': `
    GGUFArchitecture::Llama | GGUFArchitecture::Mistral3 => {
        Model::Llama(x)
    }
    GGUFArchitecture::Qwen3MoE => Model::Qwen3MoE(x),
    a => bail!("unsupported"),
`,
    });
    expect(rows).toEqual(['llama', 'mistral3', 'qwen3moe']);
  });

  test('ExLlamaV3: the list, by way of the configuration of each class', async () => {
    const rows = await read('exllamav3', 'architectures', {
      'exllamav3/architecture/architectures.py':
        'ARCHITECTURES = {m.config_class.arch_string: {} for m in [\n    LlamaModel,\n    MistralModel,\n]}\n',
      'exllamav3/architecture/llama.py':
        'class LlamaConfig(Config):\n    arch_string = "LlamaForCausalLM"\nclass LlamaModel(Model):\n    config_class = LlamaConfig\n',
      'exllamav3/architecture/mistral.py':
        'class MistralConfig(LlamaConfig):\n    arch_string = "MistralForCausalLM"\nclass MistralModel(LlamaModel):\n    config_class = MistralConfig\n',
    });
    expect(rows).toEqual(['LlamaForCausalLM', 'MistralForCausalLM']);
  });

  test('WebLLM: model, context, memory, features', async () => {
    const text = `
const prebuiltAppConfig = { model_list: [
  // { model_id: "commented out" },
  { model_id: "A-q4f16_1-MLC", model_lib: prefix + "a.wasm", vram_required_MB: 879.04,
    required_features: ["shader-f16"], overrides: { context_window_size: 4096 } },
  { model_id: "B", model_lib: x },
] };
`;
    expect(await read('web-llm', 'models', { 'lib/index.js': text })).toEqual([
      'A-q4f16_1-MLC 4096 879.04 shader-f16',
      'B - - -',
    ]);
  });

  test('OpenVINO: model type, library and tasks, with and without past as one', async () => {
    const text = `
@register_in_tasks_manager("llama", *["text-generation", "text-generation-with-past"], library_name="transformers")
class A: pass
`;
    expect(
      await read('openvino', 'exports', { 'optimum/exporters/openvino/model_configs.py': text }),
    ).toEqual(['llama transformers text-generation']);
  });

  test('CTranslate2, GenAI, LiteRT, stable-diffusion.cpp, ONNX Runtime Web', async () => {
    expect(
      await read('ctranslate2', 'loaders', {
        'ctranslate2/converters/transformers.py': '@register_loader("BartConfig")\nclass A: pass\n',
      }),
    ).toEqual(['BartConfig']);
    expect(
      await read('onnxruntime-genai', 'architectures', {
        'onnxruntime_genai/models/builder.py':
          'if config.architectures[0] == "GemmaForCausalLM":\n',
      }),
    ).toEqual(['GemmaForCausalLM']);
    expect(
      await read('litert', 'model-types', {
        'litert_torch/generative/export_hf/core/litert_lm_builder.py':
          "  match (x):\n    case 'qwen3' | 'qwen3_5':\n      pass\n    case _:\n",
      }),
    ).toEqual(['qwen3', 'qwen3_5']);
    expect(
      await read('stable-diffusion-cpp', 'models', {
        'stable-diffusion.cpp/model.h':
          'enum SDVersion {\n    VERSION_SD1,\n    VERSION_COUNT,\n};\n',
      }),
    ).toEqual(['sd1']);
    expect(
      await read('onnxruntime-web', 'operators', {
        'docs/webgpu-operators.md':
          '| Operator | Opset | Comments |\n|:--:|:--:|--|\n| Abs | ai.onnx(6-12, 13+) |  |\n',
      }),
    ).toEqual(['webgpu Abs ai.onnx(6-12,13+)']);
  });
});
