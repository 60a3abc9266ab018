// MLX-LM: one module per `model_type`, imported by that name, after a table of other names.
import { matching, pythonOf, requirement } from '../files.mjs';
import { asMap } from '../python.mjs';

/** A model's module brings both `Model` and `ModelArgs`; helpers beside it do not. */
const modules = (files) =>
  matching(files, /^mlx_lm\/models\/(\w+)\.py$/)
    .filter(({ text }) => brings(text, 'Model') && brings(text, 'ModelArgs'))
    .map(({ parts }) => parts[0]);

const brings = (text, name) =>
  new RegExp(`^class ${name}\\b|^from \\.\\w+ import .*\\b${name}\\b|^${name} = `, 'm').test(text);

/** `model_type` to module; a pair of `model_type` and class where that decides. */
function aliases(files) {
  const module = pythonOf(files, 'mlx_lm/utils.py');
  const byType = [...asMap(module.value('MODEL_REMAPPING'))].map(([type, to]) => [type, '-', to]);
  const pairs = module.find('MODEL_ARCHITECTURE_REMAPPING') ?? new Map();
  return [...byType, ...[...pairs].map(([[type, name], to]) => [type, name, to])];
}

/** The values that `quant_method` is compared with. */
function quantization(files) {
  const text = files.get('mlx_lm/utils.py');
  const compared = [...text.matchAll(/quant_method(?:"\])? (?:==|in) (\([^)]*\)|"[^"]*")/g)];
  return compared.flatMap(([, values]) =>
    [...values.matchAll(/"([^"]+)"/g)].map(([, value]) => value),
  );
}

const toolParsers = (files) =>
  matching(files, /^mlx_lm\/tool_parsers\/([a-z]\w+)\.py$/).map(({ parts }) => parts[0]);

export const tables = {
  modules,
  aliases,
  quantization,
  'tool-parsers': toolParsers,
  requires: (files) => requirement(files, 'transformers'),
};
