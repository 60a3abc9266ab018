import { toJson } from '../core/to-json.ts';
import type { HFModel } from '../hub/hf-model.ts';

/**
 * JSON of what the core looks at; the rest of a row (model cards, widgets, chat templates) stays here. What is
 * no plain data (a circle, a BigInt, a getter that throws) is an error.
 */
export function modelJson(model: HFModel): string {
  return toJson('model', model ?? null, (value) => relevant(value as HFModel));
}

/** The same with what a check against a runtime looks at beside: chat templates and the licence. */
export function wholeModelJson(model: HFModel): string {
  return toJson('model', model ?? null, (value) => {
    const facts = relevant(value as HFModel);
    if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return facts;
    const { config, gguf, cardData } = value as HFModel & { cardData?: { license?: unknown } };
    return { ...facts, config, gguf, cardData: { license: cardData?.license } };
  });
}

/** The fields of a model that rules look at. */
export function relevant(model: HFModel & { modelId?: unknown }): object | undefined {
  if (typeof model !== 'object' || model === null || Array.isArray(model)) return model;
  const { id, modelId, tags, gated, pipeline_tag, library_name, siblings, safetensors } = model;
  const { config, gguf } = model;
  const facts = { id, modelId, tags, gated, pipeline_tag, library_name, siblings, safetensors };
  return { ...facts, config: without(config, BULKY), gguf: without(gguf, BULKY) };
}

/** Keys that hold whole chat templates. */
const BULKY: ReadonlySet<string> = new Set([
  'tokenizer_config',
  'processor_config',
  'chat_template',
  'chat_template_jinja',
]);

function without(record: unknown, keys: ReadonlySet<string>): unknown {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return record;
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.has(key)));
}
