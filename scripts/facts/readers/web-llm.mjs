// WebLLM: the models that it knows by name, compiled and with the memory that each needs.
import { textOf } from '../files.mjs';
import { parseJavaScript } from '../javascript.mjs';

/** Model id, context, megabytes of memory, and the WebGPU features that it needs. */
function models(files) {
  const path = 'lib/index.js';
  const list = parseJavaScript(textOf(files, path), path)
    .value('prebuiltAppConfig')
    .get('model_list');
  return list.map((model) => [
    model.get('model_id'),
    model.get('overrides')?.get('context_window_size') ?? '-',
    model.get('vram_required_MB') ?? '-',
    (model.get('required_features') ?? []).join() || '-',
  ]);
}

export const tables = { models };
