// diffusers: the pipelines that `model_index.json` may name, and what can be read from one file.
import { every, pythonOf, textOf } from '../files.mjs';
import { asMap } from '../python.mjs';

/** Pipeline class, the `_class_name` of `model_index.json`. */
const pipelines = (files) =>
  every(textOf(files, 'diffusers/__init__.py'), /"(\w+Pipeline)"/g, 'names of pipelines').flat();

/** Family and task of the automatic pipelines. */
function automatic(files) {
  const module = pythonOf(files, 'diffusers/pipelines/auto_pipeline.py');
  return module
    .names(KINDS)
    .flatMap((name) => [...asMap(module.value(name)).keys()].map((key) => [key, taskOf(name)]));
}

const KINDS = /^AUTO_(\w+)_PIPELINES_MAPPING$/;
const taskOf = (name) => KINDS.exec(name)[1].toLowerCase().replaceAll('_', '-');

const quantization = (files) => [
  ...asMap(pythonOf(files, 'diffusers/quantizers/auto.py').value('AUTO_QUANTIZER_MAPPING')).keys(),
];

/** Model class that loads from one checkpoint file. */
const singleFile = (files) => [
  ...asMap(
    pythonOf(files, 'diffusers/loaders/single_file_model.py').value('SINGLE_FILE_LOADABLE_CLASSES'),
  ).keys(),
];

export const tables = { pipelines, automatic, quantization, 'single-file': singleFile };
