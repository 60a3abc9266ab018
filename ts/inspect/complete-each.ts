import type { Geometry } from '../generated/repository.d.ts';
import { askModelDetails, type ModelDetail } from '../hub/ask-model-details.ts';
import { checkLimit } from '../hub/check-limit.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { isOfOneModel } from '../hub/is-of-one-model.ts';
import type { HubOptions } from '../io/hub-options.ts';
import { tally } from '../io/hub-progress.ts';
import { inParallel } from '../io/in-parallel.ts';
import type { CompletedModel, CompleteOptions, Detail } from './complete-models.ts';
import { readGeometry } from './read-geometry.ts';

/** As many requests at a time as browsers make to one host. */
const CONCURRENCY = 6;

/** Completes models, some at a time. */
export async function completeEach(
  models: readonly HFModel[],
  options: CompleteOptions,
): Promise<CompletedModel[]> {
  const { details = ['sizes', 'geometry'], onProgress, onTraffic, signal } = options;
  const concurrency = checkLimit('concurrency', options.concurrency ?? CONCURRENCY);
  const start = { done: 0, total: models.length, requests: 0, bytes: 0, waiting: 0 };
  const progress = tally(start, onProgress, onTraffic);
  return inParallel(models, { concurrency, signal }, async (model, either) => {
    const how = { ...options, onTraffic: progress.onTraffic, signal: either };
    const completed = await completeModel(model, details, how);
    progress.sum.done += 1;
    progress.tell();
    return completed;
  });
}

async function completeModel(
  listed: HFModel,
  details: readonly Detail[],
  options: HubOptions,
): Promise<CompletedModel> {
  const found: CompletedModel = { model: listed, geometry: null, missing: [] };
  const wanted = wantedOfModel(listed, details);
  if (wanted.length > 0) {
    const model = await attempt(found, wanted, () => askModelDetails(listed, wanted, options));
    // Without the model there is nothing to read geometry from.
    if (!model) return found;
    found.model = model;
  }
  if (details.includes('geometry')) {
    const read = (): Promise<Geometry | null> => readGeometry(found.model, options);
    found.geometry = (await attempt(found, ['geometry'], read)) ?? null;
  }
  return found;
}

/** What the single route is asked for: nothing that is known already. */
function wantedOfModel(model: HFModel, details: readonly Detail[]): ModelDetail[] {
  const known = model.siblings?.every(({ size }) => size !== undefined) ?? false;
  const unlisted = details.includes('geometry') && !model.siblings;
  const sizes = (details.includes('sizes') && !known) || unlisted;
  const fields = details.filter((detail) => detail !== 'geometry' && detail !== 'sizes');
  return [...(sizes ? (['sizes'] as const) : []), ...fields.filter((field) => !(field in model))];
}

/** Tries to get something of one model; that it cannot be had of this one is told, and is no failure of all. */
async function attempt<T>(
  { missing }: CompletedModel,
  details: readonly Detail[],
  get: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await get();
  } catch (error) {
    if (!isOfOneModel(error)) throw error;
    const { code, message } = error;
    for (const detail of details) missing.push({ detail, code, message });
    return undefined;
  }
}
