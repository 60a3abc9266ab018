// SGLang: every model module names its classes in `EntryClass`; the class's name is the architecture.
import { Stop } from '../../lib/run.mjs';
import { every, modulesOf, pythonOf, requirement } from '../files.mjs';
import { texts } from '../python.mjs';
import { classIndex, floorOf, floors } from '../quantization.mjs';

const METHODS = ['BASE_QUANTIZATION_METHODS', 'QUANTIZATION_METHODS'];
const CONFIG = 'sglang/srt/configs/model_config.py';

/** HF class. */
function architectures(files) {
  const modules = modulesOf(files, /^sglang\/srt\/models\/.*\.py$/);
  const entries = modules
    .map((module) => module.find('EntryClass'))
    .filter((value) => value !== undefined);
  return entries.flatMap((value) => [value].flat().map(({ name }) => name));
}

/** HF classes that it treats as multimodal. */
const multimodal = (files) => texts(pythonOf(files, CONFIG).value('multimodal_model_archs'));

/** HF classes that do not generate: embedding, reward, classification. */
function embedding(files) {
  const found = pythonOf(files, CONFIG)
    .functions()
    .find(({ name }) => name === 'is_generation_model');
  if (!found) throw new Stop('expected def is_generation_model, found none');
  return every(
    found.body.source(),
    /"(\w+)" in model_architectures/g,
    'names of architectures',
  ).flat();
}

/** Method, least compute capability, and the condition under which it is registered. */
function quantization(files) {
  const module = pythonOf(files, 'sglang/srt/layers/quantization/__init__.py');
  const classes = classIndex(modulesOf(files, /^sglang\/srt\/layers\/quantization\/.*\.py$/));
  const name = METHODS.find((one) => module.find(one) instanceof Map);
  if (!name) throw new Stop(`expected ${METHODS.join(' or ')}, found neither`);
  const always = floors(module.value(name), classes).map((row) => [...row, '-']);
  const added = module.conditions().flatMap(({ condition, body }) => {
    const updates = body.calls(`${name}.update`).map(({ args }) => args[0]);
    return updates.flatMap((held) =>
      floors(held, classes).map((row) => [...row, condition.replace(/\s+/g, ' ')]),
    );
  });
  const byVllm = floors(module.find('VLLM_QUANTIZATION_METHODS') ?? new Map(), classes);
  return [...always, ...added, ...byVllm.map((row) => [...row, 'VLLM_AVAILABLE'])];
}

/** Scheme classes inside compressed-tensors and quark, and their floors. */
function schemes(files) {
  const classes = classIndex(
    modulesOf(files, /\/quantization\/(compressed_tensors|quark)\/schemes\/\w+\.py$/),
  );
  const rows = [...classes.keys()].map((name) => [name, floorOf(name, classes)]);
  return rows.filter(([, floor]) => floor !== undefined);
}

const loadFormats = (files) => choices(files, 'LOAD_FORMAT_CHOICES', 'load-format');
const cacheTypes = (files) => choices(files, 'KV_CACHE_DTYPE_CHOICES', 'kv-cache-dtype');

/** A list of its own, or the `choices` of the argument; the file has moved twice. */
function choices(files, name, argument) {
  const paths = [
    'sglang/srt/arg_groups/choices.py',
    'sglang/srt/arg_groups/fields/model.py',
    'sglang/srt/server_args.py',
  ].filter((path) => files.has(path));
  const list = paths.map((path) => pythonOf(files, path).find(name)).find(Boolean);
  if (list) return texts(list);
  const field = argument.replaceAll('-', '_');
  const expressions = [
    new RegExp(`"--${argument}",[^)]*?choices=\\[([^\\]]*)\\]`, 's'),
    new RegExp(`\\b${field}: A\\[[\\s\\S]*?choices=\\[([^\\]]*)\\]`),
  ];
  const found = paths
    .flatMap((path) => expressions.map((one) => one.exec(files.get(path))?.[1]))
    .find(Boolean);
  return every(found ?? '', /"([^"]+)"/g, `${name} or the choices of --${argument}`).flat();
}

/** Names of the tool-call parsers. */
function toolParsers(files) {
  const module = pythonOf(
    files,
    'sglang/srt/function_call/function_call_parser.py',
    'sglang/srt/function_call_parser.py',
  );
  const held = module
    .classes()
    .map(({ body }) => body.find('ToolCallParserEnum'))
    .find(Boolean);
  if (!(held instanceof Map)) throw new Stop('expected ToolCallParserEnum = {…}, found none');
  return [...held.keys()];
}

export const tables = {
  architectures,
  multimodal,
  embedding,
  quantization,
  schemes,
  'load-formats': loadFormats,
  'cache-types': cacheTypes,
  'tool-parsers': toolParsers,
  requires: (files) => requirement(files, 'transformers'),
};
