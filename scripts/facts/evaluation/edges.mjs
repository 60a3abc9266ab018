// Names that lead from one namespace into another: each must arrive at a name that is there.
import { listOf } from './lists.mjs';

/** Kinds of edges, each with how many there are at the newest release and those that lead nowhere. */
export function edges(sources, facts) {
  const source = (id) => sources.find((one) => one.id === id);
  const newest = (id, name) => rowsOf(listOf(source(id), name, facts).sets.at(-1));
  const ever = (id, name) => listOf(source(id), name, facts).sets.flatMap(rowsOf);
  const names = (rows, column = 0) => new Set(rows.map((row) => row[column]));
  const built = names(newest('llama.cpp', 'architectures').filter(([, kind]) => kind === 'model'));
  const converted = newest('llama.cpp', 'conversion').filter(([, , part]) => part === 'model');
  const modules = names(newest('mlx-lm', 'modules'));
  const visions = names(newest('mlx-vlm', 'modules'));
  const types = names(ever('transformers', 'model-types'));
  const classes = names(ever('transformers', 'architectures'));
  const served = newest('vllm', 'architectures').filter(
    ([, task]) => task === 'transformers-supported',
  );
  return [
    kind('class to GGUF architecture, which llama.cpp builds', converted, (row) =>
      built.has(row[1]),
    ),
    kind('model type to module of MLX-LM', newest('mlx-lm', 'aliases'), (row) =>
      modules.has(row[2]),
    ),
    kind('model type to module of MLX-VLM', newest('mlx-vlm', 'aliases'), (row) =>
      visions.has(row[1]),
    ),
    kind('class to model type of Transformers', newest('transformers', 'architectures'), (row) =>
      types.has(row[1]),
    ),
    kind('class that vLLM gives to Transformers', served, (row) => classes.has(row[0])),
  ];
}

const rowsOf = (set) => [...set].map((row) => row.split('\t'));

const kind = (what, rows, arrives) => ({
  what,
  count: rows.length,
  lost: rows.filter((row) => !arrives(row)).map((row) => row.join(' ')),
});
