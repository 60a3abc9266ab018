import type { SelectedRows, SkippedRow } from '../generated/core.d.ts';
import type { HFModel } from './hf-model.ts';
import { withId } from './with-id.ts';

/**
 * The chosen rows of a page as objects; the others are never parsed. A row that the core could read and the
 * engine cannot (`NaN` in a model card) is left out and told of.
 */
export function parseRows(
  page: Uint8Array,
  rows: SelectedRows,
  onSkip?: (row: SkippedRow) => void,
): HFModel[] {
  for (const row of rows.skipped) onSkip?.(row);
  const decoder = new TextDecoder();
  const models: HFModel[] = [];
  for (let at = 0; at < rows.kept.length; at += 3) {
    const json = decoder.decode(page.subarray(rows.kept[at + 1], rows.kept[at + 2]));
    try {
      models.push(withId(JSON.parse(json)));
    } catch (error) {
      const message = `a model: expected JSON, found ${String(error)}`;
      onSkip?.({ index: rows.kept[at] ?? 0, code: 'invalid_json', message });
    }
  }
  return models;
}
