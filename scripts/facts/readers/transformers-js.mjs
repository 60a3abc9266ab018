// transformers.js: the maps from `model_type` to class that its auto classes look in.
import { oneOf } from '../files.mjs';
import { parseJavaScript } from '../javascript.mjs';

const KINDS = /^MODEL_MAPPING_NAMES_(\w+)$|^MODEL_FOR_(\w+)_MAPPING_NAMES$/;

/** `model_type`, class and task of each map; since 4.0 in a file of their own. */
function architectures(files) {
  const module = open(files, 'src/models/registry.js', 'src/models.js');
  return module
    .names(KINDS)
    .flatMap((name) =>
      [...module.value(name)].map(([type, found]) => [type, [found].flat()[0], taskOf(name)]),
    );
}

function taskOf(name) {
  const [, kind, task] = KINDS.exec(name);
  return (kind ?? task).toLowerCase().replaceAll('_', '-');
}

const pipelines = (files) => [
  ...open(files, 'src/pipelines/index.js', 'src/pipelines.js').value('SUPPORTED_TASKS').keys(),
];

/** The names of `dtype`, each with the suffix of its files; `-` for none. */
function dtypes(files) {
  const suffixes = open(files, 'src/utils/dtypes.js').value('DEFAULT_DTYPE_SUFFIX_MAPPING');
  return [...suffixes].map(([name, suffix]) => [name, suffix || '-']);
}

function open(files, ...paths) {
  const path = oneOf(files, paths);
  return parseJavaScript(files.get(path), path);
}

export const tables = { architectures, pipelines, dtypes };
