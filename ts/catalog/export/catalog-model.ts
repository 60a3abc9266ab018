import type { HFModel } from '../../hub/hf-model.ts';
import type { CatalogModel } from '../build-catalog.ts';
import type { CatalogRow } from '../catalog-row.ts';
import { ROW_COLUMNS } from './row-columns.ts';

/** Keys of the Hub that no exported row has. */
const HUB_KEYS = [
  'modelId',
  '_id',
  'pipeline_tag',
  'library_name',
  'siblings',
  'createdAt',
  'lastModified',
  'config',
  'cardData',
  'safetensors',
  'gguf',
  'sha',
  'private',
  'trendingScore',
] as const;

/** Keys whose values some files have as JSON in text. */
const STRUCTURED = [
  'baseModels',
  'cardData',
  'config',
  'evalResults',
  'gguf',
  'inferenceProviderMapping',
  'model-index',
  'safetensors',
  'siblings',
  'tags',
  'transformersInfo',
] as const;

/** What a file says of a model: an item of the Hub's listing, or a row that a catalog was exported to. */
export function catalogModel(found: Record<string, unknown>): CatalogModel {
  const { id } = found as { id?: unknown };
  const isHub = typeof id !== 'string' || HUB_KEYS.some((key) => key in found);
  return isHub ? hubModel(found) : { row: row(found) };
}

function hubModel(found: Record<string, unknown>): HFModel {
  const { id, modelId, gated } = found as Partial<HFModel> & { modelId?: string };
  const model: Record<string, unknown> = { ...found, id: id ?? modelId };
  for (const key of STRUCTURED) if (typeof model[key] === 'string') model[key] = parsed(model[key]);
  if (/^false$/i.test(String(gated))) Object.assign(model, { gated: false });
  const { siblings } = model as Partial<HFModel>;
  if (Array.isArray(siblings)) Object.assign(model, { siblings: siblings.map(file) });
  const known = Object.entries(model).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(known) as HFModel;
}

/** Some files list names alone. */
function file(one: unknown): unknown {
  return typeof one === 'string' ? { rfilename: one } : one;
}

/** What is no JSON says nothing. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function row(found: Record<string, unknown>): CatalogRow {
  const cells = ROW_COLUMNS.map(({ name, holds }) => {
    const value = found[name];
    const isTime = holds === 'time' && typeof value === 'string';
    return [name, isTime ? Date.parse(value) / 1000 : value] as const;
  });
  const known = cells.filter(([, value]) => value !== undefined && value !== null && value !== '');
  return Object.fromEntries(known) as unknown as CatalogRow;
}
