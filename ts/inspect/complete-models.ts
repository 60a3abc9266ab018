import type { ErrorCode } from '../core/hubfit-error.ts';
import type { Geometry } from '../generated/repository.d.ts';
import type { ModelDetail } from '../hub/ask-model-details.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { HubOptions } from '../io/hub-options.ts';
import type { HubProgress } from '../io/hub-progress.ts';

/** What a listing does not tell. */
export type Detail = ModelDetail | 'geometry';

/** A detail that could not be had of one model. */
export interface MissingDetail {
  detail: Detail;
  code: ErrorCode;
  message: string;
}

/** A model with its details. */
export interface CompletedModel {
  /** With sizes in `siblings`, and the fields that were asked for. */
  model: HFModel;
  /** What memory is computed from; null where the model's files do not say, or it was not asked for. */
  geometry: Geometry | null;
  /** What this model did not give, and why: it is gated, gone, damaged. */
  missing: MissingDetail[];
}

/** Which details, and how to get them. */
export interface CompleteOptions extends HubOptions {
  /** `sizes` and `geometry` where left out. */
  details?: readonly Detail[];
  /** Models at a time; 6 where left out, as many as browsers make requests to one host. */
  concurrency?: number;
  /** Told after each model, and of each wait. */
  onProgress?: (progress: HubProgress) => void;
}

/**
 * Asks for what a listing does not tell, of each model and with as few requests as can be: one for sizes and the
 * fields that the list route refuses, one for geometry (`config.json`, else the header of a GGUF file), none for
 * what a model has already or the cache holds. The Hub counts a read of `config.json` as a download.
 *
 * What one model does not give is told in its `missing`.
 *
 * @throws {HubfitError} when the Hub cannot be reached, refuses the token, or the call is aborted
 */
export async function completeModels(
  models: readonly HFModel[],
  options: CompleteOptions = {},
): Promise<CompletedModel[]> {
  const { completeEach } = await import('./complete-each.ts');
  return completeEach(models, options);
}
