// ONNX Runtime GenAI: the classes that its model builder converts.
import { every, textOf } from '../files.mjs';

const builder = (files) => textOf(files, 'onnxruntime_genai/models/builder.py');

/** HF class. */
const architectures = (files) =>
  every(
    builder(files),
    /config\.architectures\[0\] == "(\w+)"/g,
    'comparisons of config.architectures[0]',
  ).flat();

const precisions = (files) => choices(files, 'precision');
const providers = (files) => choices(files, 'execution_provider');

/** The choices of one argument of the command line. */
function choices(files, name) {
  const expression = new RegExp(`"--${name}",[^\\[\\]]*?choices=\\[([^\\]]*)\\]`, 'g');
  const [[list]] = every(builder(files), expression, `the choices of --${name}`);
  return every(list, /"(\w+)"/g, `choices of --${name}`).flat();
}

export const tables = { architectures, precisions, providers };
