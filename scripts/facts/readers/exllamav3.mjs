// ExLlamaV3: a list of model classes; the configuration of each names the class of the model it reads.
import { Stop } from '../../lib/run.mjs';
import { between, every, modulesOf, textOf } from '../files.mjs';
import { classIndex } from '../quantization.mjs';

const LIST = ['exllamav3/architecture/architectures.py', 'exllamav3/models/architectures.py'];

/** HF class. */
function architectures(files) {
  const list = between(
    textOf(files, ...LIST),
    /for m in \[/,
    /\]/,
    'the list ARCHITECTURES is made of',
  );
  const classes = classIndex(modulesOf(files, /^exllamav3\/(architecture|models)\/\w+\.py$/));
  return every(list, /^\s+(\w+Model),?/gm, 'model classes in it').map(([name]) => {
    const config = inherited(name, 'config_class', classes)?.name;
    const found = config && inherited(config, 'arch_string', classes);
    if (typeof found !== 'string') throw new Stop(`expected arch_string of ${name}, found none`);
    return found;
  });
}

/** What a class, or the nearest base that has it, assigns to an attribute. */
function inherited(name, attribute, classes, depth = 0) {
  const one = classes.get(name);
  if (!one || depth > 8) return undefined;
  const own = one.body.find(attribute);
  return (
    own ??
    one.bases.map((base) => inherited(base?.name, attribute, classes, depth + 1)).find(Boolean)
  );
}

export const tables = { architectures };
