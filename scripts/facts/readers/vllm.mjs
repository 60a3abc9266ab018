// vLLM: the model registry, and what each release says of quantization, caches, parsers and platforms.

import { Stop } from '../../lib/run.mjs';
import { matching, modulesOf, oneOf, pythonOf, requirement } from '../files.mjs';
import { asMap, isCall, texts } from '../python.mjs';
import { classIndex, derives, floorOf, floors } from '../quantization.mjs';

const LAYERS = 'vllm/model_executor/layers/quantization';
const CONFIG = ['vllm/config/model.py', 'vllm/config/__init__.py', 'vllm/config.py'];
/** Sums of the other dictionaries, and lists of what is not supported. */
const NO_TASK =
  /^_(VLLM|PREVIOUSLY_SUPPORTED|OOT_SUPPORTED|OOT|ROCM_UNSUPPORTED|ROCM_PARTIALLY_SUPPORTED)_MODELS$/;

const registryOf = (files) =>
  pythonOf(
    files,
    'vllm/model_executor/models/registry.py',
    'vllm/model_executor/models/__init__.py',
  );

/** HF class and task: the name of the dictionary that holds it. */
function architectures(files) {
  const registry = registryOf(files);
  const names = registry.names(/^_[A-Z_]+_MODELS$/).filter((name) => !NO_TASK.test(name));
  return names.flatMap((name) =>
    [...asMap(registry.value(name)).keys()].map((one) => [one, taskOf(name)]),
  );
}

const taskOf = (name) => /^_(\w+)_MODELS$/.exec(name)[1].toLowerCase().replaceAll('_', '-');

/** HF class and the last version that had it, by vLLM's own word. */
const removed = (files) => [...asMap(registryOf(files).value('_PREVIOUSLY_SUPPORTED_MODELS'))];

/** HF class and the project of the plugin that has it. */
const plugins = (files) =>
  [...asMap(registryOf(files).value('_OOT_SUPPORTED_MODELS'))].map(([name, url]) => [
    name,
    url.split('/').slice(3).join('/') || url,
  ]);

/** HF classes whose model class, or a base of it, is marked `SupportsLoRA`. */
function lora(files) {
  const classes = classIndex(modulesOf(files, /^vllm\/(model_executor\/)?models\/.*\.py$/));
  const registry = registryOf(files);
  const names = registry.names(/^_[A-Z_]+_MODELS$/).filter((name) => !NO_TASK.test(name));
  const entries = names.flatMap((name) => [...asMap(registry.value(name))]);
  return entries
    .filter(([, [, name]]) => derives(name, 'SupportsLoRA', classes))
    .map(([one]) => one);
}

/** Method and least compute capability. */
function quantization(files) {
  const module = pythonOf(files, `${LAYERS}/__init__.py`);
  const classes = quantizationClasses(files);
  const inside = module.functions().find(({ name }) => name === 'get_quantization_config')?.body;
  const held = inside?.find('method_to_config') ?? module.value('QUANTIZATION_METHODS');
  const rows = held instanceof Map ? floors(held, classes) : [];
  const listed = texts(module.find('QuantizationMethods') ?? module.find('QUANTIZATION_METHODS'));
  const rest = listed.filter((method) => !rows.some(([known]) => known === method));
  return [...rows, ...rest.map((method) => [method, '-'])];
}

const quantizationClasses = (files) =>
  classIndex(modulesOf(files, /^vllm\/model_executor\/layers\/quantization\/.*\.py$/));

/** Scheme classes inside compressed-tensors and quark, and their floors. */
function schemes(files) {
  const modules = modulesOf(files, /\/quantization\/(compressed_tensors|quark)\/schemes\/\w+\.py$/);
  const classes = classIndex(modules);
  const rows = [...classes.keys()].map((name) => [name, floorOf(name, classes)]);
  return rows.filter(([, floor]) => floor !== undefined);
}

const deprecated = (files) =>
  texts(pythonOf(files, `${LAYERS}/__init__.py`).value('DEPRECATED_QUANTIZATION_METHODS'));

