import { callCore } from '../core/call-core.ts';
import type { HubOptions } from '../io/hub-options.ts';
import { askEachModel } from './ask-each-model.ts';
import { checkLimit } from './check-limit.ts';
import type { HFModel } from './hf-model.ts';
import type { ModelPage } from './iterate-hugging-face-pages.ts';
import { iteratePages } from './iterate-pages.ts';
import type {
  Listed,
  ListField,
  ListingOptions,
  ListRouteField,
  ModelRouteField,
} from './listing-options.ts';
import { listingProgress, tellOfPage } from './listing-progress.ts';

/** The Hub serves at most this many rows a page. */
const LARGEST_PAGE = 1000;

/** As many requests at a time as browsers make to one host. */
const CONCURRENCY = 6;

/** The pages of a listing. */
export async function* modelPages<F extends ListField>(
  options: ListingOptions<F>,
): AsyncGenerator<ModelPage<F>, void, undefined> {
  const limit = checkLimit('limit', options.limit ?? Number.POSITIVE_INFINITY);
  const { list, model } = routes(options.fields);
  const { fields, ...rest } = options;
  const wanted: ListingOptions<ListField> = { ...rest, ...(list && { fields: list }) };
  const progress = listingProgress(options, limit, model);
  const pages = iteratePages(
    { ...wanted, onTraffic: progress.onTraffic },
    Math.min(limit, LARGEST_PAGE),
    (answer, body) => callCore((core) => core.read_list_answer(answer, body)),
  );
  for await (const { models, scanned, next } of pages) {
    const some = models.slice(0, limit - progress.sum.done);
    const how = { ...rest, onTraffic: progress.onTraffic };
    const full = model.length > 0 ? await askEach(some, model, how) : some;
    tellOfPage(progress, scanned, some.length);
    yield { models: full as Listed<F>[], next };
    if (progress.sum.done >= limit) return;
  }
}

const PER_MODEL: ReadonlySet<string> = new Set(['baseModels', 'childrenModelCount', 'usedStorage']);

/** Which route answers which field. */
function routes(fields: readonly ListField[] | undefined): {
  list: ListRouteField[] | undefined;
  model: ModelRouteField[];
} {
  const isPerModel = (field: ListField): field is ModelRouteField => PER_MODEL.has(field);
  const list = fields?.filter((field): field is ListRouteField => !isPerModel(field));
  return { list, model: fields?.filter(isPerModel) ?? [] };
}

type AskOptions = HubOptions & Pick<ListingOptions, 'concurrency' | 'onSkip'>;

function askEach(
  models: HFModel[],
  fields: ModelRouteField[],
  options: AskOptions,
): Promise<HFModel[]> {
  const concurrency = checkLimit('concurrency', options.concurrency ?? CONCURRENCY);
  return askEachModel(models, fields, { ...options, concurrency });
}
