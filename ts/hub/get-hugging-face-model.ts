import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { HubOptions } from '../io/hub-options.ts';
import { requestHub } from '../io/request-hub.ts';
import type { HFModel } from './hf-model.ts';
import { parseRows } from './parse-rows.ts';

/** Which version of the model, and how to reach the Hub. */
export interface GetModelOptions extends HubOptions {
  /** A branch, tag or commit; the default branch where left out. */
  revision?: string;
}

/**
 * One model with its file sizes.
 *
 * @throws {HubfitError} `repo_not_found`, `revision_not_found`, … or when the Hub cannot be reached
 */
export async function getHuggingFaceModel(
  id: string,
  options: GetModelOptions = {},
): Promise<HFModel> {
  const path = callCore((core) => core.model_path(String(id), options.revision ?? ''));
  const { body, answer } = await requestHub(path, options);
  return parseModel(body, answer.status);
}

function parseModel(body: Uint8Array, status: number): HFModel {
  // One model is read as a page of one row, with the same care.
  const page = new Uint8Array(body.length + 2);
  page.set(body, 1);
  page[0] = 0x5b;
  page[body.length + 1] = 0x5d;
  const rows = callCore((core) => core.read_listing_page(page));
  const [model] = parseRows(page, rows);
  if (model) return model;
  const reason = rows.skipped[0]?.message ?? 'nothing';
  throw new HubfitError('invalid_response', `a model: expected its JSON, found ${reason}`, {
    status,
  });
}
