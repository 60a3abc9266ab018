// A program for Node alone: no types of the DOM.
import { readFile } from 'node:fs/promises';
import { type HFModel, type ListingOptions, listCompatibleModels } from 'hubfit';
import { filterCompatibleModels } from 'hubfit/node';

const options: ListingOptions = { fetch, signal: AbortSignal.timeout(1000) };

export async function both(): Promise<HFModel[]> {
  return [
    ...(await listCompatibleModels(options)),
    ...filterCompatibleModels(await readFile('page.json')),
  ];
}