/** Platform and method, where a platform lists the methods it takes. */
function platforms(files) {
  return matching(files, /^vllm\/platforms\/(\w+)\.py$/).flatMap(({ path, parts }) => {
    const bodies = pythonOf(files, path)
      .classes()
      .map(({ body }) => body);
    const listed = bodies.flatMap((body) => texts(body.find('supported_quantization') ?? []));
    return listed.map((method) => [parts[0], method]);
  });
}

const float16Refused = (files) => [
  ...asMap(firstOf(files, CONFIG, '_FLOAT16_NOT_SUPPORTED_MODELS')).keys(),
];

/** A `Literal[...]` that has moved between files. */
function firstOf(files, paths, name) {
  for (const path of paths.filter((one) => files.has(one))) {
    const found = pythonOf(files, path).find(name);
    if (found) return found;
  }
  throw new Stop(`expected ${name} in ${paths.join(' or ')}, found none`);
}

/** Since 0.9 a type; before, the choices of the command line's argument. */
function cacheTypes(files) {
  const paths = ['vllm/config/cache.py', ...CONFIG];
  try {
    return texts(firstOf(files, paths, 'CacheDType'));
  } catch (error) {
    const text = files.get('vllm/engine/arg_utils.py') ?? '';
    const [, list] = /'--kv-cache-dtype',[^)]*?choices=\[([^\]]*)\]/s.exec(text) ?? [];
    if (!list) throw error;
    return [...list.matchAll(/['"](\w+)['"]/g)].map(([, name]) => name);
  }
}

/** Since 0.10 a type; before, the members of an enumeration. */
function loadFormats(files) {
  const path = oneOf(files, ['vllm/model_executor/model_loader/__init__.py']);
  const literal = pythonOf(files, path).find('LoadFormats');
  if (literal) return texts(literal);
  const classes = ['vllm/config/load.py', ...CONFIG]
    .filter((one) => files.has(one))
    .flatMap((one) => pythonOf(files, one).classes());
  const found = classes.find(({ name }) => name === 'LoadFormat');
  if (!found) throw new Stop('expected LoadFormats or class LoadFormat, found neither');
  return found.body.names(/^[A-Z_]+$/).map((name) => found.body.value(name));
}

const toolParsers = (files) =>
  parsers(
    files,
    'vllm/tool_parsers/__init__.py',
    '_TOOL_PARSERS_TO_REGISTER',
    /tool_parsers\/\w+\.py$/,
  );

const reasoningParsers = (files) =>
  parsers(
    files,
    'vllm/reasoning/__init__.py',
    '_REASONING_PARSERS_TO_REGISTER',
    /reasoning(_parsers)?\/\w+\.py$/,
  );

/** A dictionary of names, or `@….register_module("name")` at the classes. */
function parsers(files, path, name, modules) {
  const listed = [path, path.replace('vllm/', 'vllm/entrypoints/openai/')].filter((one) =>
    files.has(one),
  );
  const held = listed.map((one) => pythonOf(files, one).find(name)).find(Boolean);
  if (held) return [...asMap(held).keys()];
  const classes = modulesOf(files, modules).flatMap((module) => module.classes());
  const marks = classes
    .flatMap(({ decorators }) => decorators)
    .filter((one) => isCall(one, /\.register_module$/));
  return marks.flatMap(({ args, named }) => texts([args[0] ?? named.name].flat()));
}

/** `model_type`s that vLLM brings a configuration for, whatever transformers is installed. */
function configs(files) {
  const held = pythonOf(files, 'vllm/transformers_utils/config.py').value('_CONFIG_REGISTRY');
  return held instanceof Map
    ? [...held.keys()]
    : [...Object.keys(held.named), ...asMapOrNone(held.args[0]).keys()];
}

const asMapOrNone = (value) => (value === undefined ? new Map() : asMap(value));

export const tables = {
  architectures,
  removed,
  plugins,
  lora,
  quantization,
  schemes,
  deprecated,
  platforms,
  'float16-refused': float16Refused,
  'cache-types': cacheTypes,
  'load-formats': loadFormats,
  'tool-parsers': toolParsers,
  'reasoning-parsers': reasoningParsers,
  'model-types': configs,
  requires: (files) => requirement(files, 'transformers'),
};
