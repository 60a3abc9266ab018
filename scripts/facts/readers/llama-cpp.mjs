// llama.cpp: its source at a release, as npm's node-llama-cpp carries it.
import { Stop } from '../../lib/run.mjs';
import { between, every, matching, modulesOf, pythonOf, textOf } from '../files.mjs';
import { asMap, isCall, texts } from '../python.mjs';

/** The release that the package carries. */
export function version(files) {
  const release = JSON.parse(textOf(files, 'llama/binariesGithubRelease.json')).release;
  const tag =
    files.has('llama/llama.cpp.info.json') &&
    JSON.parse(textOf(files, 'llama/llama.cpp.info.json')).tag;
  const found = tag || release;
  if (!/^(b\d+|v\d+\.\d+\.\d+)$/.test(found))
    throw new Stop(`expected a build b… or a tag v…, found ${found}`);
  return found;
}

/** C++ without comments: some lists carry removed entries in them. */
const cpp = (files, ...paths) => textOf(files, ...paths).replace(COMMENTS, '');
const COMMENTS = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** All of src/llama*.cpp at once: until 2025 its parts moved out of one file, one after the other. */
function source(files) {
  const texts = matching(files, /^(src\/)?llama(-\w+)?\.cpp$/).map(({ text }) => text);
  return texts.join('\n').replace(COMMENTS, '');
}

/** Enumerator to name. */
function archNames(files) {
  const table = between(source(files), /LLM_ARCH_NAMES\s*=\s*\{/, /\n\};/, 'LLM_ARCH_NAMES = {…}');
  const pairs = every(table, /\{\s*(LLM_ARCH_\w+),\s*"([^"]+)"/g, 'pairs in LLM_ARCH_NAMES');
  return new Map(pairs.filter(([, name]) => name !== '(unknown)'));
}

