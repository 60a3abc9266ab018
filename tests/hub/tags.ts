// The tags that the Hub adds to a repository by itself, in the order that it uses.

import type { SampleModel } from './types.ts';

const FORMATS: [pattern: RegExp, tag: string][] = [
  [/(^|\/)pytorch_model.*\.bin$|(^|\/)model.*\.(pt|pth)$/, 'pytorch'],
  [/(^|\/)tf_model.*\.h5$/, 'tf'],
  [/\.msgpack$/, 'jax'],
  [/\.tflite$/, 'tflite'],
  [/\.mlmodel$|\.mlpackage\//, 'coreml'],
  [/\.onnx$/, 'onnx'],
  [/(^|\/)openvino_model.*\.(xml|bin)$/, 'openvino'],
  [/\.safetensors$/, 'safetensors'],
  [/\.gguf$/, 'gguf'],
];

function formatTags(model: SampleModel): string[] {
  const held = FORMATS.filter(([pattern]) =>
    (model.files ?? []).some(([path]) => pattern.test(path)),
  );
  return held.map(([, tag]) => tag);
}

function baseModelTags({ baseModel }: SampleModel): string[] {
  if (!baseModel) return [];
  return [`base_model:${baseModel.id}`, `base_model:${baseModel.relation}:${baseModel.id}`];
}

function quantizationTags({ config }: SampleModel): string[] {
  const quantization = config?.quantization_config as Record<string, unknown> | undefined;
  if (!quantization) return [];
  const { quant_method: method, bits, load_in_4bit: four, load_in_8bit: eight } = quantization;
  const width = bits ?? (four ? 4 : eight ? 8 : undefined);
  return [
    ...(width === 4 || width === 8 ? [`${width}-bit`] : []),
    ...(typeof method === 'string' ? [method] : []),
  ];
}

function serviceTags({ library, task, config, files = [] }: SampleModel): string[] {
  const transformers = library === 'transformers';
  const weights = files.some(([path]) => path.endsWith('.safetensors'));
  return [
    ...(config?.auto_map ? ['custom_code'] : []),
    ...(transformers && weights && task === 'text-generation' ? ['text-generation-inference'] : []),
    ...(transformers || files.some(([path]) => path.endsWith('.gguf'))
      ? ['endpoints_compatible']
      : []),
  ];
}

export function hubTags(model: SampleModel, taskInTags: boolean): string[] {
  const type = model.config?.model_type;
  const tags = [
    ...(model.library ? [model.library] : []),
    ...formatTags(model),
    ...(typeof type === 'string' ? [type] : []),
    ...(taskInTags && model.task ? [model.task] : []),
    ...(model.tags ?? []),
    ...(model.languages ?? []),
    ...baseModelTags(model),
    ...(model.license ? [`license:${model.license}`] : []),
    ...serviceTags(model),
    ...quantizationTags(model),
    'region:us',
  ];
  return [...new Set(tags)];
}
