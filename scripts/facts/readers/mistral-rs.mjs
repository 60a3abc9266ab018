// mistral.rs: the classes that its loaders are found by, and the GGUF architectures that are dispatched.
import { between, every, matching, textOf } from '../files.mjs';

const LOADERS = /^src\/pipeline\/loaders\/(normal|vision|multimodal|embedding)_loaders\.rs$/;

/** HF class and kind of loader. */
const architectures = (files) =>
  matching(files, LOADERS).flatMap(({ parts, text }) => {
    const body = between(
      text,
      /pub fn from_causal_lm_name\(/,
      /\n {4}\}/,
      'fn from_causal_lm_name',
    );
    const names = every(body, /"(\w+)"\s*(?:\||=>)/g, 'classes in it').flat();
    return names.map((name) => [name, KINDS[parts[0]]]);
  });

const KINDS = {
  normal: 'text',
  vision: 'multimodal',
  multimodal: 'multimodal',
  embedding: 'embedding',
};

/** GGUF architecture: those that a model is built for, which are fewer than those that have a name. */
function gguf(files) {
  const text = textOf(files, 'src/pipeline/gguf.rs');
  const arms = every(
    text,
    /((?:GGUFArchitecture::\w+(?:\s*\|\s*)?)+)\s*=>\s*\{?\s*Model::/g,
    'arms that build',
  );
  const names = arms.flatMap(([arm]) => [...arm.matchAll(/::(\w+)/g)].map(([, name]) => name));
  return names.map((name) => name.toLowerCase());
}

export const tables = { architectures, gguf };
