// CTranslate2: the configuration classes of transformers that its converter has a loader for.
import { pythonOf } from '../files.mjs';
import { isCall, texts } from '../python.mjs';

/** Configuration class, such as `LlamaConfig`, and the class of model that is loaded for it. */
function loaders(files) {
  const classes = pythonOf(files, 'ctranslate2/converters/transformers.py').classes();
  return classes.flatMap(({ decorators }) => {
    const marks = decorators.filter((mark) => isCall(mark, /^register_loader$/));
    return marks.flatMap(({ args }) => texts(args));
  });
}

export const tables = { loaders };
