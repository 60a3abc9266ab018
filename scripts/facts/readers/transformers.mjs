// transformers: the auto classes' own mappings, which decide what `from_pretrained` can build.
import { declaring, settable } from '../attention.mjs';
import { matching, pythonOf } from '../files.mjs';
import { asMap } from '../python.mjs';

const AUTO = 'transformers/models/auto';

/** The mapping, and what the module adds to it. */
function modelTypes(files) {
  const module = pythonOf(files, `${AUTO}/configuration_auto.py`);
  const added = module.calls('CONFIG_MAPPING_NAMES.update').map(({ args }) => asMap(args[0]));
  return [asMap(module.value('CONFIG_MAPPING_NAMES')), ...added].flatMap((map) => [...map.keys()]);
}

/** Class, `model_type` and task of each `MODEL_FOR_…_MAPPING_NAMES`. */
function architectures(files) {
  const module = pythonOf(files, `${AUTO}/modeling_auto.py`);
  return module.names(/^MODEL_(?:FOR_\w+_)?MAPPING_NAMES$/).flatMap((name) => {
    const entries = [...asMap(module.value(name))];
    return entries.flatMap(([type, classes]) =>
      [classes].flat().map((one) => [one, type, taskOf(name)]),
    );
  });
}

const taskOf = (name) =>
  (/^MODEL_FOR_(\w+)_MAPPING_NAMES$/.exec(name)?.[1] ?? 'BASE').toLowerCase().replaceAll('_', '-');

const quantization = (files) => [
  ...asMap(
    pythonOf(files, 'transformers/quantizers/auto.py').value('AUTO_QUANTIZER_MAPPING'),
  ).keys(),
];

/** GGUF architectures that are dequantised on load. */
function gguf(files) {
  const module = pythonOf(files, 'transformers/integrations/ggml.py');
  const name = module.names(/^GGUF_CONFIG_MAPPING$/)[0];
  return [...asMap(module.value(name ?? 'GGUF_CONFIG_MAPPING')).keys()].filter(
    (key) => key !== 'general',
  );
}

/** `model_type`, and class where only some of the type's classes leave attention to the runtime. */
const attention = (of) => (files) => of(architectures(files), matching(files, MODULES));

/** Not those for TensorFlow and Flax, which 4.x still had. */
const MODULES = /^transformers\/models\/(?:\w+\/)+modeling_(?!tf_|flax_)\w+\.py$/;

export const tables = {
  'model-types': modelTypes,
  architectures,
  quantization,
  gguf,
  'attention-backend': attention(declaring),
  'attention-settable': attention(settable),
};