/** The function that builds a model, or its graph, by architecture: its newest form first. */
const DISPATCHERS = [
  /static llama_model \* llama_model_mapping\(/,
  /ggml_cgraph \* llama_model::build_graph\(|llm_graph_result_ptr llama_model::build_graph\(/,
  /static struct ggml_cgraph \* llama_build_graph\(/,
];

/** GGUF architecture: `model` where it can be built, `projector` for clip, `named` where there is only the name. */
function architectures(files) {
  const text = source(files);
  const start = DISPATCHERS.find((one) => one.test(text));
  if (!start) throw new Stop('expected the switch that builds a model by architecture, found none');
  const built = every(
    between(text, start, /\n\}/, 'its end'),
    /case (LLM_ARCH_\w+):/g,
    'cases',
  ).flat();
  return [...archNames(files)].map(([id, name]) => [name, kindOf(id, built)]);
}

function kindOf(id, built) {
  if (id === 'LLM_ARCH_CLIP') return 'projector';
  return built.includes(id) ? 'model' : 'named';
}

/** GGUF architecture and trait: recurrent, hybrid, diffusion. */
function traits(files) {
  const [text, names] = [source(files), archNames(files)];
  return ['recurrent', 'hybrid', 'diffusion'].flatMap((trait) => {
    const start = new RegExp(`bool llm_arch_is_${trait}\\(`);
    if (!start.test(text)) return [];
    const cases = every(between(text, start, /\n\}/, 'its end'), /case (LLM_ARCH_\w+):/g, 'cases');
    return cases.map(([id]) => [names.get(id), trait]);
  });
}

/** HF class, GGUF architecture, and whether the model or its projector is converted. */
function conversion(files) {
  const classes = modulesOf(
    files,
    /^(convert[-_]hf[-_]to[-_]gguf\.py|conversion\/\w+\.py)$/,
  ).flatMap((module) => module.classes());
  const index = new Map(classes.map((one) => [one.name, one]));
  const names = ggufNames(files);
  return classes.flatMap((one) => {
    const marks = one.decorators.filter((mark) => isCall(mark, /^(Model|ModelBase)\.register$/));
    const to = names.get(archOf(one, index));
    return marks.flatMap(({ args }) =>
      texts(args).map((name) => [name, ...target(to, one, index)]),
    );
  });
}

/** gguf-py's own table from `MODEL_ARCH.X` to the name. */
function ggufNames(files) {
  const path = 'gguf-py/gguf/constants.py';
  const held = asMap(pythonOf(files, path).value('MODEL_ARCH_NAMES'));
  return new Map([...held].map(([key, name]) => [key.name.split('.').at(-1), name]));
}

/** `model_arch` of a class, or of the nearest base that has one. */
function archOf(one, index, depth = 0) {
  const own = one?.body.find('model_arch');
  if (own?.name) return own.name.split('.').at(-1);
  if (!one || depth > 8) return undefined;
  return one.bases.map(({ name }) => archOf(index.get(name), index, depth + 1)).find(Boolean);
}

const PROJECTORS = /^(MmprojModel|VisionModel)$/;

function target(to, one, index) {
  if (to === 'clip' || isProjector(one, index)) return ['clip', 'projector'];
  if (!to) throw new Stop(`expected model_arch in ${one.name} or its bases, found none`);
  return [to, 'model'];
}

function isProjector(one, index, depth = 0) {
  if (!one || depth > 8) return false;
  return one.bases.some(
    ({ name }) => PROJECTORS.test(name) || isProjector(index.get(name), index, depth + 1),
  );
}

/** Name and number of each ggml type that a file may hold. */
function types(files) {
  const table = between(
    cpp(files, 'ggml/include/ggml.h', 'ggml.h'),
    /enum ggml_type\s*\{/,
    /\}/,
    'enum ggml_type',
  );
  const found = every(table, /GGML_TYPE_(\w+)\s*=\s*(\d+)/g, 'types in it');
  return found.filter(([name]) => name !== 'COUNT').map(([name, number]) => [name, number]);
}

/** Name and number of each file type, which says what a quantized file mostly holds. */
function fileTypes(files) {
  const table = between(
    cpp(files, 'include/llama.h', 'llama.h'),
    /enum llama_ftype\s*\{/,
    /\}/,
    'enum llama_ftype',
  );
  return every(table, /LLAMA_FTYPE_(?:MOSTLY_|ALL_)?(\w+)\s*=\s*(\d+)/g, 'file types in it');
}

/** Names of `tokenizer.ggml.model` and `tokenizer.ggml.pre` that the loader knows; any other is a load error. */
function tokenizers(files) {
  const text = source(files);
  const models = every(text, /tokenizer_(?:model|name) == "([^"]+)"/g, 'tokenizer_model == "…"');
  const pre = [...text.matchAll(/tokenizer_pre == "([^"]+)"/g)].map(([, name]) => [name]);
  return [...models.map(([name]) => ['model', name]), ...pre.map(([name]) => ['pre', name])];
}

const chatTemplates = (files) => {
  const text = cpp(files, 'src/llama-chat.cpp');
  const table = between(text, /LLM_CHAT_TEMPLATES\s*=\s*\{/, /\n\};/, 'LLM_CHAT_TEMPLATES = {…}');
  return every(table, /\{\s*"([^"]+)"/g, 'templates in it').flat();
};

/** Types that the command line takes for the cache. */
function cacheTypes(files) {
  const parts = matching(files, /^common\/(arg|common)\.cpp$/).map(({ text }) => text);
  const text = parts.join('\n').replace(COMMENTS, '');
  if (/kv_cache_types\s*=\s*\{/.test(text)) {
    const table = between(text, /kv_cache_types\s*=\s*\{/, /\};/, 'kv_cache_types = {…}');
    return every(table, /GGML_TYPE_(\w+)/g, 'types in it').map(([name]) => name.toLowerCase());
  }
  const body = between(
    text,
    /ggml_type kv_cache_type_from_str\(/,
    /\n\}/,
    'kv_cache_types or kv_cache_type_from_str',
  );
  return every(body, /"([\w]+)"\)?\s*\{/g, 'names in it').flat();
}

const projectors = (files) => {
  const text = cpp(
    files,
    'tools/mtmd/clip-impl.h',
    'tools/mtmd/clip.cpp',
    'examples/llava/clip-impl.h',
    'examples/llava/clip.cpp',
  );
  const table = between(
    text,
    /PROJECTOR_TYPE_NAMES\s*=\s*\{/,
    /\n\};/,
    'PROJECTOR_TYPE_NAMES = {…}',
  );
  return every(table, /PROJECTOR_TYPE_\w+,\s*"([^"]+)"/g, 'names in it').flat();
};

export const tables = {
  architectures,
  traits,
  conversion,
  types,
  'file-types': fileTypes,
  tokenizers,
  'chat-templates': chatTemplates,
  'cache-types': cacheTypes,
  projectors,
};
