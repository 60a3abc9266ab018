// facts/tables/aliases.tsv: one architecture's names in the namespaces of several runtimes, joined from their tables.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MADE } from './lock.mjs';
import { save } from './save.mjs';

const COLUMNS = ['hf-class', 'model-type', 'gguf-architecture', 'mlx-module'];
const NONE = '-';
/** Tables of the classes that a serving runtime builds; of the others only those with a second name are kept. */
const SERVED = ['vllm', 'sglang', 'exllamav3', 'mistral.rs', 'onnxruntime-genai'];

/** Writes the table where it differs from what is there. */
export function writeAliases(facts) {
  const read = (id) => rowsIn(join(facts, 'tables', `${id}.tsv`));
  save(join(facts, 'tables', 'aliases.tsv'), formatAliases(joined(read)));
}

/** Rows of a table at any version, without their intervals; none when the table is not there yet. */
function rowsIn(file) {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  return lines.slice(1).map((line) => line.split('\t').slice(0, -2));
}

function joined(read) {
  const types = grouped(read('transformers/architectures').map(([name, type]) => [name, type]));
  const converted = read('llama.cpp/conversion').filter(([, , part]) => part === 'model');
  const gguf = grouped(converted.map(([name, to]) => [name, to]));
  const mlx = mlxModules(read);
  const served = SERVED.flatMap((id) => read(`${id}/architectures`).map(([name]) => name));
  const classes = [...new Set([...types.keys(), ...gguf.keys(), ...served])].sort();
  return classes.flatMap((name) =>
    rowsOf(name, { types, gguf, mlx, isServed: served.includes(name) }),
  );
}

/** MLX-LM builds language models: of a type's classes those that generate. */
const isModel = (name) => /For(?:CausalLM|ConditionalGeneration)$|LMHeadModel$/.test(name);

/** All combinations of a class's names; one row when nothing else is known, and only when something serves it. */
function rowsOf(name, { types, gguf, mlx, isServed }) {
  const [ofType, ofGguf] = [types.get(name) ?? [NONE], gguf.get(name) ?? [NONE]];
  const rows = ofType.flatMap((type) =>
    ofGguf.map((to) => [name, type, to, mlx(type, name) ?? NONE]),
  );
  const isKept = ([, type, to, module]) =>
    to !== NONE || (module !== NONE && isModel(name)) || (isServed && type !== NONE);
  return rows.filter(isKept).map((row) => row.join('\t'));
}

/** Which module MLX-LM imports for a `model_type`: its alias, a module of that name, or none. */
function mlxModules(read) {
  const modules = new Set(read('mlx-lm/modules').flat());
  const aliases = read('mlx-lm/aliases');
  return (type, name) => {
    const alias = aliases.find(([from, only]) => from === type && (only === name || only === NONE));
    return alias?.[2] ?? (modules.has(type) ? type : undefined);
  };
}

function grouped(pairs) {
  const groups = new Map();
  for (const [key, value] of pairs) groups.set(key, new Set([...(groups.get(key) ?? []), value]));
  return new Map([...groups].map(([key, values]) => [key, [...values].sort()]));
}

const formatAliases = (rows) =>
  [
    '# Names of one architecture, at any version that was read; "-": none known',
    '# source: model-type: transformers/architectures; gguf-architecture: llama.cpp/conversion; mlx-module: mlx-lm/modules and aliases',
    MADE,
    COLUMNS.join('\t'),
    ...[...new Set(rows)].sort(),
    '',
  ].join('\n');
