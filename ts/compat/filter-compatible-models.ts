import { HubfitError } from '../core/hubfit-error.ts';
import type { SkippedRow } from '../generated/core.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { parseRows } from '../hub/parse-rows.ts';
import { modelsJson } from '../inspect/models-json.ts';
import { pageChooser } from './page-chooser.ts';
import type { Target } from './target.ts';

/** What to tell of rows that cannot be read. */
export interface FilterOptions {
  /** Told of each row that could not be read and was left out. */
  onSkip?: (row: SkippedRow) => void;
}

/**
 * Keeps the models that are compatible with a target, in order.
 *
 * Takes models, or the bytes of a listing page as the Hub answers it: then only the rows that are kept are
 * ever parsed.
 *
 * @throws {HubfitError} `invalid_argument` for a wrong target, `invalid_response` for bytes that are no page
 */
export function filterCompatibleModels(
  models: readonly HFModel[] | Uint8Array,
  target?: Target,
  options: FilterOptions = {},
): HFModel[] {
  const chooser = pageChooser(target);
  const page = models instanceof Uint8Array ? models : encode(models);
  const rows = chooser.rows(page);
  if (models instanceof Uint8Array) return parseRows(models, rows, options.onSkip);
  for (const row of rows.skipped) options.onSkip?.(row);
  const kept = rows.kept.filter((_, at) => at % 3 === 0);
  return Array.from(kept, (index) => models[index]).filter((model) => model !== undefined);
}

function encode(models: readonly HFModel[]): Uint8Array {
  if (Array.isArray(models)) return new TextEncoder().encode(modelsJson(models));
  throw new HubfitError('invalid_argument', `models: expected a list, found ${typeof models}`);
}
