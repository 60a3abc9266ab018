// Verdicts against the runtimes' own registries, beside the two rules that people have today.
import { LOCAL_APPS } from '@huggingface/tasks';

/** Of a runtime's releases every so many are asked about, and the newest. */
const EVERY = 6;

/** Tasks of transformers whose models write text. */
const WRITES = new Set(['causal-lm', 'image-text-to-text']);

/** Families of the rule of design document 003, by prefix. */
const FAMILIES = ['llama', 'mistral', 'phi', 'qwen', 'gemma'];

/** The runtimes that the Hub has a rule for, and the list of each. */
const RUNTIMES = [
  { id: 'vllm', list: 'architectures', app: 'vllm', model: ofClass },
  { id: 'sglang', list: 'architectures', app: 'sglang', model: ofClass },
  { id: 'llama.cpp', list: 'architectures', app: 'llama.cpp', model: ofGguf },
  { id: 'mlx-lm', list: 'modules', app: 'mlx-lm', model: ofMlx },
  { id: 'exllamav3', list: 'architectures', app: undefined, model: ofClass },
];

/**
 * Asks of each name that any release lists, and of each class of transformers that writes text, whether it runs; right is
 * what the release's own list says. One row for each runtime: how often the verdict, the rule of five families and the
 * Hub's own rule are right.
 */
export function verdicts({ listOf, check, sources }) {
  const classes = classesThatWrite(listOf(source(sources, 'transformers'), 'architectures'));
  return RUNTIMES.map((runtime) => {
    const { versions, sets } = listOf(source(sources, runtime.id), runtime.list);
    const names = universe(runtime, sets, classes);
    const asked = versions.filter((_, at) => at % EVERY === 0 || at === versions.length - 1);
    const counts = { asked: 0, verdict: 0, families: 0, hub: 0 };
    for (const version of asked) {
      const listed = builds(sets[versions.indexOf(version)]);
      for (const [name, model] of names)
        count(counts, runtime, version, model, listed.has(name), check, name);
    }
    return {
      id: runtime.id,
      versions: asked.length,
      names: names.length,
      ...counts,
      hasHubRule: Boolean(runtime.app),
    };
  });
}

function count(counts, runtime, version, model, truth, check, name) {
  counts.asked += 1;
  counts.verdict += Number(
    answer(check(model, { runtime: `${runtime.id}@${version}` }), name) === truth,
  );
  const family = (model.config?.model_type ?? model.gguf?.architecture ?? '').toLowerCase();
  counts.families += Number(FAMILIES.some((prefix) => family.startsWith(prefix)) === truth);
  if (runtime.app)
    counts.hub += Number(Boolean(LOCAL_APPS[runtime.app].displayOnModelPage(model)) === truth);
}

/** Yes where the finding about the architecture rests on a row that lists it; a model run in another way is not listed. */
function answer({ findings }, name) {
  const found = findings.find(({ code }) => code.startsWith('architecture_'));
  const [fact] = found?.facts ?? [];
  return (
    found?.severity !== 'error' && fact?.row.status === 'supported' && fact.row.cells.includes(name)
  );
}

function universe(runtime, sets, classes) {
  const names = new Map();
  for (const set of sets) for (const row of set) add(names, runtime, row.split('\t')[0], classes);
  if (runtime.model === ofClass)
    for (const name of classes.keys()) add(names, runtime, name, classes);
  if (runtime.model === ofMlx)
    for (const type of new Set(classes.values())) add(names, runtime, type, classes);
  return [...names];
}

function add(names, runtime, name, classes) {
  if (!names.has(name)) names.set(name, runtime.model(name, classes));
}

/** The names that a release can build: one that has a name alone, a projector or a draft is none. */
function builds(set) {
  const rows = [...set].map((row) => row.split('\t'));
  const whole = rows.filter(
    ([, kind]) => !['named', 'projector', 'speculative-decoding'].includes(kind),
  );
  return new Set(whole.map(([name]) => name));
}

/** Classes of transformers that write text, with their model types. */
function classesThatWrite({ sets }) {
  const rows = sets.flatMap((set) => [...set].map((row) => row.split('\t')));
  return new Map(rows.filter(([, , task]) => WRITES.has(task)).map(([name, type]) => [name, type]));
}

function ofClass(name, classes) {
  const type = classes.get(name);
  return model(name, { config: { architectures: [name], ...(type && { model_type: type }) } });
}

function ofMlx(name) {
  return model(name, { config: { model_type: name }, tags: ['mlx', 'safetensors'] });
}

function ofGguf(name) {
  const gguf = { architecture: name, context_length: 4096, total: 1 };
  return model(name, { gguf, siblings: [{ rfilename: 'model-Q4_K_M.gguf' }], tags: ['gguf'] });
}

function model(name, more) {
  const usual = {
    tags: ['transformers', 'safetensors'],
    siblings: [{ rfilename: 'model.safetensors' }],
  };
  return { id: `org/${name}`, pipeline_tag: 'text-generation', ...usual, ...more };
}

function source(sources, id) {
  return sources.find((one) => one.id === id);
}
