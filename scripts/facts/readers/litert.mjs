// LiteRT-LM: what litert-torch converts for it.
import { matching } from '../files.mjs';

const BUILDER = 'litert_torch/generative/export_hf/core/litert_lm_builder.py';
const EXTENSIONS = /^litert_torch\/generative\/export_hf\/model_ext\/([a-z]\w+)\/__init__\.py$/;
const EXAMPLES = /^litert_torch\/generative\/examples\/([a-z]\w+)\/__init__\.py$/;

/** `model_type` that has a template of its own in the LiteRT-LM file; any other becomes a generic model. */
function modelTypes(files) {
  const text = files.get(BUILDER) ?? '';
  const cases = [...text.matchAll(/^ +case ((?:'\w+'(?: \| )?)+):/gm)];
  return cases.flatMap(([, names]) => [...names.matchAll(/'(\w+)'/g)].map(([, name]) => name));
}

/** Family, and whether it is exported from transformers (`extension`) or rebuilt (`example`). */
const families = (files) =>
  [
    ...matching(files, EXTENSIONS).map(({ parts }) => [parts[0], 'extension']),
    ...matching(files, EXAMPLES).map(({ parts }) => [parts[0], 'example']),
  ].filter(([name]) => name !== 'test_models');

export const tables = { 'model-types': modelTypes, families };
