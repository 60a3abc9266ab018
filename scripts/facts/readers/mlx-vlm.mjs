// MLX-VLM: one folder per `model_type`, imported by that name, after a table of other names.
import { matching, pythonOf, requirement } from '../files.mjs';
import { asMap } from '../python.mjs';

/** A model's folder brings `Model` and a configuration; helpers beside it do not. */
const modules = (files) =>
  matching(files, /^mlx_vlm\/models\/(\w+)\/__init__\.py$/)
    .filter(({ text }) => /\bModel\b/.test(text))
    .map(({ parts }) => parts[0]);

const aliases = (files) => [...asMap(pythonOf(files, 'mlx_vlm/utils.py').value('MODEL_REMAPPING'))];

/** The values that `quant_method` is compared with. */
function quantization(files) {
  const text = files.get('mlx_vlm/utils.py');
  const compared = text.matchAll(/quant_method(?:"\])? (?:==|in) (\([^)]*\)|"[^"]*")/g);
  return [...compared].flatMap(([, values]) => values.match(/[^"(), ]+/g));
}

export const tables = {
  modules,
  aliases,
  quantization,
  requires: (files) => ['transformers', 'mlx-lm'].flatMap((name) => requirement(files, name)),
};
