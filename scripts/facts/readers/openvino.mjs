// OpenVINO: the models that optimum-intel can export, by `model_type`.
import { pythonOf } from '../files.mjs';
import { isCall, texts } from '../python.mjs';

/** `model_type`, library, and its tasks; those "with past" are the same task with a cache. */
function exports(files) {
  const classes = pythonOf(files, 'optimum/exporters/openvino/model_configs.py').classes();
  return classes.flatMap(({ decorators }) => {
    const marks = decorators.filter((mark) => isCall(mark, /^register_in_tasks_manager$/));
    return marks.map(({ args, named }) => row(texts(args), named.library_name));
  });
}

function row([type, ...tasks], library = 'transformers') {
  const plain = tasks.map((task) => task.replace(/-with-past$/, ''));
  return [type, library, [...new Set(plain)].sort().join() || '-'];
}

export const tables = { exports };
