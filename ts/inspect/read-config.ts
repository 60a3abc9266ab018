import type { GetModelOptions } from '../hub/get-hugging-face-model.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { httpSource } from '../io/http-source.ts';
import { resolveUrl } from './resolve-url.ts';

/** The largest `config.json` known has 2 MB (a mixed-precision map of every tensor). */
const MOST_BYTES = 10 << 20;

/** The repository's `config.json`, if it has one that is JSON. */
export async function readConfig(
  model: HFModel,
  options: GetModelOptions,
): Promise<Record<string, unknown> | undefined> {
  if (!model.siblings?.some(({ rfilename }) => rfilename === 'config.json')) return undefined;
  const source = httpSource(resolveUrl(model, 'config.json', options), options);
  const text = new TextDecoder().decode(await source.read(0, MOST_BYTES));
  try {
    const config: unknown = JSON.parse(text);
    return typeof config === 'object' && config !== null
      ? (config as Record<string, unknown>)
      : undefined;
  } catch {
    // A broken config leaves what the listing says of it.
    return undefined;
  }
}
